"""What editions have told, read backwards from the ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from store_samples import A_DAY, AGREEMENT, DIGEST, MORNING, article, edition, item

from monitor.core.digest import PastEdition, Telling
from monitor.core.edition import ItemState

ARTICLES = [article(n) for n in range(5)]
LONG_AGO = MORNING - timedelta(days=400)


@pytest.fixture(autouse=True)
def stored(store):
    store.add_articles("s", [(a.url, a) for a in ARTICLES])
    first, second, *others = ARTICLES
    store.make_edition(
        edition(0), [item(first), item(second, section="b"), *(item(a, ItemState.COPY) for a in others)], []
    )
    store.make_edition(edition(1), [item(first, ItemState.DEVELOPED), item(others[0], ItemState.HELD)], [])
    other_digest = replace(edition(2), digest="other", id="a/other/2")
    store.make_edition(other_digest, [item(others[1])], [])


def test_what_was_shown_or_told_again_has_its_first_and_last_time(store):
    made = [edition(n).made_at for n in (0, 1)]
    assert store.tellings(AGREEMENT, DIGEST, LONG_AGO) == {
        ARTICLES[0].line: Telling(made[0], made[1]),
        ARTICLES[1].line: Telling(made[0], made[0]),
    }
    assert store.tellings(AGREEMENT, DIGEST, made[1]) == {ARTICLES[0].line: Telling(made[1], made[1])}
    assert store.tellings(AGREEMENT, "nobody", LONG_AGO) == {}


def test_the_articles_that_were_told_come_once_and_only_the_old_ones(store):
    until = max(a.first_seen for a in ARTICLES) + A_DAY
    told = store.told_articles(AGREEMENT, DIGEST, LONG_AGO, until)
    assert sorted(told, key=lambda a: a.url) == ARTICLES[:2]
    assert store.told_articles(AGREEMENT, DIGEST, LONG_AGO, ARTICLES[0].first_seen) == []


def test_when_a_line_was_first_seen(store):
    again = ARTICLES[3].told_anew(ARTICLES[3].first_seen + A_DAY, headline="Other words")
    store.add_articles("s", [(again.url, again)])
    assert store.first_seen([again.line, "0" * 16]) == {again.line: ARTICLES[3].first_seen}
    assert store.first_seen([]) == {}


def test_how_full_editions_were(store):
    window = edition(0).window
    assert store.past_editions(AGREEMENT, DIGEST, LONG_AGO) == [
        PastEdition(window, {item(ARTICLES[0]).section: 1, "b": 1}),
        PastEdition(edition(1).window, {}),
    ]
    assert len(store.past_editions(AGREEMENT, DIGEST, edition(1).made_at)) == 1
