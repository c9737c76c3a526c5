"""Which articles are judged together: for every process as many, and of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from monitor.core.article import Article

FEW = 64
"""So many articles, or fewer, are not worth handing out: they are judged before another process had them."""
MOST = 256
"""Articles of a shard, at most: more at once are not judged faster, and their answers take memory."""


class Shard(NamedTuple):
    """Articles that are judged together: which among all they are, and how many processes they ended."""

    of: slice
    articles: Sequence[Article]
    ended: int = 0


def shards(articles: Sequence[Article], processes: int) -> Iterator[Shard]:
    """All articles, for so many processes: as few shards as may be, since what is judged at once costs less.

    Each takes every n-th article. Neighbours are often of one source, as long and as hard to read as each other;
    so mixed, shards of as many articles take as long, and all processes end together.
    """
    number = processes * ceil(len(articles) / (processes * MOST))
    for first in range(min(number, len(articles))):
        every = slice(first, None, number)
        yield Shard(every, articles[every])
