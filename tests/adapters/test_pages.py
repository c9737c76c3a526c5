"""Article pages and fragments: text, what a page says of itself, wrong charsets, weapons (F11, F12)."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.adapters.pages import extract
from monitor.core.quality import Kind

SENTENCE = "Social Security Scotland said that payments of the new benefit would begin in the autumn of this year."
OTHER = "A spokesperson for the charity said families in Dundee and in Fife had waited for it for many months."
URL = "https://www.paper.example/news/payments-1234/"


def page(inside: str, head: str = "", body_class: str = "") -> bytes:
    return f"""<!DOCTYPE html><html><head><title>Payments to begin | The Paper</title>{head}</head>
    <body class="{body_class}"><header><nav><a href="/">Home</a><a href="/sport">Sport</a></nav></header>
    <main><article><h1>Payments to begin</h1>{inside}</article></main>
    <footer><p>Registered in Scotland, published by The Paper Ltd of Dundee, all rights are reserved.</p></footer>
    </body></html>""".encode()


def body_of(inside: str) -> str:
    return extract(page(inside), url=URL).body


# --------------------------------------------------------------- text


def test_paragraphs_of_the_article_and_nothing_else() -> None:
    assert body_of(f"<p>{SENTENCE}</p><p>{OTHER}</p>") == f"{SENTENCE}\n\n{OTHER}"


BOXES = [
    "<aside><h3>Read more</h3><p>{0}</p></aside>",
    "<div class='related-stories'><h3>Related</h3><ul><li><a href='/1'>{0}</a></li></ul></div>",
    "<section class='mostRead'><h2>Most read</h2><ol><li><a href='/1'>{0}</a></li></ol></section>",
    "<div class='newsletter-signup'><p>{0}</p></div>",
    "<div class='cookie-banner'><p>{0}</p></div>",
    "<form><p>{0}</p><input type=email></form>",
    "<nav><ul><li>{0}</li></ul></nav>",
    "<script>var x = '{0}';</script>",
    "<style>.a:after {{ content: '{0}' }}</style>",
    "<noscript><p>{0}</p></noscript>",
    "<div class='comments'><p>{0}</p></div>",
    "<img alt='{0}' src='a.png'>",
    "<!-- {0} -->",
]


@pytest.mark.parametrize("box", BOXES)
def test_boxes_are_no_content(box: str) -> None:
    text = body_of(
        f"<p>{SENTENCE}</p>{box.format('Universal Credit dates')}<p>{OTHER}</p><p>{SENTENCE} So it is.</p>"
    )
    assert "Universal Credit" not in text
    assert SENTENCE in text
    assert OTHER in text


@pytest.mark.parametrize("name", ["related-content-enabled", "article newsletter", "read-more share", "sign-up"])
def test_an_article_is_kept_whatever_its_box_is_called(name: str) -> None:
    text = extract(page(f"<div class='{name}'><p>{SENTENCE}</p><p>{OTHER}</p></div>", body_class=name)).body
    assert text == f"{SENTENCE}\n\n{OTHER}"


def test_lists_quotes_captions_and_breaks() -> None:
    text = body_of(
        f"<p>{SENTENCE}</p><ul><li>The first point of the plan.</li><li>The second point of it.</li></ul>"
        f"<blockquote><p>{OTHER}</p></blockquote><p>One line here,<br>and another.</p>"
    )
    assert text.split("\n\n") == [
        SENTENCE,
        "The first point of the plan.",
        "The second point of it.",
        OTHER,
        "One line here,\nand another.",
    ]


def test_entities_escaped_once_too_often() -> None:
    assert "Carer’s Allowance & £5" in body_of(
        f"<p>Carer&amp;#8217;s Allowance &amp;amp; &amp;pound;5. {SENTENCE}</p>"
    )


def test_nothing_to_read_is_nothing() -> None:
    for body in (
        b"",
        b"   ",
        b"<html></html>",
        b"<html><body><nav>Home</nav></body></html>",
        b"\x00\x01",
        b"<!-- -->",
    ):
        assert extract(body).body == ""


# --------------------------------------------------------------- fragments


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Carer&amp;#8217;s Allowance is paid.</p>", "Carer’s Allowance is paid."),
        (
            "<p>Bus fares rise.</p><aside class='related'><h3>Read more</h3><a>Universal Credit</a></aside>",
            "Bus fares rise.",
        ),
        ("<p>A</p><div class='most-read'>no</div><div class='articleRelatedLinks'>no</div><p>B</p>", "A\n\nB"),
        ("<p>one<br>line</p><ul><li>x</li></ul>tail<nav>no</nav> goes on", "one\nline\n\nx\n\ntail goes on"),
        ("no markup at all", "no markup at all"),
        ("Justice &amp; Security", "Justice & Security"),
        ("<p>short</p>", "short"),
    ],
)
def test_a_fragment_is_taken_as_it_is(html: str, text: str) -> None:
    assert extract(html.encode()).body == text


# --------------------------------------------------------------- what a page says of itself

CANONICAL = "<link rel=canonical href='/news/payments-1234/'>"
LD = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
{"@type":["NewsArticle"],"headline":"LD","datePublished":"2026-03-02T09:00:00+00:00",
"author":[{"@type":"Person","name":"Jane Example"},{"@type":"Person","name":"Sam Sample"}]}]}</script>"""


