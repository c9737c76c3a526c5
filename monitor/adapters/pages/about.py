"""What a page says about itself: headline, byline, address, date, language, where it is filed, whether it is free.

From JSON-LD, meta elements and markup, in this order but for the headline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from monitor.adapters.pages.called import called
from monitor.core.dates import instant
from monitor.core.markup import plain
from monitor.core.parts import Part

MAX_JSON = 500_000
MAX_DEPTH = 6
MAX_BYLINE = 200
_ARTICLE = re.compile(r"Article|BlogPosting|Report$", re.IGNORECASE)
_DATES = (
    "article:published_time",
    "datepublished",
    "parsely-pub-date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "sailthru.date",
    "publish-date",
    "og:published_time",
    "date",
)
_MARKED_BY_REL = etree.XPath("descendant::*[@rel='author']")
_MARKED_BY_ITEMPROP = etree.XPath("descendant::*[@itemprop='author']")
_CALLED_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author-?name)(?:$|[\s_-])")
_AUTHORS = ("author", "parsely-author", "dc.creator", "sailthru.author", "article:author", "byl")
_BREADCRUMBS = re.compile(r"BreadcrumbList$", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_HOME = frozenset({"home", "homepage", "front page"})
MAX_FILED_UNDER = 200
MAX_HEADING = 150
_BY = re.compile(r"^\s*by[:\s]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """Empty strings and None where the page says nothing."""

    headline: str
    byline: str
    canonical_url: str
    published_at: datetime | None
    language: str
    """As BCP 47 writes it, in small letters: `en-gb`, `gd`."""
    filed_under: str
    """The publisher's own path to it: `News / Politics`."""
    closed: bool
    """It says that it is not free."""
    words: int | None
    """How many it says its article has."""
    updates: tuple[Part, ...]
    """Of a live blog, as it tells of them."""


def about(root: Element, url: str) -> About:
    """What the page says about itself; addresses made absolute against `url`."""
    metas, nodes = _metas(root), list(_json_ld(root))
    node = next((n for n in nodes if _is_a(n, _ARTICLE)), {})
    return About(
        headline=_headline(root, metas, node),
        byline=_byline(root, metas, node),
        canonical_url=_canonical(root, metas, url),
        published_at=_published(root, metas, node),
        language=_language(root, metas, node),
        filed_under=_filed_under(nodes, metas, node),
        closed=_closed(metas, node),
        words=_number(node.get("wordCount")),
        updates=tuple(_updates(nodes)),
    )


def _metas(root: Element) -> dict[str, str]:
    """Lower-case name -> content; the first of a name."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _json_ld(root: Element) -> Iterator[dict[str, Any]]:
    """The nodes of the page's JSON-LD."""
    for script in root.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").lower() != "application/ld+json" or len(text) > MAX_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(data, MAX_DEPTH)


def _is_a(node: dict[str, Any], kind: re.Pattern[str]) -> bool:
    return kind.search(" ".join(map(str, _listed(node.get("@type"))))) is not None


def _nodes(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb"):
            yield from _nodes(data.get(key), depth - 1)
    elif depth and isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth - 1)


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _words(value: object) -> str:
    return " ".join(plain(value).split()) if isinstance(value, str) else ""


