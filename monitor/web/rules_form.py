"""The rules of a section as sentences with blanks, and its sources as boxes to tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.core.editing.values import Values, item_name
from monitor.core.json import Json
from monitor.web.forms import Posted, settle, split_reach, texts

REACH = "60 words or headline"
MOST_RULES = 30
DEFAULTS: Values = {
    "agreement_says": "",
    "query": None,
    "oicw": [],
    "subject_of": False,
    "significance": None,
    "recategorise": False,
    "show": "once",
    "ask_client": [],
}
"""What a key says that is not there."""
KEPT = ("terms", "sources", "bylines", "examples")
"""Keys of a section that other pages change."""


def fields_of(values: Values) -> dict[str, Any]:
    """What stands in the form's fields."""
    about, major = values.get("subject_of", False), _dict(values.get("significance"))
    return {
        "title": values.get("title", ""),
        "agreement_says": values.get("agreement_says") or "",
        "query": values.get("query") or "",
        "oicw": [_rule(rule) for rule in _list(values.get("oicw"))],
        "subject_of": bool(about),
        "subject_of.points": str(_dict(about).get("points", 50)),
        "significance.major": bool(major.get("major", False)),
        "significance.prominence": str(major.get("prominence", 2)),
        "significance.impact": str(major.get("impact", 2)),
        "recategorise": bool(values.get("recategorise", False)),
        "show": values.get("show", "once"),
        "ask_client": texts(values.get("ask_client")),
    }


def _rule(rule: Json) -> dict[str, Any]:
    of = _dict(rule)
    if "place" in of:
        evidence = of.get("place_evidence", "content_or_outlet")
        return {"place": of["place"], "evidence": evidence, "words": "", "list": ""}
    words = of.get("any")
    reach, number = split_reach(of.get("within"), REACH)
    shared = _dict(words)
    own = [item_name(word) for word in _list(words)]
    return {
        "place": "",
        "list": shared.get("list", ""),
        "without": texts(shared.get("without")),
        "words": "\n".join(own),
        "with_options": [item_name(word) for word in _list(words) if isinstance(word, dict)],
        "within": reach,
        "within.number": number,
        "self_context": bool(of.get("self_context", True)),
    }


def names(fields: Mapping[str, Any]) -> list[str]:
    """The fields by their ids, the first of them for what concerns the whole."""
    rules = range(len(fields["oicw"]))
    of_rules = [f"oicw[{n}].{key}" for n in rules for key in ("any", "place", "within", "any.without")]
    return ["title", *of_rules, *(name for name in fields if name not in ("oicw", "title"))]


def rules_of(form: Posted, had: Values) -> Values:
    """The section's values as the form says, with all that no field is for."""
    points = form.number("subject_of.points")
    made: Values = {
        "title": form.text("title"),
        "agreement_says": _text(form, "agreement_says", had) or "",
        "query": _text(form, "query", had),
        "oicw": _rules(form, _list(had.get("oicw"))),
        "subject_of": _about(form, points),
        "significance": _significance(form, had.get("significance")),
        "recategorise": form.ticked("recategorise"),
        "show": form.text("show") or "once",
        "ask_client": form.lines("ask_client"),
    }
    found = settle(had, made, DEFAULTS)
    return {key: found[key] for key in _order(had, found)}


def _text(form: Posted, key: str, had: Values) -> Json:
    """A text of several lines; as it stood, where nothing but the end of a line differs; None: nothing."""
    typed, before = form.whole(key), had.get(key)
    if isinstance(before, str) and Posted({key: (before,)}).whole(key) == typed:
        return before
    return typed or None


def _about(form: Posted, points: Json) -> Json:
    if not form.ticked("subject_of"):
        return False
    return True if points == 50 else {"points": points}


def _significance(form: Posted, had: Json) -> Json:
    made: Values = {
        "major": form.ticked("significance.major"),
        "prominence": form.number("significance.prominence"),
        "impact": form.number("significance.impact"),
    }
    if not made["major"] and not had:
        return None
    return settle(_dict(had), made, {"prominence": 2, "impact": 2}) if made["major"] else None


def _rules(form: Posted, had: list[Json]) -> list[Json]:
    """The rules there were, changed or taken away, and one that was added."""
    found: list[Json] = []
    for number in range(min(len(had) + 1, MOST_RULES)):
        name = f"oicw[{number}]"
        before = _dict(had[number]) if number < len(had) else {}
        if form.ticked(f"{name}.remove"):
            continue
        if place := form.text(f"{name}.place"):
            made: Values = {"place": place, "place_evidence": form.text(f"{name}.place_evidence")}
            found.append(settle(before, made, {"place_evidence": "content_or_outlet"}))
        elif words := _context_words(form, name, before.get("any")):
            made = {
                "any": words,
                "within": form.reach(f"{name}.within"),
                "self_context": form.ticked(f"{name}.self_context"),
            }
            found.append(settle(before, made, {"within": REACH, "self_context": True}))
        elif before:
            found.append({**before, "any": []})  # the file says what is wrong with a rule without words
    return found


def _context_words(form: Posted, name: str, had: Json) -> Json:
    """A shared list, or words; a word that had options of its own keeps them."""
    if shared := form.text(f"{name}.list"):
        made: Values = {"list": shared, "without": form.lines(f"{name}.any.without")}
        return settle(_dict(had), made, {"without": []})
    options = {item_name(word): word for word in _list(had)}
    return [options.get(str(word), word) for word in form.lines(f"{name}.any")]


# --------------------------------------------------------------- sources


def sources_of(form: Posted, had: Values) -> Values:
    """The section's values with the outlets that the form says."""
    if form.text("any_monitored") == "yes":
        return {**had, "sources": "any_monitored"}
    before = _dict(had.get("sources"))
    made: Values = {key: _ticked(form, key, _list(before.get(key))) for key in ("groups", "plus")}
    return {**had, "sources": settle(before, made, {"groups": [], "plus": []})}


def _ticked(form: Posted, key: str, had: list[Json]) -> list[Json]:
    """What was ticked, in the order it stood in; what is new behind it."""
    chosen = form.all(key)
    return [*(one for one in had if one in chosen), *(one for one in chosen if one not in had)]


ORDER = (
    *("section", "title", "agreement_says", "terms", "query", "oicw", "subject_of", "significance", "sources"),
    *("bylines", "recategorise", "show", "ask_client", "examples"),
)
"""Of a section's keys: where one that is new stands."""


def _order(had: Values, found: Values) -> list[str]:
    """The keys in the order of the file; a new one behind the last that comes before it in ours."""
    order = [key for key in had if key in found]
    for key in (key for key in ORDER if key in found and key not in order):
        before = [one for one in order if one in ORDER and ORDER.index(one) < ORDER.index(key)]
        order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return order


def _dict(value: Json) -> Values:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
