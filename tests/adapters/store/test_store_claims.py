"""A source or host is one process's at a time, on both databases; a killed one has let go of all it had."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from clean_processes import CLEAN

from monitor.adapters.store import open_store
from monitor.errors import StoreError

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def other(store_url):
    opened = open_store(store_url)
    yield opened
    opened.close()


def test_one_of_two_has_it_and_the_other_after_it(store, other):
    with store.claims() as ours, other.claims() as theirs:
        assert ours.claim("host a")
        assert not theirs.claim("host a")
        assert theirs.claim("host b")
        ours.release("host a")
        assert theirs.claim("host a")
        assert not ours.claim("host a")


def test_the_end_of_the_block_lets_go_of_all(store, other):
    with other.claims() as theirs:
        with store.claims() as ours:
            assert ours.claim("host a")
            assert ours.claim("host b")
            assert theirs.claim("host c")
        assert theirs.claim("host a")
        assert theirs.claim("host b")
        with store.claims() as again:
            assert not again.claim("host c")


def test_what_is_not_ours_is_not_released(store, other):
    with store.claims() as ours, other.claims() as theirs:
        assert ours.claim("host a")
        theirs.release("host a")
        assert not theirs.claim("host a")


def test_a_claim_keeps_nobody_from_writing(store, other):
    with other.claims() as theirs:
        assert theirs.claim("source s")
        assert store.add_articles("s", []) == 0


def _hold(url, held):
    with open_store(url).claims() as claims:
        assert claims.claim("host a")
        held.set()
        time.sleep(60)


def test_a_killed_process_has_let_go(store, store_url):
    held = CLEAN.Event()
    process = CLEAN.Process(target=_hold, args=(store_url, held))
    process.start()
    assert held.wait(60)
    with store.claims() as claims:
        assert not claims.claim("host a")
        process.kill()
        process.join()
        deadline = time.monotonic() + 10  # PostgreSQL hears of it from the closed connection
        while not (mine := claims.claim("host a")) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert mine


def test_a_connection_that_was_lost_is_made_anew_with_its_claims(postgres, new_postgres):
    url = new_postgres()
    store, other = open_store(url), open_store(url)
    with store.claims() as ours, other.claims() as theirs:
        assert ours.claim("host a")
        lose_claims(url)
        assert ours.claim("host b")
        assert not theirs.claim("host a")
    store.close()
    other.close()


def test_what_another_took_while_the_connection_was_lost_is_theirs(postgres, new_postgres):
    url = new_postgres()
    store, other = open_store(url), open_store(url)
    with store.claims() as ours, other.claims() as theirs, store.claims() as third:
        assert ours.claim("host a")
        lose_claims(url)
        assert theirs.claim("host a")
        assert ours.claim("host b")
        ours.release("host a", AT)
        assert ours.paused_until("host a") is None
        assert not third.claim("host a")
        theirs.release("host a")
        assert third.claim("host a")
    store.close()
    other.close()


def lose_claims(url):
    """The connections that have claims are ended by the server, as when it is restarted."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
            " WHERE locktype = 'advisory' AND pid != pg_backend_pid()"
        )


def test_word_of_a_pause_is_left_for_whoever_is_next(store, other):
    with store.claims() as ours, other.claims() as theirs:
        assert ours.paused_until("host a") is None
        assert ours.claim("host a")
        ours.release("host a", AT)
        assert theirs.claim("host a")
        assert theirs.paused_until("host a") == AT
        assert theirs.paused_until("host b") is None
        theirs.release("host a")
        assert ours.paused_until("host a") == AT
        ours.release("host a", AT + timedelta(hours=1))
        assert ours.paused_until("host a") == AT, "it was not ours"


def test_a_folder_that_is_gone_is_an_error_of_ours(tmp_path, new_sqlite):
    folder = tmp_path / "database"
    folder.mkdir()
    store = open_store(new_sqlite(folder))
    folder.rename(tmp_path / "moved")
    with pytest.raises(StoreError, match="cannot be opened"), store.claims():
        pass
    store.close()
