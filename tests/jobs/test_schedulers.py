"""Several schedulers at one database, and a database that comes back from yesterday."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta

import compose_workers as workers
import pytest
from clean_processes import CLEAN
from morning import AGREEMENT, END, SOURCES, STATES
from test_compose import RECIPIENTS, RENDERER, Clock, fill, wire

from monitor.adapters.cluster import copies
from monitor.adapters.memory import MadeFiles
from monitor.adapters.store import open_store
from monitor.core.edition import DeliveryState
from monitor.errors import StoreError
from monitor.jobs.compose import Composer, compose_owed
from monitor.jobs.send import send

SLOTS = 100 if os.environ.get("MONITOR_FULL") == "1" else 12
DAY = timedelta(days=1)


@pytest.mark.parametrize("schedulers", [4, 10] if SLOTS == 100 else [4])
def test_however_many_schedulers_each_edition_is_made_once(store, store_url, schedulers):
    """F21: each process goes through the same slots as fast as it can."""
    with ProcessPoolExecutor(schedulers, mp_context=CLEAN) as pool:
        futures = [pool.submit(workers.compose_through, store_url, SLOTS) for _ in range(schedulers)]
        made = [edition for future in futures for edition in future.result(timeout=600)]
    assert len(made) == len(set(made)) == SLOTS
    assert {edition.id for edition in store.editions()} == set(made)
    assert len(store.open_deliveries()) == 2 * SLOTS
    ends = sorted(edition.window.end for edition in store.editions())
    assert ends == [END + n * DAY for n in range(SLOTS)]


# --------------------------------------------------------------- F40: a backup is restored


class Taken:
    """A post that takes everything and keeps count of it."""

    def __init__(self):
        self.mails = []

    def deliver(self, edition, delivery):
        self.mails.append((edition.id, delivery.recipient, delivery.message_id))
        return "taken"


class Place:
    """A workspace's database, its memory and its post, with a clock of its own."""

    def __init__(self, folder):
        self.file = folder / "monitor.db"
        self.memory = MadeFiles(folder / "var" / "made")
        self.clock, self.post = Clock(END), Taken()

    def run(self):
        """What every beat does with a database, opened anew."""
        store = open_store(f"sqlite:///{self.file}")
        for state in STATES.values():
            store.save_source_state(state)
        composer = Composer(store, SOURCES, copies, RENDERER, self.clock, memory=self.memory)
        report = compose_owed(composer, AGREEMENT, RECIPIENTS)
        send(store, self.post, self.clock)
        store.close()
        return report

    def add(self, *articles):
        store = open_store(f"sqlite:///{self.file}")
        fill(store, articles)
        store.close()

    def back_up(self, copy):
        with sqlite3.connect(self.file) as here, sqlite3.connect(copy) as there:
            here.backup(there)

    def restore(self, copy):
        for left in self.file.parent.glob("monitor.db*"):
            left.unlink()
        shutil.copy(copy, self.file)


@pytest.fixture
def place(new_sqlite, tmp_path):
    new_sqlite(tmp_path)
    return Place(tmp_path)


def test_what_was_sent_is_not_sent_again_after_a_restore(place, tmp_path):
    """Monday's backup is put back on Tuesday at nine, when Tuesday's edition has gone out."""
    place.run()
    place.back_up(tmp_path / "backup.db")
    place.add(wire("herald", -20))
    place.clock.now = END + DAY
    (tuesday,) = place.run().made
    assert len(place.post.mails) == 4
    place.restore(tmp_path / "backup.db")
    place.clock.now = END + DAY + timedelta(hours=2)
    report = place.run()
    assert report.made == ()
    assert len(place.post.mails) == 4
    (fault,) = report.faults
    assert "was made and is not in the database: that was restored from a backup" in fault.what
    assert str(tmp_path / "var" / "made" / "social-security-scotland-morning") in fault.remedy
    place.add(wire("herald", -20))  # its feed lists it still
    place.clock.now = END + 2 * DAY
    (wednesday,) = place.run().made
    assert wednesday.window.start == END
    assert "Winter Heating Payment in Scotland" in wednesday.mail.text
    assert "what was sent after Mon 27 Nov 07:00 is not known any more" in " ".join(wednesday.mail.text.split())
    assert not wednesday.mail.subject.startswith("Delayed")
    assert json.loads(wednesday.content)["missed"] == []
    assert [mail[0] for mail in place.post.mails[2:]] == [tuesday.id] * 2 + [wednesday.id] * 2
    place.clock.now = END + 3 * DAY
    (thursday,) = place.run().made
    assert json.loads(thursday.content)["lost"] is None


