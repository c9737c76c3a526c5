"""Articles as JSON lines: every fault has its line, field and remedy, and the other lines are read."""

import json
from datetime import UTC, datetime

import pytest

from monitor.adapters.article_lines import read_lines


def read(*lines):
    given = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return list(read_lines(given, "in.jsonl", lambda html, url: html.decode().strip("<p/>")))


def test_a_full_line_becomes_an_article():
    (line,) = read(
        {
            "outlet": "bbc",
            "url": "https://x.example/1",
            "headline": "H",
            "standfirst": "S",
            "body": "B",
            "byline": "By A",
            "published_at": "2026-11-20T07:00:00+01:00",
            "carried_by": ["stv"],
        }
    )
    assert line.faults == ()
    assert line.article.published_at == datetime(2026, 11, 20, 6, tzinfo=UTC)
    assert (line.article.outlet, line.article.carried_by) == ("bbc", ("stv",))


def test_html_gives_the_body_unless_there_is_one():
    html, both = read({"html": "<p>text</p>"}, {"html": "<p>text</p>", "body": "B"})
    assert (html.article.body, html.extracted) == ("text", True)
    assert both.article.body == "B"


@pytest.mark.parametrize(
    ("line", "field", "what"),
    [
        ("{", "", "it is not JSON"),
        ("[" * 100_000, "", "it is not JSON"),
        ("[]", "", "it is no JSON object"),
        ({"url": "https://x.example"}, "", "there is no text"),
        ({"headline": " "}, "", "there is no text"),
    ],
)
def test_what_is_no_article_is_a_fault_and_the_next_line_is_read(line, field, what):
    bad, good = read(line, {"headline": "H"})
    (fault,) = bad.faults
    assert bad.article is None
    assert (fault.where, fault.line, fault.field) == ("in.jsonl", 1, field)
    assert fault.what.startswith(what)
    assert fault.remedy
    assert good.article.headline == "H"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("outlet", 3),
        ("body", ["x"]),
        ("published_at", "yesterday"),
        ("published_at", "0001-01-01T00:00:00+14:00"),
        ("carried_by", "stv"),
        ("carried_by", [1]),
        ("headlin", "x"),
    ],
)
def test_a_field_at_fault_is_left_out_and_told(key, value):
    (line,) = read({"headline": "H", key: value})
    assert [f.field for f in line.faults] == [key]
    assert line.article.headline == "H"


def test_html_without_an_article_is_told_and_a_line_at_fault_keeps_its_address():
    (line,) = read({"url": "https://x.example/1", "html": "<p></p>"})
    assert [(f.field, f.what) for f in line.faults] == [("html", "no text of an article was found in it")]
    (line,) = read({"url": "https://x.example/2"})
    assert (line.article, line.url) == (None, "https://x.example/2")


def test_keys_of_the_senders_own_and_blank_lines_are_left_alone():
    lines = read({"headline": "H", "vendor_id": 7}, "  ", {"headline": "I"})
    assert [(line.number, line.faults) for line in lines] == [(1, ()), (3, ())]
