"""Agreements imported without help: what is read of each is pinned, and what is read wrong is never called sure.

The dictionary is empty here: nothing was learned from profiles. What is known are classes of words (`lexicon`) and
forenames, none of them a term; sources are those we ship.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import needs_chromium

from monitor.adapters.documents import read_document
from monitor.adapters.library import Library
from monitor.core.drafting import NOTHING_LEARNED, Draft, draft, learn
from monitor.core.drafting.forenames import FORENAMES
from monitor.core.drafting.lexicon import HEADS, OPENERS, PLACES
from monitor.core.source import Sources

from . import layouts
from .layouts import RECEIVED, Made, case, received

ROOT = Path(__file__).parents[2]
needs_received = pytest.mark.skipif(not RECEIVED.exists(), reason=f"{RECEIVED} is not here: nothing to read")
FLOORS = {
    # file: terms right at least, of how many, doubtful at most
    "received": (74, 74, 16),
    "harbours": (24, 28, 17),
    "forests": (19, 23, 12),
    "tides": (21, 21, 11),
}
"""Of texts that run together. Ours were written before they were first read, and nothing was tuned to them."""


@pytest.fixture(scope="module")
def sources() -> Sources:
    return Library(ROOT).read().sources


@pytest.fixture(scope="module")
def printer() -> Iterator[Any]:
    with layouts.printer() as printed:
        yield printed


def names(made: Draft) -> list[str]:
    return [term.name for section in made.sections for term in section.terms]


def right(made: Draft, wanted: Made) -> int:
    return sum(
        len(set(section.terms) & {term.name for term in found.terms})
        for section, found in zip(wanted.sections, made.sections, strict=True)
    )


def assert_all_but_terms(made: Draft, wanted: Made, sources: Sources) -> None:
    """Names, sections, rules, groups and Plus lists are those of the agreement."""
    assert (made.client, made.name) == (wanted.client, wanted.name)
    assert [section.title for section in made.sections] == [section.title for section in wanted.sections]
    for found, section in zip(made.sections, wanted.sections, strict=True):
        rules = found.rules
        assert rules.context == ((section.context,) if section.context else ()), found.title
        assert rules.places == ((section.place,) if section.place else ())
        assert (rules.major, rules.subject) == (section.major, section.subject)
        assert rules.recategorise == section.recategorise
        groups = [sources.groups[group].name for group in found.sources.groups]
        assert groups == list(section.groups)
        assert len(found.sources.plus) == len(section.plus)
        assert found.sources.unknown == ()


def assert_every_term(made: Draft, wanted: Made) -> None:
    for found, section in zip(made.sections, wanted.sections, strict=True):
        assert sorted(term.name for term in found.terms) == sorted(section.terms)
    assert made.doubtful == ()


def assert_floor(made: Draft, wanted: Made, floor: tuple[int, int, int]) -> None:
    least, terms, doubtful = floor
    assert len(wanted.terms) == terms
    assert right(made, wanted) >= least
    assert len(made.doubtful) <= doubtful
    sure = {term.name for section in made.sections for term in section.terms if not term.doubtful}
    assert sure <= set(wanted.terms), "cut wrong and called sure"


# --------------------------------------------------------------- as it was received


@needs_received
def test_what_is_known_beforehand_is_no_answer() -> None:
    known = {*HEADS, *OPENERS, *PLACES, *FORENAMES}
    assert NOTHING_LEARNED.names == {}
    assert all(" " not in word for word in known)
    assert not known & {term.lower() for term in received().terms if " " in term or term.isupper()}


@needs_received
@pytest.mark.parametrize("lost", [False, True], ids=["as received", "without any break"])
def test_the_agreement_whose_line_breaks_are_lost(sources: Sources, lost: bool) -> None:
    body = (RECEIVED / "agreement.txt").read_bytes()
    wanted = received()
    made = draft(read_document(layouts.without_breaks(body.decode()) if lost else body), sources)
    assert_all_but_terms(made, wanted, sources)
    assert len(wanted.sections) == 8
    assert_floor(made, wanted, FLOORS["received"])


@needs_received
def test_brackets_of_the_agreement_are_guards(sources: Sources) -> None:
    made = draft(read_document((RECEIVED / "agreement.txt").read_bytes()), sources)
    guarded = {term.match[0]: term.only_with for s in made.sections for term in s.terms if term.only_with}
    assert guarded["Mobility"] == ("disabled", "sick", "ill", "elderly")
    assert guarded["Terminal Illness"] == ("access to benefits", "benefits")


@needs_received
def test_persons_of_the_agreement_are_told(sources: Sources) -> None:
    made = draft(read_document((RECEIVED / "agreement.txt").read_bytes()), sources)
    people = {term.name: term.role for s in made.sections for term in s.terms if term.kind == "person"}
    listed = {name for section in received().sections for name in section.listed}
    assert set(people) == listed | {"Shirley-Anne Somerville"}
    assert people["Elena Whitham"] == "Member of the Scottish Parliament"


@needs_received
@pytest.mark.parametrize("layout", [layouts.table_docx, layouts.table_html])
def test_the_agreement_with_its_layout(sources: Sources, layout: Any) -> None:
    made = draft(read_document(layout(received())), sources)
    assert_all_but_terms(made, received(), sources)
    assert_every_term(made, received())


@needs_received
@needs_chromium
@pytest.mark.parametrize(
    "style",
    [
        "table{border-collapse:collapse;width:100%}td{border:1px solid}body{font:11px sans-serif}p{margin:2px 0}",
        "td{vertical-align:top;padding:4px 12px}body{font:14px serif}p{margin:0 0 6px}",
        "td{vertical-align:middle;padding:4px 12px}body{font:14px serif}p{margin:0 0 6px}",
    ],
    ids=["drawn", "without lines", "without lines, labels in the middle"],
)
def test_the_agreement_printed(sources: Sources, printer: Any, style: str) -> None:
    made = draft(read_document(printer(layouts.table_html(received()), style)), sources)
    assert_all_but_terms(made, received(), sources)
    assert_every_term(made, received())


@needs_received
@needs_chromium
def test_what_rows_without_any_space_between_them_leave_open_is_doubtful(sources: Sources, printer: Any) -> None:
    style = "td{padding:0 12px}table{border-spacing:0}body{font:14px serif}p{margin:0}"
    made = draft(read_document(printer(layouts.table_html(received()), style)), sources)
    sure = {term.name for section in made.sections for term in section.terms if not term.doubtful}
    assert made.doubtful
    assert sure <= set(received().terms), "cut wrong and called sure"


@needs_received
def test_what_was_learned_from_published_profiles_is_sure(sources: Sources) -> None:
    made = draft(
        read_document((RECEIVED / "agreement.txt").read_bytes()), sources, learn(Library(ROOT).read().agreements)
    )
    assert made.doubtful == ()
    assert right(made, received()) == 74


# --------------------------------------------------------------- ours, of invented bodies


def test_bullets_in_word(sources: Sources) -> None:
    wanted = case("harbours")
    made = draft(read_document(layouts.bulleted_docx(wanted)), sources)
    assert_all_but_terms(made, wanted, sources)
    assert_every_term(made, wanted)
    (guarded,) = (term for section in made.sections for term in section.terms if term.only_with)
    assert (guarded.match, guarded.only_with) == (("Ferry Delays",), ("stranded", "sick", "elderly"))


def test_comma_lists_on_a_page(sources: Sources) -> None:
    wanted = case("forests")
    made = draft(read_document(layouts.comma_html(wanted)), sources)
    assert_all_but_terms(made, wanted, sources)
    assert_every_term(made, wanted)


@needs_chromium
def test_two_columns_printed(sources: Sources, printer: Any) -> None:
    wanted = case("tides")
    made = draft(read_document(printer(layouts.two_columns_html(wanted))), sources)
    assert_all_but_terms(made, wanted, sources)
    assert_every_term(made, wanted)


@needs_chromium
@pytest.mark.parametrize("name", ["harbours", "forests", "tides"])
def test_ours_printed_with_labels_in_the_middle_of_rows_without_lines(
    sources: Sources, printer: Any, name: str
) -> None:
    wanted = case(name)
    made = draft(read_document(printer(layouts.table_html(wanted), "td{padding:8px 12px}p{margin:0}")), sources)
    assert_all_but_terms(made, wanted, sources)
    assert_every_term(made, wanted)


@pytest.mark.parametrize("name", ["harbours", "forests", "tides"])
def test_ours_run_together(sources: Sources, name: str) -> None:
    wanted = case(name)
    made = draft(read_document(layouts.run_together(wanted)), sources)
    assert_all_but_terms(made, wanted, sources)
    assert_floor(made, wanted, FLOORS[name])
