"""Judging: many articles at once, by one process or several; what breaks who judges costs itself, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from types import TracebackType
from typing import Generic, Protocol, Self, TypeAlias, TypeVar

from monitor.core.article import Article
from monitor.core.fault import JUDGEMENT, Fault
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher

Answer = TypeVar("Answer")
"""What is said of an article: a judgement, or one by each of two states."""
Judge: TypeAlias = Callable[[Sequence[Article]], list[Answer]]
"""Says of each of some articles what it is, in order; what is wrong with one is said of it, and stops no other."""
GivenUp: TypeAlias = Callable[[Article, str], Answer]
"""What is said of an article that cannot be judged, and why."""


class Crew(Protocol[Answer]):
    """Who judges: `Here`, or `adapters.crew.Crew`."""

    faults: list[Fault]
    """Which processes died, and what became of their articles."""

    def judge(self, articles: Sequence[Article]) -> list[Answer]:
        """What is said of each article, in order."""


class Crews(Protocol):
    """Makes a crew of somebody who judges."""

    def __call__(
        self, judge: Judge[Answer], given_up: GivenUp[Answer], answer: type[Answer]
    ) -> AbstractContextManager[Crew[Answer]]:
        """A crew that judges in this way, until the context ends."""


class Here(Generic[Answer]):
    """A crew of this process alone."""

    def __init__(self, judge: Judge[Answer], given_up: GivenUp[Answer], answer: type[Answer]) -> None:
        self.judge = judge
        self.faults: list[Fault] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nobody to let go."""


def guarded(judge: Callable[[Sequence[Article]], Iterable[Answer]], given_up: GivenUp[Answer]) -> Judge[Answer]:
    """The same judging, all articles at once; where one of them breaks it, one by one."""

    def one_by_one(article: Article) -> Answer:
        try:
            return next(iter(judge([article])))
        except Exception as error:  # noqa: BLE001 - a text that breaks the judge costs itself, not all that come after
            return given_up(article, f"{type(error).__name__}: {error}")

    def all_at_once(articles: Sequence[Article]) -> list[Answer]:
        try:
            return list(judge(articles))
        except Exception:  # noqa: BLE001 - which of them it was is found out, and told
            return [one_by_one(article) for article in articles]

    return all_at_once


def judging(matcher: Matcher) -> Judge[Judgement]:
    """A matcher's judging, guarded."""
    return guarded(matcher.judge_all, cannot_be_judged)


def pages(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    """The articles so many at a time, in order."""
    left = iter(articles)
    while page := list(islice(left, size)):
        yield page


def unjudged(judgement: Judgement) -> dict[Fault, None]:
    """Why an article could not be judged; nothing where it was. To be told once, in order."""
    return dict.fromkeys(fault for fault in judgement.faults if fault.field == JUDGEMENT)


def cannot_be_judged(article: Article, why: str) -> Judgement:
    """What is said of an article of which nothing can be said."""
    remedy = "a mistake of ours: report it with the article"
    where = article.url or article.headline
    fault = Fault(where, f"cannot be judged: {why}", remedy, field=JUDGEMENT)
    return Judgement(article.url, None, evidence=article.evidence, faults=(fault,))
