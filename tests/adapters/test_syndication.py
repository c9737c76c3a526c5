"""Feeds and calendars as their readers find them: parsed by others' parsers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedparser
import icalendar as library
from morning import END

from monitor.adapters.agenda import Appointment, icalendar
from monitor.adapters.feeds import parse
from monitor.adapters.syndication import atom, json_feed
from monitor.core.outward import OutEntry, OutFeed

ENTRY = OutEntry(
    id="tag:monitor.example,2026:sss/morning/0a1b2c",
    title="‘Heat & eat’: <b>ministers</b> \x0banswer",
    url="https://paper.example/a?x=1&y=2",
    outlet="The Paper",
    byline="Jo Writer",
    section="benefits",
    section_title="BENEFITS",
    updated=END,
    published=END - timedelta(hours=3),
    extract="Families were told.",
    why="Winter Heating Payment",
    editors_line="Read this one.",
    major=True,
    edition="sss/morning/20231127T070000Z",
)
FEED = OutFeed("tag:monitor.example,2026:sss/morning", "Morning digest", "Body & Co", END, (ENTRY,))
HERE = "https://monitor.example/feeds/k/morning.atom"


def test_atom_says_the_same_to_another_parser():
    read = feedparser.parse(atom(FEED, HERE))
    assert not read.bozo
    assert read.version == "atom10"
    assert (read.feed.id, read.feed.title, read.feed.author) == (FEED.id, "Morning digest", "Body & Co")
    assert read.feed.updated == "2023-11-27T07:00:00Z"
    assert [link.href for link in read.feed.links if link.rel == "self"] == [HERE]
    [entry] = read.entries
    assert (entry.id, entry.link) == (ENTRY.id, ENTRY.url)
    assert entry.title_detail.type == "text/plain"
    assert entry.author == "Jo Writer, The Paper"
    assert [tag.term for tag in entry.tags] == ["benefits", "major"]
    assert (entry.published, entry.updated) == ("2023-11-27T04:00:00Z", "2023-11-27T07:00:00Z")


def test_our_own_parser_reads_our_atom():
    [entry] = parse(atom(FEED), url=HERE)
    assert entry.headline.startswith("‘Heat & eat’")


def test_markup_in_a_title_stays_text():
    text = atom(FEED).decode()
    assert "&lt;b&gt;ministers" in text
    assert "\x0b" not in text


def test_only_web_addresses_become_links():
    bad = replace(FEED, entries=(replace(ENTRY, url="javascript:alert(1)"),))
    assert b"javascript" not in atom(bad)
    assert "url" not in json.loads(json_feed(bad))["items"][0]


def test_json_feed_is_version_1_1():
    read = json.loads(json_feed(FEED, HERE))
    assert (read["version"], read["feed_url"]) == ("https://jsonfeed.org/version/1.1", HERE)
    [item] = read["items"]
    assert (item["id"], item["url"], item["tags"]) == (ENTRY.id, ENTRY.url, ["BENEFITS", "major"])
    assert item["content_text"] == "Read this one.\n\nFamilies were told.\n\nWhy: Winter Heating Payment"
    assert item["_monitor"]["edition"] == ENTRY.edition


def test_a_calendar_says_when_to_another_reader_and_is_the_same_all_day():
    at = datetime(2026, 3, 30, 6, tzinfo=UTC)  # 07:00 in London, the Monday after the clocks went forward
    made = [
        Appointment("sss/morning/1@monitor.example", "Morning digest; all, of it", at, text="On a holiday, too")
    ]
    ics = icalendar("Editions", made, at - timedelta(hours=4))
    assert ics == icalendar("Editions", made, at + timedelta(hours=9))
    [event] = library.Calendar.from_ical(ics).walk("VEVENT")
    assert event["UID"] == "sss/morning/1@monitor.example"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (at, at + timedelta(minutes=5))
    assert str(event["SUMMARY"]) == "Morning digest; all, of it"
    assert str(event["DESCRIPTION"]) == "On a holiday, too"
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))