def _text(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _headline(root: Element, metas: dict[str, str], node: dict[str, Any]) -> str:
    headings = [text for h1 in root.iter("h1") if (text := _text(h1))]
    title = next((text for element in root.iter("title") if (text := _text(element))), "")
    if len(headings) == 1:
        return headings[0]
    return _words(metas.get("og:title")) or _words(node.get("headline")) or next(iter(headings), "") or title


def _byline(root: Element, metas: dict[str, str], node: dict[str, Any]) -> str:
    return next((_BY.sub("", text) for text in _bylines(root, metas, node) if _is_name(text)), "")


def _bylines(root: Element, metas: dict[str, str], node: dict[str, Any]) -> Iterator[str]:
    """What may be one, the likeliest first; each looked for when those before it are none."""
    names = [_words(a.get("name") if isinstance(a, dict) else a) for a in _listed(node.get("author"))]
    yield ", ".join(name for name in names if _is_name(name))
    yield from (_words(metas.get(key)) for key in _AUTHORS)
    yield from map(_text, _MARKED_BY_REL(root))
    yield from map(_text, _MARKED_BY_ITEMPROP(root))
    yield from map(_text, called(root, _CALLED_BYLINE))


def _is_name(text: str) -> bool:
    return 0 < len(text) <= MAX_BYLINE and "://" not in text and not text.startswith(("www.", "@", "{"))


def _canonical(root: Element, metas: dict[str, str], url: str) -> str:
    links = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for candidate in (*links, metas.get("og:url")):
        try:
            address = urljoin(url, (candidate or "").strip())
            parts = urlsplit(address)
        except ValueError:  # brackets that hold no IPv6 address
            continue
        if candidate and parts.scheme in {"http", "https"} and parts.netloc:
            return address
    return ""


def _published(root: Element, metas: dict[str, str], node: dict[str, Any]) -> datetime | None:
    said = [node.get("datePublished"), *(metas.get(key) for key in _DATES)]
    said += [time.get("datetime") for time in root.iter("time")][:3]
    return next((found for text in said if isinstance(text, str) and (found := instant(text))), None)


def _language(root: Element, metas: dict[str, str], node: dict[str, Any]) -> str:
    page = next(iter(root.iter("html")), root)
    said = [page.get("lang"), page.get("xml:lang"), *_listed(node.get("inLanguage"))]
    said += [metas.get(key) for key in ("language", "dc.language", "og:locale")]
    codes = (text.strip().replace("_", "-").lower() for text in said if isinstance(text, str))
    return next((code for code in codes if _LANGUAGE.fullmatch(code)), "")


def _filed_under(nodes: list[dict[str, Any]], metas: dict[str, str], node: dict[str, Any]) -> str:
    crumbs = next((n for n in nodes if _is_a(n, _BREADCRUMBS)), {})
    path = [_words(_name_of(step)) for step in _listed(crumbs.get("itemListElement"))]
    path = [name for name in path[:-1] or path if name and name.casefold() not in _HOME]
    sections = [_words(name) for name in _listed(node.get("articleSection"))]
    path = path or [name for name in sections if name] or [_words(metas.get("article:section"))]
    return " / ".join(path)[:MAX_FILED_UNDER]


def _updates(nodes: list[dict[str, Any]]) -> Iterator[Part]:
    """The updates of a live blog that have words of their own, each once."""
    told: set[str] = set()
    for update in _listed(next((n["liveBlogUpdate"] for n in nodes if n.get("liveBlogUpdate")), None)):
        if not isinstance(update, dict):
            continue
        body = plain(update["articleBody"]) if isinstance(update.get("articleBody"), str) else ""
        heading = _words(update.get("headline") or update.get("name")) or body.partition("\n")[0][:MAX_HEADING]
        if body and body not in told:
            told.add(body)
            date = update.get("datePublished")
            published = instant(date) if isinstance(date, str) else None
            yield Part(heading, body, _fragment(update.get("url") or update.get("@id")), published)


def _fragment(address: object) -> str:
    return address.partition("#")[2].strip() if isinstance(address, str) else ""


def _name_of(step: object) -> object:
    """The name of a breadcrumb, which may be on its item."""
    if not isinstance(step, dict):
        return None
    item = step.get("item")
    return step.get("name") or (item.get("name") if isinstance(item, dict) else None)


def _closed(metas: dict[str, str], node: dict[str, Any]) -> bool:
    free = str(node.get("isAccessibleForFree", "")).rpartition("/")[2].lower()
    return free == "false" or metas.get("article:content_tier", "").lower() == "locked"


def _number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
