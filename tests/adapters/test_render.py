"""Rendering: what a mail says and looks like, and that nothing in it can do harm or be loaded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from morning import END, MADE, WINDOW, article, filler, morning

from monitor.adapters.render import Renderer
from monitor.adapters.render.filters import day_ago, near, with_weekend, wrapped
from monitor.core.agreement import Layout
from monitor.core.digest import (
    CATCH_UP,
    Completeness,
    CopyLine,
    CutLine,
    Development,
    EditionContent,
    Elsewhere,
    GapLine,
    Item,
    Piece,
    SectionPart,
    SilentSource,
    Usual,
)
from monitor.core.edition import Window
from monitor.core.links import web_link
from monitor.errors import RenderError

TEMPLATES = Path(__file__).parents[2] / "templates/digest"
RENDERER = Renderer(TEMPLATES)
CONTENT, _ = morning().compose()
MAIL = RENDERER.render(CONTENT)


def content(*parts: SectionPart, **more: object) -> EditionContent:
    found = parts or (SectionPart("s", "SECTION"),)
    return replace(
        CONTENT, sections=found, **{"stories": 0, "major": 0, "lead": "", "top": (), "days": (), **more}
    )


def item(**more: object) -> Item:
    known = {
        "story": "1",
        "article": "1",
        "headline": "A headline",
        "url": "https://herald.example/1",
        "outlet": "The Herald",
        "byline": "",
        "published_at": END,
        "first_seen": END,
        "term": "T",
        "extract": (Piece("An extract."),),
        "why": (Piece("T"),),
    }
    return Item(**{**known, **more})  # type: ignore[arg-type]


class Page(HTMLParser):
    """Elements, their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._in_style else data

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.elements if tag in tags]


PAGE = Page(MAIL.html)


# --------------------------------------------------------------- the subject


@pytest.mark.parametrize(
    ("more", "subject"),
    [
        (
            {"stories": 14, "major": 3, "lead": "Winter Heating Payment"},
            "Winter Heating Payment leads (14 stories, 3 major) - Mon 27 Nov",
        ),
        ({"stories": 14, "lead": "Universal Credit"}, "Universal Credit leads (14 stories) - Mon 27 Nov"),
        ({"stories": 1, "major": 1, "lead": "Universal Credit"}, "Universal Credit (1 story, major) - Mon 27 Nov"),
        ({"stories": 1, "lead": "Universal Credit"}, "Universal Credit (1 story) - Mon 27 Nov"),
        ({}, "No coverage today - Morning digest, Mon 27 Nov"),
        ({"delayed": True}, "Delayed: No coverage today - Morning digest, Mon 27 Nov"),
        (
            {"sections": (SectionPart("s", "S", held=12),)},
            "Nothing major today: 12 matched - Morning digest, Mon 27 Nov",
        ),
    ],
)
def test_the_subject_says_something(more, subject):
    assert (
        RENDERER.render(content(**more) if "sections" not in more else replace(content(), **more)).subject
        == subject
    )


def test_an_edition_laid_out_the_day_before_is_dated_when_it_goes_and_says_no_more_than_yet():
    laid = replace(content(), made_at=END - timedelta(hours=13), until=END - timedelta(hours=13))
    mail = RENDERER.render(laid)
    assert mail.subject == "No coverage yet - Morning digest, Mon 27 Nov"
    assert "Monday 27 November 2023" in mail.text
    assert "Sunday 26 November 2023" not in mail.text.partition("\n\n\n")[0]
    held = replace(laid, sections=(SectionPart("s", "S", held=12),))
    assert RENDERER.render(held).subject == "Nothing major yet: 12 matched - Morning digest, Mon 27 Nov"


@given(st.text(max_size=120))
@settings(max_examples=50, deadline=None)
def test_the_subject_is_one_short_line(lead):
    subject = RENDERER.render(content(stories=9999, major=999, lead=lead, delayed=True)).subject
    assert len(subject) < 90
    assert not re.search(r"[\r\n]", subject)


# --------------------------------------------------------------- the page


