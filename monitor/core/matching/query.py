"""A Boolean query, judged on an article: whether it holds, which hits make it hold, and what is lacking.

Every part of a query holds or does not, and some parts stand at *places*: stretches of one field, each with the
hits that make it.

- A **phrase** stands wherever the matcher finds it: whole words, apostrophes and capitals apart, a space or a
  hyphen between its words, a possessive 's at its end. As written: no plural. `word*` is the beginning of a word.
  A longer phrase that the agreement blocks in every section takes its places away. `CASE(...)`: capitals exactly
  as written.
- `a OR b` stands where either stands. `a AND b` holds when both hold; `NOT a` when *a* does not hold.
- `a NEAR/n b`: both stand in one field, at most n words strictly between them, in either order, across sentences
  (the contract's reckoning, section 4), and share no word. `a ONEAR/n b`: *a* ends before *b* begins.
  `a SENTENCE b`, `a PARAGRAPH b`: both are in the same one. Each place is joined with the nearest one of the other
  side; the stretch from the one to the other is the place of the whole, for what is around it.
- `a NOT NEAR/n b`: the places of *a* that have no *b* in reach.
- `HEADLINE(q)`, `FIRST/n(q)`: *q* holds of an article that is nothing but its headline and standfirst, or its
  first n words (headline, standfirst and body, in this order).
- `ATLEAST/n(a)`: *a* stands n times or more; of places that share a word the longest counts.

The hits of a query that holds are those at the places that make it hold, under their phrase as written; of those
that share a word the longest. Of a query that does not hold, those of its phrases that are wanted and stand are
kept as proof. It is *nearly* held when it would hold with every NEAR, SENTENCE and PARAGRAPH read as AND.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.core.json import Json
from monitor.core.match import Finding, Reason, Rule
from monitor.core.matching.found import Cover, Found
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.nearness import Pairing, Place, times_of
from monitor.core.matching.phrases import Phrase as Searched
from monitor.core.matching.reach import HEAD
from monitor.core.matching.scan import Scan
from monitor.core.matching.terms import Credit, Reject, SoughtTerm, TermHits
from monitor.core.profile import Case, Term
from monitor.core.query import (
    And,
    AtLeast,
    Cased,
    First,
    Headline,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Untranslated,
    phrases,
    written,
)

BRIEF = 120
"""Characters of a part that a verdict repeats."""
NAMED = 3
"""Phrases of a choice that a verdict names."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a part is, of an article."""

    holds: bool
    places: tuple[Place, ...] = ()
    """What makes it hold."""
    denied: tuple[Place, ...] = ()
    """What makes it not hold: the places of what a NOT excludes."""
    nearly: bool = False
    """Whether it would hold if nearness did not count."""


@dataclass(frozen=True, slots=True)
class View:
    """How much of the article a part looks at."""

    head: bool = False
    words: int | None = None

    def sees(self, found: Found, scan: Scan) -> bool:
        """Whether a place lies within it."""
        if self.head and found.field not in HEAD:
            return False
        return self.words is None or scan.words_up_to(found) <= self.words

    def narrowed(self, part: Headline | First) -> View:
        """The same, and within the part's own limits."""
        if isinstance(part, Headline):
            return replace(self, head=True)
        return replace(self, words=part.words if self.words is None else min(part.words, self.words))


WHOLE = View()


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a section's query."""

    holds: bool
    hits: tuple[Credit, ...]
    """What makes it hold; or what stands, though it does not."""
    rejected: tuple[Reject, ...]
    nearly: bool = False
    lacks: dict[str, Json] | None = None
    """What is lacking, for `core/explanation.py`."""

    def to_finding(self) -> Finding:
        """What the verdict says of the query."""
        return Finding(Rule.QUERY, self.holds, {} if self.holds else {"nearly": self.nearly, **(self.lacks or {})})

    def added_to(self, hits: TermHits) -> TermHits:
        """The hits of the section's terms and of the query; of those that share a word the longest."""
        direct = credited((*hits.direct, *self.hits))
        taken = Cover(found for _, found in direct)
        derived = tuple(h for h in hits.derived if not taken.touches(h[1]))
        return TermHits(direct, derived, (*hits.rejected, *self.rejected))


def wanted_phrases(query: Query) -> Iterator[Searched]:
    """What must stand somewhere for the query to have anything to say."""
    yield from (_searched(phrase.text, cased) for phrase, wanted, cased in phrases(query) if wanted)


