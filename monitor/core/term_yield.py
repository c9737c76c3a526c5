"""What each term of an agreement has brought over a stretch: for the contract review, and to see what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from monitor.core.agreement import Agreement
from monitor.core.json import Json
from monitor.core.match import Outcome, Verdict

FEWEST = 10
"""Articles that a term must have stood in before it is called noisy."""
NOISE = 3
"""Noisy: at least one in so many of what it brought was excluded by an editor."""
USELESS = 10
"""Noisy, too: fewer than one in so many of the articles it stands in was kept."""
BROAD = 50
"""Too broad: it alone brought at least one in so many of all articles."""
FEWEST_BROAD = 20
"""Articles that it must have brought for that."""
LONG_ENOUGH = timedelta(days=28)
"""Dead: in no article of so long a record. A shorter one tells nothing: many are in the news once a month."""


Spellings: TypeAlias = Sequence[tuple[str, int]]
"""Spellings that stand in articles, each with how many."""


class Word(StrEnum):
    """What is said of a term in one word."""

    DEAD = "dead"
    """It stood in no article."""
    NOISY = "noisy"
    """Much of what it stood in was not wanted."""
    BROAD = "too broad"
    FINE = ""


@dataclass(frozen=True, slots=True)
class TermYield:
    """What one term of one section brought: articles, each counted once for each line."""

    section: str
    term: str
    kept: int = 0
    """In the section, and no editor took them out."""
    excluded: int = 0
    """In the section, and excluded by an editor."""
    near_misses: int = 0
    out: int = 0
    """Out by another rule, or because what must stand near it did not."""
    last_kept: datetime | None = None
    """When the latest that was kept was first seen."""

    @property
    def stood(self) -> int:
        """Articles that it stood in, as far as the rules looked."""
        return self.kept + self.excluded + self.near_misses + self.out

    def said(self, looked_at: int) -> Word:
        """What to say of it, among so many articles; of none there is nothing to say."""
        if not looked_at:
            return Word.FINE
        brought = self.kept + self.excluded
        if not self.stood:
            return Word.DEAD
        if self.stood >= FEWEST and (self.excluded * NOISE >= brought > 0 or self.kept * USELESS < self.stood):
            return Word.NOISY
        if brought >= FEWEST_BROAD and brought * BROAD >= looked_at:
            return Word.BROAD
        return Word.FINE

    def remedy(self, looked_at: int, near: Spellings = ()) -> str:
        """What was seen, and what to do; empty: nothing. `near`: other spellings of a dead term."""
        word = self.said(looked_at)
        if word is Word.DEAD and near:
            seen = ", ".join(f"“{spelling}” ({number})" for spelling, number in near)
            return f"had no hit, and {seen} stood in articles: is that what is meant? Then add it to `match`"
        if word is Word.DEAD:
            return "had no hit: ask the client whether it is needed, in the next contract review"
        if word is Word.NOISY:
            unwanted = self.excluded + self.near_misses + self.out
            return (
                f"{unwanted} of {self.stood} were not wanted: monitor profiles proposals, "
                "or narrow it with `only_with`"
            )
        if word is Word.BROAD:
            return f"brought {self.kept + self.excluded} of {looked_at}: is it meant so widely?"
        return ""

    def to_json(self) -> dict[str, Json]:
        """The counts as a JSON object."""
        return {
            "section": self.section,
            "term": self.term,
            "kept": self.kept,
            "excluded": self.excluded,
            "near_misses": self.near_misses,
            "out": self.out,
            "last_kept": self.last_kept.isoformat() if self.last_kept else None,
        }


@dataclass(frozen=True, slots=True)
class YieldReport:
    """What the terms of an agreement brought in a period."""

    looked_at: int
    """Articles that were judged."""
    yields: tuple[TermYield, ...]
    record: timedelta
    """From when the first of these articles was seen to the end of the period."""
    near: Mapping[tuple[str, str], Spellings] = field(default_factory=dict)
    """Of each dead term, by section and name: other spellings, each with how many articles have it."""

    @property
    def too_short(self) -> bool:
        """Whether articles were judged, and for too short a time to call any term dead."""
        return bool(self.looked_at) and self.record < LONG_ENOUGH

    def spellings(self, one: TermYield) -> Spellings:
        """Other spellings of a term that stand in articles."""
        return self.near.get((one.section, one.term), ())

    def said(self, one: TermYield) -> Word:
        """What to say of a term: dead in a short record only where another spelling stands in articles."""
        word = one.said(self.looked_at)
        return Word.FINE if word is Word.DEAD and self.too_short and not self.spellings(one) else word

    def remedy(self, one: TermYield) -> str:
        """What was seen of a term, and what to do; empty: nothing."""
        return one.remedy(self.looked_at, self.spellings(one)) if self.said(one) else ""


class Harvest:
    """Counts, article by article, what each term brought."""

    def __init__(self, agreement: Agreement) -> None:
        self._yields = {
            (profile.section, name): TermYield(profile.section, name)
            for profile in agreement.profiles
            for name in profile.sought
        }

    def count(self, verdicts: Iterable[Verdict], seen: datetime | None, *, excluded: bool) -> None:
        """Add an article: what the sections said of it, and whether an editor excluded it."""
        for verdict in verdicts:
            terms = {hit.term for hit in verdict.hits} | {rejected.hit.term for rejected in verdict.rejected}
            for term in terms:
                key = (verdict.section, term)
                if key in self._yields:
                    self._yields[key] = _with(self._yields[key], verdict, term, seen, excluded=excluded)

    def all(self) -> tuple[TermYield, ...]:
        """Every term, in the agreement's order."""
        return tuple(self._yields.values())


def _with(had: TermYield, verdict: Verdict, term: str, seen: datetime | None, *, excluded: bool) -> TermYield:
    counts = any(hit.term == term for hit in verdict.hits)
    if verdict.outcome is Outcome.IN and counts:
        if excluded:
            return replace(had, excluded=had.excluded + 1)
        last = max((at for at in (had.last_kept, seen) if at), default=None)
        return replace(had, kept=had.kept + 1, last_kept=last)
    if verdict.outcome is Outcome.NEAR_MISS:
        return replace(had, near_misses=had.near_misses + 1)
    return replace(had, out=had.out + 1)
