"""One article once (F14, F15) and its edits (F16): feeds that change what names an article, over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from memory_archive import NOON
from pytest_httpserver import HTTPServer
from test_ingest import Round, asked, outlet
from werkzeug import Request, Response

from monitor.adapters.store import Store
from monitor.core.article import Article

DAY = timedelta(days=1)
Site = dict[str, str]
"""Path to body; changed in the middle of a test, as sites are."""


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    pages: Site = {}

    def answer(request: Request) -> Response:
        body = pages.get(request.path)
        kind = "application/rss+xml" if request.path.startswith("/feed") else "text/html"
        return Response(body or "gone", 200 if body else 404, content_type=kind)

    httpserver.expect_request(re.compile("^/")).respond_with_handler(answer)
    return pages


def item(n: int, *, guid: str = "", link: str = "", headline: str = "", said: str = "", date: int = 1) -> str:
    return (
        f"<item><title>{headline or f'Ferry {n} sails late from the harbour again'}</title>"
        f"<link>{link or f'/news/ferry-{n}'}</link><guid isPermaLink='false'>{guid or f'id-{n}'}</guid>"
        f"<description>{said or f'Ship number {n} was late, islanders say.'}</description>"
        f"<pubDate>{date:02} Mar 2026 08:00:00 GMT</pubDate></item>"
    )


def feed(items: Iterable[str]) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'


def page(n: int, more: str = "", head: str = "") -> str:
    words = " ".join(f"harbour{n}x{k} said" for k in range(30))
    return (
        f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body><article><h1>Ferry {n}</h1>"
        f"<p>Ship number {n} left the pier an hour after its time on Monday, {words}.</p>"
        f"<p>Passengers of ship {n} waited in the rain, and {words} once more.</p>{more}</article></body></html>"
    )


def fill(site: Site, count: int) -> None:
    site["/feed"] = feed(item(n) for n in range(count))
    site.update({f"/news/ferry-{n}": page(n) for n in range(count)})


def stored(store: Store) -> list[Article]:
    return store.articles(NOON - DAY, NOON + 30 * DAY)


REPLAYS: dict[str, Callable[[int], str]] = {
    "guids rewritten": lambda n: item(n, guid=f"https://cms.example/?p={n}"),
    "guids of another scheme": lambda n: item(n, guid=f"tag:paper.example,2026:{n}"),
    "no guids": lambda n: item(n).replace(f"<guid isPermaLink='false'>id-{n}</guid>", ""),
    "addresses tracked": lambda n: item(n, link=f"/News/Ferry-{n}/?utm_source=rss&amp;at_medium=RSS"),
    "addresses of the AMP twins": lambda n: item(n, link=f"/news/ferry-{n}/amp/", guid=f"amp-{n}"),
    "addresses moved": lambda n: item(n, link=f"/travel/ferry-{n}"),
    "new dates": lambda n: item(n, date=20),
}


@pytest.mark.parametrize("how", REPLAYS)
def test_a_feed_told_again_brings_nothing_new_and_asks_for_no_page(how, site, httpserver, store):
    count = 50 if how == "guids rewritten" else 6
    fill(site, count)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert round_.run().new == count
    pages_asked = len(httpserver.log)
    site["/feed"] = feed(REPLAYS[how](n) for n in range(count))
    report = round_.later()
    assert (report.outcomes[0].unchanged, report.new, report.edited) == (False, 0, 0)
    assert len(httpserver.log) == pages_asked + 1, "the feed and no page"
    assert len(stored(store)) == count
    site["/feed"] = feed(item(n) for n in range(count))
    assert round_.later().new == 0


def test_guids_and_addresses_rewritten_together_are_settled_by_the_pages(site, httpserver, store):
    fill(site, 5)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    site.update({f"/travel/2026/{n}/boats": page(n) for n in range(5)})
    site["/feed"] = feed(item(n, guid=f"new-{n}", link=f"/travel/2026/{n}/boats") for n in range(5))
    report = round_.later()
    assert (report.new, report.edited, len(stored(store))) == (0, 0, 5)
    site["/feed"] += "<!-- touched -->"
    before = len(httpserver.log)
    assert round_.later().new == 0
    assert len(httpserver.log) == before + 1, "what was settled is remembered"


def test_a_guid_used_again_is_another_article(site, httpserver, store):
    fill(site, 1)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    site["/feed"] = feed([item(7, guid="id-0")])
    site["/news/ferry-7"] = page(7)
    assert round_.later().new == 1
    assert len({a.line for a in stored(store)}) == 2


def test_a_guid_used_again_is_another_article_even_if_its_page_cannot_be_read(site, httpserver, store):
    fill(site, 1)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    site["/feed"] = feed([item(7, guid="id-0")])
    report = round_.later()
    assert (report.new, report.pages_failed) == (1, 1)


def test_an_article_in_three_feeds_of_an_outlet_is_one_and_its_page_is_read_once(site, httpserver, store):
    fill(site, 4)
    site["/feed-2"] = feed(item(n, guid=f"b{n}", said=f"Cut short for the second feed {n} ...") for n in range(4))
    site["/feed-3"] = feed(item(n, guid=f"c{n}", link=f"/news/ferry-{n}?ref=home") for n in range(4))
    paper = outlet(*(httpserver.url_for(path) for path in ("/feed", "/feed-2", "/feed-3")))
    round_ = Round(paper, archive=store)
    report = round_.run()
    assert (report.new, report.edited, report.heard) == (4, 0, 3)
    assert [asked(httpserver, f"/news/ferry-{n}") for n in range(4)] == [1] * 4
    for path in ("/feed", "/feed-2", "/feed-3"):
        site[path] += "<!-- touched -->"
    report = round_.later()
    assert (report.new, report.edited) == (0, 0)
    assert [len(store.texts(a.line)) for a in stored(store)] == [1] * 4


def test_two_outlets_with_one_address_are_two_articles(site, httpserver, store):
    fill(site, 2)
    url = httpserver.url_for("/feed")
    assert Round(outlet(url), outlet(url, name="other"), archive=store).run().new == 4


def test_the_canonical_address_of_the_page_makes_one_of_two_addresses(site, httpserver, store):
    fill(site, 1)
    head = '<link rel="canonical" href="/news/ferry-0">'
    site["/ferries/zero"] = page(0, head=head)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    site["/feed"] = feed([item(0, guid="b", link="/ferries/zero", headline="Boat late on the first route")])
    report = round_.later()
    assert (report.new, report.edited, len(stored(store))) == (0, 0, 1)
    assert store.find_article(httpserver.url_for("/ferries/zero")) == stored(store)[0]


def test_a_site_whose_pages_all_claim_one_address_loses_no_article(site, httpserver, store):
    fill(site, 12)
    head = '<link rel="canonical" href="/news/latest">'
    site.update({f"/news/ferry-{n}": page(n, head=head) for n in range(12)})
    assert Round(outlet(httpserver.url_for("/feed")), archive=store).run().new == 12
    assert len(stored(store)) == 12


def test_entries_without_an_address_of_their_own_stay_apart(site, httpserver, store):
    site["/feed"] = feed(item(n, link="/") for n in range(3))
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert (round_.run().new, len(stored(store))) == (3, 3)
    site["/feed"] += "<!-- touched -->"
    assert round_.later().new == 0


# --------------------------------------------------------------- edits


def test_an_edited_entry_is_read_again_and_keeps_its_line(site, httpserver, store):
    fill(site, 2)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    first = next(a for a in stored(store) if "Ferry 0" in a.headline)
    site["/feed"] = feed([item(0, headline="Ferry 0 sails on time after all"), item(1)])
    site["/news/ferry-0"] = page(
        0, more="<p>The harbour master said that the clock had been wrong all the time.</p>"
    )
    report = round_.later()
    assert (report.new, report.edited) == (0, 1)
    texts = store.texts(first.line)
    assert [t.headline for t in texts] == [first.headline, "Ferry 0 sails on time after all"]
    assert "clock had been wrong" in texts[1].body
    assert texts[1].first_seen == round_.now
    assert first in store.articles(NOON - DAY, round_.now), "as it was known then"
    assert len(store.unjudged("any", 10)) == 3, "the new text is matched again"


def test_an_edit_whose_page_fails_keeps_the_body_until_the_page_is_there(site, httpserver, store):
    fill(site, 1)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    first = stored(store)[0]
    there = site.pop("/news/ferry-0")
    site["/feed"] = feed([item(0, headline="Ferry 0 sails on time after all")])
    assert (round_.later().edited, stored(store)[0].body) == (1, first.body)
    site["/news/ferry-0"] = there.replace("an hour after", "a minute before")
    assert round_.later().outcomes[0].completed == 1
    assert "a minute before" in stored(store)[0].body
    assert {a.line for a in store.texts(first.line)} == {first.line}


def test_an_edit_taken_back_is_a_text_of_its_own(site, httpserver, store):
    fill(site, 1)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    before = site["/feed"]
    site["/feed"] = feed([item(0, said="Ship number 0 was never late, its owners say.")])
    assert round_.later().edited == 1
    site["/feed"] = before
    assert round_.later().edited == 1
    texts = store.texts(stored(store)[0].line)
    assert [t.standfirst for t in texts] == [texts[0].standfirst, texts[1].standfirst, texts[0].standfirst]
    assert len({t.id for t in texts}) == 3
    site["/feed"] += "<!-- touched -->"
    assert round_.later().edited == 0


def test_what_was_imported_is_met_again_in_the_feed(site, httpserver, store):
    fill(site, 2)
    url = httpserver.url_for("/news/ferry-1/").replace("http:", "https:")
    imported = Article(url, "Ferry 1 sails late from the harbour again", outlet="paper", first_seen=NOON - DAY)
    store.add_articles("import", [("x", imported)])
    report = Round(outlet(httpserver.url_for("/feed")), archive=store).run()
    assert (report.new, report.edited) == (1, 1), "its text came at last"
    assert [t.body != "" for t in store.texts(imported.line)] == [False, True]


# --------------------------------------------------------------- several articles, one address


def told_apart(n: int, path: str, *, guid: bool) -> str:
    own = f"<guid isPermaLink='false'>own-{n}</guid>" if guid else ""
    said = f"Bulletin {n}: what the council said on day {n} of its meeting about harbour {n}."
    return (
        f"<item><title>Council day {n}</title><link>{path.format(n)}</link>{own}<description>{said}</description>"
        f"<pubDate>{n + 1:02} Mar 2026 08:00:00 GMT</pubDate></item>"
    )


@pytest.mark.parametrize("guid", [True, False])
@pytest.mark.parametrize("path", ["/story.php?ref={}", "/view?trk={}", "/bulletin.html#item{}", "/latest"])
def test_articles_that_differ_in_what_elsewhere_names_nothing_are_all_kept(path, guid, site, httpserver, store):
    site.update({"/story.php": page(1), "/view": page(1), "/bulletin.html": page(1), "/latest": page(1)})
    site["/feed"] = feed(told_apart(n, path, guid=guid) for n in range(4))
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert round_.run().new == 4
    site["/feed"] += "<!-- touched -->"
    report = round_.later()
    assert (report.new, report.edited) == (0, 0)
    site["/feed"] = feed(told_apart(n, path, guid=guid) for n in range(2, 5))
    assert round_.later().new == 1
    assert {a.headline for a in stored(store)} == {f"Council day {n}" for n in range(5)}
    if path != "/latest":
        for n in range(5):
            found = store.find_article(httpserver.url_for("/").rstrip("/") + path.format(n))
            assert found.headline == f"Council day {n}"


@pytest.mark.parametrize("path", ["/story.php?ref={}", "/bulletin.html#item{}", "/latest"])
def test_articles_that_come_one_by_one_at_one_address_are_all_kept(path, site, httpserver, store):
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    for n in range(4):
        site["/feed"] = feed([told_apart(n, path, guid=True)])
        assert round_.later().new == 1, n
    assert len(stored(store)) == 4


def test_a_flash_that_grows_is_one_article_whatever_else_changes(site, httpserver, store):
    site["/feed"] = feed([item(1)])
    site["/news/ferry-1"] = page(1)
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    site["/feed"] = feed([item(1, guid="id-1", headline="Ferry aground", said="All are safe.")])
    report = round_.later()
    assert (report.new, report.edited, len(stored(store))) == (0, 1, 1)
    site["/feed"] = feed(
        [item(1, guid="new-1", headline="Ferry afloat", said="It was towed.", link="/news/ferry-1#2")]
    )
    report = round_.later()
    assert (report.new, report.edited, len(stored(store))) == (0, 1, 1), "its page says what it said"


def test_a_standing_title_whose_pages_cannot_be_read_is_an_article_every_week(site, httpserver, store):
    title, said = (
        "Your letters: what readers said this week",
        "They write about the news in their own words, as ever.",
    )

    def letters(n: int) -> str:
        return item(n, link=f"/letters/{n}", headline=title, said=said, date=n)

    site["/feed"] = feed([letters(1)])
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    site["/feed"] = feed([letters(8), letters(1)])
    assert round_.later().new == 1
    assert len(stored(store)) == 2


def test_an_entry_in_whose_midst_a_feed_breaks_off_comes_when_it_is_whole(site, httpserver, store):
    site.update({f"/news/ferry-{n}": page(n) for n in range(3)})
    whole = feed(item(n) for n in range(3))
    site["/feed"] = whole[: whole.rindex("<link>")]
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert round_.run().new == 2
    site["/feed"] = whole
    assert round_.later().new == 1
    assert sorted(a.url.rpartition("/")[2] for a in stored(store)) == ["ferry-0", "ferry-1", "ferry-2"]
