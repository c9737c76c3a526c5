"""What an editor may want to file elsewhere: where it stands nearly as high, or came nearest.

The rules file a story once (the contract, section 9), and where they decide by a hair an editor is told. Nothing
moves by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.curation import Act
from monitor.core.digest.filing import Filed
from monitor.core.digest.material import Material
from monitor.core.match import Judgement, Outcome, Verdict

FAR_MORE = 2
"""So many times the hits of the section it is filed in outweigh standing one step lower."""
FEWEST = 3
"""Hits that it must have there for that."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another section for a story, and the two verdicts that speak for it."""

    section: str
    there: Verdict
    here: Verdict | None = None
    """Of the section it is filed in; None: it fits none, and `there` came nearest."""

    @property
    def tied(self) -> bool:
        """Whether it stands as high there, so that only the order of the agreement decided."""
        return self.here is not None and self.there.standing.rank == self.here.standing.rank


def move_suggested(filed: Filed, material: Material, agreement: Agreement) -> Suggestion | None:
    """The section it might be moved to; None when none is near, or when an editor has filed it already.

    Near is a section in which it stands as high with as many hits, or one step lower (headline, lead,
    further down) with twice the hits and three at least. A section that prints it anyway
    (`show: in_each`) is not suggested.
    """
    here = _best(filed, filed.section, material)
    if here is None or filed.said.filed or filed.said.act is Act.ADD:
        return None
    others = [
        there
        for section in filed.sections[1:]
        if not agreement.profile(section).show_in_each and (there := _best(filed, section, material))
    ]
    near = [there for there in others if _is_near(here, there)]
    best = min(near, key=_height, default=None)
    return Suggestion(best.section, best, here) if best else None


def section_suggested(judgement: Judgement, order: Iterable[str]) -> Suggestion | None:
    """The section that a key journalist's article came nearest to: the near miss whose terms stand highest."""
    sections = set(order)
    near = [v for v in judgement.verdicts if v.outcome is Outcome.NEAR_MISS and v.section in sections]
    best = min(near, key=_height, default=None)
    return Suggestion(best.section, best) if best else None


def _best(filed: Filed, section: str, material: Material) -> Verdict | None:
    """Of its articles the verdict that stands highest in the section."""
    judged = [material.judgements[a.id].verdict(section) for a in filed.matched if a.id in material.judgements]
    return min((v for v in judged if v and v.outcome is Outcome.IN and v.hits), key=_height, default=None)


def _height(verdict: Verdict) -> tuple[int, int]:
    return verdict.standing.rank, -verdict.standing.hits


def _is_near(here: Verdict, there: Verdict) -> bool:
    lower = there.standing.rank - here.standing.rank
    hits, needed = there.standing.hits, here.standing.hits
    if lower <= 0:
        return hits >= needed
    return lower == 1 and hits >= max(FEWEST, FAR_MORE * needed)
