"""The sample site over real HTTP: feeds, pages, validators, and the three feeds that misbehave."""

import calendar
import doctest
import html
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import partial
from urllib.parse import urlsplit

import feedparser
import lxml.html
import pytest

from monitor.adapters import arrivals
from monitor.adapters.kinds import listing, sitemap
from monitor.sample import press
from monitor.sample.morning import Morning, SampleArticle, load_morning
from monitor.sample.site import SampleSite, replies

SEVEN = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)
SLOW = 0.6


@pytest.fixture(scope="module")
def morning() -> Morning:
    return load_morning(SEVEN)


@pytest.fixture(scope="module")
def site(morning: Morning) -> Iterator[SampleSite]:
    with SampleSite(morning, slow_seconds=SLOW) as opened:
        yield opened


def ask(url: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request(method, parts.path, headers=named)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def moment(entry: feedparser.FeedParserDict) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(entry.published_parsed), UTC)


def page(site: SampleSite, article: SampleArticle) -> tuple[Message, bytes]:
    status, headers, body = ask(site.url + article.url_path)
    assert status == article.page_status
    return headers, body


def text_of(body: bytes, css_class: str) -> list[str]:
    """The paragraphs of an element, entities decoded until stable."""
    paragraphs = lxml.html.fromstring(body).xpath(f"//*[@class='{css_class}']//p")
    return [html.unescape(html.unescape(p.text_content())) for p in paragraphs]


def test_every_readable_feed_has_its_articles(site: SampleSite, morning: Morning) -> None:
    for outlet in (o for o in morning.outlets if o.has_feed and o.behaviour != "broken"):
        with urllib.request.urlopen(site.url + outlet.feed_path) as response:
            feed = feedparser.parse(response.read())
        assert not feed.bozo, outlet.id
        links = [entry.link.partition("?")[0] for entry in feed.entries]
        assert links == [site.url + a.url_path for a in morning.of(outlet.id)]
        dates = [moment(entry) for entry in feed.entries]
        assert dates == [a.published for a in morning.of(outlet.id)]


def test_the_forms_of_feeds(site: SampleSite, morning: Morning) -> None:
    versions = {}
    for outlet in (o for o in morning.outlets if o.has_feed and o.behaviour == "steady"):
        feed = feedparser.parse(ask(site.url + outlet.feed_path)[2])
        versions[outlet.id] = feed.version
        assert all("content" in e for e in feed.entries) == (outlet.form == "rss_full"), outlet.id
    assert sorted(v for v in versions.values() if v != "rss20") == ["atom10"]


def test_the_outlets_without_a_feed(site: SampleSite, morning: Morning) -> None:
    """A sitemap, a page of links, and files, each with every article of its outlet."""
    by_form = {o.form: o for o in morning.outlets if not o.has_feed}
    assert set(by_form) == {"sitemap", "listing", "folder"}
    since = SEVEN - timedelta(days=3)
    for form, parse in (("sitemap", sitemap.parse), ("listing", partial(listing.parse, selector="main li.story"))):
        outlet = by_form[form]
        url = site.url + outlet.feed_path
        listed = parse(ask(url)[2], url=url, **({"since": since} if form == "sitemap" else {}))
        said = [(e.url.partition("?")[0], e.headline, e.published_at) for e in listed.entries]
        assert said == [(site.url + a.url_path, a.headline, a.published) for a in morning.of(outlet.id)]
    sent = list(press.sent_files(morning, site.url))
    articles = morning.of(by_form["folder"].id)
    assert [(file.path.rpartition("/")[2], file.at) for file in sent] == [
        (f"{a.slug}.xml", a.published) for a in articles
    ]
    for file, article in zip(sent, articles, strict=True):
        (entry,) = arrivals.parse(file.content).entries
        assert (entry.headline, entry.url) == (article.headline, site.url + article.url_path)
        assert entry.body == "\n\n".join([*article.paragraphs, *([article.caption] if article.caption else [])])
    assert f"Sitemap: {site.url}/daily_meridian/sitemap-news.xml".encode() in ask(f"{site.url}/robots.txt")[2]


