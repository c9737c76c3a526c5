"""Editions and deliveries in the store."""

from dataclasses import replace

import pytest
from store_samples import A_DAY, AGREEMENT, DIGEST, MORNING, article, delivery, edition, item

from monitor.core.edition import DeliveryState, Image, ItemState, Mail
from monitor.errors import StoreError, UnknownRecord

ARTICLES = [article(n) for n in range(4)]


@pytest.fixture(autouse=True)
def stored(store):
    store.add_articles("s", [(a.url, a) for a in ARTICLES])


def test_an_edition_comes_back_to_the_letter(store):
    pictures = (Image("chart@digest.monitor", bytes(range(256))), Image("logo@digest.monitor", b""))
    letter = Mail("£ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 – “three”", "a\r\n\r\nb\n\t \r", "<p>é\u2028&nbsp;</p>\r\n" * 5_000, pictures)
    made = replace(edition(1), mail=letter, content='{"a": "\\u0000"}')
    assert store.make_edition(made, [], [])
    assert store.edition(made.id) == made


def test_an_unknown_edition_is_an_error_of_ours(store):
    with pytest.raises(UnknownRecord, match="no edition x/y/z"):
        store.edition("x/y/z")


def test_items_and_deliveries_come_in_the_order_given(store):
    items = [
        item(ARTICLES[2], section="b"),
        item(ARTICLES[0], ItemState.HELD),
        item(ARTICLES[1], ItemState.COPY, "a"),
    ]
    to = [delivery(edition(), name) for name in ("z@example.org", "a@example.org", "m@example.org")]
    store.make_edition(edition(), iter(items), iter(to))
    assert store.items(edition().id) == items
    assert store.deliveries(edition().id) == to
    assert store.items("nobody") == []


def test_an_edition_is_made_once(store):
    assert store.make_edition(edition(), [item(ARTICLES[0])], [delivery(edition())])
    again = replace(edition(), mail=Mail("other", "", ""))
    assert not store.make_edition(again, [item(ARTICLES[1])], [delivery(edition(), "other@example.org")])
    assert store.edition(edition().id) == edition()
    assert store.items(edition().id) == [item(ARTICLES[0])]
    assert [d.recipient for d in store.deliveries(edition().id)] == ["press@example.org"]


def test_one_window_of_a_digest_has_one_edition_whatever_its_id(store):
    assert store.make_edition(edition(), [], [])
    assert not store.make_edition(replace(edition(), id="another"), [], [])
    assert store.make_edition(edition(digest="evening"), [], [])
    assert store.make_edition(edition(agreement="other"), [], [])


def test_an_edition_with_an_unknown_article_is_refused_whole(store):
    with pytest.raises(StoreError):
        store.make_edition(edition(), [item(ARTICLES[0]), item(article(99))], [delivery(edition())])
    assert store.editions() == []
    assert store.open_deliveries() == []
    assert store.make_edition(edition(), [item(ARTICLES[0])], [])


def test_the_last_edition_and_all_of_them_the_newest_first(store):
    assert store.last_edition(AGREEMENT, DIGEST) is None
    for number in (2, 3, 1):
        store.make_edition(edition(number), [], [])
    store.make_edition(edition(9, agreement="other"), [], [])
    assert store.last_edition(AGREEMENT, DIGEST) == edition(3)
    assert [e.window.end for e in store.editions(AGREEMENT)] == [MORNING + n * A_DAY for n in (3, 2, 1)]
    assert store.editions()[0].agreement == "other"
    assert len(store.editions()) == 4


def test_taken_are_those_shown_or_folded_by_this_digest(store):
    held = item(ARTICLES[0], ItemState.HELD)
    shown, copy = item(ARTICLES[1]), item(ARTICLES[2], ItemState.COPY)
    store.make_edition(edition(1), [held, shown, copy], [])
    store.make_edition(edition(1, digest="evening"), [item(ARTICLES[3])], [])
    ids = [a.id for a in ARTICLES]
    assert store.taken(AGREEMENT, DIGEST, ids) == {shown.article: shown, copy.article: copy}
    store.make_edition(edition(2), [item(ARTICLES[0], section="poverty")], [])
    assert store.taken(AGREEMENT, DIGEST, ids)[ARTICLES[0].id].section == "poverty"
    assert store.taken("other", DIGEST, ids) == {}


def test_taken_are_of_the_articles_asked_for_alone_however_many(store):
    for number in (2, 1):
        items = [item(one, section=f"{number}") for one in ARTICLES[:3]]
        store.make_edition(edition(number), items, [])
    ids = [a.id for a in ARTICLES]
    asked = [ids[1], *(f"unknown-{n}" for n in range(1_200)), ids[3], ids[2], ids[1]]
    assert store.taken(AGREEMENT, DIGEST, iter(asked)) == {a.id: item(a, section="2") for a in ARTICLES[1:3]}
    assert store.taken(AGREEMENT, DIGEST, []) == {}


def test_shown_stories_are_lines_in_any_text(store):
    edited = article(1, minutes=50, body="Changed.")
    store.add_articles("s", [("1", edited)])
    store.make_edition(edition(1), [item(ARTICLES[1]), item(ARTICLES[2], ItemState.HELD)], [])
    lines = [edited.line, ARTICLES[2].line, ARTICLES[3].line, "nobody"]
    assert store.shown_stories(AGREEMENT, DIGEST, lines) == {edited.line}
    assert store.shown_stories(AGREEMENT, "evening", lines) == set()
    assert store.shown_stories(AGREEMENT, DIGEST, []) == set()


def test_open_deliveries_are_pending_or_unknown_the_oldest_edition_first(store):
    states = list(DeliveryState)
    for number in (2, 1):
        made = edition(number)
        to = [delivery(made, f"{n}@example.org", state=state) for n, state in enumerate(states)]
        store.make_edition(made, [], to)
    opened = [(d.edition, d.state) for d in store.open_deliveries()]
    open_states = [DeliveryState.PENDING, DeliveryState.UNKNOWN]
    assert opened == [(edition(n).id, state) for n in (1, 2) for state in open_states]


def test_what_became_of_a_delivery(store):
    store.make_edition(edition(), [], [delivery(edition(), "a@example.org"), delivery(edition(), "b@example.org")])
    sent = delivery(
        edition(), "a@example.org", state=DeliveryState.SENT, attempts=2, last_tried=MORNING, answer="250 OK\x00"
    )
    for _ in range(2):
        store.save_delivery(sent)
    assert store.deliveries(edition().id) == [
        replace(sent, answer="250 OK\ufffd"),
        delivery(edition(), "b@example.org"),
    ]
    assert [d.recipient for d in store.open_deliveries()] == ["b@example.org"]


def test_a_delivery_to_one_more_comes_last(store):
    store.make_edition(edition(), [], [delivery(edition(), "b@example.org")])
    store.save_delivery(delivery(edition(), "a@example.org"))
    assert [d.recipient for d in store.deliveries(edition().id)] == ["b@example.org", "a@example.org"]


def test_a_delivery_of_no_edition_is_refused(store):
    with pytest.raises(StoreError):
        store.save_delivery(delivery(edition(5)))
