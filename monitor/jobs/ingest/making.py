"""What an entry and its page become; plain values in, plain values out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.core.article import LINE, UNSTORED, Article, Entry, fingerprint
from monitor.core.parts import Part
from monitor.core.quality import Kind, Taken, quality_of
from monitor.core.retention import storable
from monitor.core.source import Outlet, Source
from monitor.jobs.ports import PageText

FULLER = 2
"""The feed's own text is taken where it is so many times as long as the page's: a page behind a wall."""
NOT_ITS_OWN = (Kind.WALL, Kind.ELSEWHERE)
"""Of such a page nothing is the article's: no headline, no byline, no address."""
_PUBLIC_SECOND_LEVELS = frozenset({"ac", "co", "com", "gov", "ltd", "net", "org", "plc", "sch"})


def made(
    entry: Entry, page: PageText | None, *, page_url: str, source: Source, outlet: Outlet, now: datetime
) -> Article:
    """The article of an entry, first seen now; `page` is None where it could not be read.

    `page_url` is where the page was found after redirects.
    """
    found = page if page is not None and page.quality.kind not in NOT_ITS_OWN else PageText(body="")
    body, shortfall = chosen_text(entry.body, "" if entry.whole else _lacking(entry.body), page)
    standfirst, kept = storable(entry.standfirst, body, outlet.rights)
    return Article(
        url=_address(entry, found, page_url),
        headline=entry.headline or found.headline,
        standfirst=standfirst,
        body=kept,
        byline=entry.byline or found.byline,
        outlet=outlet.id,
        source=source.id,
        published_at=entry.published_at or found.published_at,
        first_seen=now,
        shortfall=shortfall if outlet.rights.store_text else UNSTORED,
        language=found.language,
        filed_under=entry.filed_under or found.filed_under,
    )


def completed(article: Article, page: PageText, now: datetime) -> Article:
    """A stored article with the text that its page gives at last: a new text of the same line, or the same."""
    body, shortfall = chosen_text(article.body, article.shortfall, page)
    if body == article.body and shortfall:
        return article
    return article.told_anew(
        now,
        body=body,
        byline=article.byline or page.byline,
        published_at=article.published_at or page.published_at,
        shortfall=shortfall,
        language=article.language or page.language,
        filed_under=article.filed_under or page.filed_under,
    )


def edited(article: Article, entry: Entry, found: Article, now: datetime, *, page_failed: bool) -> Article:
    """A stored article as its source tells it now, `found` being made of the entry: a new text of the same line.

    Where the page could not be read, or gave less than is known, the body stays as it was, until it gives more.
    """
    keeps = page_failed and not entry.body and article.body and (not found.body or not article.shortfall)
    body = article if keeps else found
    return article.told_anew(
        now,
        url=found.url,
        headline=found.headline or article.headline,
        standfirst=found.standfirst or article.standfirst,
        body=body.body,
        shortfall=body.shortfall,
        byline=found.byline or article.byline,
        source=found.source,
        published_at=found.published_at or article.published_at,
        language=found.language or article.language,
        filed_under=found.filed_under or article.filed_under,
    )


def chosen_text(known: str, lacking: str, page: PageText | None) -> tuple[str, str]:
    """The body, and why it is not the full text (empty when it is), of the text that is known and the page's.

    `known` is the feed's own text, or what an earlier look at the page gave; `lacking` says why it is not full.
    The page's text goes first, unless there is much more of the other, or the page has a wall. Of a wall or menu
    nothing is taken; a teaser is the article's own words and is kept, for what it is.
    """
    if page is None:
        return known, lacking
    if page.parts:
        return page.body, "" if page.body else f"all of its words are in its {len(page.parts)} parts"
    of_page = page.body if page.quality.worth_keeping else ""
    if known and not lacking and (not page.quality.full or len(known) > FULLER * len(of_page)):
        return known, ""
    if page.quality.full:
        return of_page, ""
    return max(of_page, known, key=len), str(page.quality)


def parts_of(article: Article, page: PageText | None) -> list[Article]:
    """The pieces of news of an article's page, each an article of a line of its own that hangs on the page's."""
    if page is None:
        return []
    shortfall = "" if page.quality.full else str(page.quality)
    return [_part(article, part, shortfall) for part in page.parts]


def _part(article: Article, part: Part, shortfall: str) -> Article:
    """A piece of news; it lacks what the whole page lacks, and nothing because the page has no words besides."""
    name = part.anchor or fingerprint(part.heading)[:12]
    return replace(
        article,
        url=f"{article.url.partition('#')[0]}#{part.anchor}" if part.anchor else article.url,
        headline=part.heading,
        standfirst="",
        body=part.body,
        published_at=part.published_at or article.published_at,
        shortfall=shortfall,
        part=name,
        kept_line=fingerprint(article.line, name)[:LINE],
        text_print="",
    )


def _lacking(text: str) -> str:
    """Why a feed's own text is not the full one; empty when it is, or there is none."""
    quality = quality_of(Taken(text))
    return "" if quality.full or not text else str(quality)


def _address(entry: Entry, page: PageText, page_url: str) -> str:
    """The address the page gives itself, where it may: one of the same site, and not the site's front page."""
    canonical = page.canonical_url
    if canonical and same_site(canonical, page_url) and urlsplit(canonical).path.strip("/"):
        return canonical
    return entry.url


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one publisher's site, as far as their names tell.

    >>> same_site("https://www.example.co.uk/a", "https://amp.example.co.uk/b")
    True
    >>> same_site("https://example.co.uk/", "https://other.co.uk/")
    False
    """
    try:
        return _site(one) == _site(other) != ""
    except ValueError:  # brackets that hold no IPv6 address
        return False


def _site(url: str) -> str:
    host = (urlsplit(url).hostname or "").rstrip(".")
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return urlsplit(url).netloc.lower()  # an IP address, told apart by its port too
    public = 2 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _PUBLIC_SECOND_LEVELS else 1
    return ".".join(labels[-public - 1 :])
