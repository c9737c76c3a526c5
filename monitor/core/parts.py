"""Live blogs and round-ups: pages that hold several pieces of news, each under its own heading.

Each piece becomes an article of its own, so that a term in one is not in connection with a word in another
(docs/decisions/0011). An article with headings in it is one piece of news and stays whole: only a page that says
by its headline or address what it is, is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

LEAST_PARTS = 3
LEAST_WORDS = 12
"""Of a piece of news; what says less stays with the page's own words."""
_SEVERAL = re.compile(
    r"\b(?:round-?up|in brief|news briefs|at a glance|live updates|live blog|as it happened|minute by minute"
    r"|what the papers say|front pages|letters to the editor|(?:things|stories) (?:you|to) (?:need to )?know)\b"
    r"|^(?:live|letters|readers' letters)\s*[:|\u2013\u2014-]|\blive\s*[:|\u2013\u2014]|[:|\u2013\u2014-]\s*live$",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(r"/(?:live|live-?blog|letters|news-in-brief|round-?ups?)(?:/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article, or a heading inside it."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of news of a page."""

    heading: str
    body: str
    """Paragraphs apart by blank lines."""
    anchor: str = ""
    """What the page's address takes behind `#` to lead there; empty when the page has none."""
    published_at: datetime | None = None


def holds_several(headline: str, url: str) -> bool:
    """Whether a page says that it is a live blog or a round-up.

    >>> holds_several("Budget day - as it happened", ""), holds_several("Live music is back in Fife", "")
    (True, False)
    """
    try:
        path = urlsplit(url).path
    except ValueError:  # brackets that hold no IPv6 address
        path = ""
    return _SEVERAL.search(headline.strip()) is not None or _LIVE_PATH.search(path) is not None


def split(paragraphs: Sequence[Paragraph]) -> tuple[list[str], list[Part]]:
    """The words of the page itself, and its pieces of news in order; none where there are fewer than three."""
    own: list[str] = []
    parts: list[Part] = []
    for heading, texts in _under_headings(paragraphs):
        if heading and len(" ".join(texts).split()) >= LEAST_WORDS:
            parts.append(Part(heading, "\n\n".join(texts)))
        else:
            own += [heading, *texts] if heading else texts
    return (own, parts) if len(parts) >= LEAST_PARTS else ([p.text for p in paragraphs], [])


def without(paragraphs: Iterable[str], parts: Iterable[Part]) -> list[str]:
    """The paragraphs that are in none of the parts: the words of the page itself."""
    told = {text for part in parts for text in (_squeezed(part.heading), *map(_squeezed, part.body.split("\n\n")))}
    return [text for text in paragraphs if _squeezed(text) not in told]


def _under_headings(paragraphs: Iterable[Paragraph]) -> list[tuple[str, list[str]]]:
    groups: list[tuple[str, list[str]]] = [("", [])]
    for paragraph in paragraphs:
        if paragraph.heading:
            groups.append((paragraph.text, []))
        else:
            groups[-1][1].append(paragraph.text)
    return groups


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