def query_phrases(query: Query) -> Iterator[Searched]:
    """Everything the query asks for."""
    yield from (_searched(phrase.text, cased) for phrase, _, cased in phrases(query))


def _searched(text: str, cased: bool) -> Searched:
    return Searched(text, Case.EXACT if cased else Case.ANY)


class QueryJudge:
    """Judges the query of one section."""

    def __init__(self, query: Query, shared_blockers: Sought, lexicon: Lexicon) -> None:
        self.query = query
        self._shared_blockers = shared_blockers
        self._sought: dict[tuple[str, bool], SoughtTerm] = {}
        wanted: set[tuple[str, bool]] = set()
        for phrase, is_wanted, cased in phrases(query):
            asked = (phrase.text, cased)
            if asked not in self._sought:
                searched = _searched(*asked)
                forms = lexicon.sought([searched])
                self._sought[asked] = SoughtTerm(Term(phrase.text, case=searched.case), len(self._sought), forms)
            wanted |= {asked} if is_wanted else set()
        self.sought = (*(sought.forms for sought in self._sought.values()), shared_blockers)
        """Everything it looks for."""
        self._wanted = [sought for asked, sought in self._sought.items() if asked in wanted]

    def judge(self, scan: Scan) -> Asked | None:
        """What became of the query; None when none of the phrases it wants stands anywhere."""
        if not any(scan.of(sought.forms) for sought in self._wanted):
            return None
        truth = self.truth(self.query, scan)
        rejected = tuple(self._rejected(scan))
        if truth.holds:
            return Asked(True, credited(h for place in truth.places for h in place.hits), rejected)
        standing = credited(
            h for sought in self._wanted for p in self._stands(sought, scan, WHOLE) for h in p.hits
        )
        return Asked(False, standing, rejected, truth.nearly, self.lacks(self.query, scan))

    def truth(self, query: Query, scan: Scan, view: View = WHOLE, *, cased: bool = False) -> Truth:
        """What a part of the query is, of what the view shows of the article."""
        match query:
            case Phrase(text):
                return _of_places(self._stands(self._sought[text, cased], scan, view))
            case And() | Or():
                return _of_parts(query, [self.truth(part, scan, view, cased=cased) for part in query.parts])
            case Not(part):
                inner = self.truth(part, scan, view, cased=cased)
                return Truth(not inner.holds, inner.denied, inner.places, not inner.holds)
            case Headline(part) | First(part):
                return self.truth(part, scan, view.narrowed(query), cased=cased)
            case Cased(part):
                return self.truth(part, scan, view, cased=True)
            case AtLeast(part, times):
                places = self.truth(part, scan, view, cased=cased).places
                return _of_places(places if times_of(places) >= times else ())
            case Near():
                return self._near(query, scan, view, cased=cased)
            case Untranslated():
                return Truth(False)

    def _near(self, query: Near, scan: Scan, view: View, *, cased: bool) -> Truth:
        left, right = (self.truth(part, scan, view, cased=cased) for part in (query.left, query.right))
        nearly = left.nearly and (query.negated or right.nearly)
        pairing = Pairing(left.places, right.places, query.reach, scan)
        return replace(_of_places(pairing.alone() if query.negated else pairing.joined()), nearly=nearly)

    def _stands(self, sought: SoughtTerm, scan: Scan, view: View) -> tuple[Place, ...]:
        blockers = scan.cover(self._shared_blockers)
        return tuple(
            Place(found, ((sought, found),))
            for found in scan.of(sought.forms)
            if found.case_holds and not blockers.longer(found) and view.sees(found, scan)
        )

    def _rejected(self, scan: Scan) -> Iterator[Reject]:
        """Where a wanted phrase stands and yet is no hit."""
        blockers = scan.cover(self._shared_blockers)
        for sought in self._wanted:
            for found in scan.of(sought.forms):
                if not found.case_holds:
                    yield sought, found, Reason.CASE, f"capitals are not {sought.term.case}"
                elif blocker := blockers.longer(found):
                    yield sought, found, Reason.BLOCKER, scan.span(blocker).text

    def lacks(self, query: Query, scan: Scan, view: View = WHOLE, *, cased: bool = False) -> dict[str, Json]:
        """What keeps a part from holding: the first thing of several that must hold, of a choice the nearest."""
        match query:
            case And(parts):
                failing = next(p for p in parts if not self.truth(p, scan, view, cased=cased).holds)
                return self.lacks(failing, scan, view, cased=cased)
            case Or(parts):
                near = next((p for p in parts if self.truth(p, scan, view, cased=cased).nearly), None)
                some = near or next((p for p in parts if self._some_stand(p, scan, view, cased=cased)), None)
                return (
                    self.lacks(some, scan, view, cased=cased)
                    if some
                    else {"lacks": "phrase", "part": named(query)}
                )
            case Not(part):
                places = self.truth(part, scan, view, cased=cased).places
                stands = dict.fromkeys(sought.term.name for place in places for sought, _ in place.hits)
                return {"lacks": "absence", "part": _some([f"“{name}”" for name in stands]) or named(part)}
            case Headline(part) | First(part):
                if self.truth(part, scan, view, cased=cased).holds:
                    words = query.words if isinstance(query, First) else None
                    return {"lacks": "place", "part": named(part), "words": words}
                return self.lacks(part, scan, view.narrowed(query), cased=cased)
            case Cased(part):
                return self.lacks(part, scan, view, cased=True)
            case AtLeast(part, times):
                found = times_of(self.truth(part, scan, view, cased=cased).places)
                return {"lacks": "times", "part": named(part), "times": times, "found": found}
            case Near():
                return self._lacks_near(query, scan, view, cased=cased)
        return {"lacks": "phrase", "part": named(query)}

    def _some_stand(self, query: Query, scan: Scan, view: View, *, cased: bool) -> bool:
        """Whether a part of a choice is worth explaining: it is more than a phrase, and something of it stands."""
        asked = (self._sought[p.text, own or cased] for p, wanted, own in phrases(query) if wanted)
        return not isinstance(query, Phrase) and any(self._stands(sought, scan, view) for sought in asked)

    def _lacks_near(self, query: Near, scan: Scan, view: View, *, cased: bool) -> dict[str, Json]:
        sides = [(part, self.truth(part, scan, view, cased=cased)) for part in (query.left, query.right)]
        for part, truth in sides[:1] if query.negated else sides:
            if not truth.holds:
                return self.lacks(part, scan, view, cased=cased)
        pairing = Pairing(sides[0][1].places, sides[1][1].places, query.reach, scan)
        return {
            "lacks": "distance" if query.negated else "nearness",
            "part": named(query.left),
            "other": named(query.right),
            "unit": str(query.reach.unit),
            "words": query.reach.words,
            "ordered": query.reach.ordered,
            "distance": pairing.distance(),
        }


