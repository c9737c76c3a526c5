"""The terms that a batch asks for, and the cases in which nothing about them has to be weighed (section 3).

A case is *plain* when wherever its terms stand they are hits: capitals as they should be, no guard, no pair, no
blocker, no surname or abbreviation to derive, no name joined to another, none over another. All other cases are
*tangled*: `terms.py` and `query.py` of the package above weigh them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from monitor.core.match import Reason, as_json
from monitor.core.matching.columns.asked import Asked
from monitor.core.matching.columns.stands import Places, Stands
from monitor.core.matching.lexicon import NOTHING, Sought
from monitor.core.matching.ready import Ready
from monitor.core.matching.rows import ALIAS, TERM
from monitor.core.matching.scopes import MAKES
from monitor.core.matching.tables import Column, Growing, Lists, Mask, Table, distinct, expanded, keys
from monitor.core.profile import Scope

REASONS = tuple(Reason)
NO_GUARD = 0
"""Stands for the scope of a guard where there is none."""


class Credits(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Hits, by case, those of a case in reading order."""

    cases: Column
    names: Column
    """Under which name each is reported."""
    places: Places
    derived: Mask

    @classmethod
    def of(cls, parts: Iterable[Credits]) -> Credits:
        """All parts together, in order."""
        cases, names, derived, places = zip(*((p.cases, p.names, p.derived, p.places) for p in parts), strict=True)
        of = np.concatenate(cases)
        all_places = Places.joined(places)
        order = np.lexsort((all_places.lefts, of))
        return cls(of[order], np.concatenate(names)[order], all_places.at(order), np.concatenate(derived)[order])


