"""Articles for benchmarks: the full-text sets of the shared data, or whatever texts a folder holds."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from monitor.core.article import Article, fingerprint
from monitor.core.source import SCOTLAND, Group, Outlet, Sources

_BESIDE = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
SHARED = next(filter(Path.is_dir, _BESIDE), _BESIDE[2])
"""Beside the checkout, or beside a folder that it is in."""
FULL_TEXT = (
    "news/bbc_2225.jsonl.gz",
    "news/bbc_2022.jsonl.gz",
    "news/bbc_2025_half.jsonl.gz",
    "scottish/govscot.jsonl.gz",
    "scottish/parliament_2009_half.jsonl.gz",
    "scottish/themajority_posts.jsonl.gz",
)
"""The sets of the shared data that hold whole texts; its feed items are headlines and a sentence."""
FROM_SCOTLAND = ("govscot", "themajority_posts")
EVERYWHERE, SCOTTISH = "everywhere", "scottish"
"""The two groups of outlets that profiles of the sets name."""


@dataclass(frozen=True)
class Corpus:
    """The articles of a folder, each text once."""

    articles: tuple[Article, ...]
    copies: int = 0
    """Texts left out because the same headline and body had been read."""
    folder: str = ""

    @property
    def characters(self) -> int:
        """How long all articles are together."""
        return sum(len(a.headline) + len(a.standfirst) + len(a.body) for a in self.articles)

    def __str__(self) -> str:
        mean = self.characters / max(1, len(self.articles)) / 1e3
        return (
            f"{len(self.articles):,} articles of {self.folder or 'memory'}, mean {mean:.1f} kB "
            f"({self.copies:,} repeated texts left out)"
        )

    def sample(self, size: int) -> Corpus:
        """At most so many articles, evenly from the whole."""
        if size >= len(self.articles):
            return self
        step = len(self.articles) / size
        return Corpus(tuple(self.articles[int(n * step)] for n in range(size)), self.copies, self.folder)


def read_corpus(folder: Path = SHARED) -> Corpus:
    """Every article of a folder: of the full-text sets when it has them, else of its JSON lines and text files.

    Raises:
        SystemExit: there is no text in it.
    """
    files = [path for name in FULL_TEXT if (path := folder / name).is_file()] or sorted(_texts_in(folder))
    seen: set[str] = set()
    articles, copies = [], 0
    for article in (article for path in files for article in _articles(path)):
        identity = fingerprint(article.headline, article.body)
        if not article.body.strip() or identity in seen:
            copies += identity in seen
            continue
        seen.add(identity)
        articles.append(article)
    if not articles:
        raise SystemExit(f"{folder}: no articles here; give a folder with .jsonl, .jsonl.gz or .txt files in it")
    return Corpus(tuple(articles), copies, str(folder))


def sources_of(articles: Iterable[Article]) -> Sources:
    """The outlets of the articles, and the groups that the sets' profiles name."""
    names = sorted({a.outlet or "" for a in articles})
    outlets = [
        Outlet(n, n, owner=n, area=SCOTLAND if n in FROM_SCOTLAND else "UK", tier=2, groups=(EVERYWHERE, SCOTTISH))
        for n in names
    ]
    return Sources.of(outlets, [Group(EVERYWHERE, EVERYWHERE), Group(SCOTTISH, SCOTTISH, area=SCOTLAND)])


def _texts_in(folder: Path) -> Iterator[Path]:
    for ending in ("*.jsonl", "*.jsonl.gz", "*.txt"):
        yield from folder.rglob(ending)


def _articles(path: Path) -> Iterator[Article]:
    outlet = path.name.partition(".")[0]
    if path.suffix == ".txt":
        headline, _, body = path.read_text(encoding="utf-8", errors="replace").partition("\n")
        yield Article(url=path.as_uri(), headline=headline, body=body, outlet=outlet)
        return
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for _, rows in groupby(enumerate(map(json.loads, lines)), key=_published_as):
            yield _article([row for _, row in rows], outlet)


def _published_as(numbered: tuple[int, dict[str, Any]]) -> object:
    """What tells one published item from the next: the speeches of a debate, each a line, are one of them."""
    number, row = numbered
    debate, _, _ = str(row.get("id", "")).rpartition(".")
    return debate if "publicwhip" in debate else number


def _article(rows: list[dict[str, Any]], outlet: str) -> Article:
    """One item, whatever the set calls its fields. Bodies in HTML stay as they are: they are raw articles."""
    row = rows[0]
    return Article(
        url=row.get("url") or row.get("link") or row.get("id") or "",
        headline=row.get("headline") or row.get("title") or "",
        standfirst=row.get("summary") or row.get("description") or "",
        body="\n\n".join(r.get("html") or r.get("text") or "" for r in rows),
        byline=row.get("author") or "",
        outlet=outlet,
    )
