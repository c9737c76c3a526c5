"""Listing pages: which links are picked, their words and dates; pages rebuilt, broken and hostile."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from monitor.adapters.kinds.listing import MAX_ENTRIES, parse
from monitor.errors import FeedError
from monitor.jobs.ports import Listed

URL = "https://paper.example/news/"
PAGE = """<!doctype html><html><head><title>News</title></head><body>
<nav><a href="/about">About</a></nav>
<main>
 <article class="teaser"><a href="/news/one?utm_source=x"><img src="a.jpg" alt=""></a>
  <h2><a href="/news/one">Ferries  &amp;
   fares</a></h2><time datetime="2026-03-01T09:00:00Z">1 March</time><p>Summary</p></article>
 <article class="teaser"><a href="two#comments"><h3>Rents rise</h3><span>Read more</span></a></article>
 <article class="teaser"><p>No link</p></article>
 <article class="teaser"><a href="#top">Up</a></article>
 <article class="teaser"><a href="javascript:void(0)">Share</a></article>
</main><footer><a href="/news/one">Most read</a></footer></body></html>"""


def read(page: str, selector: str) -> Listed:
    return parse(page.encode(), url=URL, content_type="text/html; charset=utf-8", selector=selector)


def test_elements_that_hold_a_link_each() -> None:
    one, two = read(PAGE, "article.teaser").entries
    assert (one.url, one.headline) == ("https://paper.example/news/one?utm_source=x", "Ferries & fares")
    assert one.published_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (two.url, two.headline, two.published_at) == ("https://paper.example/news/two", "Rents rise", None)


def test_links_themselves_each_address_once_with_the_words_it_has() -> None:
    entries = read(PAGE, "main a").entries
    assert [(e.url.rpartition("/")[2], e.headline) for e in entries] == [
        ("one", "Ferries & fares"),
        ("two", "Rents rise"),
    ]


def test_a_base_in_the_page_is_kept_to() -> None:
    page = '<head><base href="https://cdn.example/x/"></head><body><a href="1">One</a></body>'
    assert read(page, "a").entries[0].url == "https://cdn.example/x/1"


def test_from_the_top_and_the_bound_is_said() -> None:
    page = "".join(f"<p><a href='/{n}'>Headline {n}</a></p>" for n in range(MAX_ENTRIES + 1))
    listed = read(page, "p > a")
    assert [listed.entries[0].headline, len(listed.entries)] == ["Headline 0", MAX_ENTRIES]
    assert listed.left_out == "only the first 200 of 201 links were looked at"


@pytest.mark.parametrize(
    ("page", "selector", "why"),
    [
        ("", "a", "the answer is empty"),
        ("<!-- -->", "a", "the answer is empty"),
        (PAGE, "li.story a", "nothing on the page is picked by li.story a: it may have been rebuilt"),
        ("<p>We value your privacy</p>", "main a", "nothing on the page"),
        ("{}", "main a", "nothing on the page"),
        (PAGE, "a[", "is no CSS selector"),
    ],
)
def test_nothing_picked_is_no_success(page: str, selector: str, why: str) -> None:
    with pytest.raises(FeedError) as caught:
        read(page, selector)
    assert why in str(caught.value)


def test_hostile_pages_cost_little() -> None:
    began = time.process_time()
    for page in ("<div>" * 50_000 + "<a href='/1'>x</a>", "<a href='/1'>" * 50_000, "<a " + "x='1' " * 50_000):
        try:
            read(page, "main > div a, a")
        except FeedError:
            continue
    assert time.process_time() - began < 20
