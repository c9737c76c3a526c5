"""A judgement as it is stored, and what earlier forms of storing it said, with nothing lost on the way.

Form 2 is what the core makes (`Judgement.stored`). Before there was a form it was the line that `monitor match`
prints. What is stored is never rewritten, so both are read.
"""

from __future__ import annotations

import json
from typing import Any

from monitor.core.article import Evidence, Field
from monitor.core.fault import Fault
from monitor.core.match import (
    FORM,
    AliasHit,
    Finding,
    Hit,
    Judgement,
    Outcome,
    Reason,
    Rejected,
    Rule,
    Span,
    Standing,
    Verdict,
)

Object = dict[str, Any]


def dumps(judgement: Judgement) -> str | None:
    """The judgement as JSON; None when it says no more than its row: no term was seen, nothing wrong."""
    if judgement == Judgement(judgement.url, judgement.primary, evidence=judgement.evidence):
        return None
    return judgement.stored().decode()


def loads(text: str) -> Judgement:
    """The judgement that was stored, in whatever form."""
    if text.startswith(_FORM):
        return Judgement.read(text)
    return to_judgement(json.loads(text))


_FORM = f'{{"form":{FORM},'


def to_judgement(data: Object) -> Judgement:
    """The judgement of a line that `monitor match` prints."""
    return Judgement(
        url=data["url"],
        primary=data["primary"],
        also=tuple(data["also"]),
        verdicts=tuple(_verdict(v) for v in data["sections"]),
        evidence=Evidence(data["evidence"]),
        recategorised=data["recategorised"],
        aliases=tuple(AliasHit(a["section"], a["alias"], _hit(a)) for a in data.get("aliases", ())),
        faults=tuple(Fault(**fault) for fault in data["faults"]),
    )


def _verdict(data: Object) -> Verdict:
    return Verdict(
        section=data["section"],
        outcome=Outcome(data["verdict"]),
        decided_by=data["decided_by"],
        findings=tuple(_finding(rule, found) for rule, found in data["rules"].items()),
        hits=tuple(_hit(h) for h in data["hits"]),
        rejected=tuple(Rejected(_hit(r), Reason(r["reason"]), r["detail"]) for r in data["rejected"]),
        standing=Standing(**data.get("standing", {})),
    )


def _finding(rule: str, data: Object) -> Finding:
    evidence = {name: value for name, value in data.items() if name != "holds"}
    return Finding(Rule(rule), data["holds"], evidence)


def _hit(data: Object) -> Hit:
    span = Span(Field(data["field"]), data["start"], data["end"], data["text"])
    return Hit(data["term"], span, data["derived"])
