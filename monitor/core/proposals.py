"""What would have spared an editor the exclusions: the smallest blocker, or guard, that keeps what was wanted.

A proposal and no more: nothing learns by itself. It is replayed over the articles before anybody sees it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from monitor.core.article import Article
from monitor.core.json import Json
from monitor.core.match import Hit, Verdict
from monitor.core.matching.text import comparable, read
from monitor.core.profile import Guard, Profile, Term

FEWEST_EXCLUDED = 2
"""Exclusions that a proposal must spare: one may be chance."""
FEWEST_KEPT = 3
"""Kept articles that a guard must be learned from."""
MOST_AROUND = 3
"""Words of a blocker besides the term's."""
GUARD_WORDS = 3
"""Words of a guard at most."""
FEWEST_LETTERS = 4
"""Of a word of a guard."""
NEAR = 30
_PARTS = re.compile(r"[.,;:!?()\[\]\"“”\n]")


@dataclass(frozen=True, slots=True)
class Seen:
    """An article that a term brought into a section."""

    article: Article
    verdict: Verdict

    def hits(self, term: str) -> list[Hit]:
        """The places where the term stands."""
        return [hit for hit in self.verdict.hits if hit.term == term and not hit.derived]

    def text(self, hit: Hit) -> str:
        """The whole field that a hit is in."""
        return self.article.text_of(hit.span.field)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of one term."""

    section: str
    term: str
    key: str
    """`blockers` or `only_with`."""
    words: tuple[str, ...]

    @property
    def line(self) -> str:
        """What to write below the term."""
        listed = f"[{', '.join(self.words)}]"
        return (
            f"blockers: {listed}"
            if self.key == "blockers"
            else f"only_with: {{any: {listed}, within: {NEAR} words}}"
        )

    def applied(self, profile: Profile) -> Profile:
        """The profile with it."""
        return replace(profile, terms=tuple(self._changed(term) for term in profile.terms))

    def _changed(self, term: Term) -> Term:
        if term.name != self.term:
            return term
        if self.key == "blockers":
            return replace(term, blockers=(*term.blockers, *self.words))
        return replace(term, only_with=Guard(self.words))

    def to_json(self) -> dict[str, Json]:
        """The proposal as a JSON object."""
        return {
            "section": self.section,
            "term": self.term,
            "key": self.key,
            "words": list(self.words),
            "line": self.line,
        }


def propose(profile: Profile, term: Term, excluded: Sequence[Seen], kept: Sequence[Seen]) -> Iterator[Proposal]:
    """A blocker, and where none helps a guard, that spares at least two of the exclusions; the smallest."""
    blocker = _blocker(term.name, excluded, kept)
    if blocker:
        yield Proposal(profile.section, term.name, "blockers", (blocker,))
    elif term.only_with is None and (words := _guard(term.name, excluded, kept)):
        yield Proposal(profile.section, term.name, "only_with", words)


def _blocker(term: str, excluded: Sequence[Seen], kept: Sequence[Seen]) -> str:
    """The shortest phrase around every hit of as many exclusions as can be, and around no hit that was kept."""
    wanted = {phrase for seen in kept for hit in seen.hits(term) for phrase in _around(seen, hit)}
    counted: Counter[str] = Counter()
    for seen in excluded:
        phrases = [set(_around(seen, hit)) for hit in seen.hits(term)]
        counted.update(set.intersection(*phrases) - wanted if phrases else ())
    best = max(counted, key=lambda phrase: (counted[phrase], -len(phrase.split()), phrase), default="")
    return best if counted[best] >= FEWEST_EXCLUDED else ""


def _around(seen: Seen, hit: Hit) -> Iterator[str]:
    """The phrases that hold a hit and up to three words beside it, nothing but spaces between."""
    text = seen.text(hit)
    before = read(_PARTS.split(text[: hit.span.start])[-1]).words
    after = read(_PARTS.split(text[hit.span.end :])[0]).words
    here = comparable(hit.span.text).split()
    for left, right in product(range(MOST_AROUND + 1), repeat=2):
        if 0 < left + right <= MOST_AROUND and left <= len(before) and right <= len(after):
            yield " ".join([*(before[-left:] if left else ()), *here, *after[:right]])


def _guard(term: str, excluded: Sequence[Seen], kept: Sequence[Seen]) -> tuple[str, ...]:
    """The fewest words of which each kept article has one near the term, and no excluded one has any."""
    if len(kept) < FEWEST_KEPT or len(excluded) < FEWEST_EXCLUDED:
        return ()
    near_excluded = set().union(*(_near(seen, term) for seen in excluded))
    owed = [_near(seen, term) - near_excluded for seen in kept]
    chosen: list[str] = []
    while owed and len(chosen) < GUARD_WORDS:
        counted = Counter(word for words in owed for word in words)
        if not counted:
            return ()
        best = max(counted, key=lambda word: (counted[word], word))
        chosen.append(best)
        owed = [words for words in owed if best not in words]
    return () if owed else tuple(chosen)


def _near(seen: Seen, term: str) -> set[str]:
    """Words of some length that stand near the term, its own left out."""
    found: set[str] = set()
    for hit in seen.hits(term):
        text = seen.text(hit)
        found |= {*read(text[: hit.span.start]).words[-NEAR:], *read(text[hit.span.end :]).words[:NEAR]}
    return {w for w in found if len(w) >= FEWEST_LETTERS and w.isalpha()} - set(comparable(term).split())
