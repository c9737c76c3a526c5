"""Stories: articles of several outlets that tell the same news, folded as copies of one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.core.article import Article


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are copies of one another, the oldest first."""

    id: str
    """The smallest line of its articles: the same whatever the order of arrival."""
    articles: tuple[Article, ...]


def stories(articles: Iterable[Article], copies: Iterable[tuple[str, str]]) -> tuple[Story, ...]:
    """Every article in exactly one story; copies are pairs of article ids, joined transitively."""
    by_id = {a.id: a for a in articles}
    root = {i: i for i in by_id}

    def find(i: str) -> str:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for left, right in copies:
        if left in root and right in root:
            a, b = sorted((find(left), find(right)))
            root[b] = a
    folded: dict[str, list[Article]] = {}
    for i, article in by_id.items():
        folded.setdefault(find(i), []).append(article)
    return tuple(_story(group) for _, group in sorted(folded.items()))


def _story(articles: list[Article]) -> Story:
    ordered = sorted(articles, key=lambda a: (a.when is None, a.when.timestamp() if a.when else 0, a.id))
    return Story(min(a.line for a in articles), tuple(ordered))
