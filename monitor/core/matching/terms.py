"""Which of the places where a section's terms stand are hits, and why the others are not (section 3)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.core.article import Field
from monitor.core.match import Hit, Reason, Rejected
from monitor.core.matching.phrases import Phrase
from monitor.core.matching.reach import Neighbours, holds_within
from monitor.core.matching.scan import Cover, Found, Scan
from monitor.core.matching.text import read
from monitor.core.profile import Case, Kind, Pair, Term

TITLES = ("mr", "mrs", "ms", "miss", "dr", "cllr", "councillor", "prof", "professor", "rev", "sir", "dame",
          "lord", "lady", "baroness", "baron")  # fmt: skip
NOT_FIRST_NAMES = frozenset(
    TITLES
    + tuple(
        (
            "minister secretary convener leader msp mp msps mps spokesperson spokesman spokeswoman chair "
            "president the a an and but or if when while as at by for from in of on to with that this these "
            "those he she they his her their its it we you our i what who why how where yesterday today "
            "tomorrow monday tuesday wednesday thursday friday saturday sunday said says"
        ).split()
    )
)
"""Words that stand before a surname and are no first name."""


@dataclass(frozen=True)
class TermKeys:
    """The keys under which a lexicon holds what a term asks for."""

    term: Term
    number: int
    owner: Hashable
    """Tells this term from every other of every section."""

    @property
    def forms(self) -> Hashable:
        """Its forms."""
        return (self.owner, "forms")

    @property
    def blockers(self) -> Hashable:
        """Its own blockers."""
        return (self.owner, "blockers")

    @property
    def guard(self) -> Hashable:
        """The words it counts only with."""
        return (self.owner, "guard")

    @property
    def partner(self) -> Hashable:
        """The other side of a pair."""
        return (self.owner, "partner")

    @property
    def derived(self) -> Hashable:
        """Title and surname, bare surname, abbreviations."""
        return (self.owner, "derived")

    @property
    def surname(self) -> Hashable:
        """A person's surname, whoever bears it."""
        return (self.owner, "surname")

    def alias(self, text: str) -> Hashable:
        """An alias that is not approved."""
        return (self.owner, "alias", text)

    def phrases(self) -> Iterator[tuple[Hashable, Phrase]]:
        """Everything the term asks for, with its key."""
        term = self.term
        forms = term.near.one_of if term.near else term.forms
        yield from ((self.forms, self._phrase(f)) for f in forms)
        yield from ((self.partner, Phrase(w, plural=True)) for w in (term.near.with_one_of if term.near else ()))
        yield from ((self.blockers, Phrase(b, plural=True)) for b in term.blockers)
        yield from ((self.guard, Phrase(w, plural=True)) for w in (term.only_with.any if term.only_with else ()))
        yield from ((self.derived, Phrase(a, Case.EXACT)) for a in term.abbreviations)
        yield from ((self.alias(a.text), self._phrase(a.text)) for a in term.aliases if not a.approved)
        if term.kind is Kind.PERSON:
            yield from self._surname_phrases(_surname(term))

    def _phrase(self, form: str) -> Phrase:
        return Phrase(form, self.term.case, plural=self.term.kind.has_plural and not self.term.near)

    def _surname_phrases(self, surname: str) -> Iterator[tuple[Hashable, Phrase]]:
        yield self.surname, Phrase(surname)
        for title in TITLES:
            yield self.derived, Phrase(f"{title}. {surname}", Case.CAPITALISED)
        if self.term.surname_alone:
            yield self.derived, Phrase(surname, Case.CAPITALISED)


def _surname(term: Term) -> str:
    return (term.match or (term.name,))[0].split()[-1]


