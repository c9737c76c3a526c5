"""Stories: the same whatever the order of arrival (F17)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.article import Article
from monitor.core.story import stories

START = datetime(2026, 11, 20, tzinfo=UTC)
ARTICLES = [Article(f"https://x.example/{n}", f"h{n}", first_seen=START + timedelta(hours=n)) for n in range(8)]
IDS = [a.id for a in ARTICLES]


@given(
    st.permutations(ARTICLES),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=10),
    st.randoms(),
)
def test_the_order_of_articles_and_of_copies_changes_nothing(shuffled, copies, random):
    expected = stories(ARTICLES, copies)
    mixed = [pair if random.random() < 0.5 else pair[::-1] for pair in copies]
    random.shuffle(mixed)
    assert stories(shuffled, mixed) == expected
    assert sorted(a.id for s in expected for a in s.articles) == sorted(IDS)


def test_copies_join_transitively_and_the_oldest_comes_first():
    folded = stories(reversed(ARTICLES[:4]), [(IDS[3], IDS[1]), (IDS[1], IDS[0])])
    assert sorted([a.headline for a in s.articles] for s in folded) == [["h0", "h1", "h3"], ["h2"]]


def test_a_copy_that_is_not_there_joins_nothing():
    assert len(stories(ARTICLES[:2], [(IDS[0], "elsewhere")])) == 2
