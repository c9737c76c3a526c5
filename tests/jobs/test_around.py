"""Around: the stories that folding finds, whatever was copied, changed, joined and split; on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.adapters.cluster import Sieve, copies
from monitor.adapters.store import Store
from monitor.core.article import Article
from monitor.core.story import StoryDecision, Verb, paired
from monitor.jobs.around import Around, Unsifted
from monitor.jobs.folding import story_of

START = datetime(2026, 3, 4, tzinfo=UTC)
TEXTS = [" ".join(f"text{number}word{n}" for n in range(40)) for number in range(3)]
_numbers = count(1)


@st.composite
def archives(draw: st.DrawFn) -> list[Article]:
    """Articles of two weeks: whole texts, halves of two, texts too short for copies; some changed later."""
    bodies = [*TEXTS, f"{TEXTS[0][:300]} {TEXTS[1][:300]}", "Too short to be a copy."]
    found = []
    for number in range(draw(st.integers(1, 8))):
        seen = START + timedelta(hours=draw(st.integers(0, 14 * 24)))
        article = Article(
            f"https://x.example/{number}",
            f"Headline {number}",
            body=draw(st.sampled_from(bodies)),
            outlet=f"outlet{number}",
            first_seen=seen,
        )
        found.append(article)
        if draw(st.integers(0, 3)) == 0:
            later = seen + timedelta(hours=draw(st.integers(1, 100)))
            found.append(article.told_anew(later, body=draw(st.sampled_from(bodies))))
    return found


def in_a_time_of_their_own(articles: Sequence[Article]) -> list[Article]:
    """The same in a year that no other example has."""
    number = next(_numbers)
    shift = timedelta(days=60 * number)
    lines: dict[str, str] = {}
    moved = []
    for a in articles:
        assert a.first_seen
        first = replace(a, url=f"{a.url}/{number}", kept_line="", first_seen=a.first_seen + shift)
        moved.append(replace(first, kept_line=lines.setdefault(first.url, first.line)))
    return moved


def decided(data: st.DataObject, articles: Sequence[Article]) -> list[StoryDecision]:
    lines = sorted({a.line for a in articles})
    some = st.lists(st.sampled_from(lines), min_size=1, max_size=2)
    made = []
    for n in range(data.draw(st.integers(0, 3))):
        pairs = paired(data.draw(some), data.draw(some))
        verb = data.draw(st.sampled_from([Verb.JOIN, Verb.JOIN, Verb.SPLIT]))
        made.append(StoryDecision(verb, pairs, "A", "as told", START + timedelta(minutes=n)))
    return [decision for decision in made if decision.pairs]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(archives(), st.data())
def test_stories_are_those_of_folding(store: Store, archive: list[Article], data: st.DataObject) -> None:
    articles = in_a_time_of_their_own(archive)
    store.add_articles("s", [(a.id, a) for a in articles])
    for decision in decided(data, articles):
        store.decide_story(decision)
    around, unsifted = Around(store, copies, Sieve()), Around(store, copies, Unsifted())
    for article in data.draw(st.permutations(articles)):
        told = story_of(article, store, copies)
        assert around.story_of(article) == told
        assert unsifted.story_of(article) == told


def test_an_article_that_nobody_dated_is_alone(store: Store) -> None:
    article = Article("https://x.example/1", "Headline", body=TEXTS[0])
    assert Around(store, copies, Sieve()).story_of(article).articles == (article,)
