"""A replay as each section sees it: what stands under its heading now, what no longer does, and who took it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.core.dates import london_day
from monitor.core.json import Json
from monitor.core.match import Verdict
from monitor.core.replay.outcome import Difference


class Fate(StrEnum):
    """What became of an article in one section."""

    GAINED = "gained"
    """It is in the section, and was not."""
    LOST = "lost"
    """It was, and is not."""
    TAKEN = "taken"
    """It is in it still, and stands under another section's heading now: its best hit there is higher up."""
    GIVEN = "given"
    """It was in it already, and stands under its heading now: another section's had it."""
    PROOF = "proof"
    """It is where it was, with another proof."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that a section sees otherwise."""

    section: str
    fate: Fate
    difference: Difference
    other: str = ""
    """The section it is filed in now, or of what was given the one it was filed in; '' for this or none."""

    @property
    def before(self) -> Verdict | None:
        """What the section said of it; None: no term of it stood there."""
        return self.difference.before.verdict(self.section)

    @property
    def after(self) -> Verdict | None:
        """What it says now."""
        return self.difference.after.verdict(self.section)

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms by which it was lost, or is there now; where it only changed proof, those of both."""
        told = {Fate.LOST: (self.before,), Fate.PROOF: (self.before, self.after)}.get(self.fate, (self.after,))
        return tuple(dict.fromkeys(hit.term for verdict in told if verdict for hit in verdict.hits))

    @property
    def day(self) -> date | None:
        """The day in London on which our clock first saw the article."""
        seen = self.difference.article.first_seen
        return london_day(seen) if seen else None

    def to_json(self) -> dict[str, Json]:
        """The article, what became of it in the section, and what the section said before and after."""
        article = self.difference.article
        return {
            "section": self.section,
            "fate": str(self.fate),
            "other": self.other,
            "terms": list(self.terms),
            **article.named(),
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
        }


def seen_by_sections(differences: Iterable[Difference]) -> tuple[Seen, ...]:
    """What each section sees otherwise, in the order of the differences: one article may be there for several.

    A section that says the same of an article as before, and has it under its heading as before, sees nothing.
    """
    return tuple(seen for difference in differences for seen in _seen(difference))


def _seen(difference: Difference) -> Iterator[Seen]:
    before, after = difference.before, difference.after
    named = (*after.sections, *before.sections, *(v.section for j in (after, before) for v in j.verdicts))
    for section in dict.fromkeys(named):
        fate = _fate(difference, section)
        if fate is Fate.PROOF and before.verdict(section) == after.verdict(section):
            continue
        filed = before.primary if fate is Fate.GIVEN else after.primary
        told = fate is not Fate.PROOF and filed != section
        yield Seen(section, fate, difference, (filed or "") if told else "")


def _fate(difference: Difference, section: str) -> Fate:
    if section in difference.gained:
        return Fate.GAINED
    if section in difference.lost:
        return Fate.LOST
    had, has = (judgement.primary == section for judgement in (difference.before, difference.after))
    if had == has:
        return Fate.PROOF
    return Fate.TAKEN if had else Fate.GIVEN


# --------------------------------------------------------------- sums


@dataclass(frozen=True, slots=True)
class SectionSum:
    """How many articles came to a section and went from it."""

    section: str
    fates: tuple[tuple[Fate, int], ...]
    """One for each of the five, in their order."""

    def of(self, fate: Fate) -> int:
        """How many had that fate."""
        return dict(self.fates)[fate]


def sums(seen: Iterable[Seen], order: Iterable[str]) -> tuple[SectionSum, ...]:
    """The sums of each section that sees anything otherwise, in the agreement's order; what is gone last."""
    counts: dict[str, Counter[Fate]] = {}
    for one in seen:
        counts.setdefault(one.section, Counter())[one.fate] += 1
    known = dict.fromkeys([*(s for s in order if s in counts), *sorted(counts)])
    return tuple(SectionSum(s, tuple((fate, counts[s][fate]) for fate in Fate)) for s in known)


def come_and_gone(seen: Iterable[Seen]) -> dict[date, tuple[int, int]]:
    """By day how many articles were gained, and how many lost, each once a section, significance included."""
    days: dict[date, Counter[Fate]] = {}
    for one in seen:
        if one.day and one.fate in (Fate.GAINED, Fate.LOST):
            days.setdefault(one.day, Counter())[one.fate] += 1
    return {day: (of[Fate.GAINED], of[Fate.LOST]) for day, of in days.items()}
