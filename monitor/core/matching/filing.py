"""Which section an article is filed in (section 9)."""

from __future__ import annotations

from msgspec.structs import replace

from monitor.core.match import UNASSIGNED, Judgement, Outcome, Verdict

BY_BYLINE = "byline"
"""What decides for a key journalist's article."""


def filed(judgement: Judgement) -> Judgement:
    """The same, filed once: where its best hit stands highest, ties by the agreement's order."""
    within = [v for v in judgement.verdicts if v.outcome is Outcome.IN and v.decided_by != BY_BYLINE]
    best = min(within, key=lambda v: v.standing.rank, default=None)
    if best is None:
        return replace(judgement, primary=UNASSIGNED if judgement.recategorised else None, also=())
    return replace(judgement, primary=best.section, also=tuple(v.section for v in within if v is not best))


def recategorised(judgement: Judgement, section: str, name: str) -> Judgement:
    """A key journalist's article, filed where it fits; `section` has the list with the name."""
    own = Verdict(section, Outcome.IN, BY_BYLINE)
    others = tuple(v for v in judgement.verdicts if v.section != section)
    return filed(replace(judgement, verdicts=(*others, own), recategorised=name))