def _of_places(places: tuple[Place, ...]) -> Truth:
    return Truth(bool(places), places, nearly=bool(places))


def _of_parts(query: And | Or, found: Sequence[Truth]) -> Truth:
    """AND and OR of parts; where they hold, what makes them so, and where they do not."""
    every = isinstance(query, And)
    choose = all if every else any
    holds = choose(t.holds for t in found)
    places = tuple(p for t in found if t.holds for p in t.places) if holds else ()
    denied = () if holds else tuple(p for t in found if not t.holds for p in t.denied)
    return Truth(holds, places, denied, choose(t.nearly for t in found))


def credited(hits: Iterable[Credit]) -> tuple[Credit, ...]:
    """Of hits that share a word the longest, ties to the earlier, then to the first listed; in reading order."""
    once = {(id(sought), f.left, f.right): (sought, f) for sought, f in hits}.values()
    taken, kept = Cover(), []
    for sought, found in sorted(once, key=lambda h: (-h[1].size, h[1].left)):
        if not taken.touches(found):
            taken.add(found)
            kept.append((sought, found))
    return tuple(sorted(kept, key=lambda h: h[1].left))


# --------------------------------------------------------------- names


def named(query: Query) -> str:
    """A part as a sentence names it: “poverty”; “a”, “b” or 3 more; else as it is written, cut if it is long."""
    if isinstance(query, Phrase):
        return f"“{query.text}”"
    if isinstance(query, Or) and all(isinstance(part, Phrase) for part in query.parts):
        return _some([named(part) for part in query.parts])
    text = written(query)
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


def _some(names: Sequence[str]) -> str:
    shown = list(names[:NAMED]) if len(names) <= NAMED else [*names[:NAMED], f"{len(names) - NAMED} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}" if shown else ""
