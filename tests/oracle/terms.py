"""Section 3: the hits of a section's terms, and the places that are none, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from monitor.core.article import Field
from monitor.core.match import Reason
from monitor.core.profile import Case, Guard, Kind, Profile, Scope, ScopeUnit, Term
from oracle.phrases import Place, compiled, places, where, words_between
from oracle.text import Text

Texts = dict[Field, Text]
ORDER = list(Field)
TITLES = "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Baroness Cllr Councillor Rev Hon".split()


@dataclass(frozen=True)
class Found:
    """A place where a term stands; a hit unless there is a reason against it."""

    term: Term
    place: Place
    derived: bool = False
    reason: Reason | None = None

    @property
    def order(self) -> tuple[int, int, int]:
        """Reading order."""
        return (ORDER.index(self.place.field), self.place.start, self.place.end)

    def to_json(self) -> dict[str, object]:
        """As `Hit.to_json` and `Rejected.to_json` say it."""
        p = self.place
        said = {
            "term": self.term.name,
            "field": str(p.field),
            "start": p.start,
            "end": p.end,
            "text": p.text.original[p.start : p.end],
            "derived": self.derived,
        }
        return said if self.reason is None else {**said, "reason": str(self.reason)}


def found_terms(texts: Texts, profile: Profile, blockers: tuple[str, ...]) -> tuple[list[Found], list[Found]]:
    """Section 3: the hits of a section, and what was rejected, each in reading order."""
    seen = [f for term in profile.terms for f in _of_term(texts, term, blockers)]
    rejected = [f for f in seen if f.reason]
    return in_order(longest([f for f in seen if not f.reason])), in_order(rejected)


def in_order(found: list[Found]) -> list[Found]:
    """In reading order."""
    return sorted(found, key=lambda f: f.order)


def longest(found: list[Found]) -> list[Found]:
    """Section 3: of overlapping terms the longest is credited, the other is no hit."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.place.start - f.place.end, f.order)):
        if not any(one.place.overlaps(k.place) for k in kept):
            kept.append(one)
    return kept


def _of_term(texts: Texts, term: Term, blockers: tuple[str, ...]) -> list[Found]:
    own = [_tested(texts, f, blockers) for f in _in_its_own_right(texts, term)]
    after = _first_in_order(own)
    derived = [_tested(texts, f, blockers) for f in _derived(texts, term, after)] if after else []
    return own + derived


def _first_in_order(found: list[Found]) -> Found | None:
    return min((f for f in found if not f.reason), key=lambda f: f.order, default=None)


def _in_its_own_right(texts: Texts, term: Term) -> list[Found]:
    """The term's forms, or its pair; where only the capitals are wrong it is rejected."""
    if term.near:
        return [Found(term, p) for p in pairs(texts, term)]
    found = []
    for form in term.forms:
        stands, wrong = places(texts, form, plural=term.kind.has_plural, case=term.case)
        found += [Found(term, p) for p in stands]
        found += [Found(term, p, reason=Reason.CASE) for p in wrong]
    return found


def pairs(texts: Texts, term: Term) -> list[Place]:
    """`near`: each of the one words with the nearest of the others, if near enough."""
    assert term.near
    ones = [p for w in term.near.one_of for p in where(texts, w)]
    others = [p for w in term.near.with_one_of for p in where(texts, w)]
    found = []
    for one in ones:
        near = [(d, o.first, o) for o in others if (d := words_between(one, o)) is not None]
        if near and (best := min(near, key=lambda n: n[:2]))[0] <= term.near.within:
            other = best[2]
            found.append(Place(one.field, one.text, min(one.first, other.first), max(one.last, other.last)))
    return found


def _tested(texts: Texts, found: Found, blockers: tuple[str, ...]) -> Found:
    """Section 3: names, blockers and guards, each of which can make it no hit."""
    if found.reason:
        return found
    if found.term.kind is Kind.PERSON and has_hyphened_neighbour(found.place):
        return replace(found, reason=Reason.NAME)
    if any(b.holds(found.place) for w in (*found.term.blockers, *blockers) for b in where(texts, w)):
        return replace(found, reason=Reason.BLOCKER)
    if found.term.only_with and not guarded(texts, found.place, found.term.only_with):
        return replace(found, reason=Reason.GUARD)
    return found


def has_hyphened_neighbour(place: Place) -> bool:
    """Section 3: a person's name with a hyphen-joined neighbour is another name."""
    return place.text.gaps[place.first].text == "-" or place.text.gaps[place.last + 1].text == "-"


def guarded(texts: Texts, place: Place, guard: Guard) -> bool:
    """Section 3: only with one of the guard's words."""
    return any(in_reach(guard.within, place, p) for w in guard.any for p in where(texts, w))


def in_reach(scope: Scope, term: Place, word: Place) -> bool:
    """Section 4: the table of scopes."""
    top = (Field.HEADLINE, Field.STANDFIRST)
    distance = words_between(term, word)
    near = distance is not None and distance <= scope.words
    match scope.unit:
        case ScopeUnit.DOCUMENT:
            return True
        case ScopeUnit.PARAGRAPH:
            return _share(term, word, term.text.paragraph)
        case ScopeUnit.SENTENCE:
            return _share(term, word, term.text.sentence)
        case ScopeUnit.HEADLINE:
            return word.field in top
        case ScopeUnit.WORDS:
            return near
        case ScopeUnit.WORDS_OR_HEADLINE:
            return near or word.field in top or term.field in top


def _share(a: Place, b: Place, number: tuple[int, ...]) -> bool:
    if a.field != b.field:
        return False
    return bool({number[i] for i in range(a.first, a.last + 1)} & {number[i] for i in range(b.first, b.last + 1)})


def _derived(texts: Texts, term: Term, after: Found) -> list[Found]:
    """Section 3: abbreviations, and a person's surname, after the full name."""
    found = [p for a in term.abbreviations for p in where(texts, a, Case.EXACT)]
    if term.kind is Kind.PERSON:
        found += _surnames(texts, term)
    return [f for f in (Found(term, p, derived=True) for p in found) if f.order > after.order]


def _surnames(texts: Texts, term: Term) -> list[Place]:
    found = []
    for surname in {form.split()[-1] for form in term.forms if " " in form}:
        if gives_another_first_name(texts, term, surname):
            continue
        for place in where(texts, surname, Case.CAPITALISED):
            if before := _title_before(place):
                found.append(replace(place, first=before))
            if term.surname_alone:
                found.append(place)
    return found


def _title_before(place: Place) -> int | None:
    i = place.first - 1
    if i >= 0 and place.text.words[i].written in TITLES and place.text.gaps[place.first].text.isspace():
        return i
    return None


def gives_another_first_name(texts: Texts, term: Term, surname: str) -> bool:
    """Section 3: whether the article gives that surname another first name."""
    own = {w.folded for form in term.forms if (c := compiled(form)) for w in c.words}
    for place in where(texts, surname, Case.CAPITALISED):
        if place.first == 0 or not place.text.gaps[place.first].joins:
            continue
        before = place.text.words[place.first - 1]
        if re.match(r"[^\W\d_]", before.written) and before.written[0].isupper():
            if before.folded not in own and before.written not in TITLES:
                return True
    return False