def test_headline_byline_address_and_date() -> None:
    found = extract(
        page(f"<p>{SENTENCE}</p>", LD + "<link rel=canonical href='/news/payments-1234/'>"), url=URL + "?x=1"
    )
    assert found.headline == "Payments to begin"
    assert found.byline == "Jane Example, Sam Sample"
    assert found.canonical_url == URL
    assert found.published_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("markup", "byline"),
    [
        ("<meta name=author content='By Jane Example'>", "Jane Example"),
        ("<meta property='article:author' content='https://facebook.com/jane'>", ""),
        ("<meta name=author content='@jane'><p class='article-byline'>By Jane Example</p>", "Jane Example"),
        ("<a rel=author href='/jane'>Jane Example</a>", "Jane Example"),
        (
            '<script type="application/ld+json">{"@type":"Article","author":"Jane Example"}</script>',
            "Jane Example",
        ),
        ('<script type="application/ld+json">{"@type":"Article","author":{"name":null}}</script>', ""),
        ('<script type="application/ld+json">{broken</script>', ""),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", ""),
    ],
)
def test_bylines(markup: str, byline: str) -> None:
    assert extract(page(f"{markup}<p>{SENTENCE}</p>")).byline == byline


@pytest.mark.parametrize(
    ("markup", "day"),
    [
        ("<meta property='article:published_time' content='2026-03-02T09:00:00Z'>", 2),
        (
            "<meta property='article:published_time' content='soon'><time datetime='2026-03-03T09:00Z'>x</time>",
            3,
        ),
        ("<meta itemprop=datePublished content='2026-03-04'>", 4),
        ("", None),
    ],
)
def test_dates(markup: str, day: int | None) -> None:
    found = extract(page(f"<p>{SENTENCE}</p>", markup)).published_at
    assert (found and found.day) == day


@pytest.mark.parametrize("href", ["javascript:alert(1)", "http://[bad/", "", "mailto:a@example.org"])
def test_addresses_that_are_none(href: str) -> None:
    assert extract(page(f"<p>{SENTENCE}</p>", f"<link rel=canonical href='{href}'>")).canonical_url == ""


# --------------------------------------------------------------- charsets (F12)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", ""])
def test_text_is_right_under_right_and_wrong_labels(charset: str, label: str) -> None:
    words = f"Gàidhlig airson £5 – “Carer’s Allowance” é. {OTHER}"
    markup = page(f"<p>{SENTENCE}</p><p>{words}</p>", f"<meta charset='{label}'>" if label else "").decode()
    found = extract(markup.encode(charset), content_type=f"text/html; charset={label}" if label else "text/html")
    assert found.body.endswith(words)


def test_characters_that_xml_does_not_know() -> None:
    assert SENTENCE in extract(page(f"<p>\x00a\x0b\ufffe &#0; &#xD800; {SENTENCE}</p>")).body


# --------------------------------------------------------------- weapons (F11)

HEAD = b"<html><body>"
ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
WEAPONS = {
    "nested tags": HEAD + b"<div>" * 50_000 + b"<p>text",
    "nested boxes": HEAD + b"<div class=related>" * 240 + b"<p>aa" * 29_000,
    "nested tags in a fragment": b"<b>" * 50_000 + b"text",
    "navigation everywhere": HEAD + b"<p>" + b"<nav>a</nav>x" * 100_000,
    "boxes everywhere": HEAD + b"<div class=related>a</div>x" * 50_000,
    "boxes everywhere in a fragment": b"<div class=related>a</div>x" * 50_000,
    "breaks": HEAD + b"<p>" + b"<br>" * 300_000,
    "lists": HEAD + b"<ul><li>" * 120 + b"<li>aa" * 29_000,
    "a huge page": HEAD + b"<p>A paragraph of some words in a page that is very large indeed.</p>" * 60_000,
    "unterminated": HEAD + b"<p " + b"a='b " * 200_000,
    "less than": HEAD + b"<" * 2_000_000,
    "spaces": HEAD + b"<p>" + b" " * 15_000_000,
    "entities": b'<!DOCTYPE a [<!ENTITY a0 "lol">' + ENTITIES + b"]><html><p>&a11;</p></html>",
}


