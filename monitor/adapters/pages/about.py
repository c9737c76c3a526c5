"""What a page says about itself: headline, byline, address, date; from JSON-LD, meta elements, markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from monitor.core.dates import instant
from monitor.core.markup import plain

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
_AUTHORS = ("author", "parsely-author", "dc.creator", "sailthru.author", "article:author", "byl")
_BY = re.compile(r"^\s*by[:\s]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """Empty strings and None where the page says nothing."""

    headline: str
    byline: str
    canonical_url: str
    published_at: datetime | None


def about(root: Element, url: str) -> About:
    """What the page says about itself; addresses made absolute against `url`."""
    metas, node = _metas(root), _json_ld(root)
    return About(
        headline=_headline(root, metas, node),
        byline=_byline(root, metas, node),
        canonical_url=_canonical(root, metas, url),
        published_at=_published(root, metas, node),
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


def _json_ld(root: Element) -> dict[str, Any]:
    """The article's node of the page's JSON-LD; empty when there is none."""
    for script in root.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").lower() != "application/ld+json" or len(text) > MAX_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data, MAX_DEPTH):
            if _ARTICLE.search(" ".join(map(str, _listed(node.get("@type"))))):
                return node
    return {}


def _nodes(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
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
    names = [_words(a.get("name") if isinstance(a, dict) else a) for a in _listed(node.get("author"))]
    candidates = [", ".join(name for name in names if _is_name(name))]
    candidates += [_words(metas.get(key)) for key in _AUTHORS]
    candidates += [_text(element) for element in _marked_as_author(root)]
    return next((_BY.sub("", text) for text in candidates if _is_name(text)), "")


def _marked_as_author(root: Element) -> Iterator[Element]:
    yield from root.iterfind(".//*[@rel='author']")
    yield from root.iterfind(".//*[@itemprop='author']")
    for element in root.iterfind(".//*[@class]"):
        if re.search(
            r"(?:^|[\s_-])(?:byline|author-?name)(?:$|[\s_-])", element.get("class") or "", re.IGNORECASE
        ):
            yield element


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
