"""Whether two texts are copies of one another, by the runs of words they share.

The numbers were set on pairs of real articles that were read (docs/measured.md, *Stories*): copies, copies cut to
some of their sentences, agency text lightly rewritten; and two newsrooms' own reports of one event, which share
names and quotes and stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.core.article import Article

RUN_WORDS = 4
LEAST_WORDS = 25
"""Shorter texts are alike by chance and are never copies."""
ALIKE = 0.5
"""Shared runs over all runs (Jaccard) of two texts that are copies."""
CUT = 0.8
"""Shared runs over those of the shorter text: a cut copy keeps its words."""
REWRITTEN = 0.55
"""The same for two outlets at about one time: agency text with some of its words changed."""
REWRITTEN_LONG = 0.65
"""The same for texts of `LONG_RUNS` and more: they have room to tell the background in the words of before."""
LONG_RUNS = 100
REWRITTEN_WITHIN = timedelta(hours=18)
"""Later, what they share is what each tells again of the days before."""
REWRITTEN_ALIKE = 0.1
"""Of all runs of both, at least: a round-up has a little of everything."""
RETITLED = 0.9
"""Of all runs of two summaries of one outlet under different headlines: one article, retitled."""
RETITLED_WITHIN = timedelta(hours=24)
"""Later, what is the same is an outlet's standing text: a series' or newsletter's words."""
LEAST_SHARED = min(CUT, REWRITTEN, 2 * ALIKE / (1 + ALIKE))
"""Of the shorter text's runs, what copies share at least, by any rule."""
_WORD = re.compile(r"[^\W_]+")

Runs = AbstractSet[tuple[str, ...]]
"""Every run of four words of a text."""


class Wording(NamedTuple):
    """What an article is compared by, and which text it is."""

    id: str
    line: str
    first_seen: datetime
    text: str


def compared(article: Article) -> str:
    """What an article is compared by: its body or, without one, its standfirst."""
    return article.body or article.standfirst


def runs_of(text: str) -> Runs:
    """Every run of four words, none for a text of fewer than 25; capitals and punctuation do not count."""
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(zip(*(words[n:] for n in range(RUN_WORDS)), strict=False))


def words_of(text: str) -> list[str]:
    """The words in order, case folded and without apostrophes.

    >>> words_of("The Families’ PLEA, don't they?")
    ['the', 'families', 'plea', 'dont', 'they']
    """
    return _WORD.findall(text.casefold().replace("'", "").replace("\u2019", ""))


def alike(one: Runs, other: Runs) -> bool:
    """Whether two texts are mostly the same, or one a cut of the other, whoever printed them."""
    return _same(len(one & other), len(one), len(other))


def are_copies(one: Article, other: Article, shared: int, sizes: tuple[int, int]) -> bool:
    """Whether two articles are copies, whose texts have so many runs and share so many of them."""
    if _retitled(one, other):
        return shared >= RETITLED * (sum(sizes) - shared) and _within(RETITLED_WITHIN, one, other) is True
    return _same(shared, *sizes) or (_at_one_time(one, other) and _rewritten(shared, *sizes))


def _same(shared: int, one: int, other: int) -> bool:
    return shared >= ALIKE * (one + other - shared) or shared >= CUT * min(one, other)


def _rewritten(shared: int, one: int, other: int) -> bool:
    shorter = min(one, other)
    kept = REWRITTEN_LONG if shorter >= LONG_RUNS else REWRITTEN
    return shared >= kept * shorter and shared >= REWRITTEN_ALIKE * (one + other - shared)


def _at_one_time(one: Article, other: Article) -> bool:
    """Whether two outlets printed them within hours."""
    return one.outlet != other.outlet and _within(REWRITTEN_WITHIN, one, other) is not False


def _within(time: timedelta, one: Article, other: Article) -> bool | None:
    """Whether no more time lies between them; None where that is not known."""
    if one.when is None or other.when is None:
        return None
    return abs(one.when - other.when) <= time


def _retitled(one: Article, other: Article) -> bool:
    """Whether two summaries of one outlet stand under different headlines.

    An outlet that tells the same news twice gives it the same headline, or another one to the same summary.
    """
    summaries = not (one.body and other.body)
    return summaries and one.outlet == other.outlet and words_of(one.headline) != words_of(other.headline)
