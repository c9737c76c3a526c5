"""What a change does to an article, and to an archive: gained, lost, moved, by term and by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.core.article import Article
from monitor.core.dates import london_day
from monitor.core.json import Json
from monitor.core.match import Judgement, Verdict
from monitor.core.replay.changes import Change


class Kind(StrEnum):
    """What became of an article."""

    GAINED = "gained"
    """In a section, and in none before."""
    LOST = "lost"
    """In none, and in a section before."""
    MOVED = "moved"
    """Filed elsewhere, or in other sections besides."""
    PROOF = "proof"
    """In the same sections, or still in none, and with another proof."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An article that is judged otherwise, significance included."""

    article: Article
    before: Judgement
    after: Judgement

    @property
    def kind(self) -> Kind:
        """What became of it."""
        before, after = self.before.sections, self.after.sections
        if before == after:
            return Kind.PROOF
        return Kind.MOVED if before and after else Kind.GAINED if after else Kind.LOST

    @property
    def gained(self) -> tuple[str, ...]:
        """Sections it is in, and was not."""
        return tuple(s for s in self.after.sections if s not in self.before.sections)

    @property
    def lost(self) -> tuple[str, ...]:
        """Sections it was in, and is not."""
        return tuple(s for s in self.before.sections if s not in self.after.sections)

    def again(self, sections: Collection[str] = ()) -> Again:
        """Whether it was in a section before and is after, or in one of these if any are given."""
        was, now = (not set(sections or s).isdisjoint(s) for s in (self.before.sections, self.after.sections))
        return Again(self.article, before=was, after=now)

    def to_json(self) -> dict[str, Json]:
        """The article and what was said of it before and after, with the proof."""
        article = self.article
        return {
            "kind": str(self.kind),
            **article.named(),
            "gained": list(self.gained),
            "lost": list(self.lost),
            "before": self.before.to_json(),
            "after": self.after.to_json(),
        }


def differ(before: Judgement, after: Judgement) -> bool:
    """Whether the two say anything else of an article: where it is filed, what a section says, by which proof."""
    return _said(before) != _said(after)


def _said(judgement: Judgement) -> tuple[object, ...]:
    """What is compared; in which order sections and aliases were judged says nothing."""
    by_section: dict[str, Verdict] = {v.section: v for v in judgement.verdicts}
    filed = (judgement.primary, judgement.also, judgement.recategorised)
    return *filed, by_section, frozenset(judgement.aliases)


# --------------------------------------------------------------- sums


@dataclass(frozen=True, slots=True)
class TermYield:
    """What one term brings, and what goes with it."""

    section: str
    term: str
    gained: int
    """Articles its section gains in which it hits."""
    lost: int
    """Articles its section loses in which it hit."""


def by_term(differences: Iterable[Difference], changed: Iterable[Change]) -> tuple[TermYield, ...]:
    """Each term that changed, and each other one by which an article is gained or lost."""
    differences = list(differences)
    gained = _hits((d.after, d.gained) for d in differences)
    lost = _hits((d.before, d.lost) for d in differences)
    terms = dict.fromkeys([*((c.section, c.term) for c in changed if c.term), *sorted({*gained, *lost})])
    return tuple(TermYield(section, term, gained[section, term], lost[section, term]) for section, term in terms)


def _hits(judged: Iterable[tuple[Judgement, tuple[str, ...]]]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for judgement, sections in judged:
        for section in sections:
            verdict = judgement.verdict(section)
            counts.update({(section, h.term) for h in verdict.hits} if verdict else ())
    return counts


@dataclass(frozen=True, slots=True)
class Matched:
    """An article that was in a section when it was judged, significance apart."""

    article: str
    """Its id."""
    first_seen: datetime
    fingerprint: str
    """The agreement's, as it was judged with."""


@dataclass(frozen=True, slots=True)
class Again:
    """An article that was judged again, and whether it is in a section by the one state and the other."""

    article: Article
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Day:
    """How many articles of a day match; of those that the change leaves as they are, significance apart."""

    day: date
    """In London."""
    before: int
    after: int


def by_day(matched: Iterable[Matched], again: Iterable[Again]) -> tuple[Day, ...]:
    """The days on which anything matches: as it was stored, but for what comes or goes."""
    again = [a for a in again if a.before != a.after]
    judged = {a.article.id for a in again}
    seen = [(m.first_seen, True, True) for m in matched if m.article not in judged]
    seen += [(a.article.first_seen, a.before, a.after) for a in again if a.article.first_seen]
    before, after = Counter[date](), Counter[date]()
    for first_seen, was_in, is_in in seen:
        day = london_day(first_seen)
        before[day] += was_in
        after[day] += is_in
    return tuple(Day(day, before[day], after[day]) for day in sorted({*+before, *+after}))
