"""A store of whose articles one breaks who judges it: what such a one costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from monitor.adapters.store import Store
from monitor.core.article import Article


class Unreadable(Article):
    """An article whose texts break whoever reads them together: the matcher, whatever the term stands in."""

    @property
    def texts(self) -> tuple[str, str, str]:
        raise RuntimeError("no such text")


class Breaking:
    """The store, with that article among the others."""

    def __init__(self, store: Store, broken: Article) -> None:
        self._store = store
        self._broken = broken

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def articles(self, *asked: Any) -> list[Article]:
        return [self._given(article) for article in self._store.articles(*asked)]

    def articles_with(self, *asked: Any, **more: Any) -> Iterator[Article]:
        yield from (self._given(article) for article in self._store.articles_with(*asked, **more))

    def _given(self, article: Article) -> Article:
        return _unreadable(article) if article.id == self._broken.id else article


def _unreadable(article: Article) -> Unreadable:
    return Unreadable(**{f.name: getattr(article, f.name) for f in fields(article)})
