"""Whether a text taken from a page is the article: not its teaser, a cookie wall or the site's menu.

Points out of a hundred, each part with its reason; under fifty it is not the full text, and the article is judged
as a summary (the contract, section 10). What walls say, and in which languages, is in `walls`; whether it is the
site that says it, in `voice`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.voice import LONG, is_prose, spoken
from monitor.core.walls import ASKS, WALL

ENOUGH = 50
"""Points from which a text is taken for the whole article."""
PROSE, LENGTH, UNLINKED = 50, 30, 20
"""What each of the three is worth at most."""
BRIEF = 350
"""Characters of a news in brief: from here a text has the points for its length."""
SHORT = 1_500
"""Characters: a wall leaves less of an article than this; a longer text is there, whatever the page says."""
WALLED = 60
"""What a wall takes away."""
CUT = 20
"""What a text that breaks off takes away besides."""
CLAIM_WORDS, CLAIM_SHARE = 100, 0.5
"""A page that says its article has so many words must show this share of them."""
_BROKEN = re.compile(r"(?:\u2026|\.\.\.|[a-z,])[\"'\u2019\u201d)\]]*$")


class Kind(StrEnum):
    """What a text taken from a page is."""

    FULL = "full text"
    TEASER = "teaser"
    """The beginning, shown to those who do not pay."""
    WALL = "wall"
    """What stands in front of the article: cookies, consent, robots."""
    MENU = "menu text"
    """The site's own words: links, headings, lists; or hardly any."""
    ELSEWHERE = "another page"
    """One that its address led to, in place of the article."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Taken:
    """A text taken from a page, and what the page says and shows besides."""

    text: str
    """Paragraphs apart by blank lines."""
    linked: float = 0.0
    """Share of the text's characters that are links."""
    closed: bool = False
    """The page says of itself that its article is not free."""
    asks: str = ""
    """What a box before the rest of the text says, where there is one."""
    words: int | None = None
    """Words the page says its article has."""


@dataclass(frozen=True, slots=True)
class Points:
    """One part of the score."""

    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How far a text can be taken for the article."""

    kind: Kind
    parts: tuple[Points, ...] = ()
    why: str = ""
    """Where it is no matter of points."""

    @property
    def score(self) -> int:
        """0 to 100."""
        return max(0, sum(part.points for part in self.parts))

    @property
    def full(self) -> bool:
        """Whether it can be taken for the whole article."""
        return self.kind is Kind.FULL

    @property
    def worth_keeping(self) -> bool:
        """Whether it is the article's own words, all or the first of them."""
        return self.kind in (Kind.FULL, Kind.TEASER)

    def __str__(self) -> str:
        """`teaser, 18 of 100: 96% in running sentences +48, 676 characters +30, ...`."""
        if self.why:
            return f"{self.kind}: {self.why}"
        parts = ", ".join(f"{part.why} {part.points:+d}" for part in self.parts)
        return f"{self.kind}, {self.score} of 100: {parts}" if parts else str(self.kind)


FULL = Quality(Kind.FULL)
"""Of a text that nobody has looked at: one that was handed in."""


def quality_of(taken: Taken) -> Quality:
    r"""What a text is, in points with their reasons.

    >>> quality_of(Taken("Home\\n\\nNews\\n\\nSport", linked=1.0)).kind
    <Kind.MENU: 'menu'>
    """
    paragraphs = [p for p in taken.text.split("\n\n") if p.strip()]
    if not paragraphs:
        return Quality(Kind.NOTHING)
    short = len(taken.text) < SHORT
    walls = tuple(_walls(paragraphs)) if short else ()
    closed = tuple(_closed(taken, paragraphs)) if short else ()
    parts = (*_worth(taken, paragraphs), *walls, *closed)
    if sum(part.points for part in parts) >= ENOUGH:
        return Quality(Kind.FULL, parts)
    return Quality(Kind.WALL if walls else Kind.TEASER if closed else Kind.MENU, parts)


def _worth(taken: Taken, paragraphs: list[str]) -> Iterator[Points]:
    prose = sum(len(p) for p in paragraphs if is_prose(p)) / sum(map(len, paragraphs))
    prose = max(0.0, prose - taken.linked)
    yield Points(round(PROSE * prose), f"{prose:.0%} in running sentences")
    yield Points(round(LENGTH * min(1.0, len(taken.text) / BRIEF)), f"{len(taken.text):,} characters")
    yield Points(round(UNLINKED * (1 - taken.linked)), f"{taken.linked:.0%} links")


def _walls(paragraphs: list[str]) -> Iterator[Points]:
    """A wall is all there is: an article about cookies has other paragraphs."""
    said = spoken(paragraphs, WALL)
    if said and len(said) * 3 >= len(paragraphs):
        yield Points(-WALLED, f"it says “{said[0]}”")


def _closed(taken: Taken, paragraphs: list[str]) -> Iterator[Points]:
    """What tells of a paywall."""
    words = len(taken.text.split())
    if taken.words is not None and taken.words >= CLAIM_WORDS and words < CLAIM_SHARE * taken.words:
        yield Points(-WALLED, f"the page says its article has {taken.words:,} words")
    asks = taken.asks or next(iter(spoken(paragraphs, ASKS)), "")
    if asks:
        yield Points(-WALLED, f"it asks “{asks}”")
    if taken.closed:
        yield Points(-WALLED, "the page says it is not free")
    if (asks or taken.closed) and _BROKEN.search(paragraphs[-1]):
        yield Points(-CUT, "it breaks off")


def without_asking(paragraphs: list[str]) -> list[str]:
    """The paragraphs without the last ones, as far as they are lines that ask to subscribe: not the article's."""
    end = len(paragraphs)
    while end and len(paragraphs[end - 1]) < LONG and asks_to_pay(paragraphs[end - 1]):
        end -= 1
    return paragraphs[:end]


def asks_to_pay(text: str) -> str:
    """The words of a short text that ask its reader to subscribe or sign in; empty when none do."""
    found = ASKS.search(text)
    return found[0] if found else ""
