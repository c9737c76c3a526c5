"""Addresses as identities: what names an article, whatever else an address says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.address import canonical_url, names_a_page, place_of

STORY = "example.org/news/ferry-fares-rise"

TWINS = [
    "https://example.org/news/ferry-fares-rise",
    "http://example.org/news/ferry-fares-rise",
    "//example.org/news/ferry-fares-rise",
    "HTTPS://WWW.Example.ORG/News/Ferry-Fares-Rise",
    "https://example.org:443/news/ferry-fares-rise/",
    "http://example.org:80//news///ferry-fares-rise/",
    "https://reader@example.org./news/ferry-fares-rise",
    "https://example.org/news/sport/../ferry-fares-rise/./",
    "https://example.org/news/ferry%2Dfares%2drise",
    "https://example.org/news/ferry-fares-rise/index.html",
    "https://example.org/news/ferry-fares-rise#comments",
    "https://example.org/news/ferry-fares-rise;jsessionid=1A2B",
    "  https://example.org/news/ferry-fares-rise\n",
    "https://m.example.org/news/ferry-fares-rise",
    "https://mobile.example.org/news/ferry-fares-rise",
    "https://www.m.example.org/news/ferry-fares-rise",
    "https://amp.example.org/news/ferry-fares-rise",
    "https://example.org/news/ferry-fares-rise/amp/",
    "https://example.org/amp/news/ferry-fares-rise",
    "https://example.org/news/amp/ferry-fares-rise",
    "https://example.org/news/ferry-fares-rise.amp",
    "https://example.org/news/ferry-fares-rise?amp",
    "https://example.org/news/ferry-fares-rise?amp=1",
    "https://example.org/news/ferry-fares-rise?outputType=amp",
    "https://example-org.cdn.ampproject.org/c/s/example.org/news/ferry-fares-rise",
    "https://www.google.co.uk/amp/s/www.example.org/news/ferry-fares-rise/amp/",
    "https://example.org/news/ferry-fares-rise?utm_source=rss&utm_medium=feed&UTM_Campaign=x",
    "https://example.org/news/ferry-fares-rise?at_medium=RSS&at_campaign=KARANGA",
    "https://example.org/news/ferry-fares-rise?ns_mchannel=rss&ito=1490",
    "https://example.org/news/ferry-fares-rise?fbclid=1&gclid=2&CMP=share&ref=home&source=rss",
]

OTHERS = [
    "https://example.org/news/ferry-fares-fall",
    "https://example.org/news",
    "https://example.org/news/ferry-fares-rise/2",
    "https://example.org/news/ferry-fares-rise?page=2",
    "https://example.org:8080/news/ferry-fares-rise",
    "https://news.example.org/news/ferry-fares-rise",
    "https://example.com/news/ferry-fares-rise",
    "https://example.org/news/ferry-fares-rise.html",
    "https://example.org/news/ferry-fares-rise?source=agency",
]


@pytest.mark.parametrize("url", TWINS)
def test_twins_are_one_address(url):
    assert canonical_url(url) == STORY


@pytest.mark.parametrize("url", OTHERS)
def test_what_may_be_another_article_stays_another_address(url):
    assert canonical_url(url) != STORY


def test_parameters_that_name_the_article_stay_in_order():
    assert canonical_url("https://example.org/?p=4&A=b+c&utm_id=1") == "example.org?A=b+c&p=4"
    assert canonical_url("https://example.org/?A=b%20c&p=4") == "example.org?A=b+c&p=4"
    assert canonical_url("https://example.org/watch?v=AbC") != canonical_url("https://example.org/watch?v=aBc")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://m.com/a", "m.com/a"),
        ("https://amp.dev/", "amp.dev"),
        ("https://example.org/amp", "example.org/amp"),
        ("https://example.org/news/é", "example.org/news/%c3%a9"),
        ("https://google.com/search?q=amp", "google.com/search?q=amp"),
        ("https://[::1", "https://[::1"),
        ("https://example.org:port/a", "https://example.org:port/a"),
        ("", ""),
    ],
)
def test_nothing_is_taken_that_would_leave_nothing(url, kept):
    assert canonical_url(url) == kept


HOSTS = st.sampled_from(["example.org", "www.example.org", "m.www.amp.example.co.uk", "x.cdn.ampproject.org"])
SEGMENTS = st.sampled_from(
    ["", "amp", "c", "s", "news", "..", ".", "index.html", "a.amp.html", "é%41", "B", "%2f"]
)
QUERIES = st.sampled_from(["", "?", "?b=2&a=1", "?amp", "?utm_x=1", "?q=%C3%A9+x", "?%26=%3d"])


@given(HOSTS, st.lists(SEGMENTS, max_size=5), QUERIES)
def test_a_canonical_address_is_its_own(host, segments, query):
    once = canonical_url(f"https://{host}/{'/'.join(segments)}{query}")
    assert canonical_url(f"//{once}") == once


@given(st.text(max_size=40))
def test_any_text_has_an_identity(text):
    assert isinstance(canonical_url(text), str)


def test_a_front_page_names_no_page():
    assert [names_a_page(canonical_url(u)) for u in ("https://example.org/", "https://example.org/a")] == [
        False,
        True,
    ]


def test_a_place_is_what_stays_when_a_site_moves():
    moved = [
        place_of(canonical_url(f"{site}/news/7654")) for site in ("http://a.example", "https://www.b.example:81")
    ]
    assert moved == ["/news/7654"] * 2
    assert place_of("example.org/7") == "", "too little to be told from another site's"


@pytest.mark.parametrize(
    "url", ["https://x.example/\ud800", "https://x.example/a?b=\ud800", "https://x.example/?\ud800"]
)
def test_a_lone_surrogate_names_an_article_too(url):
    assert canonical_url(url) == canonical_url(f"{url}#top") != canonical_url("https://x.example/a")
