"""One article once: what an entry is recognised by, and as what (F14, F15)."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.core.address import exact_url
from monitor.core.article import Article, Entry
from monitor.core.identity import By, Keys, Seen, Sight, is_same, keyed, recognise

FEED = "https://paper.example/feed.xml"
FERRY = Entry(
    "https://paper.example/news/ferry-1",
    "Ferry fares to rise in spring",
    guid="https://paper.example/?p=1001",
    standfirst="Islanders will pay a tenth more from April.",
)
WORDS = " ".join(f"word{n}" for n in range(60))


def keys_of(entry: Entry) -> Keys:
    [(keys, _)] = keyed([entry], FEED)
    return keys


def seen(entry: Entry, article: str = "a1") -> dict[str, Seen]:
    keys = keys_of(entry)
    return {key: Seen(article, keys.said) for key in keys.all}


def sight(entry: Entry, here: dict[str, Seen], elsewhere: dict[str, Seen] | None = None) -> Sight:
    return recognise(entry, keys_of(entry), here, elsewhere or {}).sight


CHANGES = [
    ({}, Sight.KNOWN),
    ({"published_at": None}, Sight.KNOWN),
    ({"url": "http://www.paper.example/news/ferry-1/?utm_source=rss"}, Sight.KNOWN),
    ({"guid": "http://www.paper.example/?p=1001"}, Sight.KNOWN),
    ({"guid": "urn:uuid:another"}, Sight.KNOWN),
    ({"guid": ""}, Sight.KNOWN),
    ({"url": "https://paper.example/travel/ferry-1"}, Sight.KNOWN),
    ({"url": "https://new.example/news/ferry-1", "guid": "https://new.example/?p=1001"}, Sight.KNOWN),
    ({"headline": "Ferry fares to rise in the spring!"}, Sight.EDITED),
    ({"headline": "“Ferry fares” to rise in spring"}, Sight.KNOWN),
    ({"standfirst": "Islanders will pay a fifth more from April."}, Sight.EDITED),
    ({"body": "The whole text."}, Sight.EDITED),
    ({"url": "https://paper.example/news/budget", "headline": "Budget passed"}, Sight.DOUBTFUL),
    ({"url": "https://new.example/x/1", "guid": "other"}, Sight.DOUBTFUL),
    ({"url": "https://paper.example/n/2", "guid": "other", "headline": "Budget"}, Sight.NEW),
]


@pytest.mark.parametrize(("changes", "expected"), CHANGES)
def test_what_a_changed_entry_is(changes, expected):
    assert sight(replace(FERRY, **changes), seen(FERRY)) is expected


def test_an_entry_of_another_feed_of_the_outlet_is_known_by_its_address():
    elsewhere = seen(replace(FERRY, standfirst="Cut sh..."))
    assert sight(FERRY, {}, elsewhere) is Sight.KNOWN, "another feed's summary is no edit"
    assert sight(replace(FERRY, url="https://paper.example/other"), {}, elsewhere) is Sight.DOUBTFUL


def test_what_is_known_and_not_written_down_is_to_be_noted():
    old = {FERRY.guid: Seen("a1")}
    found = recognise(FERRY, keys_of(FERRY), old, {})
    assert (found.sight, found.article, found.unnoted) == (Sight.KNOWN, "a1", True)
    assert not recognise(FERRY, keys_of(FERRY), seen(FERRY), {}).unnoted


def test_a_few_words_are_no_identity():
    letters = Entry("https://paper.example/letters/9", "Letters", standfirst="Your views")
    assert sight(replace(letters, url="https://paper.example/letters/10"), seen(letters)) is Sight.NEW


def test_without_an_address_of_its_own_other_words_are_doubtful():
    bare = replace(FERRY, url=FEED)
    assert keys_of(bare).address == ""
    assert sight(bare, seen(bare)) is Sight.KNOWN
    assert sight(replace(bare, headline="Budget passed"), seen(bare)) is Sight.DOUBTFUL
    assert sight(replace(bare, guid=""), seen(bare)) is Sight.KNOWN


def test_an_entry_without_anything_still_has_a_key():
    assert keys_of(Entry("", "")).all
    assert keys_of(Entry("", "A")).all != keys_of(Entry("", "B")).all


def test_each_entry_of_a_feed_once_and_a_shared_guid_names_nothing():
    def entry(n: int, guid: str) -> Entry:
        return Entry(f"https://paper.example/{n}", f"H{n}", guid=guid)

    entries = [entry(1, "a"), entry(2, "same"), entry(3, "same"), entry(4, ""), entry(1, "a")]
    found = keyed(entries, FEED)
    assert [e.headline for _, e in found] == ["H1", "H2", "H3", "H4"]
    assert [k.guid for k, _ in found] == ["a", "", "", ""]


def test_entries_at_the_front_page_are_told_apart_by_their_guids():
    found = keyed([Entry("https://paper.example/", f"H{n}", guid=f"g{n}") for n in range(3)], FEED)
    assert [keys.all[0] for keys, _ in found] == ["g0", "g1", "g2"]
    assert len({keys.line("paper") for keys, _ in found}) == 3


SHARED = {
    "tracking that is a name": ["/story.php?ref=101", "/story.php?ref=102", "/story.php?ref=102&utm_id=1"],
    "capitals": ["/s/aBcD", "/s/AbCd", "/s/abcD"],
}


@pytest.mark.parametrize("how", SHARED)
def test_several_articles_at_one_canonical_address_are_named_by_all_of_it(how):
    urls = [f"https://paper.example{path}" for path in SHARED[how]]
    found = keyed([Entry(u, f"Headline {n}", standfirst=f"What {n} says") for n, u in enumerate(urls)], FEED)
    assert [keys.address for keys, _ in found] == [exact_url(url) for url in urls]
    assert all(keys.shares for keys, _ in found)
    assert len({keys.line("paper") for keys, _ in found}) == 3


@pytest.mark.parametrize("fragment", ["", "#item{}"])
@pytest.mark.parametrize("guid", ["", "guid-{}", "one for all", "https://paper.example/latest#{}"])
def test_several_articles_on_one_page_are_told_apart_by_guids_or_words(fragment, guid):
    entries = [
        Entry(
            f"https://paper.example/latest{fragment.format(n)}", f"H {n}", guid=guid.format(n), standfirst=f"S {n}"
        )
        for n in range(3)
    ]
    found = keyed(entries, FEED)
    assert [keys.address for keys, _ in found] == ["", "", ""]
    assert len({keys.line("paper") for keys, _ in found}) == 3
    again = {key: Seen(e.headline, keys.said) for keys, e in found for key in keys.all}
    assert [recognise(e, keys, again, {}).article for keys, e in found] == ["H 0", "H 1", "H 2"]


def test_one_article_told_twice_by_a_feed_is_one():
    again = [
        replace(FERRY, url=f"{FERRY.url}?ref=home"),
        replace(FERRY, headline="Ferry fares: a tenth more", guid=""),
        replace(FERRY, standfirst="Cut sh...", guid=""),
    ]
    for other in again:
        assert [keys.address for keys, _ in keyed([FERRY, other], FEED)] == ["paper.example/news/ferry-1"], other


def test_other_words_at_a_known_address_under_another_guid_are_doubtful():
    bulletin = replace(FERRY, guid="another", headline="Budget passed")
    found = recognise(bulletin, keys_of(bulletin), seen(FERRY), {})
    assert (found.sight, found.by, found.article) == (Sight.DOUBTFUL, By.ADDRESS, "a1")
    for guid in ("", FERRY.url + "#1", FERRY.guid):
        assert sight(replace(bulletin, guid=guid), seen(FERRY)) is Sight.EDITED, guid


@pytest.mark.parametrize(("days", "same"), [(0, True), (0.4, True), (7, False), (1, False), (None, False)])
def test_a_standing_title_is_another_article_at_another_time(days, same):
    at = datetime(2026, 11, 19, 7, tzinfo=UTC)
    letters = Article("https://paper.example/1101", "Your letters", "What readers said.", published_at=at)
    then = None if days is None else at + timedelta(days=days)
    other = replace(letters, url="https://paper.example/1108", published_at=then)
    assert is_same(letters, other, By.WORDS) is same
    assert is_same(letters, other, By.GUID)


def test_texts_say_more_than_times():
    one = Article("https://paper.example/1", "Headline", body=WORDS)
    assert is_same(one, replace(one, url="https://paper.example/2"), By.WORDS)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"headline": "Another headline"}, True),
        ({"body": " ".join(WORDS.split()[:40])}, True),
        ({"body": WORDS.replace("word", "new")}, False),
        ({"body": ""}, True),
        ({"body": "", "headline": "Another headline"}, False),
        ({"body": "", "standfirst": "Other words."}, False),
    ],
)
def test_the_text_decides_whether_two_are_one(changes, same):
    one = Article("https://paper.example/1", "Headline", "What it says.", WORDS)
    assert is_same(one, replace(one, **changes)) is same


REVISIONS = Path(__file__).parents[3] / "shared/data/news/same_url_revisions_2023.jsonl.gz"


@pytest.mark.skipif(not REVISIONS.exists(), reason=f"{REVISIONS} is not here")
def test_real_revisions_of_an_address_are_edits_of_one_article():
    """As a feed of a national told them months apart, whatever tracking its addresses carry."""
    with gzip.open(REVISIONS, "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["versions"] for line in lines]
    assert len(found) >= 10
    for versions in found:
        first, *later = [Entry(v["link"], v["title"], standfirst=v["description"]) for v in versions]
        for entry in later:
            same = keys_of(entry).said == keys_of(first).said
            assert sight(entry, seen(first)) is (Sight.KNOWN if same else Sight.EDITED), entry.url