def test_a_feed_says_the_standfirst_or_the_first_paragraph(site: SampleSite, morning: Morning) -> None:
    feed = feedparser.parse(ask(f"{site.url}/inverclyde_packet/rss.xml")[2])
    said = {entry.id.partition(":")[2]: entry.summary for entry in feed.entries}
    assert said["greenock-drop-in"] == morning.article("greenock-drop-in").standfirst
    assert said["packet-job-start-payment"] == morning.article("packet-job-start-payment").paragraphs[0]


def test_entities_are_encoded_twice_where_they_should_be(site: SampleSite) -> None:
    body = ask(f"{site.url}/tay_valley_sentinel/rss.xml")[2].decode()
    assert "<title>Carer&amp;#8217;s Allowance Supplement" in body
    page_body = ask(f"{site.url}/tay_valley_sentinel/news/health-and-care/carers-supplement-paid-twice/")[2]
    assert b"<p>Nine hundred unpaid carers who were paid the Carer&amp;#8217;s Allowance Supplement" in page_body


def test_pages_carry_the_text_and_nothing_else_in_the_body(site: SampleSite, morning: Morning) -> None:
    for article in (a for a in morning.articles if a.page_status == 200):
        _, body = page(site, article)
        assert text_of(body, "article-body") == list(article.paragraphs), article.slug


def test_pages_are_dressed_as_real_ones(site: SampleSite, morning: Morning) -> None:
    article = morning.article("nairn-garden-opened")
    tree = lxml.html.fromstring(page(site, article)[1])
    assert tree.xpath("//link[@rel='canonical']/@href") == [site.url + article.url_path]
    assert tree.xpath("//meta[@property='article:published_time']/@content") == ["2026-03-03T11:15:00Z"]
    assert (
        '"datePublished": "2026-03-03T11:15:00Z"' in tree.xpath("//script[@type='application/ld+json']/text()")[0]
    )
    assert tree.xpath("//figcaption/text()") == [article.caption]
    for furniture in (
        "cookie-consent",
        "related",
        "newsletter",
        "author-bio",
        "most-read",
        "comments",
        "site-footer",
    ):
        assert tree.xpath(f"//*[contains(concat(' ', @class, ' '), ' {furniture} ')]"), furniture


def test_the_furniture_tempts(site: SampleSite, morning: Morning) -> None:
    article = morning.article("glasgow-glass-bins")
    tree = lxml.html.fromstring(page(site, article)[1])
    assert "Social Security Scotland strike vote" in tree.xpath("string(//aside[contains(@class, 'related')])")
    assert "Scottish Child Payment" not in article.body


@pytest.mark.parametrize(
    ("slug", "declared"),
    [
        ("bus-for-warmth", "text/html"),
        ("loom-food-alliance-kitchen", "text/html; charset=iso-8859-1"),
        ("gales-shut-bridges", "text/html; charset=utf-8"),
    ],
)
def test_pages_are_in_their_charset(site: SampleSite, morning: Morning, slug: str, declared: str) -> None:
    article = morning.article(slug)
    headers, body = page(site, article)
    assert headers["Content-Type"] == declared
    assert (f'<meta charset="{article.charset}">'.encode() in body) == (slug != "loom-food-alliance-kitchen")
    assert body.decode(article.charset)
    assert (article.charset == "utf-8") == (not _breaks_utf8(body))


def _breaks_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


@pytest.mark.parametrize(("slug", "status"), [("greenock-drop-in", 403), ("sanctions-review-announced", 404)])
def test_pages_that_refuse(site: SampleSite, morning: Morning, slug: str, status: int) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(site.url + morning.article(slug).url_path)
    assert caught.value.code == status
    assert "ETag" not in caught.value.headers