@dataclass(frozen=True)
class TermHits:
    """What became of every place where a section's terms stand."""

    direct: tuple[tuple[TermKeys, Found], ...]
    """Hits in their own right."""
    derived: tuple[tuple[TermKeys, Found], ...]
    rejected: tuple[tuple[TermKeys, Found, Reason, str], ...]

    @property
    def seen(self) -> bool:
        """Whether any term stands anywhere."""
        return bool(self.direct or self.rejected)

    @property
    def all(self) -> list[Found]:
        """All hits."""
        return [f for _, f in (*self.direct, *self.derived)]

    def to_hits(self, scan: Scan) -> tuple[Hit, ...]:
        """The hits in reading order."""
        pairs = [(k, f, False) for k, f in self.direct] + [(k, f, True) for k, f in self.derived]
        order = list(Field)
        pairs.sort(key=lambda p: (order.index(p[1].field), p[1].first))
        return tuple(Hit(k.term.name, scan.span(f), derived) for k, f, derived in pairs)

    def to_rejected(self, scan: Scan) -> tuple[Rejected, ...]:
        """What was rejected, with the reason."""
        return tuple(Rejected(Hit(k.term.name, scan.span(f)), r, d) for k, f, r, d in self.rejected)


class TermJudge:
    """Judges the terms of one section."""

    def __init__(self, terms: Sequence[TermKeys], shared_blockers: Hashable) -> None:
        self._terms = terms
        self._shared_blockers = shared_blockers

    def judge(self, scan: Scan) -> TermHits:
        """Every place where a term stands, as a hit or with the reason why it is none."""
        rejected: list[tuple[TermKeys, Found, Reason, str]] = []
        standing: list[tuple[TermKeys, Found]] = []
        for keys in self._terms:
            for found in self._places(keys, scan):
                fault = self._fault(keys, found, scan)
                if fault:
                    rejected.append((keys, found, *fault))
                else:
                    standing.append((keys, found))
        guards: dict[int, Neighbours[None]] = {}
        details = [_guard_fails(keys, found, scan, guards) for keys, found in standing]
        direct = _longest([s for s, detail in zip(standing, details, strict=True) if not detail])
        credited = Cover(f for _, f in direct)
        unguarded = {s: detail for s, detail in zip(standing, details, strict=True) if detail}
        for keys, found in _longest(list(unguarded)):
            if not credited.touches(found):
                rejected.append((keys, found, Reason.GUARD, unguarded[keys, found]))
        derived = self._derived(direct, scan, rejected)
        return TermHits(tuple(direct), tuple(derived), tuple(rejected))

    def aliases(self, scan: Scan) -> Iterator[tuple[TermKeys, str, Found]]:
        """Where an alias that is not approved stands."""
        for keys in self._terms:
            for alias in keys.term.aliases:
                for found in scan.of(keys.alias(alias.text)):
                    if not alias.approved and self._fault(keys, found, scan) is None:
                        yield keys, alias.text, found

    def _places(self, keys: TermKeys, scan: Scan) -> Iterable[Found]:
        if not keys.term.near:
            return scan.of(keys.forms)
        ones, partners = (
            [p for p in scan.of(key) if not self._blocker(keys, p, scan)] for key in (keys.forms, keys.partner)
        )
        return _pairs(keys.term.near, ones, partners, scan)

    def _fault(self, keys: TermKeys, found: Found, scan: Scan) -> tuple[Reason, str] | None:
        """What is wrong with an occurrence, by itself."""
        if not found.case_holds:
            return Reason.CASE, f"capitals are not {keys.term.case}"
        if keys.term.kind is Kind.PERSON and _other_name(found, scan):
            return Reason.NAME, "joined by a hyphen to another name"
        blocker = self._blocker(keys, found, scan)
        return (Reason.BLOCKER, scan.span(blocker).text) if blocker else None

    def _blocker(self, keys: TermKeys, found: Found, scan: Scan) -> Found | None:
        return scan.cover(keys.blockers, self._shared_blockers).longer(found)

    def _derived(
        self,
        direct: list[tuple[TermKeys, Found]],
        scan: Scan,
        rejected: list[tuple[TermKeys, Found, Reason, str]],
    ) -> list[tuple[TermKeys, Found]]:
        """Surnames and abbreviations that stand after the full name of their term."""
        derived: list[tuple[TermKeys, Found]] = []
        taken = Cover([*(f for _, f in direct), *(f for _, f, _, _ in rejected)])
        for keys in {k.owner: k for k, _ in direct}.values():
            first = min((_place(f) for k, f in direct if k is keys))
            later = [f for f in scan.of(keys.derived) if _place(f) > first and f.case_holds]
            free = [f for f in _widest(later) if not taken.touches(f)]
            names = Cover([*(f for k, f in direct if k is keys), *(f for k, f, _, _ in rejected if k is keys)])
            other = _other_bearer(keys, scan, names) if keys.term.kind is Kind.PERSON else ""
            for found in free:
                blocker = self._blocker(keys, found, scan)
                if other:
                    rejected.append((keys, found, Reason.NAME, f"the article also names {other}"))
                elif blocker:
                    rejected.append((keys, found, Reason.BLOCKER, scan.span(blocker).text))
                elif not (keys.term.kind is Kind.PERSON and _other_name(found, scan)):
                    derived.append((keys, found))
                    taken.add(found)
        return derived


