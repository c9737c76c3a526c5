"""The layouts of the mail: each safe, complete in numbers, readable as plain text; the chart of the round-up."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import MISSING, fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from morning import END, morning
from test_render import HOSTILE, Page, item

from monitor.adapters.render import Renderer, chart
from monitor.core.agreement import Layout
from monitor.core.digest import CopyLine, CutLine, Development, Piece, SectionPart, TopStory, Usual, trials
from monitor.core.ways_back import Pages, WaysBack

RENDERER = Renderer(Path(__file__).parents[2] / "templates/digest")
CONTENT, _ = morning().compose()
OTHERS = [layout for layout in Layout if layout is not Layout.FULL]


def laid_out(layout: Layout, **changes: object):
    return RENDERER.render(replace(CONTENT, layout=layout, **changes))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("layout", OTHERS)
def test_the_head_is_the_same(layout):
    mail, full = laid_out(layout), RENDERER.render(CONTENT)
    assert mail.subject == full.subject
    shown, known = (re.sub(r", \d+ min read", "", m.text).splitlines()[:3] for m in (mail, full))
    assert shown == known
    assert "10 of 11 sources were heard." in flat(Page(mail.html).text)


@pytest.mark.parametrize("layout", Layout)
def test_it_says_how_to_pause_or_stop_it(layout):
    """By a link where there is one, else truly; a mail without one has none that is dead."""
    back = Pages("https://m.example", leaving=True).ways_back("sss/morning/1")
    mail = laid_out(layout, back=back)
    links = [a["href"] for a in Page(mail.html).all("a")]
    assert [url for url in links if "/unsubscribe/" in url] == [back.leave, back.leave + "#stop"]
    assert {back.read, *([back.why] if layout is not Layout.BRIEF else [])} <= set(links)
    assert f"To pause or stop these mails:\n  {back.leave}\n" in mail.text
    for ways, said in (
        (WaysBack(ask="editors@client.example"), "answer it: answers go to editors@client.example."),
        (WaysBack(), f"tell the editors who send it for {CONTENT.client}."),
    ):
        mail = laid_out(layout, back=ways)
        for text in (flat(Page(mail.html).text), flat(mail.text)):
            assert f"To pause or stop this mail, {said}" in text
        assert "/unsubscribe/" not in mail.html + mail.text


@pytest.mark.parametrize("layout", OTHERS)
def test_every_story_is_named_or_counted(layout):
    mail = laid_out(layout)
    for text in (flat(Page(mail.html).text), flat(mail.text)):
        named = {i.story for i in CONTENT.items if i.headline in text}
        more = re.search(r"(\d+)(?: stor(?:y|ies))? more[,.]", text)
        assert len(named) + int(more[1] if more else 0) == CONTENT.stories
        for part in CONTENT.sections:
            assert part.title in text
    for story in CONTENT.top:
        assert story.url in mail.html
        assert story.url in mail.text


@pytest.mark.parametrize("layout", OTHERS)
def test_the_text_part_keeps_to_its_columns(layout):
    text = laid_out(layout).text
    assert [line for line in text.splitlines() if len(line) > 72 and "://" not in line] == []
    assert "\n\n\n\n" not in text
    assert "&amp;" not in text


@pytest.mark.parametrize("layout", OTHERS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_others_wrote_is_text(layout, hostile):
    odd = item(
        headline=hostile,
        outlet=hostile,
        byline=hostile,
        extract=(Piece(hostile),),
        editors_line=hostile,
        page=hostile,
    )
    grown = replace(odd, development=Development(END, 1, (CopyLine(hostile, "javascript:alert(1)"),)))
    part = SectionPart(
        "s", hostile, (odd,), 1, cut=(CutLine(hostile, "javascript:alert(1)", hostile),), developments=(grown,)
    )
    top = (TopStory("2", hostile, "javascript:alert(1)", hostile, hostile, (Piece(hostile),), 2),)
    mail = laid_out(layout, sections=(part,), stories=2, top=top, lead=hostile, title=hostile, client=hostile)
    page = Page(mail.html)
    assert not page.all("script", "iframe", "form")
    assert all(i["src"].startswith("cid:") for i in page.all("img"))
    assert all(re.match(r"https?://|#", a["href"]) for a in page.all("a"))
    assert hostile.split()[0][:60] in mail.text


@pytest.mark.parametrize("layout", OTHERS)
def test_silence_and_what_was_not_judged_are_said(layout):
    mail = laid_out(layout, unjudged=("benefits",))
    for text in (flat(Page(mail.html).text), flat(mail.text)):
        assert "The Courier" in text
        assert "Nothing was looked for in benefits" in text


def test_the_ministerial_mail_has_no_proofs_and_names_what_is_empty():
    empty = SectionPart("law", "LAW")
    mail = laid_out(Layout.MINISTERIAL, sections=(*CONTENT.sections, empty))
    assert "in connection with" not in Page(mail.html).text + mail.text
    assert "<mark" not in mail.html
    assert "No coverage: LAW." in flat(mail.text)
    assert "carried by 4 publishers" in flat(Page(mail.html).text)


# --------------------------------------------------------------- what mail readers understand

TAGS = set(
    """
    html head meta title style body div table tbody tr td th p h1 h2 h3 a b i strong span mark br ul ol li img
    """.split()
)
PROPERTIES = set(
    """
    background border border-bottom border-collapse border-color border-left border-radius border-top color display
    font font-size font-weight height letter-spacing line-height margin max-height max-width mso-hide overflow
    overflow-wrap padding padding-top text-align vertical-align white-space width
    """.split()
)
"""What Outlook, Gmail, Apple Mail and the like keep, or may drop without harm; no float, flex, grid, position."""


@pytest.mark.parametrize("content", [c for c in trials() if c.stories], ids=lambda c: str(c.layout))
def test_mail_readers_know_every_tag_and_property(content):
    mail = RENDERER.render(content)
    page = Page(mail.html)
    assert {tag for tag, _ in page.elements} <= TAGS
    styles = [attrs["style"] for _, attrs in page.elements if attrs.get("style")]
    kept = re.findall(r"\{([^{}]*)\}", re.search(r"<style>(.*?)</style>", mail.html, re.DOTALL)[1])
    parts = (part for style in (*styles, *kept) for part in style.split(";") if part.strip())
    used = {part.partition(":")[0].strip() for part in parts}
    assert used <= PROPERTIES
    laid = [t for t in page.all("table") if t.get("role") != "presentation"]
    assert len(laid) == (2 if content.layout is Layout.WEEKLY else 0)  # tables of numbers, with headings
    assert not re.search(r"https?://(?!ledger\.example|monitor\.example)", mail.html)


# --------------------------------------------------------------- the round-up


def test_the_round_up_has_a_chart_with_the_numbers_beside_it():
    mail = laid_out(Layout.WEEKLY)
    [image] = mail.images
    [shown] = Page(mail.html).all("img")
    assert shown["src"] == f"cid:{image.cid}"
    assert shown["alt"] == "By day: Fri 24 Nov 2, Sat 25 Nov 2, Sun 26 Nov 4, Mon 27 Nov 3."
    assert re.search(r"Fri 24\s+Sat 25\s+Sun 26\s+Mon 27\s+2\s+2\s+4\s+3", Page(mail.html).text)
    assert re.search(r"Sun 26 Nov +4  #{40}\n", mail.text)
    assert mail.page.count("data:image/png;base64,") == 1
    assert "cid:" not in mail.page


@pytest.mark.parametrize("layout", [Layout.FULL, Layout.BRIEF, Layout.MINISTERIAL])
def test_no_other_layout_has_a_picture(layout):
    assert laid_out(layout).images == ()


def test_a_round_up_of_one_day_or_of_a_month_has_no_chart():
    month = tuple(replace(CONTENT.days[0], day=CONTENT.days[0].day - timedelta(days=n)) for n in range(30))
    for days in ((), month):
        mail = laid_out(Layout.WEEKLY, days=days)
        assert mail.images == ()
        assert "<img" not in mail.html


def test_what_is_usual_stands_in_the_table():
    usual = Usual(3, 2, 5, 16, same_day=True)
    mail = laid_out(Layout.WEEKLY, sections=(replace(CONTENT.sections[0], usual=usual), *CONTENT.sections[1:]))
    assert re.search(r"Usual.*MINISTERIAL *2 *0 *2 to 5", flat(Page(mail.html).text))
    assert "2, usually 2 to 5" in mail.text


def pixels(png: bytes) -> list[bytes]:
    """The rows of a PNG, read as the standard says."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    place, chunks = 8, {}
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        data = png[place + 8 : place + 8 + length]
        assert struct.unpack(">I", png[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + data)
        chunks[kind] = data
        place += length + 12
    width, height, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colours) == (8, 3)
    raw = zlib.decompress(chunks[b"IDAT"])
    assert len(raw) == height * (width + 1)
    return [raw[y * (width + 1) + 1 : (y + 1) * (width + 1)] for y in range(height)]


