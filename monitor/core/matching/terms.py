"""Which of the places where a section's terms stand are hits, and why the others are not (section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from monitor.core.match import Hit, Reason, Rejected
from monitor.core.matching.found import Cover, Found
from monitor.core.matching.lexicon import NOTHING, Lexicon, Sought
from monitor.core.matching.phrases import Phrase, shape_of
from monitor.core.matching.reach import Neighbours, holds_within
from monitor.core.matching.scan import Scan
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
JOINED = "joined by a hyphen to another name"
NAMED = "the article also names {}"
"""Why a place is no hit."""


# --------------------------------------------------------------- what a term asks for


def form_phrases(term: Term) -> Iterator[Phrase]:
    """What brings an article in: the forms of the term, or the first side of a pair."""
    for form in term.near.one_of if term.near else term.forms:
        yield _form(term, form)


def alias_phrases(term: Term) -> Iterator[tuple[str, Phrase]]:
    """Each name that nobody has approved yet, with its phrase."""
    yield from ((alias.text, _form(term, alias.text)) for alias in term.aliases if not alias.approved)


def _form(term: Term, form: str) -> Phrase:
    return Phrase(form, term.case, plural=term.kind.has_plural and not term.near)


def blocker_phrases(blockers: Iterable[str]) -> Iterator[Phrase]:
    """Longer phrases that take hits away."""
    yield from (Phrase(blocker, plural=True) for blocker in blockers)


def _guard_phrases(term: Term) -> Iterator[Phrase]:
    yield from (Phrase(word, plural=True) for word in (term.only_with.any if term.only_with else ()))


def _partner_phrases(term: Term) -> Iterator[Phrase]:
    """The other side of a pair."""
    yield from (Phrase(word, plural=True) for word in (term.near.with_one_of if term.near else ()))


def _derived_phrases(term: Term) -> Iterator[Phrase]:
    """Abbreviations; title and surname, and the bare surname where the term says so."""
    yield from (Phrase(abbreviation, Case.EXACT) for abbreviation in term.abbreviations)
    if term.kind is Kind.PERSON:
        surname = _surname(term)
        yield from (Phrase(f"{title}. {surname}", Case.CAPITALISED) for title in TITLES)
        if term.surname_alone:
            yield Phrase(surname, Case.CAPITALISED)


def _surname_phrases(term: Term) -> Iterator[Phrase]:
    """A person's surname, whoever bears it."""
    if term.kind is Kind.PERSON:
        yield Phrase(_surname(term))


def _surname(term: Term) -> str:
    return (term.match or (term.name,))[0].split()[-1]


def anchor_phrases(term: Term) -> Iterator[Phrase]:
    """What must stand somewhere for the term to have anything to say."""
    yield from form_phrases(term)
    yield from (phrase for _, phrase in alias_phrases(term))


def other_phrases(term: Term) -> Iterator[Phrase]:
    """What is asked for once an anchor stands."""
    yield from blocker_phrases(term.blockers)
    for phrases in (_guard_phrases, _partner_phrases, _derived_phrases, _surname_phrases):
        yield from phrases(term)


