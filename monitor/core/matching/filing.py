"""Which section an article is filed in (section 9)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from monitor.core.match import UNASSIGNED, Judgement, Outcome, Verdict

_IN = Outcome.IN
BY_BYLINE = "byline"
"""What decides for a key journalist's article."""


def filing(verdicts: Iterable[Verdict]) -> tuple[str | None, tuple[str, ...]]:
    """The section whose best hit stands highest, ties by the agreement's order; and the others it is in."""
    within = [v for v in verdicts if v.outcome is _IN and v.decided_by != BY_BYLINE]
    if not within:
        return None, ()
    best = min(within, key=_rank) if len(within) > 1 else within[0]
    return best.section, tuple(v.section for v in within if v is not best)


def _rank(verdict: Verdict) -> int:
    return verdict.standing.rank


def filed(judgement: Judgement) -> Judgement:
    """The same, filed once."""
    primary, also = filing(judgement.verdicts)
    return replace(judgement, primary=primary or (UNASSIGNED if judgement.recategorised else None), also=also)


def recategorised(judgement: Judgement, section: str, name: str) -> Judgement:
    """A key journalist's article, filed where it fits; `section` has the list with the name."""
    own = Verdict(section, Outcome.IN, BY_BYLINE)
    others = tuple(v for v in judgement.verdicts if v.section != section)
    return filed(replace(judgement, verdicts=(*others, own), recategorised=name))
