"""Section 3: the hits of a section's terms, and the places that are none, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.core.article import Field
from monitor.core.match import Reason
from monitor.core.profile import Case, Kind, Profile, Scope, ScopeUnit, Term
from oracle.phrases import Place, Texts, compiled, standing, where, words_between
from oracle.text import Text, Word

ORDER = list(Field)
TITLES = ("mr mrs ms miss dr cllr councillor prof professor rev sir dame lord lady baroness baron").split()
NO_FIRST_NAMES = (
    TITLES
    + (
        "minister secretary convener leader msp mp msps mps spokesperson spokesman spokeswoman chair president "
        "the a an and but or if when while as at by for from in of on to with that this these those he she they "
        "his her their its it we you our i what who why how where yesterday today tomorrow monday tuesday "
        "wednesday thursday friday saturday sunday said says"
    ).split()
)
"""Words that stand before a surname, with a capital at a sentence's head, and are no first name."""


@dataclass(frozen=True)
class Found:
    """A place where a term stands; a hit unless there is a reason against it."""

    term: Term
    place: Place
    derived: bool = False
    reason: Reason | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Reading order."""
        return (ORDER.index(self.place.field), self.place.first)

    def to_json(self) -> dict[str, object]:
        """As `Hit.to_json` and `Rejected.to_json` say it."""
        start, end = span(self.place)
        said: dict[str, object] = {
            "term": self.term.name,
            "field": str(self.place.field),
            "start": start,
            "end": end,
            "text": self.place.text.original[start:end],
            "derived": self.derived,
        }
        return said if self.reason is None else {**said, "reason": str(self.reason)}


def span(place: Place) -> tuple[int, int]:
    """Section 2: `[start, end)` in the original text of the field."""
    text = place.text
    start = text.gap_spans[place.first][0] if place.opening else text.words[place.first].start
    end = text.gap_spans[place.last + 1][1] if place.closing else text.words[place.last].end
    return start, end


def found_terms(
    texts: Texts, profile: Profile, shared_blockers: tuple[str, ...]
) -> tuple[list[Found], list[Found]]:
    """Section 3: the hits of a section and what was rejected, in reading order, the latter term by term."""
    seen = [
        _tested(texts, f, shared_blockers)
        for term in profile.terms
        for f in _in_its_own_right(texts, term, shared_blockers)
    ]
    own = longest([f for f in seen if not f.reason])
    unguarded = [f for f in longest([f for f in seen if f.reason is Reason.GUARD]) if not touches(f, own)]
    rejected = [f for f in seen if f.reason not in (None, Reason.GUARD)] + unguarded
    derived = _derived_hits(texts, own, rejected, shared_blockers)
    hits = own + [f for f in derived if not f.reason]
    rejected = in_order(rejected + [f for f in derived if f.reason])
    return in_order(hits), sorted(rejected, key=lambda f: profile.terms.index(f.term))


def in_order(found: list[Found]) -> list[Found]:
    """In reading order."""
    return sorted(found, key=lambda f: f.order)


def touches(one: Found, others: list[Found]) -> bool:
    """Whether it shares a word with one of the others."""
    return any(one.place.overlaps(o.place) for o in others)


def longest(found: list[Found]) -> list[Found]:
    """Section 3: of overlapping terms the longest is credited, the other is no hit."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-f.place.size, f.order)):
        if not touches(one, kept):
            kept.append(one)
    return kept


def _in_its_own_right(texts: Texts, term: Term, shared_blockers: tuple[str, ...]) -> list[Found]:
    """Where the term's forms, or its pair, stand; where only the capitals are wrong it is rejected."""
    if term.near:
        return _pairs(texts, term, shared_blockers)
    plural = term.kind.has_plural
    stands = [(p, right) for form in term.forms for p, _, right in standing(texts, form, plural, term.case)]
    return _once(term, stands)


def _once(term: Term, stands: list[tuple[Place, bool]]) -> list[Found]:
    """Each place once; a form whose capitals are right is enough."""
    right = {p: any(r for q, r in stands if q == p) for p, _ in stands}
    return [Found(term, p, reason=None if r else Reason.CASE) for p, r in right.items()]


def _pairs(texts: Texts, term: Term, shared_blockers: tuple[str, ...]) -> list[Found]:
    """`near`: each word of one side with the nearest of the other, if near enough; a hit spans both."""
    assert term.near
    ones = [(p, right) for w in term.near.one_of for p, _, right in standing(texts, w, False, term.case)]
    partners = [p for w in term.near.with_one_of for p in where(texts, w, plural=True)]
    ones = [(p, right) for p, right in ones if not is_blocked(texts, Found(term, p), shared_blockers)]
    partners = [p for p in partners if not is_blocked(texts, Found(term, p), shared_blockers)]
    found = []
    for one, right in ones:
        apart = [(n, o) for n, o in enumerate(partners) if not one.overlaps(o)]
        reach = [(d, o.first, _outer(one, o), n) for n, o in apart if (d := words_between(one, o)) is not None]
        distance, _, _, n = min(reach, default=(term.near.within + 1, 0, (0, 0), 0))
        if distance <= term.near.within:
            found.append((_stretch(one, partners[n]), right))
    return _once(term, found)


