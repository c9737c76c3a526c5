"""Revisions and source states in the store."""

from dataclasses import replace

from store_samples import AGREEMENT, MORNING, revision

from monitor.core.source import HostState, SourceState, Trouble


def test_a_revision_comes_back_as_it_was(store):
    given = revision(content="section: ‘BENEFITS’\r\n# Gàidhlig\n\n")
    assert store.publish(given)
    assert store.revisions(AGREEMENT) == [given]
    assert store.revisions_in_force() == [given]


def test_the_same_content_is_published_once_and_an_earlier_one_again(store):
    first, second = revision(1), revision(2)
    back = replace(first, at=second.at, reason="back")
    assert [store.publish(r) for r in (first, first, second, back, back)] == [True, False, True, True, False]
    assert store.revisions(AGREEMENT) == [first, second, back]
    assert store.revisions_in_force() == [back]


def test_files_and_agreements_are_apart(store):
    given = [
        revision(1, "poverty.yaml"),
        revision(1, "benefits.yaml"),
        revision(1, agreement="another"),
        revision(2, "poverty.yaml"),
    ]
    assert all(store.publish(r) for r in given)
    assert store.revisions_in_force() == [given[2], given[1], given[3]]
    assert store.revisions(AGREEMENT) == [given[0], given[1], given[3]]
    assert store.revisions("nobody") == []


def test_the_last_published_is_in_force_whatever_its_clock_said(store):
    late, early = revision(1), replace(revision(2), at=MORNING.replace(year=2020))
    assert store.publish(late)
    assert store.publish(early)
    assert store.revisions_in_force() == [early]


def test_source_states_replace_one_another(store):
    assert store.source_states() == {}
    bare = SourceState("herald-main")
    full = SourceState(
        "bbc-uk",
        last_tried=MORNING,
        last_heard=MORNING,
        last_new=MORNING,
        error="timeout\x00 …",
        failing_since=MORNING,
        etag='W/"1"',
        last_modified="Wed, 01 Jul 2026 06:00:00 GMT",
        body_fingerprint="ab" * 32,
        trouble=Trouble.TIMEOUT,
        failures=3,
        next_due=MORNING,
        due_why="failed 3 times in a row: waits 1 hour",
        rhythm=1_200,
        url="https://example.org/feed",
        moved_to="https://example.org/new",
        moved_seen=2,
        gone_since=MORNING,
    )
    store.save_source_state(bare)
    store.save_source_state(full)
    stored = replace(full, error="timeout\ufffd …")
    assert store.source_states() == {"bbc-uk": stored, "herald-main": bare}
    store.save_source_state(replace(bare, source="bbc-uk"))
    assert store.source_states()["bbc-uk"] == SourceState("bbc-uk")


def test_host_states_replace_one_another(store):
    assert store.host_states() == {}
    full = HostState("example.org:8000", MORNING, "asked us to wait", MORNING, "User-agent: *\nDisallow: /x\n")
    store.save_host_state(full)
    store.save_host_state(HostState("example.net"))
    assert store.host_states() == {"example.net": HostState("example.net"), full.host: full}
    assert (store.host_state(full.host), store.host_state("example.com")) == (full, None)
    store.save_host_state(replace(full, robots=None))
    assert store.host_states()[full.host].robots is None