@pytest.mark.parametrize("weapon", WEAPONS)
def test_takes_bounded_time(weapon: str) -> None:
    began = time.process_time()
    extract(WEAPONS[weapon], url=URL)
    assert time.process_time() - began < 20


def test_no_entity_opens_a_file(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("CANARY")
    doctype = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{canary}">]>'
    bomb = f"{doctype}<html><body><p>&x; {SENTENCE}</p>"
    assert "CANARY" not in extract(bomb.encode()).body


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(alphabet="<>/=pdiv aclasrelted\"'&;!-", max_size=300).map(str.encode))
def test_any_bytes_are_a_page(body: bytes) -> None:
    extract(body, url=URL)
    extract(b"<html><body>" + body, url=URL)


def test_a_fragment_behind_an_empty_page_is_read():
    markup = b"<html><head></head><body></body></html><p>The first thing.</p><p>And another.</p>"
    assert extract(markup).body == "The first thing.\n\nAnd another."


# --------------------------------------------------------------- short articles

BRIEF = "The council will meet on Monday."


@pytest.mark.parametrize(
    "box", ["", "<a href='/2'><figure><figcaption>Another one</figcaption></figure></a>", "<hr>"]
)
def test_a_news_in_brief_keeps_its_paragraphs_and_has_no_headline_in_it(box: str) -> None:
    assert body_of(f"<p>{BRIEF}</p>{box}<p>{OTHER}</p>") == f"{BRIEF}\n\n{OTHER}"


# --------------------------------------------------------------- language, where it is filed, captions, quality

CRUMBS = """<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[
{"@type":"ListItem","position":1,"name":"Home"},{"@type":"ListItem","position":2,"item":{"name":"News"}},
{"@type":"ListItem","position":3,"name":"Politics"},
{"@type":"ListItem","position":4,"name":"Payments to begin"}]}</script>"""


@pytest.mark.parametrize(
    ("head", "language", "filed_under"),
    [
        ("", "", ""),
        (CRUMBS, "", "News / Politics"),
        ("<meta property='article:section' content='Scotland'>", "", "Scotland"),
        (
            '<script type="application/ld+json">{"@type":"Article","articleSection":["News","Fife"]}</script>',
            "",
            "News / Fife",
        ),
        ('<script type="application/ld+json">{"@type":"Article","inLanguage":"gd"}</script>', "gd", ""),
        ("<meta property='og:locale' content='en_GB'>", "en-gb", ""),
        ("<meta name='language' content='English, mostly'>", "", ""),
    ],
)
def test_language_and_where_it_is_filed(head: str, language: str, filed_under: str) -> None:
    found = extract(page(f"<p>{SENTENCE}</p>", head))
    assert (found.language, found.filed_under) == (language, filed_under)


def test_the_language_of_the_page_goes_first() -> None:
    said = page(f"<p>{SENTENCE}</p>", "<meta property='og:locale' content='en_GB'>")
    assert extract(said.replace(b"<html>", b"<html lang='gd'>")).language == "gd"


CAPTION = "The new building in Dundee, where the work is done, in the snow of last winter."
PICTURE = "<img src=a.png alt=''>"


@pytest.mark.parametrize(
    "figure",
    [
        f"<figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure>",
        f"<figure>{PICTURE}<figcaption><span>Image caption, </span><p>{CAPTION}</p></figcaption></figure>",
        f"<div class=wp-caption>{PICTURE}<p class=wp-caption-text>{CAPTION}</p></div>",
        f"<div>{PICTURE}<span class='image-caption'>{CAPTION}</span></div>",
    ],
)
def test_captions_are_paragraphs_of_their_own(figure: str) -> None:
    text = body_of(f"<p>{SENTENCE}</p>{figure}<p>{OTHER}</p>{figure}<p>{SENTENCE} So it is.</p>")
    assert text.split("\n\n") == [SENTENCE, CAPTION, OTHER, f"{SENTENCE} So it is."]


@pytest.mark.parametrize(
    "figure",
    [
        f"<a href='/2'><figure>{PICTURE}<figcaption>{CAPTION}</figcaption></figure></a>",
        f"<figure>{PICTURE}<figcaption><a href='/2'>{CAPTION}</a></figcaption></figure>",
        f"<figure>{PICTURE}<figcaption>PA</figcaption></figure>",
    ],
)
def test_teasers_and_credits_are_no_captions(figure: str) -> None:
    assert body_of(f"<p>{SENTENCE}</p>{figure}<p>{OTHER}</p>") == f"{SENTENCE}\n\n{OTHER}"


