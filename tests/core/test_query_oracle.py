"""A second, slow and obvious reading of queries, on texts whose words, sentences and paragraphs are known."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import Outcome
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile
from monitor.core.query import (
    And,
    AtLeast,
    First,
    Headline,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Reach,
    Unit,
    parse,
    written,
)
from monitor.core.query.form import holds_of_nothing
from monitor.core.source import Sources

SENTENCES = st.lists(st.sampled_from(["tax", "credit", "pier", "piers", "boat"]), min_size=1, max_size=5)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3)
FIELDS = st.lists(PARAGRAPHS, max_size=2)

PHRASES = st.sampled_from(["tax", "credit", "tax credit", "pier", "pie*", "boat"]).map(Phrase)
CHOICES = st.one_of(PHRASES, st.builds(Or, st.lists(PHRASES, min_size=2, max_size=2).map(tuple)))
REACHES = st.one_of(
    st.builds(Reach, st.just(Unit.WORDS), st.integers(0, 4), st.booleans()),
    st.sampled_from([Reach(Unit.SENTENCE), Reach(Unit.PARAGRAPH)]),
)
LEAVES = st.one_of(
    CHOICES,
    st.builds(Near, CHOICES, CHOICES, REACHES, st.booleans()),
    st.builds(AtLeast, PHRASES, st.integers(1, 3)),
)
QUERIES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.builds(And, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, part),
        st.builds(Headline, part),
        st.builds(First, part, st.integers(1, 12)),
    ),
    max_leaves=5,
).filter(lambda query: not holds_of_nothing(query))


@dataclass(frozen=True)
class Word:
    text: str
    field: int
    paragraph: int
    sentence: int
    at: int
    """In the field."""
    number: int
    """In the article, from 1."""


def words(fields: list[list[list[list[str]]]]) -> list[Word]:
    made: list[Word] = []
    for f, field in enumerate(fields):
        at = 0
        sentence_number = 0
        for p, paragraph in enumerate(field):
            for sentence in paragraph:
                sentence_number += 1
                for word in sentence:
                    made.append(Word(word, f, p, sentence_number, at, len(made) + 1))
                    at += 1
    return made


def text(field: list[list[list[str]]]) -> str:
    return "\n\n".join(". ".join(" ".join(sentence).capitalize() for sentence in paragraph) for paragraph in field)


def stands(query: Query, seen: list[Word]) -> list[tuple[Word, ...]]:
    """Where a phrase or a choice stands."""
    if isinstance(query, Or):
        return [place for part in query.parts for place in stands(part, seen)]
    wanted = query.text.split()
    places = []
    for first in range(len(seen)):
        run = tuple(seen[first : first + len(wanted)])
        together = len(run) == len(wanted) and len({(w.field, w.sentence) for w in run}) == 1
        if together and all(like(w.text, pattern) for w, pattern in zip(run, wanted, strict=True)):
            places.append(run)
    return places


def like(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def near(a: tuple[Word, ...], b: tuple[Word, ...], reach: Reach) -> bool:
    if a[0].field != b[0].field or set(a) & set(b):
        return False
    if reach.unit is Unit.SENTENCE:
        return a[0].sentence == b[0].sentence
    if reach.unit is Unit.PARAGRAPH:
        return a[0].paragraph == b[0].paragraph
    forwards, backwards = b[0].at - a[-1].at - 1, a[0].at - b[-1].at - 1
    return 0 <= forwards <= reach.words or (not reach.ordered and 0 <= backwards <= reach.words)


def holds(query: Query, seen: list[Word]) -> bool:
    match query:
        case And(parts):
            return all(holds(part, seen) for part in parts)
        case Or(parts):
            return any(holds(part, seen) for part in parts)
        case Not(part):
            return not holds(part, seen)
        case Headline(part):
            return holds(part, [w for w in seen if w.field < 2])
        case First(part, number):
            return holds(part, [w for w in seen if w.number <= number])
        case AtLeast(part, times):
            return len(stands(part, seen)) >= times
        case Near(left, right, reach, negated):
            others = stands(right, seen)
            found = [any(near(a, b, reach) for b in others) for a in stands(left, seen)]
            return any(not one for one in found) if negated else any(found)
    return bool(stands(query, seen))


@settings(max_examples=200)
@given(QUERIES, st.tuples(FIELDS, st.just([]), FIELDS))
def test_the_fast_reading_is_the_slow_one(query, fields):
    asked = parse(written(query)).query
    article = Article("u", headline=text(fields[0]), body=text(fields[2]))
    profile = Profile("s", "S", query=asked)
    verdict = Matcher(Agreement("a", "c", "n", (profile,)), Sources()).judge(article).verdict("s")
    held = holds(query, words(list(fields)))
    assert (bool(verdict) and verdict.outcome is Outcome.IN) == held, written(query)
    if held:
        assert verdict.hits
    for hit in verdict.hits if verdict else ():
        assert article.text_of(hit.span.field)[hit.span.start : hit.span.end] == hit.span.text