def test_the_page_says_its_language_and_its_width():
    assert PAGE.all("html") == [{"lang": "en-GB"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in PAGE.all("meta")
    assert [t.get("role") for t in PAGE.all("table")].count("presentation") >= 2
    assert MAIL.html.lower().startswith("<!doctype html>")
    assert '<meta charset="utf-8">' in MAIL.html[:1024]


def test_headings_are_in_order():
    levels = [int(tag[1]) for tag, _ in PAGE.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert levels.count(2) == len(CONTENT.sections) + 2  # the top stories, and what was not heard
    assert levels.count(3) == CONTENT.stories


def test_the_index_leads_to_every_section():
    ids = {attrs["id"] for _, attrs in PAGE.elements if "id" in attrs}
    inner = [a["href"][1:] for a in PAGE.all("a") if a["href"].startswith("#")]
    assert set(inner) <= ids
    assert {part.id.replace("_", "-") for part in CONTENT.sections} <= set(inner)


def test_nothing_is_loaded_or_run():
    assert not {tag for tag, _ in PAGE.elements} & {
        "img",
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "video",
        "base",
    }
    assert not [
        a
        for _, attrs in PAGE.elements
        for a in attrs
        if a.startswith("on") or a in ("src", "background", "srcset")
    ]
    assert not re.search(r"url\(|@import|expression\(", MAIL.html)


def test_styles_are_inline_and_media_queries_are_kept():
    assert all("style" in a for a in PAGE.all("h1", "h2", "h3", "mark"))
    assert "prefers-color-scheme" in MAIL.html
    assert "max-width: 480px" in MAIL.html or "max-width:480px" in MAIL.html


def test_a_plain_morning_is_small():
    assert len(MAIL.html.encode()) < 30_000


def test_every_link_says_where_it_leads():
    for text in re.findall(r"<a [^>]*>(.*?)</a>", MAIL.html, re.DOTALL):
        assert re.sub("<[^>]+>", "", text).strip().lower() not in (
            "",
            "here",
            "more",
            "link",
            "read more",
            "click here",
        )


def test_counts_and_completeness_stand_at_the_head():
    head = PAGE.text[: PAGE.text.index("Minister sets out")]
    assert "10 of 11 sources were heard." in head
    assert "Nothing was cut." in head
    assert re.search(r"The Courier\s+has been silent since Sat 18:00", head)


# --------------------------------------------------------------- hostile content

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "&lt;b&gt; & co",
    "<!--",
    "]]>",
    "Curly ’quotes’ “here”",
    "a" * 500,
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_others_wrote_is_text_wherever_it_stands(hostile):
    part = SectionPart(
        "s",
        hostile,
        (
            item(
                headline=hostile,
                outlet=hostile,
                byline=hostile,
                extract=(Piece(hostile),),
                why=(Piece(hostile),),
                also=(hostile,),
                note=hostile,
            ),
        ),
        count=1,
        cut=(CutLine(hostile, "https://herald.example/2", hostile),),
        elsewhere=(Elsewhere("e", hostile, 1),),
    )
    silent = (SilentSource(hostile, hostile, None, hostile),)
    odd = content(part, stories=1, lead=hostile, title=hostile, client=hostile)
    mail = RENDERER.render(
        replace(odd, completeness=replace(odd.completeness, failed=silent, quiet=silent, unaddressed=(hostile,)))
    )
    page = Page(mail.html)
    assert not page.all("script", "img")
    assert "49" not in page.text or "49" in hostile
    assert page.text.count(hostile) >= 9
    assert hostile.split()[0][:60] in mail.text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "",
        "http://",
        "https://[",
        "mailto:a@example.org",
        'https://a.example/"onmouseover="x',
        "https://a.example/\nx",
        "https://a.example/<b>",
        "https://a.example/\ud800",
    ],
)
def test_only_addresses_of_the_web_become_links(url):
    mail = RENDERER.render(content(SectionPart("s", "S", (item(url=url),), count=1), stories=1))
    assert [a for a in Page(mail.html).all("a") if not a["href"].startswith("#")] == []
    assert "A headline" in mail.text


@given(st.text(max_size=80))
def test_a_link_is_of_the_web_or_none(url):
    assert web_link(url) == "" or re.match(r"https?://[^\s\"<>]+$", web_link(url))


# --------------------------------------------------------------- contrast

_COLOURS = re.compile(r"(?<![-\w])(color|background):\s*(#[0-9a-f]{6})")


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rules(css: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(_COLOURS.findall(body))
    return found


STYLE = (TEMPLATES / "style.css").read_text()
LIGHT = rules(STYLE.split("@media")[0])
DARK_CSS = STYLE[STYLE.index("(prefers-color-scheme: dark)") :]
DARK = rules(DARK_CSS[DARK_CSS.index("{") + 1 :])
INSIDE = {  # what stands on what
    ".in": "body",
    "h2": "body",
    "a": "body",
    ".dim": "body",
    ".why": "body",
    ".foot": "body",
    ".tag": "body",
    ".term": ".term",
    ".context": ".context",
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("what", INSIDE)
def test_text_can_be_read(mode, what):
    look = LIGHT if mode == "light" else {k: {**LIGHT.get(k, {}), **v} for k, v in DARK.items()}
    assert contrast(look[what]["color"], look[INSIDE[what]]["background"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("box", [".ok", ".late"])
@pytest.mark.parametrize("text", [".in", "a"])
def test_text_in_boxes_can_be_read(mode, box, text):
    look = LIGHT if mode == "light" else DARK
    assert contrast(look[text]["color"], look[box]["background"]) >= 4.5


# --------------------------------------------------------------- the text part


def test_the_text_part_keeps_to_its_columns():
    assert [line for line in MAIL.text.splitlines() if len(line) > 72 and "://" not in line] == []
    assert not re.search(r"[ \t]$", MAIL.text, re.MULTILINE)
    assert "\n\n\n\n" not in MAIL.text


def test_the_text_part_says_what_the_page_says():
    for i in CONTENT.items:
        for said in (i.headline, i.outlet, "".join(p.text for p in i.why)):
            assert " ".join(said.split()) in " ".join(MAIL.text.split())
        assert i.url in MAIL.text
    assert "*Universal Credit*" in MAIL.text
    assert "&amp;" not in MAIL.text
    assert "<p" not in MAIL.text


@given(st.text(max_size=300), st.sampled_from(["", "    "]))
def test_wrapping_loses_no_word(text, indent):
    assert wrapped(text, indent).split() == text.split()


# --------------------------------------------------------------- what is said when


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"failed": (), "heard": 11}, "All 11 sources were heard."),
        ({"failed": (), "heard": 1, "sources": 1}, "The only source was heard."),
        ({"heard": 0}, "None of 11 sources was heard: this digest cannot be complete."),
        ({"heard": 0, "sources": 0}, "No source of this digest has a known address"),
    ],
)
def test_completeness_is_said(changes, said):
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, **changes)))
    assert said in " ".join(mail.text.split())
    assert said in Page(mail.html).text


