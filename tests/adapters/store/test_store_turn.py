"""One process at a time sends, on both databases; a killed one has lost its turn."""

import time

import pytest
from clean_processes import CLEAN

from monitor.adapters.store import open_store
from monitor.errors import StoreError


def test_one_of_two_has_the_turn_and_the_other_after_it(store, store_url):
    other = open_store(store_url)
    with store.sending() as first, other.sending() as second:
        assert (first, second) == (True, False)
    with other.sending() as now:
        assert now
    other.close()


def test_nobody_waits_to_write_while_another_has_the_turn(store, store_url):
    other = open_store(store_url)
    with other.sending():
        assert store.add_articles("s", []) == 0
        assert store.open_deliveries() == []
    other.close()


def test_an_error_ends_the_turn(store):
    with pytest.raises(ZeroDivisionError), store.sending():
        raise ZeroDivisionError
    with store.sending() as mine:
        assert mine


def _hold(url, held):
    with open_store(url).sending():
        held.set()
        time.sleep(60)


def test_a_killed_process_has_lost_its_turn(store, store_url):
    held = CLEAN.Event()
    process = CLEAN.Process(target=_hold, args=(store_url, held))
    process.start()
    assert held.wait(60)
    with store.sending() as mine:
        assert not mine
    process.kill()
    process.join()
    deadline = time.monotonic() + 10  # PostgreSQL hears of it from the closed connection
    while not _mine(store) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _mine(store)


def _mine(store):
    with store.sending() as mine:
        return mine


def test_a_folder_that_is_gone_is_an_error_of_ours(tmp_path, new_sqlite):
    folder = tmp_path / "database"
    folder.mkdir()
    store = open_store(new_sqlite(folder))
    folder.rename(tmp_path / "moved")
    with pytest.raises(StoreError, match="refused"), store.sending():
        pass
    store.close()