def _outer(one: Place, partner: Place) -> tuple[int, int]:
    """Of partners that begin together, the one that makes the longer span is first: its own punctuation counts."""
    return -partner.last, -(partner.opening if partner.first < one.first else partner.closing)


def _stretch(a: Place, b: Place) -> Place:
    first, last = (a, b) if a.first <= b.first else (b, a)
    return replace(first, last=last.last, closing=last.closing)


def _tested(texts: Texts, found: Found, shared_blockers: tuple[str, ...]) -> Found:
    """Section 3: names, blockers and guards, each of which can make it no hit."""
    reason = found.reason
    if not reason and found.term.kind is Kind.PERSON and has_hyphened_neighbour(found.place):
        reason = Reason.NAME
    if not reason and is_blocked(texts, found, shared_blockers):
        reason = Reason.BLOCKER
    if not reason and not is_guarded(texts, found):
        reason = Reason.GUARD
    return replace(found, reason=reason)


def has_hyphened_neighbour(place: Place) -> bool:
    """Section 3: a person's name with a hyphen-joined neighbour is another name."""
    text = place.text
    before = place.first > 0 and text.gaps[place.first].text == "-"
    return before or (place.last + 1 < len(text.words) and text.gaps[place.last + 1].text == "-")


def is_blocked(texts: Texts, found: Found, shared_blockers: tuple[str, ...]) -> bool:
    """Section 3: inside a longer phrase that is a blocker of the term, or of every section."""
    blockers = (*found.term.blockers, *shared_blockers)
    return any(longer(b, found.place) for w in blockers for b in where(texts, w, plural=True))


def longer(blocker: Place, place: Place) -> bool:
    """Section 3: a blocker is a longer phrase, and takes away what is inside it."""
    return blocker.holds(place) and blocker.size > place.size


def is_guarded(texts: Texts, found: Found) -> bool:
    """Section 3: without a guard, or with one of its words in reach."""
    guard = found.term.only_with
    return guard is None or any(
        in_reach(guard.within, found.place, p) for w in guard.any for p in where(texts, w, plural=True)
    )


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
    """Whether two places share a numbered stretch: a sentence, a paragraph."""
    return a.field == b.field and number[a.first] <= number[b.last] and number[b.first] <= number[a.last]


def _derived_hits(
    texts: Texts, own: list[Found], rejected: list[Found], shared_blockers: tuple[str, ...]
) -> list[Found]:
    """Section 3: abbreviations and surnames, each after the first full name of its term."""
    derived: list[Found] = []
    first_of = {f.term.name: f for f in reversed(in_order(own))}
    for first in in_order(list(first_of.values())):
        taken = own + rejected + [f for f in derived if not f.reason]
        later = [f for f in _derivable(texts, first.term) if f.order > first.order]
        for found in in_order([f for f in longest(later) if not touches(f, taken)]):
            names = [f for f in own + rejected if f.term == first.term]
            if reason := _against(texts, found, names, shared_blockers):
                derived.append(replace(found, reason=reason))
            elif not (found.term.kind is Kind.PERSON and has_hyphened_neighbour(found.place)):
                derived.append(found)
    return derived


def _derivable(texts: Texts, term: Term) -> list[Found]:
    """Abbreviations in their own capitals; for a person title and surname, and the surname alone if it may."""
    places = [p for a in term.abbreviations for p in where(texts, a, case=Case.EXACT)]
    if term.kind is Kind.PERSON:
        titled = [f"{title}. {surname(term)}" for title in TITLES]
        alone = [surname(term)] if term.surname_alone else []
        places += [p for phrase in titled + alone for p in where(texts, phrase, case=Case.CAPITALISED)]
    return [Found(term, p, derived=True) for p in places]


def surname(term: Term) -> str:
    """The last word of the name, hyphens and all."""
    return (term.match or (term.name,))[0].split()[-1]


def _against(texts: Texts, found: Found, names: list[Found], shared_blockers: tuple[str, ...]) -> Reason | None:
    if found.term.kind is Kind.PERSON and gives_another_first_name(texts, found.term, names):
        return Reason.NAME
    return Reason.BLOCKER if is_blocked(texts, found, shared_blockers) else None


def gives_another_first_name(texts: Texts, term: Term, names: list[Found]) -> bool:
    """Section 3: whether the article gives that surname another first name, its own names apart."""
    first_names = [compiled(form).words[0].folded for form in term.forms]
    for place in where(texts, surname(term)):
        inside_a_name = any(n.place.holds(place) for n in names)
        joined = place.first > 0 and place.text.gaps[place.first].joins
        if joined and not inside_a_name and not shouts(place.text):
            before = place.text.words[place.first - 1]
            if before.folded not in first_names and _could_be_first_name(before, place.text):
                return True
    return False


def _could_be_first_name(word: Word, text: Text) -> bool:
    capital = text.original[word.start : word.end].istitle() and len(word.folded) > 2
    return capital and not word.possessive and word.folded not in NO_FIRST_NAMES


def shouts(text: Text) -> bool:
    """Section 3: all capitals or title case, where capitals prove nothing."""
    long_words = [w for w in text.words if len(w.folded) > 3]
    return all(not w.written[0].islower() for w in long_words)