def test_many_silent_sources_are_named_at_the_foot():
    failed = tuple(SilentSource(f"Outlet {n}", f"o{n}", None, "timeout") for n in range(9))
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, failed=failed)))
    text = Page(mail.html).text
    assert "5 more are named" in text
    assert text.count("Outlet 8") == 1
    assert text.count("Outlet 1") == 2
    assert "never heard yet" in mail.text


def test_an_outlet_with_many_silent_sources_is_named_once_at_the_head():
    failed = tuple(SilentSource("BBC", f"bbc_{n}", None, "timeout") for n in range(6))
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, failed=failed)))
    assert Page(mail.html).text.count("BBC has never been heard") == 1
    assert mail.text.count("! BBC") == 1
    assert all(f"(bbc_{n})" in mail.text for n in range(6))


def gap(outlet="The Herald", **changes):
    start = CONTENT.made_at - timedelta(hours=9)
    values = {
        "source": "herald",
        "start": start,
        "end": start + timedelta(hours=5),
        "caught_up": 4,
        "whole": False,
    }
    return GapLine(outlet, **{**values, **changes})


def test_a_gap_after_which_articles_may_be_missing_stands_at_the_head_and_one_caught_up_with_at_the_foot():
    lost, healed = gap(), gap("The Scotsman", source="scotsman", caught_up=1, whole=True)
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, gaps=(lost, healed))))
    for text in (Page(mail.html).text, " ".join(mail.text.split())):
        assert re.search(
            r"The Herald was not heard from [^.]+ to [^.]+: some of its articles may be missing\.", text
        )
        assert "4 articles caught up: some of its articles may be missing." in text
        assert "1 article caught up from The Scotsman, heard again after 1 gap" in text
        assert "The Scotsman was" not in text
        assert re.search(r"The Herald \(herald\): not heard from [^;]+; 4 articles caught up, some may be", text)
        assert re.search(
            r"The Scotsman \(scotsman\): not heard from [^;]+; 1 article caught up, nothing was lost", text
        )


