"""The form of a query: what its parts are, and how it is written down again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

Query: TypeAlias = "Phrase | And | Or | Not | Near | Headline | First | AtLeast | Cased | Untranslated"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase, or the beginning of a word: `poverty`, `"Universal Credit"`, `disab*`."""

    text: str
    """Without quotes, spaces in order; hits are reported under it."""


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts holds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold: nothing of what would make it hold stands."""

    part: Query


class Unit(StrEnum):
    """What nearness is reckoned in."""

    WORDS = "words"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Reach:
    """`NEAR/5`, `ONEAR/5`, `SENTENCE`, `PARAGRAPH`."""

    unit: Unit
    words: int = 0
    """Strictly between the two, at most."""
    ordered: bool = False
    """The left one stands first."""

    def __str__(self) -> str:
        if self.unit is not Unit.WORDS:
            return self.unit.upper()
        return f"{'ONEAR' if self.ordered else 'NEAR'}/{self.words}"


@dataclass(frozen=True, slots=True)
class Near:
    """The two stand within reach of each other; negated: the left one stands without the right one in reach."""

    left: Query
    right: Query
    reach: Reach
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """The part holds of headline and standfirst alone."""

    part: Query


@dataclass(frozen=True, slots=True)
class First:
    """The part holds of the first words alone, headline and standfirst included."""

    part: Query
    words: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The part stands so many times or more."""

    part: Query
    times: int


@dataclass(frozen=True, slots=True)
class Cased:
    """The phrases of the part, capitals exactly as written."""

    part: Query


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A part of another tool's query that nobody has put into our words yet; no query with one can be used."""

    text: str


BARE = re.compile(r"\w[\w'’.&-]*\*?")
"""What needs no quotes."""
WORDS_OF_OPERATORS = frozenset("AND OR NOT NEAR ONEAR".split())
"""Operators in any case: in small letters they are refused as words, unless in quotes."""
CAPITALS = WORDS_OF_OPERATORS | frozenset("SENTENCE PARAGRAPH HEADLINE FIRST ATLEAST CASE".split())

_OR, _AND, _NOT, _NEAR, _UNIT = range(5)


def written(query: Query) -> str:
    """The query as an editor would write it, with no bracket more than it needs; reading it gives it back.

    >>> written(And((Phrase("child poverty"), Not(Or((Phrase("a"), Phrase("b")))))))
    '"child poverty" AND NOT (a OR b)'
    """
    match query:
        case Phrase(text):
            return _phrase(text)
        case And(parts):
            return " AND ".join(_inside(part, _NOT) for part in parts)
        case Or(parts):
            return " OR ".join(_inside(part, _AND) for part in parts)
        case Not(part):
            return f"NOT {_inside(part, _NOT)}"
        case Near(left, right, reach, negated):
            operator = f"NOT {reach}" if negated else str(reach)
            return f"{_inside(left, _NEAR)} {operator} {_inside(right, _UNIT)}"
        case Untranslated(text):
            return f"«{text}»"
        case Headline(part) | First(part) | AtLeast(part) | Cased(part):
            return f"{_head(query)}({written(part)})"


def _head(query: Headline | First | AtLeast | Cased) -> str:
    match query:
        case Headline():
            return "HEADLINE"
        case First(_, words):
            return f"FIRST/{words}"
        case AtLeast(_, times):
            return f"ATLEAST/{times}"
        case Cased():
            return "CASE"


def _phrase(text: str) -> str:
    reserved = text.upper() in WORDS_OF_OPERATORS or text in CAPITALS
    return text if BARE.fullmatch(text) and not reserved else f'"{text}"'


def _inside(query: Query, level: int) -> str:
    return written(query) if _level(query) >= level else f"({written(query)})"


def _level(query: Query) -> int:
    """How tightly the query's outermost operator binds."""
    match query:
        case Or():
            return _OR
        case And():
            return _AND
        case Not():
            return _NOT
        case Near():
            return _NEAR
    return _UNIT


def parts(query: Query) -> tuple[Query, ...]:
    """What the query is made of, one step down."""
    match query:
        case And(inner) | Or(inner):
            return inner
        case Near(left, right):
            return left, right
        case Not(part) | Headline(part) | First(part) | AtLeast(part) | Cased(part):
            return (part,)
    return ()


def with_parts(query: Query, change: Callable[[Query], Query]) -> Query:
    """The same with each part, one step down, changed."""
    match query:
        case And(inner) | Or(inner):
            return replace(query, parts=tuple(change(part) for part in inner))
        case Near(left, right):
            return replace(query, left=change(left), right=change(right))
        case Not(part) | Headline(part) | First(part) | AtLeast(part) | Cased(part):
            return replace(query, part=change(part))
    return query


def flat(query: Query) -> Query:
    """The same with choices within choices, and AND within AND, as one: what tools write with brackets."""
    made = with_parts(query, flat)
    match made:
        case Or(inner):
            return Or(tuple(p for part in inner for p in (part.parts if isinstance(part, Or) else (part,))))
        case And(inner):
            return And(tuple(p for part in inner for p in (part.parts if isinstance(part, And) else (part,))))
    return made


def phrases(query: Query, *, wanted: bool = True, cased: bool = False) -> Iterator[tuple[Phrase, bool, bool]]:
    """Every phrase with whether its standing is wanted (it is under no NOT), and whether its capitals count.

    >>> [(p.text, wanted) for p, wanted, _ in phrases(And((Phrase("a"), Not(Phrase("b")))))]
    [('a', True), ('b', False)]
    """
    match query:
        case Phrase():
            yield query, wanted, cased
        case Not(part):
            yield from phrases(part, wanted=not wanted, cased=cased)
        case Near(left, right, _, True):
            yield from phrases(left, wanted=wanted, cased=cased)
            yield from phrases(right, wanted=False, cased=cased)
        case _:
            for part in parts(query):
                yield from phrases(part, wanted=wanted, cased=cased or isinstance(query, Cased))


def has_places(query: Query) -> bool:
    """Whether the query stands somewhere in particular, so that it can be near something or be counted."""
    match query:
        case And() | Not() | AtLeast():
            return False
        case Or() | Headline() | First() | Cased():
            return all(has_places(part) for part in parts(query))
    return True


def holds_of_nothing(query: Query) -> bool:
    """Whether the query is true of an article in which none of its phrases stands."""
    match query:
        case Not(part):
            return not holds_of_nothing(part)
        case And(inner):
            return all(holds_of_nothing(part) for part in inner)
        case Or(inner):
            return any(holds_of_nothing(part) for part in inner)
        case Headline(part) | First(part) | Cased(part):
            return holds_of_nothing(part)
    return False
