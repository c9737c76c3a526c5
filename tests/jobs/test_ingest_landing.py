"""An address that leads to a page for all articles, or to a piece of one: real HTTP, the real archive."""

from __future__ import annotations

from datetime import timedelta

from memory_archive import NOON
from pytest_httpserver import HTTPServer
from test_ingest import SENTENCE, Round, feed, item, outlet, page
from werkzeug import Response

from monitor.adapters.store import Store
from monitor.core.article import Article, Evidence

CONSENT = (
    "<html><head><title>x</title></head><body><article><h1>Before you go on</h1>"
    f"<p>{'A long text about what is kept of a visit, of which no wall is known. ' * 30}</p></article></html>"
)


def articles(store: Store) -> dict[str, Article]:
    return {one.headline: one for one in store.articles(NOON, NOON + timedelta(hours=9))}


def led(server: HTTPServer, path: str, to: str) -> None:
    server.expect_request(path).respond_with_response(Response(status=302, headers={"Location": to}))


def test_a_page_of_consent_is_no_articles_text(httpserver: HTTPServer, store: Store) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/n/1"), item(2, "/n/2")]))
    led(httpserver, "/n/1", "/consent?return=1")
    led(httpserver, "/n/2", "/consent?return=2")
    httpserver.expect_request("/consent").respond_with_data(CONSENT, content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    assert round_.run().pages_failed == 2
    for number in (1, 2):
        found = articles(store)[f"Headline {number}"]
        assert (found.body, found.evidence, found.standfirst) == ("", Evidence.SUMMARY, "A summary.")
        assert found.url == httpserver.url_for(f"/n/{number}")
        assert found.shortfall == (
            f"another page: its address led to {httpserver.url_for('/consent')}?return={number}, "
            "“Before you go on”, which has nothing of its headline"
        )


def test_it_is_asked_for_again_and_its_own_page_is_taken(httpserver: HTTPServer, store: Store) -> None:
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/n/1")]))
    httpserver.expect_oneshot_request("/n/1").respond_with_response(
        Response(status=302, headers={"Location": "/consent"})
    )
    httpserver.expect_request("/consent").respond_with_data(CONSENT, content_type="text/html")
    httpserver.expect_request("/n/1").respond_with_data(page(1), content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")), archive=store)
    round_.run()
    assert round_.later().outcomes[0].completed == 1
    assert articles(store)["Headline 1"].evidence is Evidence.FULL


def test_an_article_that_moved_is_the_article(httpserver: HTTPServer, store: Store) -> None:
    """Under the headline that it had, or under another with the words of the old one in its text."""
    httpserver.expect_request("/feed").respond_with_data(
        feed([item(1, "/n/1"), item(2, "/n/2").replace("Headline 2", "Benefit payments begin in autumn")])
    )
    led(httpserver, "/n/1", "/stories/one")
    led(httpserver, "/n/2", "/stories/two")
    httpserver.expect_request("/stories/one").respond_with_data(page(1), content_type="text/html")
    anew = page(2).replace("Headline 2", "New money for families")
    httpserver.expect_request("/stories/two").respond_with_data(anew, content_type="text/html")
    Round(outlet(httpserver.url_for("/feed")), archive=store).run()
    assert {one.evidence for one in articles(store).values()} == {Evidence.FULL}
    assert all(SENTENCE in one.body for one in articles(store).values())


def test_the_updates_of_a_live_blog_are_full_and_found_by_their_address(
    httpserver: HTTPServer, store: Store
) -> None:
    """Of the page no word is left; that is no shortfall of what it was taken apart into."""
    pieces = "".join(
        f"<h2 id='u{n}'>Update {n} on the harbour</h2><p>On day {n}: {SENTENCE}</p>" for n in range(5)
    )
    blog = f"<html><body><article><h1>Budget day live updates</h1>{pieces}</article></body></html>"
    httpserver.expect_request("/feed").respond_with_data(
        feed([item(1, "/n/1").replace("Headline 1", "Budget day live updates")])
    )
    httpserver.expect_request("/n/1").respond_with_data(blog, content_type="text/html")
    Round(outlet(httpserver.url_for("/feed")), archive=store).run()
    told = articles(store)
    assert told["Budget day live updates"].shortfall == "all of its words are in its 5 parts"
    for number in range(5):
        update = told[f"Update {number} on the harbour"]
        assert (update.shortfall, update.evidence) == ("", Evidence.FULL)
        assert store.find_article(f"{httpserver.url_for('/n/1')}#u{number}") == update
    page_itself = told["Budget day live updates"]
    assert store.find_article(httpserver.url_for("/n/1")) == page_itself
    assert store.find_article(f"{httpserver.url_for('/n/1')}#comments") == page_itself


def test_the_updates_before_a_paywall_lack_what_their_page_lacks(httpserver: HTTPServer, store: Store) -> None:
    pieces = "".join(
        f"<h2 id='u{n}'>Update {n} on the harbour</h2><p>On day {n}: {SENTENCE}</p>" for n in range(3)
    )
    asks = "<p>Subscribe now to continue reading.</p>"
    blog = f"<html><body><article><h1>Budget day live updates</h1>{pieces}{asks}</article></body></html>"
    httpserver.expect_request("/feed").respond_with_data(feed([item(1, "/n/1")]))
    httpserver.expect_request("/n/1").respond_with_data(blog, content_type="text/html")
    Round(outlet(httpserver.url_for("/feed")), archive=store).run()
    assert articles(store)["Update 0 on the harbour"].shortfall.startswith("teaser")
