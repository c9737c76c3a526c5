"""Feeds: what becomes of each part of an entry, feeds that are broken, bodies that are none, weapons (F11-F13)."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire import saying, serving

from monitor.adapters import feeds
from monitor.core.article import Entry
from monitor.errors import FeedError

URL = "https://www.paper.example/news/feed/"
parse = partial(feeds.parse, url=URL)
WORDS = " ".join(f"word{n}" for n in range(120))


def rss(items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0"{head}><channel><title>T</title>{items}</channel></rss>'.encode()
    )


def only(body: bytes, **options: str) -> Entry:
    (entry,) = parse(body, **options)
    return entry


# --------------------------------------------------------------- the parts of an entry


def test_an_entry_of_rss() -> None:
    item = """<item><title>Carer&amp;#8217;s &lt;b&gt;Allowance&lt;/b&gt;
      rises</title><link>https://www.paper.example/1</link>
      <guid isPermaLink="false">id-1</guid>
      <description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two &amp;amp; three.&lt;/p&gt;</description>
      <pubDate>Mon, 02 Mar 2026 09:00:00 +0000</pubDate>
      <author>jane@paper.example (Jane Example)</author></item>"""
    assert only(rss(item)) == Entry(
        url="https://www.paper.example/1",
        headline="Carer’s Allowance rises",
        guid="id-1",
        standfirst="One.\n\nTwo & three.",
        byline="Jane Example",
        published_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )


def test_an_entry_of_atom_with_a_base() -> None:
    body = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/">
      <entry xml:base="y/"><title type="html">A &amp;amp; B</title><link href="z.html"/>
      <id>tag:a.example,2026:1</id>
      <summary>Short.</summary><updated>2026-03-02T10:00:00+01:00</updated></entry></feed>"""
    entry = only(body)
    assert (entry.url, entry.headline, entry.guid) == (
        "https://a.example/x/y/z.html",
        "A & B",
        "tag:a.example,2026:1",
    )
    assert entry.published_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link>/rel/1</link>", "https://www.paper.example/rel/1"),
        ("<link>item-1</link>", "https://www.paper.example/news/feed/item-1"),
        ("<link>\n  https://b.example/a b \n</link>", "https://b.example/a%20b"),
        ("<link>javascript:alert(1)</link>", URL + "?entry="),
        ("<link>http://[bad/</link>", URL + "?entry="),
        ("<guid>https://b.example/1</guid>", "https://b.example/1"),
        ("<guid isPermaLink='false'>https://b.example/1</guid>", "https://b.example/1"),
        ("<guid isPermaLink='false'>abc 1</guid>", URL + "?entry=abc+1"),
        ("", URL + "?entry="),
    ],
)
def test_every_entry_has_an_address(link: str, url: str) -> None:
    assert only(rss(f"<item><title>A</title>{link}</item>")).url.startswith(url)


def test_entries_without_address_are_told_apart() -> None:
    entries = parse(rss("<item><title>A</title></item><item><title>B</title></item><item><guid>x</guid></item>"))
    assert len({entry.url for entry in entries}) == 3


@pytest.mark.parametrize(
    "item", ["<item/>", "<item><category>x</category></item>", "<item><title> </title></item>"]
)
def test_an_entry_that_says_nothing_is_none(item: str) -> None:
    assert parse(rss(item)) == ()


CONTENT = ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'


@pytest.mark.parametrize(
    ("parts", "standfirst", "body"),
    [
        ("<description>S</description>", "S", ""),
        (f"<description>S</description><content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded>", "S", WORDS),
        ("<description>S</description><content:encoded>Too short</content:encoded>", "S", ""),
        ("<content:encoded>Too short</content:encoded>", "Too short", ""),
        (
            f"<description>{WORDS} more</description><content:encoded>{WORDS}</content:encoded>",
            f"{WORDS} more",
            "",
        ),
        (
            "<description>S\n\nThe post &lt;a>T&lt;/a> appeared first on &lt;a>P&lt;/a>.</description>",
            "S",
            "",
        ),
    ],
)
def test_summary_or_full_text(parts: str, standfirst: str, body: str) -> None:
    entry = only(rss(f"<item><title>T</title>{parts}</item>", CONTENT))
    assert (entry.standfirst, entry.body) == (standfirst, body)


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("Wed, 01 Jul 2026 10:00:00 BST", 9),
        ("Wed, 01 Jul 2026 10:00:00 GMT", 10),
        ("2026-07-01T10:00:00Z", 10),
        ("soon", None),
        ("0001-01-01T00:00:00Z", None),
        ("99999999999", None),
        ("", None),
    ],
)
def test_dates(date: str, hour: int | None) -> None:
    found = only(rss(f"<item><title>T</title><pubDate>{date}</pubDate></item>")).published_at
    assert (found and found.hour) == hour
    assert found is None or found.tzinfo is UTC


