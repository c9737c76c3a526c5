"""Which articles are judged together: first large shards, which cost least, then small ones: all end at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from monitor.core.article import Article

FEW = 64
"""So many articles, or fewer, are not worth handing out: they are judged before another process had them."""
MOST = 256
"""Articles of a shard, at most: more at once are not judged faster, and their answers take memory."""
EMPTY = 500
"""What an article costs that has no text, in characters of text."""


class Shard(NamedTuple):
    """Articles that are judged together: where they begin among all, and how many processes they ended."""

    start: int
    articles: Sequence[Article]
    ended: int = 0


def shards(articles: Sequence[Article], processes: int) -> Iterator[Shard]:
    """All articles, in order, for so many processes.

    Each round has a shard for every process, all with as much text. While articles are many, a round takes two
    thirds of what is left; then the last takes all of it.
    """
    texts = [0, *accumulate(map(_text, articles))]
    start = 0
    while start < len(articles):
        left = texts[-1] - texts[start]
        last = len(articles) - start <= 2 * FEW * processes
        each = (left if last else 2 * left // 3) // processes
        for _ in range(processes):
            end = min(bisect_left(texts, texts[start] + max(1, each)), start + MOST, len(articles))
            if start < end:
                yield Shard(start, articles[start:end])
            start = end


def _text(article: Article) -> int:
    return EMPTY + len(article.headline) + len(article.standfirst) + len(article.body)