def test_bars_are_as_high_as_their_numbers():
    rows = pixels(chart.bars([0, 2, 4]))
    column = len(rows[0]) // 3
    tall = [sum(row[n * column + column // 2] == chart.BLUE for row in rows) for n in range(3)]
    assert tall[0] == 0
    assert tall[2] > 0.95 * len(rows)
    assert abs(tall[1] - tall[2] / 2) <= 1
    assert set(rows[-1]) == {chart.GREY}


def test_the_same_numbers_give_the_same_picture():
    assert chart.bars([1, 2]) == chart.bars([1, 2]) != chart.bars([2, 1])
    assert pixels(chart.bars([0])) == pixels(chart.bars([]))


def test_the_time_to_read_is_that_of_what_is_shown():
    long = replace(CONTENT.sections[0].items[0], extract=(Piece("word " * 2000),), why=(Piece("word " * 2000),))
    part = replace(CONTENT.sections[0], items=(long,) * 3)
    said = {layout: laid_out(layout, sections=(part,), top=()).text for layout in Layout}
    minutes = {layout: int(re.search(r"(\d+) min read", text)[1]) for layout, text in said.items()}
    assert minutes == {Layout.FULL: 55, Layout.MINISTERIAL: 27, Layout.BRIEF: 1, Layout.WEEKLY: 1}


def test_the_trial_has_everything_that_an_edition_can_have():
    """A field that is new is in it, too: a template of somebody's own is tried with it."""
    [everything] = [c for c in trials() if c.stories and c.layout is Layout.WEEKLY]
    plain = [
        f.name for f in fields(everything) if f.default is not MISSING and getattr(everything, f.name) == f.default
    ]
    assert plain == ["theme"]