class SoughtTerm(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A term, and what finds it."""

    term: Term
    number: int
    """Its place in the profile, or in the query."""
    forms: Sought
    person: bool = False
    blockers: tuple[Sought, ...] = ()
    """Its own, and those of the agreement."""
    guard: Sought = NOTHING
    partner: Sought = NOTHING
    derived: Sought = NOTHING
    surname: Sought = NOTHING
    aliases: tuple[tuple[str, Sought], ...] = ()

    @property
    def first_names(self) -> frozenset[str]:
        """Of a person: the words that may stand before the surname."""
        forms = self.term.forms if self.person else ()
        return frozenset(word for form in forms for word in shape_of(form).words[:1])

    @property
    def not_cased(self) -> str:
        """What is said of a place whose capitals are not as they should be."""
        return f"capitals are not {self.term.case}"

    @property
    def not_guarded(self) -> str:
        """What is said of a place that has no word of the guard in reach."""
        guard = self.term.only_with
        return f"none of {', '.join(guard.any)} within {guard.within}" if guard else ""

    @classmethod
    def of(cls, term: Term, number: int, shared_blockers: Sought, lexicon: Lexicon) -> SoughtTerm:
        """The term, found by a lexicon that has its phrases."""
        blockers = (lexicon.sought(blocker_phrases(term.blockers)), shared_blockers)
        return cls(
            term,
            number,
            lexicon.sought(form_phrases(term)),
            term.kind is Kind.PERSON,
            tuple(side for side in blockers if side is not NOTHING),
            lexicon.sought(_guard_phrases(term)),
            lexicon.sought(_partner_phrases(term)),
            lexicon.sought(_derived_phrases(term)),
            lexicon.sought(_surname_phrases(term)),
            tuple((text, lexicon.sought([phrase])) for text, phrase in alias_phrases(term)),
        )


# --------------------------------------------------------------- which places are hits


Credit: TypeAlias = tuple[SoughtTerm, Found]
"""A hit, and the term it is of."""
Reject: TypeAlias = tuple[SoughtTerm, Found, Reason, str]
"""A place that is no hit, and why."""


class TermHits(msgspec.Struct, frozen=True, gc=False):
    """What became of every place where a section's terms stand."""

    direct: tuple[Credit, ...]
    """Hits in their own right."""
    derived: tuple[Credit, ...]
    rejected: tuple[Reject, ...]

    def to_rejected(self, scan: Scan) -> tuple[Rejected, ...]:
        """What was rejected, with the reason."""
        return tuple(Rejected(Hit(k.term.name, scan.span(f)), r, d) for k, f, r, d in self.rejected)


class TermJudge:
    """Judges the terms of one section; what finds a term is made when it is first seen."""

    def __init__(self, terms: Sequence[Term], shared_blockers: Sought, lexicon: Lexicon) -> None:
        self._terms = terms
        self._sought: dict[int, SoughtTerm] = {}
        self._shared_blockers = shared_blockers
        self._lexicon = lexicon

    def judge(self, scan: Scan, numbers: Iterable[int]) -> TermHits:
        """Every place where one of these terms stands, as a hit or with the reason why it is none."""
        rejected: list[Reject] = []
        standing: list[Credit] = []
        guarded = deriving = False
        for number in numbers:
            sought = self.term(number)
            guarded |= sought.term.only_with is not None
            deriving |= sought.derived is not NOTHING
            blockers = _that_stand(sought.blockers, scan) if sought.blockers else ()
            for found in _places(sought, blockers, scan):
                fault = _fault(sought, found, blockers, scan)
                if fault:
                    rejected.append((sought, found, *fault))
                else:
                    standing.append((sought, found))
        if guarded:
            direct, unguarded = self._guarded(standing, scan)
            rejected += unguarded
        else:
            direct = _longest(standing)
        derived = self._derived(direct, scan, rejected) if deriving and direct else ()
        return TermHits(tuple(direct), tuple(derived), tuple(rejected))

    def aliases(self, scan: Scan, numbers: Iterable[int]) -> Iterator[tuple[Credit, str]]:
        """Where an alias of one of these terms stands that is not approved."""
        for number in numbers:
            sought = self.term(number)
            for text, alias in sought.aliases:
                for found in scan.of(alias):
                    if _fault(sought, found, _that_stand(sought.blockers, scan), scan) is None:
                        yield (sought, found), text

    def term(self, number: int) -> SoughtTerm:
        """What finds one of the terms."""
        sought = self._sought.get(number)
        if sought is None:
            sought = self._sought[number] = SoughtTerm.of(
                self._terms[number], number, self._shared_blockers, self._lexicon
            )
        return sought

    def _guarded(self, standing: list[Credit], scan: Scan) -> tuple[list[Credit], list[Reject]]:
        """The hits whose guard holds, and of the others those that no hit touches."""
        guards: dict[int, Neighbours] = {}
        details = [_guard_fails(sought, found, scan, guards) for sought, found in standing]
        direct = _longest([s for s, detail in zip(standing, details, strict=True) if not detail])
        credited = Cover(f for _, f in direct)
        failed = {id(s): detail for s, detail in zip(standing, details, strict=True) if detail}
        unguarded = _longest([s for s in standing if id(s) in failed])
        return direct, [(*s, Reason.GUARD, failed[id(s)]) for s in unguarded if not credited.touches(s[1])]

    def _derived(self, direct: list[Credit], scan: Scan, rejected: list[Reject]) -> list[Credit]:
        """Surnames and abbreviations that stand after the full name of their term."""
        derived: list[Credit] = []
        terms = {s.number: s for s, _ in direct}
        if not any(scan.of(sought.derived) for sought in terms.values()):
            return derived
        taken = Cover([*(f for _, f in direct), *(f for _, f, _, _ in rejected)])
        for sought in terms.values():
            first = min(f.first for s, f in direct if s is sought)
            later = [f for f in scan.of(sought.derived) if f.first > first and f.case_holds]
            free = [f for f in _widest(later) if not taken.touches(f)]
            blockers = _that_stand(sought.blockers, scan)
            names = Cover([*(f for s, f in direct if s is sought), *(f for s, f, _, _ in rejected if s is sought)])
            other = _other_bearer(sought, scan, names) if sought.person and free else ""
            for found in free:
                blocker = _blocker(found, blockers)
                if other:
                    rejected.append((sought, found, Reason.NAME, NAMED.format(other)))
                elif blocker:
                    rejected.append((sought, found, Reason.BLOCKER, scan.span(blocker).text))
                elif not (sought.person and _other_name(found, scan)):
                    derived.append((sought, found))
                    taken.add(found)
        return derived


def _places(sought: SoughtTerm, blockers: Sequence[Cover], scan: Scan) -> Iterable[Found]:
    """Where the term stands."""
    near = sought.term.near
    if near is None:
        return scan.of(sought.forms)
    ones, partners = (
        [p for p in scan.of(side) if not _blocker(p, blockers)] for side in (sought.forms, sought.partner)
    )
    return _pairs(near, ones, partners, scan)


def _that_stand(blockers: Iterable[Sought], scan: Scan) -> Sequence[Cover]:
    """What of some blockers stands in the article."""
    return [scan.cover(side) for side in blockers if scan.of(side)]


def _fault(sought: SoughtTerm, found: Found, blockers: Sequence[Cover], scan: Scan) -> tuple[Reason, str] | None:
    """What is wrong with an occurrence, by itself."""
    if not found.case_holds:
        return Reason.CASE, sought.not_cased
    if sought.person and _other_name(found, scan):
        return Reason.NAME, JOINED
    blocker = _blocker(found, blockers) if blockers else None
    return (Reason.BLOCKER, scan.span(blocker).text) if blocker else None


def _blocker(found: Found, blockers: Iterable[Cover]) -> Found | None:
    """The longer phrase that takes a place away."""
    return next((longer for cover in blockers if (longer := cover.longer(found))), None)


def _longest(standing: list[Credit]) -> list[Credit]:
    """Of overlapping terms the longest, ties to the earlier and then to the term listed first."""
    if len(standing) < 2:
        return standing
    ranked = sorted(standing, key=lambda s: (-s[1].size, s[1].left, s[0].number))
    kept: list[Credit] = []
    taken = Cover()
    for credit in ranked:
        if not taken.touches(credit[1]):
            kept.append(credit)
            taken.add(credit[1])
    return sorted(kept, key=lambda s: s[1].left)


def _widest(places: list[Found]) -> list[Found]:
    """Of overlapping places (Ms Somerville, Somerville) the longest."""
    kept: list[Found] = []
    taken = Cover()
    for found in sorted(places, key=lambda f: (-f.size, f.left)):
        if not taken.touches(found):
            kept.append(found)
            taken.add(found)
    return sorted(kept, key=lambda f: f.left)


def _pairs(near: Pair, ones: Sequence[Found], partners: Sequence[Found], scan: Scan) -> Iterator[Found]:
    """For each place of one side the nearest partner in reach, as one stretch from the one to the other."""
    around = Neighbours(partners)
    for one in ones:
        reached = [(one.words_between(p), p) for p in around.apart(one)]
        distance, partner = min(reached, key=lambda r: (r[0], r[1].first), default=(0, None))
        if partner and distance <= near.within:
            yield _stretch(one, partner, scan)


def _stretch(one: Found, other: Found, scan: Scan) -> Found:
    """From the one to the other; what of their own punctuation stands at its ends is of it."""
    left, right = (one, other) if one.first < other.first else (other, one)
    signs = scan.text.signs_within(left.first, right.last) + left.opening + right.closing
    return replace(
        one, first=left.first, last=right.last, signs=signs, opening=left.opening, closing=right.closing
    )


def _guard_fails(sought: SoughtTerm, found: Found, scan: Scan, guards: dict[int, Neighbours]) -> str:
    """Why the guard rejects a hit; '' when it holds or there is none."""
    guard = sought.term.only_with
    if guard is None:
        return ""
    if sought.number not in guards:
        guards[sought.number] = Neighbours(scan.of(sought.guard))
    if any(holds_within(found, word, guard.within, scan) for word in guards[sought.number].of(found)):
        return ""
    return sought.not_guarded


def _other_name(found: Found, scan: Scan) -> bool:
    """Whether a hyphen joins the name to a neighbour: Mark Griffin-Smith."""
    return scan.text.hyphen(found.first) or scan.text.hyphen(found.last + 1)


def _other_bearer(sought: SoughtTerm, scan: Scan, names: Cover) -> str:
    """Another first name that the article gives the surname; '' when there is none."""
    bearers = (f for f in scan.of(sought.surname) if not names.around(f))
    return next(filter(None, (bearer(sought.first_names, scan, found) for found in bearers)), "")


def bearer(first_names: frozenset[str], scan: Scan, surname: Found) -> str:
    """The name of a person who bears a surname and has another first name than these; '' where no other does."""
    text = scan.text
    if not text.follows(surname.first):
        return ""
    before = surname.first - 1
    word, original = text.words[before], scan.original(before, before, surname.field)
    known = word in NOT_FIRST_NAMES or word in first_names or text.possessive(before)
    if original.istitle() and len(word) > 2 and not known and not text.shouts(text.part_of(before)):
        return f"{original} {scan.original(surname.first, surname.last, surname.field)}"
    return ""