LOCKED = "<meta property='article:content_tier' content='locked'>"
NOT_FREE = '<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":%s}</script>'


@pytest.mark.parametrize(
    ("head", "inside", "kind"),
    [
        ("", f"<p>{SENTENCE}</p>", Kind.FULL),
        (NOT_FREE % "true", f"<p>{SENTENCE}</p>", Kind.FULL),
        (NOT_FREE % "false", f"<p>{SENTENCE}</p>", Kind.TEASER),
        (NOT_FREE % '"http://schema.org/False"', f"<p>{SENTENCE}</p>", Kind.TEASER),
        (LOCKED, f"<p>{SENTENCE}</p>", Kind.TEASER),
        ("", f"<p>{SENTENCE}</p><div class=regwall>Register to read the rest of this.</div>", Kind.TEASER),
        (LOCKED, f"<p>{SENTENCE}</p><p>{OTHER}</p>" * 10, Kind.FULL),
        ("", "<p>Please enable JavaScript to view this site, or try another of your browsers.</p>", Kind.WALL),
        ("", "", Kind.NOTHING),
    ],
)
def test_what_a_page_gives_is_weighed(head: str, inside: str, kind: Kind) -> None:
    found = extract(page(inside, head))
    assert found.quality.kind is kind, str(found.quality)
    assert "Register" not in found.body


# --------------------------------------------------------------- live blogs and round-ups

UPDATES = [
    ("Payments begin", SENTENCE, "block-1", "2026-03-02T09:05:00Z"),
    ("Ferries late", OTHER, "block-2", "2026-03-02T10:15:00Z"),
    ("", f"{BRIEF} {OTHER}", "block-3", "2026-03-02T11:00:00Z"),
]


def live_blog() -> bytes:
    told = [
        {
            "@type": "BlogPosting",
            "headline": h,
            "articleBody": f"<p>{b}</p>",
            "url": f"{URL}#{a}",
            "datePublished": d,
        }
        for h, b, a, d in UPDATES
    ]
    data = json.dumps(
        {"@type": "LiveBlogPosting", "headline": "Budget day", "liveBlogUpdate": [*told, told[0], 7]}
    )
    inside = "".join(f"<section id='{a}'><h2>{h}</h2><p>{b}</p></section>" for h, b, a, _ in UPDATES)
    return page(f"<p>The page's own words.</p>{inside}", f'<script type="application/ld+json">{data}</script>')


def test_a_live_blog_is_its_updates_and_its_own_words() -> None:
    found = extract(live_blog(), url=URL)
    assert found.body == "The page's own words."
    assert [(p.heading, p.body, p.anchor) for p in found.parts] == [
        ("Payments begin", SENTENCE, "block-1"),
        ("Ferries late", OTHER, "block-2"),
        (f"{BRIEF} {OTHER}"[:150], f"{BRIEF} {OTHER}", "block-3"),
    ]
    assert found.parts[1].published_at == datetime(2026, 3, 2, 10, 15, tzinfo=UTC)


ITEMS = [
    f"<h2 id='fife'>Fife</h2><p>{SENTENCE}</p><p>{OTHER}</p>",
    f"<div id='dundee'><div><h2>Dundee</h2><p>{OTHER}</p></div></div>",
    f"<h2><a name='perth'></a>Perth</h2><p>{SENTENCE} {OTHER}</p>",
    f"<h2>Ayr</h2><p>{SENTENCE} And so on.</p>",
]


def test_a_round_up_is_split_at_its_headings_and_each_leads_to_its_place() -> None:
    body = page(f"<p>{SENTENCE} First.</p>{''.join(ITEMS)}").replace(b"Payments to begin", b"News in brief")
    found = extract(body, url="https://www.paper.example/news/1")
    assert found.body == f"{SENTENCE} First."
    assert [(p.heading, p.anchor) for p in found.parts] == [
        ("Fife", "fife"),
        ("Dundee", "dundee"),
        ("Perth", "perth"),
        ("Ayr", ""),
    ]
    assert found.parts[0].body == f"{SENTENCE}\n\n{OTHER}"


def test_an_article_with_headings_stays_whole() -> None:
    found = extract(page(f"<p>{SENTENCE} First.</p>{''.join(ITEMS)}"), url="https://www.paper.example/news/1")
    assert found.parts == ()
    assert [p for p in found.body.split("\n\n") if len(p) < 10] == ["Fife", "Dundee", "Perth", "Ayr"]
