"""Agreements that were received: kept as they are corrected, each correction over the version before it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from store_samples import MORNING

from monitor.core.drafting import NOTHING_LEARNED, Document, Line, Received, draft
from monitor.core.drafting.correcting import At, confirm, decide
from monitor.core.profile import NamedPerson, Standing
from monitor.core.source import Sources
from monitor.errors import UnknownRecord

LINES = (
    "FERRIES",
    "SEARCH TERMS:",
    "Pier Fund",
    "Rita Sample",
    "All OICW boats, tides",
    "SOURCES:",
    "Nobody Weekly",
)
DECISION = NamedPerson("", Standing.OFFICE_HOLDER, "Minister", "Contract", "Head of News", "", date(2099, 1, 1))


def handed_in(number: int = 0) -> Received:
    made = draft(Document(tuple(Line(line, italics=((0, 2),)) for line in LINES)), Sources(), NOTHING_LEARNED)
    return Received(f"r{number}", "piers.docx", "f" * 64, "jo", MORNING + timedelta(hours=number), made)


def test_it_comes_back_to_the_letter_the_latest_first(store):
    first, second = handed_in(1), handed_in(2)
    assert store.keep_received(first)
    assert store.keep_received(second)
    assert store.received_agreements() == [second, first]
    assert store.received("r1") == first


def test_a_correction_takes_the_place_of_the_version_before_it_alone(store):
    one = handed_in()
    store.keep_received(one)
    corrected = one.corrected(decide(one.draft, {At("ferries", 2): DECISION}))
    assert store.keep_received(corrected)
    assert store.received("r0") == corrected
    late = one.corrected(confirm(one.draft, At("ferries", 1)))
    assert not store.keep_received(late), "made from a version that is not there any more"
    assert store.received("r0") == corrected
    assert store.keep_received(corrected.made("piers"))
    assert store.received("r0").became == "piers"


def test_one_that_is_dropped_is_gone(store):
    store.keep_received(handed_in())
    store.drop_received("r0")
    store.drop_received("r0")
    assert store.received_agreements() == []
    with pytest.raises(UnknownRecord, match="r0"):
        store.received("r0")
    assert not store.keep_received(replace(handed_in(), version=2)), "nobody brings it back by correcting it"
