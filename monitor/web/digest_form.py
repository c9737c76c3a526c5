"""A digest as a form: what it is called, when it goes out, what is in it, for whom; the rest are options."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from monitor.core.editing.values import Values
from monitor.core.explanation.words import listed
from monitor.core.json import Json
from monitor.web.forms import Posted, settle, texts

DAYS = (
    *(("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday"), ("thu", "Thursday"), ("fri", "Friday")),
    *(("sat", "Saturday"), ("sun", "Sunday")),
)
WEEK = {"Monday to Friday": 5, "Every day": 7}
"""So many days from Monday on, in a word or two."""
LAYOUTS = (
    ("full", "Full: every story with its extract and its proof"),
    ("brief", "Brief: one screen, what leads, the rest in numbers"),
    ("ministerial", "Ministerial: the news without the proofs"),
    ("weekly", "Weekly: a round-up, every story as a line"),
)
HOLIDAYS = (
    ("skip", "it does not go out: the next one carries that day, too"),
    ("send", "it goes out all the same"),
    ("move", "it goes out on the next working day"),
)
DEFAULTS: Values = {
    "layout": "full",
    "theme": "",
    "thresholds": None,
    "top": 3,
    "holidays": "skip",
    "early": None,
    "alerts": None,
    "stale": "",
    "hold": None,
}
"""What a key says that is not there."""
GROUPS: dict[str, tuple[str, ...]] = {
    "looks": ("layout", "top", "theme"),
    "when": ("holidays", "hold", "early", "stale"),
    "weighty": ("thresholds",),
    "alerts": ("alerts",),
}
"""Options that stand together."""


LONGEST = 40
"""Letters of a name that is made from a title."""


def fields_of(of: Values) -> dict[str, Any]:
    """What stands in the form's fields."""
    early, hold, alerts, limits = (_dict(of.get(key)) for key in ("early", "hold", "alerts", "thresholds"))
    points = _dict(limits.get("significance"))
    said = of.get("early")
    return {
        "title": of.get("title", ""),
        "sections": "all" if of.get("sections", "all") == "all" else "some",
        "sections.of": _list(of.get("sections")),
        "days": _list(of.get("days")),
        "at": of.get("at", ""),
        "to": _list(of.get("to")),
        "layout": of.get("layout", "full"),
        "top": _number(of.get("top", 3)),
        "theme": of.get("theme") or "",
        "holidays": of.get("holidays", "skip"),
        "stale": of.get("stale") or "",
        "hold.from": hold.get("from", ""),
        "hold.until": hold.get("until", ""),
        "early.at": said if isinstance(said, str) else early.get("at", ""),
        "early.publishers": _number(early.get("publishers", 1)),
        "thresholds.significance.prominence": _number(points.get("prominence")),
        "thresholds.significance.impact": _number(points.get("impact")),
        "thresholds.aboutness": _number(limits.get("aboutness")),
        "alerts": "",
        "alerts.to": texts(alerts.get("to")),
        "alerts.webhooks": texts(alerts.get("webhooks")),
        "alerts.points": _number(alerts.get("points")),
        "alerts.quiet": alerts.get("quiet") or "",
    }


def digest_of(form: Posted, had: Values) -> Values:
    """The digest as the form says, with all that no field is for."""
    everything = form.text("sections") != "some"
    made: Values = {
        "title": form.text("title"),
        "sections": "all" if everything else _chosen(form, "sections.of", _list(had.get("sections"))),
        "days": [day for day, _ in DAYS if day in form.all("days")],
        "at": form.text("at"),
        "to": [*_chosen(form, "to", _list(had.get("to"))), *form.lines("to.more")],
        "layout": form.text("layout") or "full",
        "theme": form.text("theme"),
        "thresholds": _thresholds(form, _dict(had.get("thresholds"))),
        "top": form.number("top"),
        "holidays": form.text("holidays") or "skip",
        "early": _early(form, had.get("early")),
        "alerts": _alerts(form, _dict(had.get("alerts"))),
        "stale": form.text("stale"),
        "hold": _hold(form),
    }
    return settle(had, made, DEFAULTS)


def id_for(title: str, taken: Collection[str], noun: str = "digest") -> str:
    """What something new is called in a file, by its title; by its noun, where that has no letters of ours.

    >>> id_for("Morning digest", ["morning_digest"])
    'morning_digest_2'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST] or noun
    name = words if words[0].isalpha() else f"{noun}_{words}"
    return next(one for n in range(1, len(taken) + 2) if (one := name if n == 1 else f"{name}_{n}") not in taken)


def sentence(of: Values, titles: Mapping[str, str]) -> str:
    """A digest in a sentence: when it goes out, to whom, with what in it."""
    sections = of.get("sections")
    what = "all sections" if sections == "all" else listed([titles.get(str(s), str(s)) for s in _list(sections)])
    to = listed([str(one) for one in _list(of.get("to"))]) or "nobody"
    return f"{days_said(_list(of.get('days')))} at {of.get('at', '?')}, to {to}: {what}."


def days_said(days: list[Json]) -> str:
    """The days in words.

    >>> days_said(["mon", "tue", "wed", "thu", "fri"])
    'Monday to Friday'
    """
    order = [name for name, _ in DAYS]
    for said, number in WEEK.items():
        if set(map(str, days)) == set(order[:number]):
            return said
    return listed([f"{name}s" for day, name in DAYS if day in days]) or "On no day"


def _thresholds(form: Posted, had: Values) -> Json:
    points: Values = {key: _maybe(form, f"thresholds.significance.{key}") for key in ("prominence", "impact")}
    none: Values = {"prominence": None, "impact": None}
    made: Values = {
        "significance": settle(_dict(had.get("significance")), points, none) or None,
        "aboutness": _maybe(form, "thresholds.aboutness"),
    }
    return settle(had, made, {"significance": None, "aboutness": None}) or None


def _early(form: Posted, had: Json) -> Json:
    at, publishers = form.text("early.at"), _maybe(form, "early.publishers")
    if not at:
        return None
    if publishers in (None, 1) and not isinstance(had, dict):
        return at
    return settle(_dict(had), {"at": at, "publishers": publishers}, {"publishers": 1})


def _hold(form: Posted) -> Json:
    opens, closes = form.text("hold.from"), form.text("hold.until")
    return {"from": opens, "until": closes} if opens or closes else None


def _alerts(form: Posted, had: Values) -> Json:
    made: Values = {
        "to": form.lines("alerts.to"),
        "webhooks": form.lines("alerts.webhooks"),
        "points": _maybe(form, "alerts.points"),
        "quiet": form.text("alerts.quiet"),
    }
    return settle(had, made, {"to": [], "webhooks": [], "points": None, "quiet": ""}) or None


def _chosen(form: Posted, key: str, had: list[Json]) -> list[Json]:
    """What was ticked, in the order it stood in; what is new behind it."""
    chosen = form.all(key)
    return [*(one for one in had if one in chosen), *(one for one in chosen if one not in had)]


def _maybe(form: Posted, name: str) -> Json:
    """A number; None where the field is empty."""
    return form.number(name) if form.text(name) else None


def _number(value: Json) -> str:
    return "" if value is None else str(value)


def _dict(value: Json) -> Values:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
