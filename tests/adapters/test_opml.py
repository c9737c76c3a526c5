"""OPML as people's files are, and as we write it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from monitor.adapters.opml import Outline, read, written
from monitor.core.xml import parse
from monitor.errors import InputError

REAL = sorted(Path("/work/shared/data/sources").glob("*.opml"))
OPML = """<?xml version='1.0' encoding='UTF-8'?><opml version="1.0"><head><title>Mine & others</title></head><body>
<outline text="Scotland"><outline TEXT="Paper & News" XMLURL="https://paper.example/rss?a=1&copy=2&amp;x=3"
 htmlUrl="https://paper.example/"/>
 <outline text="Local"><outline type="rss" title="Loom" xmlUrl="https://loom.example/feed">
 <outline text="empty heading" /></outline>
</outline>
<outline text="Nowhere" xmlUrl="feed://paper.example"><outline text="No feed" htmlUrl="https://x.example"/>
<outline text='Single' xmlUrl='https://single.example/feed'>
</body></opml>"""


def made(folder: Path, content: str | bytes) -> str:
    path = folder / "feeds.opml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_feeds_are_read_whatever_the_markup(tmp_path: Path) -> None:
    found = read(made(tmp_path, OPML))
    assert [(o.url, o.title, o.folder[:1]) for o in found.outlines] == [
        ("https://paper.example/rss?a=1&copy=2&x=3", "Paper & News", ("Scotland",)),
        ("https://loom.example/feed", "Loom", ("Scotland",)),
        ("https://single.example/feed", "Single", ("Scotland",)),
    ]
    assert found.outlines[0].homepage == "https://paper.example/"
    assert found.outlines[1].folder == ("Scotland", "Local")
    assert found.faults == ((7, "'feed://paper.example' is no http(s) address"),)


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-1"])
def test_charsets(tmp_path: Path, charset: str) -> None:
    content = (
        f"<?xml version='1.0' encoding='{charset}'?><opml><outline text='Sgòil' xmlUrl='https://a.example/f'/>"
    )
    assert read(made(tmp_path, content.encode(charset))).outlines[0].title == "Sgòil"


def test_what_is_written_is_well_formed_and_read_again(tmp_path: Path) -> None:
    outlines = [
        Outline("https://a.example/f?a=1&b=2", 'A & "B" <c>', "https://a.example/", ("One",)),
        Outline("https://b.example/f", "B", "", ("One",)),
        Outline("https://c.example/f", "C", "", ("Two & three",)),
    ]
    text = written(outlines, "Ours & theirs")
    assert parse(text.encode()).fault == ""
    again = read(made(tmp_path, text)).outlines
    assert [(o.url, o.title, o.homepage, o.folder) for o in again] == [
        (o.url, o.title, o.homepage, o.folder) for o in outlines
    ]
    assert parse(written([], "None").encode()).fault == ""


@pytest.mark.parametrize("content", ["", "<html><body>x</body></html>", "<rss/>", b"\xff\xd8\xff"])
def test_what_is_no_opml_is_an_error(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(InputError, match="is no OPML"):
        read(made(tmp_path, content))
    with pytest.raises(InputError, match="cannot be read"):
        read(str(tmp_path / "nowhere.opml"))


def test_hostile_ones_cost_little(tmp_path: Path) -> None:
    began = time.process_time()
    nested = "<outline text='x'>" * 50_000 + "<outline xmlUrl='https://a.example/f'/>"
    for content in (
        f"<opml>{nested}",
        "<opml>" + "<outline " * 50_000,
        "<opml>" + "&" * 200_000,
        "<opml><!--" * 5_000,
    ):
        read(made(tmp_path, content))
    assert time.process_time() - began < 20


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_ones(path: Path) -> None:
    found = read(str(path))
    assert len(found.outlines) == path.read_text().count("xmlUrl=")
    assert not found.faults


TORN = """<opml version="1.0"><body>
<outline text="Unquoted" type=rss xmlUrl=http://b.example/feed />
<outline text=Short xmlUrl=http://b.example/short/>
<outline text="The "Quoted" Times" type="rss" xmlUrl="http://c.example/feed"/>
<outline type="rss" xmlUrl="http://d.example/feed" isComment text="He said "no""/>
<outline text="Bool" isComment xmlUrl="http://e.example/feed"/>
<outline text="By url" type="rss" url="http://f.example/feed"/>
<outline text="Link" type="link" url="http://g.example/"/>
<outline text="Doubtful" url="http://h.example/"/>
<outline text="None" type="rss" xmlUrl=""/>
<outline text="Torn" = xmlUrl="http://i.example/feed"/>
<outline text="Last" xmlUrl="http://j.example/feed"/>
</body></opml>"""


def test_no_feed_is_lost_without_a_word(tmp_path: Path) -> None:
    found = read(made(tmp_path, TORN))
    assert [(one.line, one.url, one.title) for one in found.outlines] == [
        (2, "http://b.example/feed", "Unquoted"),
        (3, "http://b.example/short", "Short"),
        (4, "http://c.example/feed", 'The "Quoted" Times'),
        (5, "http://d.example/feed", 'He said "no"'),
        (6, "http://e.example/feed", "Bool"),
        (7, "http://f.example/feed", "By url"),
        (12, "http://j.example/feed", "Last"),
    ]
    assert found.faults == (
        (9, "'Doubtful' has a url and no xmlUrl: if it is a feed, call it so"),
        (10, "'None' is a feed without an address: it has no xmlUrl"),
        (11, "its xmlUrl cannot be read: write each value in double quotes"),
    )