# --------------------------------------------------------------- bodies that are no feed (F13)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (
            b"<!DOCTYPE html><html><head><title>Cookies</title></head><body><p>Agree</p></body></html>",
            "a web page",
        ),
        (b"\xef\xbb\xbf<html lang='en'><body>Sign in</body></html>", "a web page"),
        (b'{"version": 1}', "JSON"),
        (b"nothing of the kind", "not a feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed"),
        (b"<" * 1_000_001, "tags"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: bytes, why: str) -> None:
    with pytest.raises(FeedError, match=why):
        parse(body)


def test_an_empty_feed_is_a_feed() -> None:
    assert parse(rss("")) == ()


def test_what_a_broken_feed_still_gives_is_used() -> None:
    cut = rss("<item><title>One & two</title><link>https://b.example/1</link></item><item><title>Th")[:-30]
    assert [entry.url for entry in parse(cut)][:1] == ["https://b.example/1"]


# --------------------------------------------------------------- charsets (F12)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", ""])
@pytest.mark.parametrize("header", ["text/xml; charset=utf-8", "application/rss+xml", "text/html", ""])
def test_text_is_right_under_right_and_wrong_labels(charset: str, label: str, header: str) -> None:
    title = "Gàidhlig: £5 – “Carer’s” é"
    encoding = f' encoding="{label}"' if label else ""
    body = rss(f"<item><title>{title}</title></item>").decode().replace('"1.0"', f'"1.0"{encoding}')
    assert only(body.encode(charset), content_type=header).headline == title


def test_one_wrong_byte_does_not_cost_the_others() -> None:
    body = rss("<item><title>’é£ XX</title></item>").replace(b"XX", b"\xa3")
    assert only(body, content_type="application/rss+xml; charset=utf-8").headline == "’é£ £"


# --------------------------------------------------------------- weapons (F11)


def test_a_body_is_never_taken_for_an_address_or_a_path(tmp_path: Path) -> None:
    canary = tmp_path / "canary.xml"
    canary.write_bytes(rss("<item><title>CANARY</title></item>"))

    async def run() -> int:
        async with serving(saying()) as wire:
            for body in (str(canary), f"file://{canary}", wire.url()):
                with pytest.raises(FeedError):
                    await asyncio.to_thread(parse, body.encode())
            return len(wire.requests)

    assert asyncio.run(run()) == 0


def test_no_entity_opens_a_file_or_an_address(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("CANARY")

    async def run() -> tuple[str, int]:
        async with serving(saying()) as wire:
            doctype = (
                f'<!DOCTYPE rss SYSTEM "{wire.url("/a.dtd")}" [<!ENTITY x SYSTEM "file://{canary}">'
                f'<!ENTITY % p SYSTEM "{wire.url("/p.dtd")}"> %p; <!ENTITY y SYSTEM "{wire.url("/y")}">]>'
            )
            body = rss("<item><title>T &x; &y;</title></item>").replace(b"<rss", doctype.encode() + b"<rss")
            entry = (await asyncio.to_thread(parse, body))[0]
            return entry.headline, len(wire.requests)

    headline, requests = asyncio.run(run())
    assert "CANARY" not in headline
    assert requests == 0


LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
WEAPONS = {
    "entities": b'<!DOCTYPE rss [<!ENTITY a0 "lol">' + LAUGHS + b"]>" + rss("<item><title>&a11;</title></item>"),
    "nested tags": rss("<item><title>T</title><description>" + "<b>" * 50_000 + "x</description></item>"),
    "nested elements": b"<rss version='2.0'><channel>" + b"<a>" * 50_000,
    "nested escaped tags": rss("<item><description>" + "&lt;div>" * 50_000 + "x</description></item>"),
    "unterminated": b"<rss version='2.0'><channel><item><title>T" + b"<a href='" * 50_000,
    "comments": b"<rss version='2.0'>" + b"<!--" * 200_000,
    "doctypes": b"<!DOCTYPE " * 100_000 + b"<rss version='2.0'>",
    "a long title": b"<rss version='2.0'><channel><item><title>" + b"a" * 15_000_000,
}


@pytest.mark.parametrize("weapon", WEAPONS)
def test_takes_bounded_time(weapon: str) -> None:
    began = time.process_time()
    with suppress(FeedError):
        parse(WEAPONS[weapon])
    assert time.process_time() - began < 20


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/=item lnkrstedg\"'&;!-[]CDATA", max_size=300))
def test_any_body_gives_entries_or_says_why(text: str) -> None:
    for body in (text.encode(), rss(f"<item><title>T</title>{text}")):
        try:
            assert all(entry.url for entry in parse(body))
        except FeedError:
            continue
