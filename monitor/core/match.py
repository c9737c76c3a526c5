"""What the core says of an article: verdicts with their proof (the contract, section 10)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec

from monitor.core.article import Evidence, Field
from monitor.core.fault import Fault
from monitor.core.json import Json, texts_only


class Outcome(StrEnum):
    """What a section says of an article."""

    IN = "in"
    NEAR_MISS = "near_miss"
    OUT = "out"


class Rule(StrEnum):
    """The rules of a section, in the order they are judged; the first that fails decides."""

    SOURCE = "source"
    QUERY = "query"
    CONTEXT = "context"
    PLACE = "place"
    ABOUTNESS = "aboutness"
    SIGNIFICANCE = "significance"


class Reason(StrEnum):
    """Why a place where a term stands is no hit."""

    GUARD = "guard"
    BLOCKER = "blocker"
    CASE = "case"
    NAME = "name"


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
    """A half-open stretch `[start, end)` of the original text of a field."""

    field: Field
    start: int
    end: int
    text: str
    """The original words: the field's text cut at start and end."""

    def to_json(self) -> dict[str, Json]:
        """`{"field", "start", "end", "text"}`."""
        return {"field": str(self.field), "start": self.start, "end": self.end, "text": self.text}


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One place in an article where a term stands."""

    term: str
    """The term as the agreement writes it."""
    span: Span
    derived: bool = False
    """A surname or abbreviation after the full name: counts, never brings an article in."""

    def to_json(self) -> dict[str, Json]:
        """`{"term", "field", "start", "end", "text", "derived"}`."""
        return {"term": self.term, **self.span.to_json(), "derived": self.derived}


class Rejected(msgspec.Struct, frozen=True, gc=False):
    """A place where a term stands and yet is no hit."""

    hit: Hit
    reason: Reason
    detail: str = ""
    """The blocker, the guard words, the other name: what an editor wants to know."""

    def to_json(self) -> dict[str, Json]:
        """The hit, with `reason` and `detail`."""
        return {**self.hit.to_json(), "reason": str(self.reason), "detail": self.detail}


class Finding(msgspec.Struct, frozen=True, gc=False):
    """What one rule of a section found."""

    rule: Rule
    holds: bool
    evidence: dict[str, Any] = {}
    """What it rests on: the context word with its span and distance, the points with their parts ..."""

    def to_json(self) -> dict[str, Json]:
        """`{"holds", ...evidence}`."""
        return {"holds": self.holds, **self.evidence}


class Standing(msgspec.Struct, frozen=True, gc=False):
    """Where a section's hits stand: what prominence and filing go by (sections 8 and 9)."""

    headline: bool = False
    """A hit in its own right, not a derived one, is in the headline."""
    lead: bool = False
    """The same for the standfirst or the first 75 words of the body."""
    hits: int = 0
    """All hits, derived ones included."""

    @property
    def rank(self) -> int:
        """0: headline, 1: lead, 2: further down."""
        return 0 if self.headline else 1 if self.lead else 2

    def to_json(self) -> dict[str, Json]:
        """`{"headline", "lead", "hits"}`."""
        return {"headline": self.headline, "lead": self.lead, "hits": self.hits}


class AliasHit(msgspec.Struct, frozen=True, gc=False):
    """What an alias that nobody has approved yet would have added."""

    section: str
    alias: str
    hit: Hit

    def to_json(self) -> dict[str, Json]:
        """The hit, with `section` and `alias`."""
        return {"section": self.section, "alias": self.alias, **self.hit.to_json()}


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What one section says of one article, and the proof.

    Until its story has been judged there is no finding on significance, and `outcome` is of the other rules.
    """

    section: str
    outcome: Outcome
    decided_by: str
    """The rule that failed first; `guard`, `blocker`, `case` or `name` when no hit was left; else `all`."""
    findings: tuple[Finding, ...] = ()
    hits: tuple[Hit, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    standing: Standing = Standing()

    def finding(self, rule: Rule) -> Finding | None:
        """What a rule found; None when the section has no such rule."""
        return next((f for f in self.findings if f.rule is rule), None)

    def to_json(self) -> dict[str, Json]:
        """The verdict as `monitor match` prints it."""
        return {
            "section": self.section,
            "verdict": str(self.outcome),
            "decided_by": self.decided_by,
            "rules": {str(f.rule): f.to_json() for f in self.findings},
            "hits": [h.to_json() for h in self.hits],
            "rejected": [r.to_json() for r in self.rejected],
            "standing": self.standing.to_json(),
        }


def as_json(said: object) -> str:
    """Any part of a judgement in its stored form; numbers, texts and lists of them too.

    >>> as_json(["half of a pair", chr(0xD800)])
    '["half of a pair","\ufffd"]'
    """
    try:
        return _ENCODER.encode(said).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, which no database takes: as texts are stored
        return _ENCODER.encode(texts_only(msgspec.to_builtins(said))).decode()


def quoted(texts: Sequence[str]) -> list[str]:
    """Each text as JSON, all in one go.

    >>> quoted(["tax", "tax credit"])
    ['"tax"', '"tax credit"']
    """
    try:
        lines = _ENCODER.encode_lines(texts)
    except UnicodeEncodeError:
        return [as_json(text) for text in texts]
    return lines.decode().split("\n")[:-1]  # in JSON a line break within a text is `\\n`


FORM = 2
"""The form in which judgements are stored; what earlier forms said can still be read (`adapters/store`)."""
UNASSIGNED = "unassigned"
"""Where a key journalist's article waits when no section fits; goes into no digest."""


class Judgement(msgspec.Struct, frozen=True, gc=False, tag_field="form", tag=FORM):
    """What all sections of an agreement say of one article."""

    url: str
    primary: str | None
    """The section it is filed in; `unassigned`; or None."""
    also: tuple[str, ...] = ()
    """The other sections it is in, in the agreement's order."""
    verdicts: tuple[Verdict, ...] = ()
    """One for each section of which a term was seen, in the agreement's order."""
    evidence: Evidence = Evidence.FULL
    recategorised: str | None = None
    """The journalist of the list who brought it."""
    aliases: tuple[AliasHit, ...] = ()
    """What unapproved aliases would have added."""
    faults: tuple[Fault, ...] = ()

    def stored(self) -> bytes:
        """The judgement in its stored form: JSON, all of it, the same bytes for the same judgement."""
        return msgspec.json.encode(self)

    @classmethod
    def read(cls, stored: bytes | str) -> Judgement:
        """The judgement of a stored form."""
        return _DECODER.decode(stored)

    @property
    def provisional(self) -> bool:
        """Judged without the full text; judged again when it arrives."""
        return self.evidence is not Evidence.FULL

    @property
    def sections(self) -> tuple[str, ...]:
        """Every section it is in, the one it is filed in first."""
        return (self.primary, *self.also) if self.primary and self.primary != UNASSIGNED else ()

    def verdict(self, section: str) -> Verdict | None:
        """What a section says; None when none of its terms was seen."""
        return next((v for v in self.verdicts if v.section == section), None)

    def to_json(self) -> dict[str, Json]:
        """The line that `monitor match` prints."""
        return {
            "url": self.url,
            "primary": self.primary,
            "also": list(self.also),
            "provisional": self.provisional,
            "evidence": str(self.evidence),
            "recategorised": self.recategorised,
            "faults": [f.to_json() for f in self.faults],
            "aliases": [a.to_json() for a in self.aliases],
            "sections": [v.to_json() for v in self.verdicts],
        }


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Judgement)
