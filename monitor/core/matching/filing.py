"""Which section an article is filed in (section 9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from monitor.core.match import UNASSIGNED, Judgement, Outcome, Verdict

Section = TypeVar("Section")
_IN = Outcome.IN
BY_BYLINE = "byline"
"""What decides for a key journalist's article."""


def filing(verdicts: Iterable[Verdict]) -> tuple[str | None, tuple[str, ...]]:
    """The section whose best hit stands highest, ties by the agreement's order; and the others it is in."""
    within = [v for v in verdicts if v.outcome is _IN and v.decided_by != BY_BYLINE]
    if not within:
        return None, ()
    primary, *also = best_first([v.section for v in within], [v.standing.rank for v in within])
    return primary, tuple(also)


def best_first(sections: Sequence[Section], ranks: Sequence[int]) -> Sequence[Section]:
    """Sections in the agreement's order, but the one whose hit stands highest first; ties by that order."""
    if len(sections) < 2:
        return sections
    best = ranks.index(min(ranks))
    return [sections[best], *sections[:best], *sections[best + 1 :]]


def filed(judgement: Judgement) -> Judgement:
    """The same, filed once."""
    primary, also = filing(judgement.verdicts)
    return replace(judgement, primary=primary or (UNASSIGNED if judgement.recategorised else None), also=also)


def recategorised(judgement: Judgement, section: str, name: str) -> Judgement:
    """A key journalist's article, filed where it fits; `section` has the list with the name."""
    own = Verdict(section, Outcome.IN, BY_BYLINE)
    others = tuple(v for v in judgement.verdicts if v.section != section)
    return filed(replace(judgement, verdicts=(*others, own), recategorised=name))