class Rejects(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Places where a term stands and yet is no hit, by case."""

    cases: Column
    names: Column
    places: Places
    reasons: Column
    """Which of `REASONS`."""
    details: list[str]

    @classmethod
    def of(cls, parts: Sequence[Rejects]) -> Rejects:
        """All parts together; no case is in two of them."""
        cases = np.concatenate([p.cases for p in parts])
        order = np.argsort(cases, kind="stable")
        names, reasons = (np.concatenate([getattr(p, n) for p in parts])[order] for n in ("names", "reasons"))
        details = [detail for p in parts for detail in p.details]
        places = Places.joined([p.places for p in parts])
        return cls(cases[order], names, places.at(order), reasons, [details[n] for n in order.tolist()])


class Unapproved(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Places where an alias stands that nobody has approved, by case, in the order of its terms."""

    cases: Column
    names: Column
    """Under which name its term is reported."""
    places: Places
    aliases: Column
    """Under which it is reported itself."""


class Asks(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What a term, or a query, asks for."""

    name: str = ""
    forms: Sought = NOTHING
    partner: Sought | None = None
    """Of a pair: the other side."""
    reach: int = 0
    """Of a pair: how many words may stand between the two."""
    person: bool = False
    guard: Sought = NOTHING
    scope: Scope | None = None
    """Within what a word of the guard must stand, where there is one."""
    blockers: tuple[Sought, ...] = ()
    derived: Sought = NOTHING
    surname: Sought = NOTHING
    first_names: frozenset[str] = frozenset()
    """Of a person: the words that may stand before the surname."""
    aliases: tuple[tuple[str, Sought], ...] = ()
    """Those that nobody has approved, and what finds each."""
    query: tuple[Sought, ...] = ()
    """What a query looks for: it has nothing else."""
    not_cased: str = ""
    """What is said of a place whose capitals are not as they should be."""
    not_guarded: str = ""
    """What is said of one that has no word of the guard in reach."""

    @property
    def all(self) -> Iterable[int]:
        """The numbers of everything it looks for."""
        partner = (self.partner,) if self.partner else ()
        aliases = (sought for _, sought in self.aliases)
        others = (self.guard, *self.blockers, self.derived, self.surname, *aliases, *self.query)
        return [s.number for s in (self.forms, *partner, *others) if s is not NOTHING]


class Terms:
    """What the slots ask for, made when they are first asked; numbered as they are made."""

    def __init__(self, slots: int) -> None:
        self.known = np.full(slots, -1, np.int64)
        self.table = Table(*TERM)
        self.blockers = Growing()
        """The numbers of what may take places of a term away, one term after the other."""
        self.aliases = Table(*ALIAS)
        """Its aliases that nobody has approved, one term after the other."""
        self._spoilers, self.all = Lists(), Lists()
        self.names = Ready()
        """The names under which hits are reported, as JSON."""
        self.asks: list[Asks] = []
        """What each asks for."""

    def unknown(self, slots: Column) -> list[int]:
        """Those that were not asked for before."""
        unknown: list[int] = distinct(slots[self.known[slots] < 0]).tolist()
        return unknown

    def add(self, slot: int, asks: Asks) -> None:
        """What a slot asks for."""
        blockers, aliases = len(self.blockers), len(self.aliases)
        for sought in asks.blockers:
            self.blockers.add(sought.number)
        for text, alias in asks.aliases:
            self.aliases.add(alias.number, self.name(text))
        self.known[slot] = self.table.add(
            asks.forms.number,
            self.name(asks.name),
            asks.partner.number if asks.partner else -1,
            asks.reach,
            asks.person,
            asks.guard.number,
            MAKES[asks.scope.unit] if asks.scope else NO_GUARD,
            asks.scope.words if asks.scope else 0,
            asks.derived.number,
            asks.surname.number,
            blockers,
            len(self.blockers),
            aliases,
            len(self.aliases),
        )
        self.asks.append(asks)
        self._spoilers.add(s.number for s in (*asks.blockers, asks.derived))
        self.all.add(asks.all)

    def name(self, name: str) -> int:
        """The number of a name."""
        return self.names.number(as_json(name))

    def aliased(self, asked: Asked, stands: Stands) -> list[int]:
        """The cases in which an alias stands that nobody has approved."""
        terms = self.known[asked.slots]
        begins = self.table.of("aliases", terms)
        owners, at = expanded(begins, self.table.of("aliases_end", terms) - begins)
        there = stands.count(asked.asking[owners], self.aliases.of("sought", at)) > 0
        cases: list[int] = distinct(asked.cases[owners[there]]).tolist()
        return cases

    def plain(self, asked: Asked, stands: Stands) -> tuple[Credits, list[int]]:
        """The hits of the plain cases, and which are tangled; those that have a query are neither."""
        terms, articles = self.known[asked.slots], asked.asking
        starts, counts = stands.rows(articles, self.table.of("forms", terms))
        pairs = self.table.of("partner", terms) >= 0
        counts[pairs] *= self._may_pair(terms[pairs], articles[pairs], stands)
        guarded = self.table.of("scope", terms) != NO_GUARD
        spoilt = _any(self._spoilers, terms, articles, stands)
        tangled = np.zeros(len(asked.articles), np.bool_)
        tangled[asked.cases[(pairs | guarded | spoilt) & (counts > 0)]] = True
        owners, at = expanded(starts, counts)
        cases, places = asked.cases[owners], stands.places.at(at)
        joined = self.table.of("person", terms[owners]).astype(np.bool_)
        joined &= stands.sheet.may_be_joined(places.firsts, places.lasts)
        tangled[cases[joined | ~places.holds]] = True
        order = np.lexsort((places.lefts, cases))
        sorted_cases, sorted_places = cases[order], places.at(order)
        tangled[sorted_cases[1:][overlapping(sorted_cases, sorted_places)]] = True
        with_query = asked.with_query()
        tangled[with_query] = True
        kept = (~tangled[cases]).nonzero()[0]
        names = self.table.of("name", terms[owners[kept]])
        none = np.zeros(len(kept), np.bool_)
        tangled[with_query] = False
        plain = Credits(cases[kept], names, places.at(kept), none)
        return plain, tangled.nonzero()[0].tolist()

    def _may_pair(self, terms: Column, articles: Column, stands: Stands) -> Mask:
        """Of pairs whether a place of the one side may have one of the other in reach; without, none stands."""
        starts, counts = stands.rows(articles, self.table.of("partner", terms))
        others, at = expanded(starts, counts)
        firsts, lasts = stands.places.firsts[at], stands.places.lasts[at]
        longest = int((lasts - firsts).max(initial=0))
        owners, at = expanded(*stands.rows(articles, self.table.of("forms", terms)))
        reach = self.table.of("reach", terms[owners]) + 1
        begins, all_begins = stands.places.firsts[at] - reach - longest, keys(others, firsts)
        before = np.searchsorted(all_begins, keys(owners, np.maximum(begins, 0)))
        behind = np.searchsorted(all_begins, keys(owners, stands.places.lasts[at] + reach), side="right")
        may = np.zeros(len(terms), np.bool_)
        may[owners[before < behind]] = True
        return may


def overlapping(cases: Column, places: Places) -> Mask:
    """For each place but the first whether it shares a word with one before it of the same case; in order."""
    reached = np.maximum.accumulate(keys(cases, places.lasts))[:-1]
    overlapping: Mask = reached >= keys(cases, places.firsts)[1:]
    return overlapping


def _any(lists: Lists, terms: Column, articles: Column, stands: Stands) -> Mask:
    """For each term whether anything of its list stands in the article."""
    owners, sought = lists.of(terms)
    there = np.zeros(len(terms), np.bool_)
    there[owners[stands.count(articles[owners], sought) > 0]] = True
    return there