def _place(found: Found) -> tuple[int, int]:
    return list(Field).index(found.field), found.first


def _longest(standing: list[tuple[TermKeys, Found]]) -> list[tuple[TermKeys, Found]]:
    """Of overlapping terms the longest, ties to the earlier and then to the term listed first."""
    ranked = sorted(standing, key=lambda s: (s[1].first - s[1].last, *_place(s[1]), s[0].number))
    kept: list[tuple[TermKeys, Found]] = []
    taken = Cover()
    for keys, found in ranked:
        if not taken.touches(found):
            kept.append((keys, found))
            taken.add(found)
    return sorted(kept, key=lambda s: _place(s[1]))


def _widest(places: list[Found]) -> list[Found]:
    """Of overlapping places (Ms Somerville, Somerville) the longest."""
    kept: list[Found] = []
    taken = Cover()
    for found in sorted(places, key=lambda f: (f.first - f.last, *_place(f))):
        if not taken.touches(found):
            kept.append(found)
            taken.add(found)
    return sorted(kept, key=_place)


def _pairs(near: Pair, ones: Sequence[Found], partners: Sequence[Found], scan: Scan) -> Iterator[Found]:
    """For each place of one side the nearest partner in reach, as one stretch from the one to the other."""
    around = Neighbours((None, p) for p in partners)
    for one in ones:
        behind = replace(one, first=one.last)  # what stands behind its last word overlaps it no more
        apart = [p for _, p in around.of(behind) if not one.overlaps(p)]
        reached = [(d, p) for p in apart if (d := scan.words_between(one, p)) is not None]
        distance, partner = min(reached, key=lambda r: (r[0], r[1].first), default=(0, None))
        if partner and distance <= near.within:
            first, last = min(one.first, partner.first), max(one.last, partner.last)
            yield replace(one, first=first, last=last)


def _guard_fails(keys: TermKeys, found: Found, scan: Scan, guards: dict[int, Neighbours[None]]) -> str:
    """Why the guard rejects a hit; '' when it holds or there is none."""
    guard = keys.term.only_with
    if guard is None:
        return ""
    if keys.number not in guards:
        guards[keys.number] = Neighbours((None, word) for word in scan.of(keys.guard))
    if any(holds_within(found, word, guard.within, scan) for _, word in guards[keys.number].of(found)):
        return ""
    return f"none of {', '.join(guard.any)} within {guard.within}"


def _other_name(found: Found, scan: Scan) -> bool:
    """Whether a hyphen joins the name to a neighbour: Mark Griffin-Smith."""
    joined = scan.texts[found.field].hyphen_after
    return found.last in joined or found.first - 1 in joined


def _other_bearer(keys: TermKeys, scan: Scan, names: Cover) -> str:
    """Another first name that the article gives the surname; '' when there is none."""
    first_names = {read(form).tokens[0] for form in keys.term.forms}
    for found in scan.of(keys.surname):
        text = scan.texts[found.field]
        before = found.first - 1
        if before < 0 or text.shouts or names.around(found) or not text.is_word(before):
            continue
        word, original = text.tokens[before], text.cut(before, before)
        known = word in NOT_FIRST_NAMES or word in first_names or before in text.possessive
        if original.istitle() and len(word) > 2 and not known:
            return f"{original} {text.cut(found.first, found.last)}"
    return ""