def test_our_own_outage_is_said_once_however_many_sources_there_are():
    lost = tuple(gap(f"Outlet {n}", source=f"o{n}", ours=True, whole=n > 14) for n in range(300))
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, gaps=lost)))
    plain = RENDERER.render(CONTENT)
    for text in (Page(mail.html).text, " ".join(mail.text.split())):
        assert text.count("was not running") == 1, "in one box, and not at the foot again"
        assert re.search(
            r"This service was not running between [^:]+ \d\d:\d\d and [^:]+ \d\d:\d\d: 1,?200 articles", text
        )
        assert "caught up from 300 sources, some may be missing from Outlet 0, Outlet 1," in text
        assert "Outlet 11 and 3 more" in text
    assert len(mail.html) - len(plain.html) < 2000


def test_an_outage_of_ours_in_which_nothing_was_missed_is_told_at_the_foot_alone():
    quiet = tuple(gap(f"Outlet {n}", source=f"o{n}", ours=True, whole=True, caught_up=0) for n in range(3))
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, gaps=quiet)))
    for text in (Page(mail.html).text, " ".join(mail.text.split())):
        before, _, foot = text.partition("Not heard for a time")
        assert "was not running" not in before
        assert "0 articles caught up from 3 sources, nothing was lost" in foot


def test_an_early_edition_says_why_it_is_there_and_when_the_rest_comes():
    content, _ = morning().compose()
    for layout in Layout:
        early = replace(content, early=True, until=content.window.end - timedelta(minutes=30), layout=layout)
        for text in (Page((mail := RENDERER.render(early)).html).text, " ".join(mail.text.split())):
            said = (
                "Sent before Mon 27 Nov 07:00 because of a major story. What comes in after Mon 27 Nov 06:30 will"
            )
            assert said in text


def test_a_story_without_a_reason_of_its_own_has_no_loose_mark():
    content, _ = morning().compose()
    part = content.sections[1]
    bare = replace(part.items[0], why=(), also=("GENERAL NEWS",), evidence="headline")
    mail = RENDERER.render(replace(content, sections=(replace(part, items=(bare,)),)))
    for text in (Page(mail.html).text, " ".join(mail.text.split())):
        assert "also: GENERAL NEWS · judged on the headline alone" in text
        assert "· also: GENERAL NEWS ·" not in text


def test_an_empty_day_has_no_list_of_noughts():
    content, _ = morning([]).compose()
    mail = RENDERER.render(content)
    assert 'class="index"' not in mail.html
    for text in (Page(mail.html).text, mail.text):
        assert "By day" not in text
        assert "what matched" not in " ".join(text.split())
        assert text.count("No coverage.") == len(content.sections)


def test_two_outages_of_ours_are_two_and_a_source_that_was_silent_after_one_is_named():
    night = CONTENT.made_at - timedelta(days=2)
    first = {"ours": True, "start": night, "end": night + timedelta(hours=5)}
    second = {"ours": True, "start": night + timedelta(days=1), "end": night + timedelta(days=1, hours=3)}
    gaps = (
        gap("STV", source="stv", **first),
        gap("The Herald", source="herald", **{**first, "end": night + timedelta(hours=6)}),
        gap("BBC", source="bbc", **second),
        gap("The Ferret", source="ferret", **{**first, "end": night + timedelta(hours=40)}),
    )
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, gaps=gaps)))
    for text in (Page(mail.html).text, " ".join(mail.text.split())):
        assert text.count("This service was not running between") == 2
        assert re.findall(r"some may be missing from ([^.]+)\.", text) == ["STV, The Herald", "BBC"]
        assert re.search(r"The Ferret was not heard from [^.]+: some of its articles may be missing", text)
        assert re.search(r"The Ferret \(ferret\): not heard from", text)
        assert "STV (stv): not heard" not in text


