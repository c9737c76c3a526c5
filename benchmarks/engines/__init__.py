"""Whoever can say which questions hold of which articles: ours and its peers, each with one face.

`ours` · `automata` (bare) · `fts5` · `postgres` · `flashtext` · `phrasematcher` (spaCy) · `hyperscan` · `re2`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias

from benchmarks.documents import Question
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.source import Sources

Match: TypeAlias = tuple[int, int]
"""Number of an article, number of a question that holds of it."""


@dataclass(frozen=True)
class Job:
    """Articles, and what is asked of them; each engine takes the form it needs."""

    articles: Sequence[Article]
    texts: Sequence[str]
    """The same as common texts, for those who cannot read articles."""
    agreements: Sequence[Agreement]
    sources: Sources
    questions: Sequence[Question]
    """What the agreements ask at document scope."""


class Engine:
    """Asks all questions of all articles; made once for each job, and that is not timed."""

    complete = True
    """Whether it can find all there is: some never see a phrase that overlaps another."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def matches(self) -> Iterator[Match]:
        """Every question that holds, article by article or in any other order."""
        raise NotImplementedError

    def elsewhere(self) -> tuple[float, int]:
        """CPU seconds spent so far, and bytes of memory at the peak, by processes that are not ours."""
        return 0.0, 0

    def close(self) -> None:
        """Let go of what is not ours."""


REFERENCES = ("flashtext2", "spaCy", "Hyperscan", "RE2")
"""They only find phrases: whether a question holds is decided by the same few lines for all of them."""
_HOMES = {
    "Monitor": ("ours", "Ours"),
    "Monitor, pyahocorasick": ("ours", "OursOnPyahocorasick"),
    "Monitor, daachorse": ("ours", "OursOnDaachorse"),
    "SQLite FTS5": ("fts5", "Fts5"),
    "PostgreSQL": ("postgres", "Postgres"),
    "flashtext2": ("flashtext", "FlashText"),
    "spaCy": ("phrasematcher", "PhraseMatcher"),
    "Hyperscan": ("hyperscan", "Hyperscan"),
    "RE2": ("re2", "Re2"),
}
NAMES = tuple(_HOMES)


def engine(name: str) -> type[Engine]:
    """The engine of a name.

    Raises:
        ImportError: its library is not installed.
    """
    module, kind = _HOMES[name]
    made: type[Engine] = getattr(import_module(f"benchmarks.engines.{module}"), kind)
    return made
