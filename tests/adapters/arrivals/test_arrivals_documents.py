"""NewsML-G2 and NITF: what an item becomes; what is none, held back, broken or hostile."""

from __future__ import annotations

import doctest
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from wire_samples import NITF, XHTML, message, newsml

from monitor.adapters.arrivals import nitf, parse
from monitor.core.article import Entry
from monitor.errors import FeedError


def read(document: str | bytes) -> list[Entry]:
    return list(parse(document if isinstance(document, bytes) else document.encode()).entries)


# --------------------------------------------------------------- NITF


def test_a_nitf_document_becomes_an_entry_that_is_whole() -> None:
    arrived = parse(NITF.encode())
    (entry,) = arrived.entries
    assert entry == Entry(
        url="urn:nitf:ledger.example:2026-0301-007",
        guid="urn:nitf:ledger.example:2026-0301-007",
        headline="Ferries & fares",
        standfirst="Islanders wait\n\nA short summary.",
        body="Fares will rise in the islands by 4 per cent.\n\nSecond paragraph, over two lines.\n\n"
        "The pier at Oban.\n\nFirst point\n\nSecond point",
        byline="By our transport desk",
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
        whole=True,
        filed_under="News / page 7, Scottish edition",
    )
    assert (list(arrived.outlets), arrived.embargo) == (["The Ledger"], None)


def test_an_embargo_and_an_address_on_the_web_are_known() -> None:
    document = NITF.replace('<date.issue norm="20260301T060000Z"/>', '<date.release norm="20260302T1200Z"/>')
    document = document.replace('type="print"', 'type="print" ex-ref="https://ledger.example/7"')
    arrived = parse(document.encode())
    assert arrived.entries[0].url == "https://ledger.example/7"
    assert arrived.embargo == datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1"])
def test_charsets(charset: str) -> None:
    document = NITF.replace("UTF-8", charset).replace("Islanders", "Sgòil £5")
    assert read(document.encode(charset))[0].standfirst.startswith("Sgòil £5 wait")


# --------------------------------------------------------------- NewsML-G2


def test_a_news_item_becomes_an_entry_that_is_whole() -> None:
    arrived = parse(newsml().encode())
    (entry,) = arrived.entries
    assert (entry.url, entry.guid) == ("urn:newsml:wire.example:20260302:7",) * 2
    assert (entry.headline, entry.standfirst, entry.byline) == (
        "Rents rise & rise",
        "A summary of it.",
        "By a reporter",
    )
    assert entry.body == "A crosshead\n\nRents rose again. So they say.\n\nIn Perth."
    assert (entry.published_at, entry.whole) == (datetime(2026, 3, 2, 7, tzinfo=UTC), True)
    assert entry.filed_under == "page 12, Late edition"
    assert list(arrived.outlets) == ["Wire Example"]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (
            f"<inlineXML contenttype='application/nitf+xml'>{NITF[NITF.index('<nitf>') :]}</inlineXML>",
            "Fares will rise",
        ),
        ("<inlineData contenttype='text/plain'>\n One.\n Two.\n</inlineData>", "One.\n\nTwo."),
        ("<inlineData contenttype='text/html'>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.</inlineData>", "One.\n\nTwo."),
        ("<inlineXML contenttype='text/xml'><story><p>One.</p><p>Two.</p></story></inlineXML>", "One.\n\nTwo."),
    ],
)
def test_the_text_in_whatever_form(content: str, body: str) -> None:
    (entry,) = read(newsml(content))
    assert entry.body.startswith(body)
    assert entry.headline == "Rents rise & rise"


def test_a_later_version_is_another_text_of_the_same_article() -> None:
    first, later = read(newsml())[0], read(newsml(version="2"))[0]
    assert first.url == later.url
    assert first.guid != later.guid


def test_a_message_has_many_and_what_is_no_text_or_held_back_is_none() -> None:
    document = message(
        newsml(guid="urn:a"),
        newsml(guid="urn:b", kind="picture"),
        newsml(guid="urn:c", status="canceled"),
        newsml(guid="urn:d", kind="composite", content="<remoteContent href='a.jpg'/>"),
    )
    arrived = parse(document.encode())
    assert [entry.guid for entry in arrived.entries] == ["urn:a", "urn:d"]
    assert [entry.whole for entry in arrived.entries] == [True, False]
    assert list(arrived.left_out) == ["urn:c: its provider says it is canceled"]


def test_an_embargo_is_known() -> None:
    meta = "<embargoed>2026-03-02T12:00:00Z</embargoed>"
    assert parse(newsml(meta=meta).encode()).embargo == datetime(2026, 3, 2, 12, tzinfo=UTC)


# --------------------------------------------------------------- broken and hostile


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "it is empty"),
        (NITF[: len(NITF) // 2].encode(), "it is cut off"),
        (newsml()[:-20].encode(), "it is cut off"),
        (b"<rss version='2.0'/>", "its first element is rss: neither NewsML-G2 nor NITF"),
        (b"<nitf><body/></nitf>", "no headline and no text"),
        (b"<nitf><body></nitf></body>", "it is not XML: mismatched tag in line 1"),
        (b"<a>" * 50_000, "200 deep"),
        (b"\xff\xd8\xff\xe0JFIF", "it is not XML"),
    ],
)
def test_of_a_broken_one_nothing_is_taken(document: bytes, why: str) -> None:
    with pytest.raises(FeedError, match=why):
        parse(document)


class _Honeypot(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - of this test alone

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("SECRET")
    server = HTTPServer(("127.0.0.1", 0), _Honeypot)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    trap = f"http://127.0.0.1:{server.server_address[1]}"
    document = NITF.replace("http://127.0.0.1:9/nitf-3-4.dtd", f"{trap}/nitf.dtd")
    (entry,) = read(document)  # a DTD that is only named does no harm
    assert entry.headline == "Ferries & fares"
    for subset in (
        f"<!ENTITY x SYSTEM 'file://{canary}'>",
        f"<!ENTITY x SYSTEM '{trap}/x'>",
        f"<!ENTITY % p SYSTEM '{trap}/p.dtd'> %p;",
    ):
        hostile = document.replace('.dtd">', f'.dtd" [{subset}]>').replace("Islanders", "&x;")
        try:
            assert "SECRET" not in read(hostile)[0].standfirst
        except FeedError as error:
            assert "declares entities" in str(error)  # noqa: PT017
    server.shutdown()
    server.server_close()
    assert _Honeypot.asked == []


def test_a_bomb_does_not_go_off() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    began = time.process_time()
    with pytest.raises(FeedError, match="declares entities"):
        parse(f"<!DOCTYPE nitf [<!ENTITY l0 'ha'>{laughs}]><nitf>&l11;</nitf>".encode())
    assert XHTML
    assert time.process_time() - began < 20


def test_examples_run() -> None:
    assert doctest.testmod(nitf).failed == 0