def test_many_gaps_are_not_all_listed():
    lost = tuple(gap(f"Outlet {n}", source=f"o{n}", whole=True) for n in range(25))
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, gaps=lost)))
    for text in (Page(mail.html).text, " ".join(mail.text.split())):
        assert "Outlet 19 (o19)" in text
        assert "Outlet 20 (o20)" not in text
        assert "5 more" in text


def test_the_page_to_print_tells_what_may_be_missing():
    assert "Something from The Courier may be missing." in RENDERER.sheet(CONTENT)


def test_silence_is_not_sold_as_an_empty_day():
    silent = replace(CONTENT.completeness, heard=0)
    empty = tuple(SectionPart(part.id, part.title) for part in CONTENT.sections)
    nothing = replace(CONTENT, sections=empty, stories=0, major=0, lead="", top=(), completeness=silent)
    assert RENDERER.render(nothing).subject.startswith("No source was heard")
    nowhere = replace(nothing, completeness=Completeness(0, 0))
    assert RENDERER.render(nowhere).subject.startswith("No source has an address: nothing can be said")
    for content in (replace(one, layout=layout) for one in (nothing, nowhere) for layout in Layout):
        mail = RENDERER.render(content)
        assert "No coverage" not in mail.text + mail.html + RENDERER.sheet(content)


def test_outlets_without_an_address_are_counted_and_the_first_named():
    names = tuple(f"Outlet {n}" for n in range(40))
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, unaddressed=names)))
    assert "No address is known for 40 outlets: Outlet 0, " in " ".join(mail.text.split())
    assert "Outlet 11 and 28 more." in " ".join(mail.text.split())


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (SectionPart("s", "S"), "No coverage."),
        (SectionPart("s", "S", held=1), "Nothing major. 1 story matched and was not major."),
        (SectionPart("s", "S", held=12), "Nothing major. 12 stories matched and were not major."),
        (SectionPart("s", "S", (item(),), count=1, held=12), "12 more matched and were not major."),
        (SectionPart("s", "S", count=2, elsewhere=(Elsewhere("b", "B", 2),)), "Also counted here: 2 under B."),
        (SectionPart("s", "S", (item(),), count=3, cut=(CutLine("Cut", "", "STV"),), unnamed=1), "1 more"),
        (SectionPart("s", "S", (item(note="now major"),), count=1), "now major"),
        (
            SectionPart("s", "S", (item(evidence="summary"),), count=1),
            "judged on the summary, full text not available",
        ),
        (SectionPart("s", "S", (item(evidence="headline", why=()),), count=1), "judged on the headline alone"),
    ],
)
def test_a_section_says_what_it_holds(part, said):
    mail = RENDERER.render(content(part, stories=part.count))
    assert said in " ".join(mail.text.split())
    assert said in " ".join(Page(mail.html).text.split())


def test_a_delay_is_owned_up_to():
    mail = RENDERER.render(replace(CONTENT, delayed=True, made_at=MADE + timedelta(minutes=40)))
    assert mail.subject.startswith("Delayed: ")
    assert "Made Mon 27 Nov 07:40" in Page(mail.html).text
    assert "Delayed. Made Mon 27 Nov 07:40" in mail.text


def test_an_edition_owns_up_to_those_that_nobody_made():
    due = (END - timedelta(days=4), END - timedelta(days=3))
    for missed, told in (
        (due, "to make the 2 editions before it (Thu 23 Nov 07:00 to Fri 24 Nov 07:00): what was for them is in"),
        (due[1:], "to make the edition before it (Fri 24 Nov 07:00): what was for it is in here."),
    ):
        mail = RENDERER.render(replace(CONTENT, missed=missed))
        assert mail.subject.startswith("Delayed: ")
        assert told in Page(mail.html).text
        assert told in " ".join(mail.text.split())


def test_times_are_londons():
    summer = Window(datetime(2024, 7, 1, 6, tzinfo=UTC), datetime(2024, 7, 2, 6, tzinfo=UTC))
    assert (
        "Mon 1 Jul 07:00 to Tue 2 Jul 07:00"
        in RENDERER.render(replace(CONTENT, window=summer, until=summer.end)).text
    )
    assert near(END - timedelta(days=6), END) == "Tue 07:00"
    assert near(END - timedelta(days=7), END) == "Mon 20 Nov 07:00"
    assert near(END + timedelta(days=1), END) == "Tue 28 Nov 07:00"


