"""The eight kinds of section of a made agreement. Between them they use every rule of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from benchmarks.corpus import EVERYWHERE, SCOTTISH
from benchmarks.draw import Draw
from benchmarks.ngrams import Phrase
from monitor.core.profile import (
    AboutnessRule,
    Alias,
    Case,
    ContextRule,
    ContextWord,
    Guard,
    Kind,
    Pair,
    PlaceList,
    PlaceRule,
    Profile,
    Scope,
    SignificanceRule,
    SourceRule,
    Term,
)

CONTEXT_WORDS = 10
"""Words of one OICW list."""
ALL_SOURCES = SourceRule(groups=(EVERYWHERE,))


def sections(draw: Draw, sizes: tuple[int, ...], place: PlaceList) -> tuple[Profile, ...]:
    """The profiles of one agreement, with so many terms each."""
    main = tuple(_context_words(draw))
    return tuple(make(draw, size, main, place) for make, size in zip(KINDS, sizes, strict=True))


def _ministers(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """Persons, in connection with the agreement's list, near or in the headline."""
    names = _distinct(draw.name, size, draw)
    terms = (
        Term(draw.grams.written(n), Kind.PERSON, case=Case.CAPITALISED, surname_alone=at % 3 == 0)
        for at, n in enumerate(names)
    )
    return _profile("ministers", terms, context=(ContextRule(main, Scope.parse("60 words or headline")),))


def _benefits(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """Phrases in their plurals, abbreviated, in one sentence with a word of a list of its own."""
    terms = (
        replace(_term(draw, p, at), abbreviations=(_initials(draw.grams.written(p)),) if p.words > 2 else ())
        for at, p in enumerate(_distinct(draw.term, size, draw))
    )
    return _profile(
        "benefits", terms, context=(ContextRule(tuple(_context_words(draw)), Scope.parse("sentence")),)
    )


def _organisations(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """Names that never have a plural, with aliases nobody approved, in connection with a place."""
    names = _distinct(draw.name, size, draw)
    terms = (
        Term(
            draw.grams.written(n),
            Kind.ORGANISATION,
            case=Case.CAPITALISED if at % 2 else Case.ANY,
            aliases=(Alias(draw.longer(n)),) if at % 4 == 0 and draw.longer(n) else (),
        )
        for at, n in enumerate(names)
    )
    return _profile("organisations", terms, place=(PlaceRule(place),), significance=SignificanceRule())


def _policy(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """Phrases with guards and blockers, in one paragraph with the agreement's list."""
    terms = (_guarded(draw, p, at) for at, p in enumerate(_distinct(draw.term, size, draw)))
    return _profile("policy", terms, context=(ContextRule(main, Scope.parse("paragraph")),))


def _general(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """Phrases under two lists: one anywhere, and one within sixty words that may not be the term's own."""
    terms = (_term(draw, p, at) for at, p in enumerate(_distinct(draw.term, size, draw)))
    near = ContextRule(tuple(_context_words(draw)), Scope.parse("60 words"), self_context=False)
    return _profile("general", terms, context=(ContextRule(main, Scope.parse("document")), near))


def _subjects(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """What an article must be about."""
    terms = (_term(draw, p, at) for at, p in enumerate(_distinct(draw.term, size, draw)))
    return _profile("subjects", terms, aboutness=AboutnessRule(points=30))


def _economy(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """Pairs of words close to each other, and wildcards, in connection with the agreement's list."""
    phrases = _distinct(lambda: draw.term((1, 2)), size, draw)
    terms = (_pair(draw, p) if at % 2 else _wildcard(draw, p) for at, p in enumerate(phrases))
    return _profile("economy", terms, context=(ContextRule(main, Scope.parse("40 words or headline")),))


def _local(draw: Draw, size: int, main: tuple[ContextWord, ...], place: PlaceList) -> Profile:
    """Phrases whose articles must name a place themselves, from Scottish outlets only or from all."""
    terms = (
        replace(_term(draw, p, at), case=Case.LOWER if at % 3 == 0 else Case.ANY)
        for at, p in enumerate(_distinct(draw.term, size, draw))
    )
    sources = SourceRule(groups=(SCOTTISH,)) if draw.chance.random() < 0.2 else ALL_SOURCES
    return _profile("local", terms, place=(PlaceRule(place, content_only=True),), sources=sources)


KINDS: tuple[Callable[[Draw, int, tuple[ContextWord, ...], PlaceList], Profile], ...] = (
    _ministers,
    _benefits,
    _organisations,
    _policy,
    _general,
    _subjects,
    _economy,
    _local,
)


def _profile(section: str, terms: Iterator[Term], **rules: object) -> Profile:
    return Profile(section, section.upper(), terms=tuple(terms), **{"sources": ALL_SOURCES, **rules})  # type: ignore[arg-type]


def _distinct(one: Callable[[], Phrase], size: int, draw: Draw) -> list[Phrase]:
    """So many phrases, none twice; fewer when the corpus has no more."""
    found: dict[str, Phrase] = {}
    for _ in range(size * 3):
        phrase = one()
        found.setdefault(draw.grams.written(phrase).lower(), phrase)
        if len(found) == size:
            break
    return list(islice(found.values(), size))


def _term(draw: Draw, phrase: Phrase, at: int) -> Term:
    written = draw.grams.written(phrase)
    return Term(written if at % 5 == 0 else written.lower(), Kind.BENEFIT if at % 4 == 0 else Kind.PHRASE)


def _guarded(draw: Draw, phrase: Phrase, at: int) -> Term:
    longer = draw.longer(phrase)
    return replace(
        _term(draw, phrase, at),
        only_with=Guard((draw.nearby(phrase), draw.topic, draw.context())) if at % 3 == 0 else None,
        blockers=(longer,) if longer and at % 2 == 0 else (),
    )


def _pair(draw: Draw, phrase: Phrase) -> Term:
    one, other = draw.grams.written(phrase).lower(), draw.nearby(phrase)
    return Term(f"{one} near {other}", Kind.TOPIC, near=Pair((one,), (other, draw.context()), within=10))


def _wildcard(draw: Draw, phrase: Phrase) -> Term:
    written = draw.grams.written(phrase).lower()
    *heads, last = written.split()
    stem = last[: max(4, len(last) - 3)]
    return Term(written, Kind.TOPIC, match=(" ".join([*heads, f"{stem}*"]),) if heads else ())


def _initials(written: str) -> str:
    return "".join(word[0] for word in written.split()).upper()


def _context_words(draw: Draw) -> Iterator[ContextWord]:
    """The topic's word and some that stand in its articles: a list with plurals, small letters, blockers."""
    yield ContextWord(draw.topic, plural=True)
    for at in range(CONTEXT_WORDS - 1):
        word = draw.context()
        yield ContextWord(
            word,
            plural=at % 2 == 0,
            case=Case.LOWER if at == 1 else Case.ANY,
            also=(draw.context(),) if at == 2 else (),
            blockers=(f"{word} of",) if at == 3 else (),
        )
