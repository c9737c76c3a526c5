"""A section that is to be added, as a form: what is said of it at first; the rest its own pages change."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from monitor.core.editing.sections import RESERVED, choosing
from monitor.core.editing.values import Values
from monitor.jobs.drafts import NewSection
from monitor.web import rules_form
from monitor.web.digest_form import id_for
from monitor.web.forms import Posted

USUAL = {
    "subject_of.points": ("50",),
    "significance.prominence": ("2",),
    "significance.impact": ("2",),
    "oicw[0].place_evidence": ("content_or_outlet",),
    "show": ("once",),
}
"""What fields say that this form leaves to the pages of the section."""
KNOWN = ("title", "agreement_says", "terms", "sources", "place", "digests")
RULE = ("oicw[0].any", "oicw[0].place", "oicw[0].within", "oicw[0].any.without")
FIELDS = (*KNOWN, *RULE)
"""By their ids, the first of them for what concerns the whole."""


def fields_of(form: Posted) -> dict[str, Any]:
    """What stands in the form's fields, and whether there is a rule among it."""
    rule = rule_of(form)
    return {
        "title": form.text("title"),
        "agreement_says": form.whole("agreement_says"),
        "terms": form.whole("terms"),
        "subject_of": form.ticked("subject_of"),
        "significance.major": form.ticked("significance.major"),
        "place": form.text("place"),
        "digests": form.all("digests"),
        "rule": rule,
        "ruled": bool(rule["place"] or rule["list"] or rule["words"]),
    }


def rule_of(form: Posted) -> dict[str, Any]:
    """What stands in the fields of the first rule."""
    at = "oicw[0]"
    if not form.fields:
        reach: dict[str, Any] = {"within": "words or headline", "within.number": "60", "self_context": True}
    else:
        reach = {
            "within": form.text(f"{at}.within"),
            "within.number": form.text(f"{at}.within.number"),
            "self_context": form.ticked(f"{at}.self_context"),
        }
    return {
        "place": form.text(f"{at}.place"),
        "evidence": form.text(f"{at}.place_evidence") or "content_or_outlet",
        "list": form.text(f"{at}.list"),
        "words": form.whole(f"{at}.any"),
        "with_options": [],
        "without": form.whole(f"{at}.any.without"),
        **reach,
    }


def values_of(form: Posted) -> Values:
    """The values of the section as the form says."""
    whole = Posted({**USUAL, **form.fields})
    terms: Values = {"section": "", "terms": form.lines("terms")}
    made = rules_form.sources_of(whole, rules_form.rules_of(whole, terms))
    return {key: made[key] for key in rules_form.ORDER if key in made}


def new_section(form: Posted, taken: Collection[str], digests: Values) -> NewSection:
    """The section that the form describes, under a short name that none of those taken is."""
    place = form.number("place")
    chosen = [name for name in choosing(digests) if name in form.all("digests")]
    name = id_for(form.text("title"), {*RESERVED, *taken}, "section")
    return NewSection(name, values_of(form), place if isinstance(place, int) else None, tuple(chosen))