def test_an_edition_made_late_says_up_to_when_it_reaches_and_bears_that_day():
    late = replace(CONTENT, until=END + timedelta(days=2, hours=3))
    mail = RENDERER.render(late)
    assert "to Wed 29 Nov 10:00" in mail.text
    assert mail.subject.endswith("Wed 29 Nov")


def test_sections_that_were_not_judged_are_named_and_never_called_empty():
    mail = RENDERER.render(replace(CONTENT, unjudged=("benefits",), stories=0, major=0, lead="", sections=()))
    assert mail.subject.startswith("Incomplete: 1 section not judged")
    assert "Nothing was looked for in benefits" in " ".join(mail.text.split())
    assert "Nothing was looked for in benefits" in Page(mail.html).text


def test_a_weekend_is_included_when_all_of_it_is():
    assert with_weekend(WINDOW)
    assert not with_weekend(Window(END - timedelta(days=1), END))
    assert not with_weekend(Window(END, END + timedelta(days=1)))
    assert with_weekend(Window(END - timedelta(days=4), END + timedelta(days=1)))


def test_the_top_stories_stand_first_with_a_line_of_why():
    for text in (" ".join(PAGE.text.split()), " ".join(MAIL.text.split())):
        start = text.upper().index("TOP STORIES")
        top = text[start : text.index("MINISTERIAL", start)]
        assert [i.headline in top for i in CONTENT.top] == [True] * 3
        assert "carried by 4 publishers" in top
        assert "Winter Heating Payment · in connection with Scotland" in top


def test_the_days_of_a_long_window_are_marked_and_counted():
    assert "By day: Fri 24 Nov 2, Sat 25 Nov 2, Sun 26 Nov 4, Mon 27 Nov 3." in " ".join(MAIL.text.split())
    assert re.search(r"<b>Saturday</b> 14:51", MAIL.html)
    assert "<b>Saturday</b>" not in RENDERER.render(replace(CONTENT, days=())).html


def test_an_editors_words_stand_above_the_headline_and_the_page_beside_the_outlet():
    shown = item(editors_line="Read this <first>.", page="page 7, Scottish edition", byline="Jo Writer")
    mail = RENDERER.render(content(SectionPart("s", "S", (shown,), count=1), stories=1))
    for text in (Page(mail.html).text, mail.text):
        assert re.search(r"Editor:\s+Read this <first>\..*A headline", text, re.DOTALL)
        assert re.search(r"The Herald, page 7, Scottish edition.*Jo Writer", text)


def test_the_preheader_has_the_counts():
    pre = re.search(r'<div class="pre"[^>]*>(.*?)</div>', MAIL.html, re.DOTALL)[1]
    assert pre.startswith("6 major. MINISTERIAL 2 · BENEFITS 3")


def test_copies_are_grouped_by_owner():
    text = " ".join(Page(MAIL.html).text.split())
    assert "also in Glasgow Times, Greenock Telegraph (same owner), STV and Daily Record" in text


def test_five_hundred_stories_are_rendered_in_a_moment():
    many = [article("bbc", f"Universal Credit {n} in Scotland", body=filler(n, 30), hours=1) for n in range(500)]
    big, _ = morning(many).compose()
    assert big.stories >= 400
    assert len(RENDERER.render(big).html) > 90_000


# --------------------------------------------------------------- templates at fault


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ edition.subject }}", r"subject.txt.j2:2: .*subject"),
        ("{% if %}", r"subject.txt.j2:2: "),
        ("{{ 1 / 0 }}", r"subject.txt.j2:2: .*zero"),
        ("{{ 'a' + 1 }}", r"subject.txt.j2:2: "),
        ("{{ edition.title | nothing }}", r"subject.txt.j2:2: .*nothing"),
        ("{% include 'missing.j2' %}", r"missing.j2: there is no such template"),
        ("{{ ''.__class__.__mro__ }}", r"subject.txt.j2:2: .*unsafe"),
        ("{{ edition.sections[99].title }}", r"subject.txt.j2:2: "),
    ],
)
def test_a_fault_names_template_and_line(tmp_path, template, said):
    for file in TEMPLATES.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "subject.txt.j2").write_text(f"\n{template}")
    with pytest.raises(RenderError, match=said):
        Renderer(tmp_path).render(CONTENT)


