"""Pages that were read are looked at again: an edit of the page alone, which no feed tells of (F16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from memory_archive import Memory
from pytest_httpserver import HTTPServer
from test_ingest import Round, asked, feed, item, outlet, page
from werkzeug import Request, Response

from monitor.adapters.store import Store

HOUR = timedelta(hours=1)
PLAN = (3 * HOUR, 24 * HOUR)
OTHER = page(1).replace("It was said on day 1", "It was withdrawn on day 2")


class Site:
    """A feed that never changes, and the page of its one article."""

    def __init__(self, server: HTTPServer, *, etag: bool = True) -> None:
        self.page, self.status, self.etag = page(1), 200, etag
        self.conditional: list[str] = []
        self.url = server.url_for("/feed")
        server.expect_request("/feed").respond_with_data(feed([item(1, "/1")]))
        server.expect_request("/1").respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        tag = f'"{hash(self.page)}"'
        known = request.headers.get("If-None-Match", "")
        self.conditional.append(known)
        if self.etag and known == tag:
            return Response(status=304)
        headers = {"ETag": tag} if self.etag else {}
        return Response(self.page, status=self.status, content_type="text/html", headers=headers)


def begun(site: Site, archive: Memory | Store | None = None) -> Round:
    """A round that has read the article, with looks three hours and a day later."""
    round_ = Round(outlet(site.url), archive=archive)
    round_.again = PLAN
    assert round_.run().new == 1
    return round_


def after(round_: Round, hours: float) -> int:
    """How many edits a round so much later finds."""
    round_.now += hours * HOUR
    return round_.run().edited


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest) -> Memory | Store:
    return Memory() if request.param == "memory" else request.getfixturevalue(f"on_{request.param}")


@pytest.fixture
def on_sqlite(new_sqlite, tmp_path):
    from monitor.adapters.store import open_store

    store = open_store(new_sqlite(tmp_path))
    yield store
    store.close()


@pytest.fixture
def on_postgresql(new_postgres):
    from monitor.adapters.store import open_store

    store = open_store(new_postgres())
    yield store
    store.close()


def test_an_edit_of_the_page_alone_is_a_new_text_of_its_line(
    httpserver: HTTPServer, archive: Memory | Store
) -> None:
    site = Site(httpserver)
    round_ = begun(site, archive)
    assert after(round_, 2) == 0
    assert asked(httpserver, "/1") == 1
    site.page = OTHER
    assert after(round_, 2) == 1
    found = archive.find_article(httpserver.url_for("/1")) if isinstance(archive, Store) else archive.latest[0]
    assert found is not None
    texts = archive.texts(found.line)
    assert ["withdrawn" in text.body for text in texts] == [False, True]
    assert texts[1].first_seen == round_.now
    assert after(round_, 21) == 0
    assert (asked(httpserver, "/1"), after(round_, 48), asked(httpserver, "/1")) == (3, 0, 3)


def test_an_edit_that_is_taken_back_is_a_third_text(httpserver: HTTPServer) -> None:
    site = Site(httpserver)
    round_ = begun(site)
    site.page = OTHER
    assert after(round_, 3) == 1
    site.page = page(1)
    assert after(round_, 21) == 1
    assert len({article.id for article in round_.archive.stored.values()}) == 3


def test_requests_are_conditional_and_the_same_bytes_are_not_parsed(httpserver: HTTPServer) -> None:
    site = Site(httpserver)
    round_ = begun(site)
    assert (after(round_, 3), after(round_, 21)) == (0, 0)
    assert [bool(tag) for tag in site.conditional] == [False, True, True]


@pytest.mark.parametrize("gone", [(404, "gone"), (200, "<html><body><p>Accept cookies</p></body></html>")])
def test_a_page_that_is_gone_or_walled_edits_nothing(httpserver: HTTPServer, gone: tuple[int, str]) -> None:
    site = Site(httpserver, etag=False)
    round_ = begun(site)
    site.status, site.page = gone
    assert (after(round_, 3), after(round_, 21)) == (0, 0)
    assert len(round_.archive.stored) == 1


def test_looks_keep_to_the_budget_of_a_round_and_come_later(httpserver: HTTPServer) -> None:
    paths = [f"/{n}" for n in range(4)]
    httpserver.expect_request("/feed").respond_with_data(feed(item(n, f"/{n}") for n in range(4)))
    for n, path in enumerate(paths):
        httpserver.expect_request(path).respond_with_data(page(n), content_type="text/html")
    round_ = Round(outlet(httpserver.url_for("/feed")))
    round_.again = PLAN
    round_.run()
    round_.pages_at_once = 3
    counts = []
    for hours in (3, 1, 1):
        after(round_, hours)
        counts.append(sum(asked(httpserver, path) for path in paths))
    assert counts == [7, 8, 8]


def test_without_a_plan_no_page_is_asked_for_again(httpserver: HTTPServer) -> None:
    round_ = begun(site := Site(httpserver))
    assert len(site.conditional) == 1
    quiet = Round(outlet(site.url))
    quiet.run()
    assert quiet.archive.rereads == {}
    assert round_.archive.rereads
