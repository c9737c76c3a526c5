"""A corpus of Gaelic, pounds and curly quotes under right, wrong and mixed charsets, from bytes to spans (F12)."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from monitor.adapters import feeds, pages
from monitor.adapters.store import Store
from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile, SourceRule, Term
from monitor.core.source import Outlet, Sources

TITLE = "Gàidhlig: £5 for “Carer’s Allowance” – è ì ò ù"
WORDS = (
    "Thuirt an comhairle gun tèid £1,200 a phàigheadh – “Carer’s Allowance” agus Taic-airgid Leanabh na h‑Alba, "
    "a rèir an aithisg ùir."
)
OTHER = (
    "The council said that Carer’s Allowance, which it called ‘a help’, would rise by £3.20 in spring — at last."
)
LABELS = ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "nonsense", ""]
WHOLE = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a BOM": lambda text: text.encode("utf-8-sig"),
    "cp1252": lambda text: text.replace("\u2011", "-").encode("cp1252"),
    "utf-16 with a BOM": lambda text: text.encode("utf-16"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-8 with a paragraph in cp1252": lambda text: text.encode().replace(OTHER.encode(), OTHER.encode("cp1252")),
}
CASES = list(itertools.product(WHOLE, LABELS))
OUTLET = Outlet("paper", "Paper", "Owner", "Scotland", 2)
TERMS = ("Carer's Allowance", "Gàidhlig", "tèid", "ùir", "council", "spring")
PROFILE = Profile("s", "S", terms=tuple(map(Term, TERMS)), sources=SourceRule(any_monitored=True))
MATCHER = Matcher(Agreement("a", "c", "n", (PROFILE,)), Sources.of([OUTLET]))


def page(label: str, nul: str = "") -> str:
    meta = f"<meta charset='{label}'>" if label else ""
    return (
        f"<!DOCTYPE html><html lang='gd'><head><title>x</title>{meta}</head><body><article><h1>{TITLE}</h1>"
        f"<p>{WORDS}{nul}</p><p>{OTHER}</p><p>{WORDS} A-rithist.</p></article></body></html>"
    )


def feed(label: str) -> str:
    encoding = f' encoding="{label}"' if label else ""
    return (
        f'<?xml version="1.0"{encoding}?><rss version="2.0"><channel><title>T</title><item><title>{TITLE}</title>'
        f"<description>{WORDS}</description></item><item><title>2</title><description>{OTHER}</description></item>"
        "</channel></rss>"
    )


def kind(label: str, base: str) -> str:
    return f"{base}; charset={label}" if label else base


def plain(text: str) -> str:
    """The one letter that cp1252 does not have, as it is written there."""
    return text.replace("\u2011", "-")


def spans_are_right(article: Article, *, least: int) -> None:
    """Every hit's words are those at its place in the stored text, and as many are found as stand there."""
    (verdict,) = MATCHER.judge(article).verdicts
    for hit in verdict.hits:
        assert article.text_of(hit.span.field)[hit.span.start : hit.span.end] == hit.span.text
    assert len(verdict.hits) >= least


@pytest.mark.parametrize(("charset", "label"), CASES)
def test_a_page_is_right_and_so_are_the_places_in_it(charset: str, label: str) -> None:
    found = pages.extract(WHOLE[charset](page(label)), content_type=kind(label, "text/html"))
    assert plain(found.headline) == TITLE
    assert plain(found.body).split("\n\n") == [plain(WORDS), OTHER, f"{plain(WORDS)} A-rithist."]
    spans_are_right(Article("https://a.example/1", found.headline, body=found.body, outlet="paper"), least=10)


@pytest.mark.parametrize(("charset", "label"), CASES)
def test_a_feed_is_right_and_so_are_the_places_in_it(charset: str, label: str) -> None:
    body = WHOLE[charset](feed(label))
    first, second = feeds.parse(body, url="https://a.example/feed", content_type=kind(label, "text/xml"))
    assert (plain(first.headline), plain(first.standfirst), second.standfirst) == (TITLE, plain(WORDS), OTHER)
    spans_are_right(Article("https://a.example/1", first.headline, first.standfirst, outlet="paper"), least=5)


def test_what_no_database_holds_does_not_shift_the_places(store: Store) -> None:
    body = feed("utf-8").replace("<title>2", "<title>\x00Spring\ud800 2").encode("utf-8", "surrogatepass")
    entry = feeds.parse(body, url="https://a.example/feed")[1]
    found = pages.extract(page("utf-8", nul="\x00 \ufffd &#0; &#xD800;").encode())
    article = Article(
        *("https://a.example/1", f"\x00{entry.headline}\ud800", f"\x00{OTHER}", found.body),
        outlet="paper",
        first_seen=datetime(2026, 3, 2, tzinfo=UTC),
    )
    store.add_articles("s", [("k", article)])
    stored = store.find_article("https://a.example/1")
    assert stored is not None
    assert stored.text_of(Field.STANDFIRST).endswith(OTHER)
    spans_are_right(stored, least=10)
