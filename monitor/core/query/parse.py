"""Our own query language: its words, and the reading of a text with all its faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitor.core.query.form import (
    CAPITALS,
    WORDS_OF_OPERATORS,
    AtLeast,
    Cased,
    First,
    Headline,
    Phrase,
    Query,
    Reach,
    Unit,
    holds_of_nothing,
)
from monitor.core.query.grammar import (
    HOLE,
    MAX_LENGTH,
    MAX_PHRASES,
    Faults,
    Grammar,
    Join,
    Link,
    QueryFault,
    Reader,
    Sort,
    Token,
    number,
)

PREFIX_LETTERS = 3
MAX_WORDS = 1_000
MAX_FIRST = 10_000
MAX_TIMES = 1_000

OR, AND, NOT, NEAR = 1.0, 2.0, 3.0, 4.0
"""How tightly operators bind."""
GRAMMAR = Grammar(implied=Join(Link.AND, AND), not_power=NOT)

_TOKEN = re.compile(
    r"""(?P<quoted>["“”„‟](?P<inside>[^"“”„‟]*)["“”„‟])
    |(?P<untranslated>«[^«»]*»)
    |(?P<quote>["“”„‟«»])
    |(?P<open>\()|(?P<close>\))
    |(?P<word>[^\s()"“”„‟«»]+)""",
    re.VERBOSE,
)
_NUMBERED = re.compile(r"([A-Za-z]*)/([0-9]+)")
_LETTER = re.compile(r"[^\W_]")
_FOREIGN = re.compile(r"[:=?!~^$%\[\]{}|<>\\]")
IMPORT = "`monitor profiles import-query` translates queries of other tools"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as read."""

    query: Query | None
    """None when there are faults."""
    faults: tuple[QueryFault, ...] = ()


def parse(text: str) -> Parsed:
    """The query that an editor wrote, or everything that keeps it from being one, by line and column.

    >>> parse("poverty AND (ferry OR ferries)").query
    And(parts=(Phrase(text='poverty'), Or(parts=(Phrase(text='ferry'), Phrase(text='ferries')))))
    >>> print(*parse("poverty and (ferry").faults, sep="; ")
    line 1, column 9: `and` in small letters is no operator (write AND, or put the word in quotes); \
line 1, column 13: this bracket is never closed (close it)
    """
    faults = Faults(text)
    if len(text) > MAX_LENGTH:
        faults.tell(0, f"the query is longer than {MAX_LENGTH:,} characters", "take it apart")
        return Parsed(None, faults.all())
    tokens = _negated([*_tokens(text, faults), Token(Sort.END, "", len(text.rstrip()))])
    if len(tokens) == 1:
        faults.tell(0, "the query is empty", "write it, or take it away")
    elif sum(token.sort is Sort.UNIT for token in tokens) > MAX_PHRASES:
        faults.tell(0, f"the query has more than {MAX_PHRASES:,} phrases", "take it apart")
    else:
        return _read(tokens, faults)
    return Parsed(None, faults.all())


def _read(tokens: list[Token], faults: Faults) -> Parsed:
    query = Reader(tokens, GRAMMAR, faults).read()
    if query and not faults and holds_of_nothing(query):
        remedy = "join NOT by AND to something that must stand"
        faults.tell(0, "the query would take every article in which nothing of it stands", remedy)
    return Parsed(None if faults else query, faults.all())


def phrase_fault(text: str) -> tuple[str, str] | None:
    """What keeps a phrase from ever being found, and the remedy."""
    stem = text.removesuffix("*")
    if not _LETTER.search(text):
        return f"{text or 'an empty phrase'} has no letter and no figure", "write a word, or take it away"
    if "*" in stem:
        return f"in {text} a * does not stand at the end", "write one *, at the end of the last word"
    if text != stem and len(_LETTER.findall(stem.split(" ")[-1])) < PREFIX_LETTERS:
        return f"{text} would match too much", f"write at least {PREFIX_LETTERS} letters before the *"
    return None


# --------------------------------------------------------------- words


def _tokens(text: str, faults: Faults) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        at, whole = found.start(), found.group()
        match found.lastgroup:
            case "open":
                yield Token(Sort.OPEN, whole, at)
            case "close":
                yield Token(Sort.CLOSE, whole, at)
            case "word":
                yield _word(whole, at, faults)
            case "untranslated":
                faults.tell(at, f"{whole} is not translated yet", "write what it means, or take it away")
                yield Token(Sort.UNIT, whole, at, HOLE)
            case "quote":
                faults.tell(at, "a quote is opened or closed here, and its fellow is missing", "write both")
            case _:
                yield _phrase(" ".join((found["inside"] or "").split()), whole, at, faults)


def _phrase(text: str, whole: str, at: int, faults: Faults) -> Token:
    if fault := phrase_fault(text):
        faults.tell(at, *fault)
    return Token(Sort.UNIT, whole, at, Phrase(text))


def _word(word: str, at: int, faults: Faults) -> Token:
    if word in _WITHOUT_NUMBER:
        return _WITHOUT_NUMBER[word](word, at)
    if numbered := _NUMBERED.fullmatch(word):
        return _numbered(word, numbered[1], number(numbered[2]), at, faults)
    if word.upper() in WORDS_OF_OPERATORS or word in CAPITALS:
        return _unfinished(word, at, faults)
    if sign := _FOREIGN.search(word):
        faults.tell(at, f"{sign.group()} in {word} means nothing here", f"put the word in quotes; {IMPORT}")
        return Token(Sort.UNIT, word, at, Phrase(word))
    return _phrase(word, word, at, faults)


def _unfinished(word: str, at: int, faults: Faults) -> Token:
    """An operator in small letters, or without its number."""
    name = word.upper()
    if name in _WITHOUT_NUMBER:
        faults.tell(at, f"`{word}` in small letters is no operator", f"write {name}, or put the word in quotes")
        return _WITHOUT_NUMBER[name](word, at)
    faults.tell(at, f"{word} needs a number", f"write {name}/5, or put the word in quotes")
    return _WITH_NUMBER[name](word, at, 5)


def _numbered(word: str, name: str, count: int, at: int, faults: Faults) -> Token:
    if name not in _WITH_NUMBER and name.upper() in _WITH_NUMBER:
        faults.tell(at, f"`{word}` in small letters is no operator", f"write {word.upper()}")
        name = name.upper()
    if name not in _WITH_NUMBER:
        known = ", ".join(f"{n}/5" for n in _WITH_NUMBER)
        what = f"{word} is no operator"
        faults.tell(at, what, f"known are {known}, SENTENCE, PARAGRAPH; {IMPORT}; a word goes in quotes")
        return _join(Join(Link.NEAR, NEAR, Reach(Unit.WORDS, count)))(word, at)
    least, most = _LIMITS[name]
    if not least <= count <= most:
        faults.tell(at, f"{count:,} is not between {least} and {most:,}", f"write {name}/{most} at most")
    return _WITH_NUMBER[name](word, at, count)


def _join(join: Join) -> Callable[[str, int], Token]:
    return lambda text, at: Token(Sort.JOIN, text, at, join=join)


def _around(make: Callable[[Query], Query]) -> Callable[[str, int], Token]:
    return lambda text, at: Token(Sort.AROUND, text, at, around=make)


def _near(number: int, *, ordered: bool) -> Join:
    return Join(Link.NEAR, NEAR, Reach(Unit.WORDS, number, ordered))


_WITHOUT_NUMBER: dict[str, Callable[[str, int], Token]] = {
    "AND": _join(Join(Link.AND, AND)),
    "OR": _join(Join(Link.OR, OR)),
    "NOT": lambda text, at: Token(Sort.NOT, text, at),
    "SENTENCE": _join(Join(Link.NEAR, NEAR, Reach(Unit.SENTENCE))),
    "PARAGRAPH": _join(Join(Link.NEAR, NEAR, Reach(Unit.PARAGRAPH))),
    "HEADLINE": _around(Headline),
    "CASE": _around(Cased),
}
_WITH_NUMBER: dict[str, Callable[[str, int, int], Token]] = {
    "NEAR": lambda text, at, number: _join(_near(number, ordered=False))(text, at),
    "ONEAR": lambda text, at, number: _join(_near(number, ordered=True))(text, at),
    "FIRST": lambda text, at, number: _around(lambda part: First(part, number))(text, at),
    "ATLEAST": lambda text, at, number: _around(lambda part: AtLeast(part, number))(text, at),
}
_LIMITS = {"NEAR": (0, MAX_WORDS), "ONEAR": (0, MAX_WORDS), "FIRST": (1, MAX_FIRST), "ATLEAST": (1, MAX_TIMES)}


def _negated(tokens: list[Token]) -> list[Token]:
    """The tokens with `NOT NEAR/5` as one operator."""
    made: list[Token] = []
    for token in tokens:
        join = token.join
        if join and join.link is Link.NEAR and made and made[-1].sort is Sort.NOT:
            before = made.pop()
            negated = Join(Link.NEAR, join.power, join.reach, negated=True)
            made.append(Token(Sort.JOIN, f"NOT {token.text}", before.at, join=negated))
        else:
            made.append(token)
    return made
