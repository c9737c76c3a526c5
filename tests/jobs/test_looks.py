"""The last look without a fault stays in force, on both databases."""

from __future__ import annotations

from test_compose import Clock

from monitor.core.fault import Fault
from monitor.core.look import Look
from monitor.jobs.looks import settled


def check(files):
    text = files.get("a", b"").decode()
    if not text or "bad" in text:
        return None, (Fault("a", f"{text or 'nothing'} is wrong", "mend it"),)
    return text, ()


def test_a_good_look_is_used_and_kept(store):
    assert settled(Look("x", {"a": b"one"}), check, store, Clock()) == ("one", ())
    kept = store.look("x")
    assert (kept.name, kept.files) == ("x", {"a": b"one"})
    assert store.look("y") is None


def test_one_with_faults_leaves_the_last_good_one_in_force(store):
    settled(Look("x", {"a": b"one", "b": bytes(range(256))}), check, store, Clock())
    settled(Look("x", {"a": b"two"}), check, store, Clock())
    made, [fault] = settled(Look("x", {"a": b"bad"}), check, store, Clock())
    assert made == "two"
    assert str(fault) == "a: bad is wrong (mend it; until then the last good one stays in force)"
    assert store.look("x").files == {"a": b"two"}
    assert settled(Look("x", {}), check, store, Clock())[0] == "two"


def test_without_a_good_one_it_goes_out_as_shipped(store):
    made, [fault] = settled(Look("x", {"a": b"bad"}), check, store, Clock())
    assert (made, store.look("x")) == (None, None)
    assert fault.remedy == "mend it; until then the mail goes out as we ship it"


def test_an_older_state_comes_back_when_it_is_put_back(store):
    for text in (b"one", b"two", b"two", b"one"):
        settled(Look("x", {"a": text}), check, store, Clock())
    assert store.look("x").files == {"a": b"one"}
