"""SQLite's full-text index: a batch of articles is indexed in memory, then each question is asked of the batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from benchmarks.documents import Question
from benchmarks.engines import Engine, Job, Match

BATCH = 3_000
"""Articles of one index: the more, the less a question costs each of them."""


class Fts5(Engine):
    """FTS5 without content, words split at spaces: the least it can be asked to do."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._asked = [(question.number, _query(question)) for question in job.questions]

    def matches(self) -> Iterator[Match]:
        texts = self.job.texts
        for start in range(0, len(texts), BATCH):
            yield from self._batch(start, texts[start : start + BATCH])

    def _batch(self, start: int, texts: Sequence[str]) -> Iterator[Match]:
        database = sqlite3.connect(":memory:", isolation_level=None)
        database.execute("CREATE VIRTUAL TABLE article USING fts5(words, content='', tokenize='ascii')")
        database.execute("BEGIN")
        database.executemany("INSERT INTO article(rowid, words) VALUES (?, ?)", enumerate(texts, start))
        database.execute("COMMIT")
        for number, query in self._asked:
            for (article,) in database.execute("SELECT rowid FROM article WHERE article MATCH ?", (query,)):
                yield article, number
        database.close()


def _query(question: Question) -> str:
    return " AND ".join(_one_of(phrases) for phrases in (question.any, *question.each))


def _one_of(phrases: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'"{phrase}"' for phrase in phrases) + ")"