def test_a_page_cannot_import_what_is_not_escaped(tmp_path):
    """Jinja would take what such a macro gives back for safe."""
    for file in TEMPLATES.iterdir():
        (tmp_path / file.name).write_text(file.read_text().replace("words.html.j2", "words.txt.j2"))
    with pytest.raises(RenderError, match=r"html.html.j2:1: words.txt.j2 is plain text"):
        Renderer(tmp_path).render(CONTENT)


def test_a_fault_in_shared_words_names_them(tmp_path):
    for file in TEMPLATES.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "words.j2").write_text("{% macro subject(edition) %}\n{{ edition.nothing }}{% endmacro %}")
    with pytest.raises(RenderError, match=r"words.j2:2: .*nothing"):
        Renderer(tmp_path).render(CONTENT)


def test_a_folder_without_templates_is_a_fault_when_rendered(tmp_path):
    renderer = Renderer(tmp_path)
    with pytest.raises(RenderError, match=r"subject.txt.j2: there is no such template"):
        renderer.render(CONTENT)


# --------------------------------------------------------------- what went before


def test_a_development_says_when_it_was_sent_and_who_has_come_since():
    grown = Development(END - timedelta(days=4), 1, (CopyLine("STV", "https://stv.example/1"), CopyLine("BBC")))
    part = SectionPart("s", "S", developments=(item(publishers=3, development=grown),))
    mail = RENDERER.render(content(part))
    assert mail.subject.startswith("No new stories, 1 development - ")
    for text in (" ".join(Page(mail.html).text.split()), " ".join(mail.text.split())):
        assert "Development: sent on Thursday, now carried by 3 publishers (1 then)" in text
        assert re.search(r"since then in STV(,| and) BBC", text)
        assert "No new stories." in text
    assert {"https://stv.example/1"} <= {a["href"] for a in Page(mail.html).all("a")}


@pytest.mark.parametrize(
    ("ago", "said"), [(0, "today"), (1, "yesterday"), (4, "on Thursday"), (7, "on Mon 20 Nov")]
)
def test_days_ago_are_said_as_a_reader_says_them(ago, said):
    assert day_ago(END - timedelta(days=ago), END) == said


@pytest.mark.parametrize(
    ("usual", "said"),
    [
        (None, "The Courier has been silent since Sat 18:00. What"),
        (9, "silent since Sat 18:00 (usually 9 articles in that time)"),
        (0, "silent since Sat 18:00 (usually none in that time)"),
    ],
)
def test_a_silent_source_says_what_is_usual(usual, said):
    failed = tuple(replace(s, usual=usual) for s in CONTENT.completeness.failed)
    mail = RENDERER.render(replace(CONTENT, completeness=replace(CONTENT.completeness, failed=failed)))
    assert said in " ".join(Page(mail.html).text.split())
    assert "What it missed will follow as a catch-up." in " ".join(mail.text.split())


def test_an_unusual_section_says_on_what_that_rests():
    usual = Usual(12, 2, 5, 16, same_day=True, full=True)
    mail = RENDERER.render(content(SectionPart("s", "BENEFITS", usual=usual)))
    said = "BENEFITS is unusually full: 12 stories filed there, where 2 to 5 are usual (the last 16 Mondays;"
    assert said in " ".join(Page(mail.html).text.split())
    assert said in " ".join(mail.text.split())
    assert "No coverage. (Usual for a Monday: 2 to 5.)" in " ".join(mail.text.split())


def test_what_earlier_mails_missed_is_a_part_with_its_sections():
    part = SectionPart(CATCH_UP, "CATCH-UP", (item(also=("BENEFITS",)),), count=1)
    mail = RENDERER.render(content(SectionPart("benefits", "BENEFITS"), part, stories=1))
    for text in (" ".join(Page(mail.html).text.split()), " ".join(mail.text.split())):
        assert "while the outlets could not be heard: earlier mails missed it." in text
        assert "also: BENEFITS" in text
    assert 'id="catch-up"' in mail.html