def test_conditional_get_answers_304(site: SampleSite) -> None:
    url = f"{site.url}/clyde_herald_post/rss.xml"
    status, headers, body = ask(url)
    assert (status, bool(body)) == (200, True)
    assert headers["Last-Modified"] == "Wed, 04 Mar 2026 00:40:00 GMT"
    for condition in (
        {"If_None_Match": headers["ETag"]},
        {"If_None_Match": f'"other", W/{headers["ETag"]}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": headers["Last-Modified"]},
    ):
        status, again, body = ask(url, **condition)
        assert (status, body) == (304, b""), condition
        assert again["ETag"] == headers["ETag"]


@pytest.mark.parametrize(
    "condition",
    [
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": "Wed, 04 Mar 2026 07:00:00 GMT"},
        {"If_Modified_Since": "Tue, 03 Mar 2026 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
    ],
)
def test_conditions_that_do_not_hold_get_the_whole(site: SampleSite, condition: dict[str, str]) -> None:
    assert ask(f"{site.url}/clyde_herald_post/rss.xml", **condition)[0] == 200


def test_the_same_morning_has_the_same_validators_and_another_has_not(morning: Morning, site: SampleSite) -> None:
    port = int(site.url.rpartition(":")[2])
    etag = ask(f"{site.url}/clyde_herald_post/rss.xml")[1]["ETag"]
    assert replies(load_morning(SEVEN), f"http://127.0.0.1:{port}")["/clyde_herald_post/rss.xml"].etag == etag
    other = load_morning(SEVEN + timedelta(days=1))
    assert replies(other, f"http://127.0.0.1:{port}")["/clyde_herald_post/rss.xml"].etag != etag


def test_head_sends_headers_only(site: SampleSite) -> None:
    status, headers, body = ask(f"{site.url}/up_the_close/atom.xml", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000
    assert headers["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_connection_can_be_kept(site: SampleSite) -> None:
    parts = urlsplit(site.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    for path in ("/robots.txt", "/nowhere", "/"):
        connection.request("GET", path)
        response = connection.getresponse()
        assert response.read()
        assert response.status == (404 if path == "/nowhere" else 200)
    connection.close()


def test_robots_index_and_front_pages(site: SampleSite) -> None:
    assert ask(f"{site.url}/robots.txt")[2].startswith(b"User-agent: *")
    assert b"The Highland Lantern" in ask(f"{site.url}/")[2]
    assert b"Gusts of 94mph" in ask(f"{site.url}/highland_lantern/")[2]


def test_the_broken_feed_is_an_html_page(site: SampleSite) -> None:
    status, headers, body = ask(f"{site.url}/britannic_online/rss.xml")
    assert status == 200
    assert headers["Content-Type"].startswith("text/html")
    feed = feedparser.parse(body)
    assert not feed.version
    assert feed.entries == []


def test_the_slow_feed_arrives_in_pieces_and_whole(site: SampleSite) -> None:
    started = time.monotonic()
    body = ask(f"{site.url}/paisley_loom/rss.xml")[2]
    assert time.monotonic() - started >= SLOW * 0.9
    assert len(feedparser.parse(body).entries) == 4


def test_the_silent_feed_is_valid_and_old(site: SampleSite) -> None:
    feed = feedparser.parse(ask(f"{site.url}/langtoun_gazette/rss.xml")[2])
    newest = max(moment(e) for e in feed.entries)
    assert not feed.bozo
    assert SEVEN - newest > timedelta(days=14)


def test_the_site_is_quiet_when_readers_hang_up(site: SampleSite, capfd: pytest.CaptureFixture[str]) -> None:
    parts = urlsplit(site.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    connection.request("GET", "/paisley_loom/rss.xml")
    connection.close()
    time.sleep(SLOW + 0.2)
    ask(f"{site.url}/nowhere")
    assert capfd.readouterr() == ("", "")


def test_it_stops_cleanly_and_promptly(morning: Morning) -> None:
    with SampleSite(morning, slow_seconds=30) as opened:
        url = opened.url
        parts = urlsplit(url)
        waiting = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        waiting.request("GET", "/paisley_loom/rss.xml")
        started = time.monotonic()
    assert time.monotonic() - started < 25
    waiting.close()
    with pytest.raises(OSError, match="refused"):
        ask(f"{url}/")
    opened.close()
    with pytest.raises(RuntimeError, match="not open"):
        _ = opened.url


def test_marked_words_must_be_there(morning: Morning) -> None:
    article = SampleArticle("x", "x", "news", "X", SEVEN, body="One.", markup=(("Two", "<b>Two</b>"),))
    with pytest.raises(ValueError, match="Two"):
        press.body_html(article)


def test_examples_run() -> None:
    assert doctest.testmod(press).failed == 0
