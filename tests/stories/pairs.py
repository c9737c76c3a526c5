"""The labelled pairs, and the articles they speak of, read the way `monitor articles import` reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from relevance.articles import DATA, Label, found

from monitor.adapters.cluster import copies
from monitor.core.article import Article
from monitor.core.source import Sources

HERE = Path(__file__).parent
PAIRS = HERE / "pairs.jsonl"
FRESH = HERE / "fresh.jsonl"
"""Read after the numbers of between outlets were set (docs/measured.md, *Stories*)."""
FOLDS = {"copy", "cut", "rewritten"}
APART = {"same_event", "different"}
UNSURE = "unsure"
REWORKED = "reworked"
"""Agency sentences of which about half stayed: more than a light rewriting. Whether they fold counts nowhere."""
OPENING = "A report that was heard this week is told here once more for the readers of this paper."
"""Of ours, above the copies that were cut for the test."""


@dataclass(frozen=True)
class Side:
    """One article of a pair."""

    file: str
    row: int
    fingerprint: str
    outlet: str
    """As if it had printed the article."""
    cut: float | None = None
    """Only so much of its text, from the front, under an opening of ours."""


@dataclass(frozen=True)
class Pair:
    """Two articles, and what a person who read both says of them."""

    kind: str
    why: str
    left: Side
    right: Side


@dataclass(frozen=True)
class Score:
    """What folds of what should."""

    right: int
    wrong: tuple[Pair, ...]
    missed: tuple[Pair, ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    held = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [Pair(p["kind"], p["why"], Side(**p["left"]), Side(**p["right"])) for p in held]


def with_articles(pairs: Iterable[Pair], data: Path = DATA) -> Iterator[tuple[Pair, Article, Article]]:
    """The pairs whose articles are both there, with them."""
    pairs = list(pairs)
    wanted = {(s.file, s.row): s for pair in pairs for s in (pair.left, pair.right)}
    labels = [Label(s.file, s.row, s.fingerprint, s.outlet, "", {}, {}, "") for s in wanted.values()]
    articles = {(label.file, label.row): article for label, article in found(labels, Sources(), data)}
    for pair in pairs:
        sides = [(side, articles.get((side.file, side.row))) for side in (pair.left, pair.right)]
        one, other = (_printed(side, article) for side, article in sides)
        if one and other:
            yield pair, one, other


def measure(data: Path = DATA, path: Path = PAIRS) -> tuple[int, Score]:
    """How many pairs of a file are there, and what folds of those that are sure."""
    pairs = _all(data, path)
    right, wrong, missed = 0, [], []
    for pair, one, other in pairs:
        folds = bool(copies([one, other]))
        right += folds and pair.kind in FOLDS
        wrong += [pair] if folds and pair.kind in APART else []
        missed += [pair] if not folds and pair.kind in FOLDS else []
    return len(pairs), Score(right, tuple(wrong), tuple(missed))


@cache
def _all(data: Path, path: Path) -> list[tuple[Pair, Article, Article]]:
    return list(with_articles(read_pairs(path), data))


def _printed(side: Side, article: Article | None) -> Article | None:
    """The article as if its outlet had printed it, at an address of its own."""
    if article is None:
        return None
    url = f"https://{side.outlet}.example/{Path(side.file).stem}/{side.row}"
    body = _cut(article.body, side.cut) if side.cut else article.body
    return replace(article, url=url, outlet=side.outlet, body=body)


def _cut(text: str, share: float) -> str:
    words = text.split(" ")
    return f"{OPENING}\n\n{' '.join(words[: int(len(words) * share)])}"