def test_what_a_backup_had_yet_to_send_has_expired_when_it_comes_back(place, tmp_path):
    """It was copied between making and sending; the relay had it a minute later."""
    store = open_store(f"sqlite:///{place.file}")
    composer = Composer(store, SOURCES, copies, RENDERER, place.clock, memory=place.memory)
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    store.close()
    place.back_up(tmp_path / "backup.db")
    place.run()
    assert len(place.post.mails) == 2
    place.restore(tmp_path / "backup.db")
    place.clock.now = END + timedelta(hours=7)
    place.run()
    assert len(place.post.mails) == 2
    store = open_store(f"sqlite:///{place.file}")
    assert {d.state for e in store.editions() for d in store.deliveries(e.id)} == {DeliveryState.EXPIRED}
    store.close()


def test_a_restored_database_that_lacks_no_edition_goes_on_as_if_nothing_were(place, tmp_path):
    place.run()
    place.back_up(tmp_path / "backup.db")
    place.restore(tmp_path / "backup.db")
    place.clock.now = END + DAY
    report = place.run()
    assert (len(report.made), report.faults) == (1, ())
    assert json.loads(report.made[0].content)["lost"] is None


def test_a_new_database_is_told_of_and_may_be_let_make_it_all_the_same(place, new_sqlite, tmp_path):
    place.run()
    place.restore(new_sqlite(tmp_path / "..").removeprefix("sqlite:///"))
    assert [bool(f) for f in place.run().faults] == [True]
    (tmp_path / "var" / "made" / "social-security-scotland-morning").unlink()
    assert len(place.run().made) == 1


# --------------------------------------------------------------- what is remembered


def test_the_latest_is_remembered_and_no_earlier_one(tmp_path):
    memory = MadeFiles(tmp_path / "made")
    assert memory.made_up_to("a", "morning") is None
    memory.remember("a", "morning", END)
    memory.remember("a", "morning", END - DAY)
    memory.remember("a", "weekly", END - DAY)
    assert MadeFiles(tmp_path / "made").made_up_to("a", "morning") == END
    assert memory.made_up_to("a", "weekly") == END - DAY
    assert sorted(file.name for file in (tmp_path / "made").iterdir()) == ["a-morning", "a-weekly"]


def test_several_processes_remember_at_once_and_none_fails(tmp_path):
    running = [CLEAN.Process(target=_remember_often, args=(tmp_path / "made",)) for _ in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0, 0, 0]
    assert [file.name for file in (tmp_path / "made").iterdir()] == ["a-morning"]
    assert MadeFiles(tmp_path / "made").made_up_to("a", "morning") is not None


def _remember_often(folder):
    for number in range(300):
        MadeFiles(folder).remember("a", "morning", END + timedelta(minutes=number))


def test_a_file_that_cannot_be_read_is_nothing_known_and_is_written_anew(tmp_path):
    (tmp_path / "a-morning").write_text("soon")
    memory = MadeFiles(tmp_path)
    assert memory.made_up_to("a", "morning") is None
    memory.remember("a", "morning", END)
    assert memory.made_up_to("a", "morning") == END


def test_what_cannot_be_written_is_said_and_stops_no_mail(store, tmp_path):
    (tmp_path / "made").write_text("a file where the folder should be")
    memory = MadeFiles(tmp_path / "made")
    with pytest.raises(StoreError, match="cannot be written"):
        memory.remember("a", "morning", END)
    composer = Composer(store, SOURCES, copies, RENDERER, Clock(END), memory=memory)
    report = compose_owed(composer, AGREEMENT, RECIPIENTS)
    assert len(report.made) == 1
    assert "editions would be sent again" in str(report.faults[0])
