"""The labels, and the articles they speak of, read the way `monitor articles import` reads them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from monitor.core.article import Article, fingerprint
from monitor.core.source import Sources
from monitor.jobs.import_articles import ImportPlan, guessed, import_articles, text_at
from monitor.jobs.ports import ImportRow, Store

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATA = ROOT.parent / "shared/data"
LABELS = HERE / "labels.jsonl"


@dataclass(frozen=True)
class Label:
    """What a person who read an article says of it. A section that is not named is out."""

    file: str
    """Below ../shared/data."""
    row: int
    """Line of the file, from 1."""
    fingerprint: str
    """Of headline, standfirst and body as the file has them: another text is not the one that was read."""
    outlet: str
    """As if it had printed the article."""
    stratum: str
    """Why it was read: the matcher said in, near_miss or out; broad: found by wide regexes only; random."""
    strict: Mapping[str, str]
    """By the contract and the profile: in or out."""
    relevant: Mapping[str, str]
    """For a reader of this client: in, out or unsure."""
    why: str


def read_labels(path: Path = LABELS) -> list[Label]:
    return [Label(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def found(labels: Iterable[Label], sources: Sources, data: Path = DATA) -> Iterator[tuple[Label, Article]]:
    """The labels whose article is there, with it; files that are not there are passed over."""
    for file, group in groupby(sorted(labels, key=lambda label: label.file), lambda label: label.file):
        wanted = list(group)
        if not (data / file).exists():
            continue
        values = _rows(data / file, {label.row for label in wanted})
        for label in wanted:
            row = values.get(label.row)
            if row is not None and _fingerprint(row) == label.fingerprint:
                yield label, _imported(row, label, sources)


def _rows(path: Path, numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {n: json.loads(line) for n, line in enumerate(lines, start=1) if n in numbers}


def _fingerprint(values: Mapping[str, Any]) -> str:
    columns = guessed(values)
    return fingerprint(*(text_at(values, columns.get(field, "")) for field in ("headline", "standfirst", "body")))


class _Kept(Store):
    """Keeps what the import makes."""

    def __init__(self) -> None:
        self.kept: list[Article] = []

    def known_entries(self, source: str, keys: Iterable[str]) -> set[str]:
        return set()

    def add_articles(
        self,
        source: str,
        articles: Iterable[tuple[str, Article]],
        **_: object,
    ) -> int:
        self.kept += [article for _, article in articles]
        return len(self.kept)


class _Silent:
    def start(self, what: str, total: int | None) -> None: ...
    def advance(self, count: int = 1, **counts: int) -> None: ...
    def finish(self) -> None: ...


def _imported(values: dict[str, Any], label: Label, sources: Sources) -> Article:
    archive = _Kept()
    plan = ImportPlan(guessed(values), label.outlet)
    import_articles(
        [ImportRow(label.row, values)], plan, archive, sources, lambda: datetime(2026, 1, 1, tzinfo=UTC), _Silent()
    )
    return replace(archive.kept[0], outlet=label.outlet)
