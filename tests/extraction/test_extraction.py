"""Real pages: text, byline and date are read as well as they were once, and the doubtful ones are known (F36)."""

from __future__ import annotations

import pytest

from tests.relevance.floors import below, faults, read_floors

from .floors import FLOORS, main, reached
from .measure import Measured, measure, table
from .pages import DATA

LEAST = {
    "scrapinghub f1": 0.955,
    "readability f1": 0.9,
    "fundus f1": 0.9,
    "fundus byline": 0.8,
    "fundus date": 0.8,
}
"""What was asked for; no floor goes below."""
PAGES = {"scrapinghub": 181, "readability": 130, "fundus": 52}
DOUBTED = {
    "scrapinghub 042bb7b5fedab6eac7db576522b89b93904c237d344bcbe14a6a5ab7f7335856": "teaser",
    "scrapinghub 7ab16ade32386ece353b8d31fc3bb7e660189efd5bf3c8549aaba101ad3f5ef5": "teaser",
    "fundus WashingtonTimes_2023_04_28.html.gz": "menu text",
}
"""Two that are a paywall's teaser, and one of which we do not find the text: rightly not taken for it."""

needs_pages = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here: no pages to read")


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


@needs_pages
def test_no_figure_falls_below_its_floor(measured: Measured, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{table(measured)}")
    assert measured.pages == PAGES
    missing = below(read_floors(FLOORS), reached(measured))
    told = "\n".join([*missing, "to lower a floor: python -m tests.extraction.floors --lower fundus --reason ..."])
    assert not missing, told


@needs_pages
def test_what_is_taken_for_less_than_the_full_text_is_less(measured: Measured) -> None:
    """Of readability's pages some have no more than a line; news pages have."""
    doubted = {n: w for n, w in measured.doubted.items() if not n.startswith("readability")}
    assert doubted.keys() == DOUBTED.keys()
    assert all(why.startswith(DOUBTED[name]) for name, why in doubted.items())


def test_the_floors_are_what_was_asked_for_or_more_and_have_their_history() -> None:
    floors = read_floors(FLOORS)
    assert floors.floors.keys() == LEAST.keys()
    assert all(floors.floors[name] >= least for name, least in LEAST.items())
    assert list(faults(floors)) == []


def test_a_floor_is_not_lowered_without_a_reason() -> None:
    assert main(["--lower", "fundus"]) == 2
