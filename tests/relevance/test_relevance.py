"""The shipped profile on real articles that a person has read: no section falls below what it reached once.

The figures and what they teach are in docs/relevance.md. The articles are in ../shared/data, never here.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from . import floors as floor_file
from .articles import DATA, LABELS, read_labels
from .floors import Floors, below, faults, lowered, main, raised, reached, read_floors, write_floors
from .measure import AGREEMENT, Measured, Score, measure, table

FEWEST_ARTICLES = 300
FEWEST_OF_A_SECTION = 20
VALUES = {"in", "out", "unsure"}
STRATA = {"in", "near_miss", "out", "broad", "random"}
DAY = "2026-11-23"

needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here: nothing to measure on")


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


# --------------------------------------------------------------- the floor


@needs_data
def test_enough_articles_are_found(measured: Measured) -> None:
    assert measured.articles >= FEWEST_ARTICLES
    assert measured.articles == len(read_labels()), "a label's article is gone, or its text is another"


@needs_data
def test_every_section_has_enough_articles(measured: Measured) -> None:
    few = {section: said for section, said in measured.said.items() if said < FEWEST_OF_A_SECTION}
    assert not few


@needs_data
def test_no_section_falls_below_its_floor(measured: Measured, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{table(measured)}")
    missing = below(read_floors(), reached(measured.scores))
    told = [*missing, *measured.disagreements]
    assert not missing, "\n".join(
        [*told, "to lower a floor: python -m tests.relevance.floors --lower SECTION --reason ..."]
    )


@needs_data
def test_every_measure_has_a_floor(measured: Measured) -> None:
    assert reached(measured.scores).keys() == read_floors().floors.keys()


@needs_data
def test_a_lost_term_falls_below_the_floor(tmp_path: Path) -> None:
    folder = tmp_path / AGREEMENT.name
    shutil.copytree(AGREEMENT, folder)
    section = folder / "uk_government.yaml"
    text = section.read_text("utf-8")
    assert text.count("match: [Department for Work and Pensions, Department of Work and Pensions]") == 1
    section.write_text(text.replace("match: [Department for Work and Pensions, ", "match: ["), "utf-8")
    missing = below(read_floors(), reached(measure(agreement_folder=folder).scores))
    assert any(line.startswith("uk_government strict recall") for line in missing)


def test_the_floors_are_what_their_history_says() -> None:
    assert list(faults(read_floors())) == []


# --------------------------------------------------------------- the labels


def test_labels_are_whole() -> None:
    labels = read_labels()
    assert len({(label.file, label.row) for label in labels}) == len(labels)
    for label in labels:
        assert label.strict.keys() == label.relevant.keys(), label
        assert {*label.strict.values(), *label.relevant.values()} <= VALUES, label
        assert label.stratum in STRATA, label
        assert label.why, label


def test_labels_hold_none_of_the_articles_text() -> None:
    for line in LABELS.read_text("utf-8").splitlines():
        held = json.loads(line)
        assert held.keys() <= {"file", "row", "fingerprint", "outlet", "stratum", "strict", "relevant", "why"}
        assert len(held["why"].split()) <= 25, held


@needs_data
def test_a_changed_text_is_not_the_one_that_was_read(tmp_path: Path) -> None:
    from monitor.app import read_agreement

    from .articles import found

    label = read_labels()[0]
    sources = read_agreement(AGREEMENT).sources
    assert [one for one, _ in found([label], sources)] == [label]
    assert not list(found([replace(label, fingerprint="0" * 64)], sources))
    assert not list(found([label], sources, tmp_path)), "a file that is not there is passed over"


# --------------------------------------------------------------- scores and floors

SCORES = {"benefits": {"strict": Score(right=9, wrong=1), "relevant": Score(right=2, wrong=1, missed=1)}}
HIGH = {"benefits strict precision": 0.95, "benefits strict recall": 0.99}


def test_what_is_reached_is_rounded_down() -> None:
    assert reached(SCORES) == {
        "benefits strict precision": 0.9,
        "benefits strict recall": 1.0,
        "benefits relevant precision": 0.666,
        "benefits relevant recall": 0.666,
    }


def test_a_section_where_nothing_is_wanted_or_found_has_no_measure() -> None:
    assert reached({"benefits": {"strict": Score(), "relevant": Score()}}) == {}


def test_a_floor_that_is_not_reached_is_named() -> None:
    assert below(Floors(HIGH), reached(SCORES)) == ["benefits strict precision: 0.9, the floor is 0.95"]
    assert below(Floors(HIGH), {}) != [], "what can no longer be measured is not reached"


def test_raising_raises_and_never_lowers() -> None:
    after = raised(Floors({}), HIGH, DAY)
    assert after.floors == HIGH
    again = raised(after, dict.fromkeys(HIGH, 0.97), DAY)
    assert again.floors == {"benefits strict precision": 0.97, "benefits strict recall": 0.99}
    assert list(faults(again)) == []


@pytest.mark.parametrize("reason", ["", "   ", "because", "raised"])
def test_a_floor_cannot_be_lowered_without_a_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="takes a reason"):
        lowered(raised(Floors({}), HIGH, DAY), reached(SCORES), "benefits", reason, DAY)


@pytest.mark.parametrize("arguments", [["--lower", "benefits"], ["--lower", "benefits", "--reason", ""]])
def test_the_command_lowers_nothing_without_a_reason(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.yaml"
    write_floors(raised(Floors({}), HIGH, DAY), path)
    before = path.read_bytes()
    assert main(arguments, path=path) == 2
    assert "takes --reason" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_lowering_with_a_reason_is_kept_with_date_old_and_new(tmp_path: Path) -> None:
    reason = "the client dropped Universal Credit from the list"
    after = lowered(raised(Floors({}), HIGH, DAY), reached(SCORES), "benefits", reason, "2026-12-01")
    assert after.floors == {"benefits strict precision": 0.9, "benefits strict recall": 0.99}
    last = after.history[-1]
    assert (last.date, last.floor, last.old, last.new, last.reason) == (
        "2026-12-01",
        "benefits strict precision",
        0.95,
        0.9,
        reason,
    )
    write_floors(after, tmp_path / "floors.yaml")
    assert read_floors(tmp_path / "floors.yaml") == after
    assert list(faults(after)) == []


def test_only_what_lies_below_its_floor_is_lowered() -> None:
    with pytest.raises(ValueError, match="nothing of 'ministerial'"):
        lowered(raised(Floors({}), HIGH, DAY), reached(SCORES), "ministerial", "a long and good reason", DAY)


def test_a_floor_changed_by_hand_is_found() -> None:
    floors = raised(Floors({}), HIGH, DAY)
    by_hand = replace(floors, floors={**floors.floors, "benefits strict recall": 0.5})
    assert list(faults(by_hand)) == ["benefits strict recall: the floor is 0.5, its history ends at 0.99"]
    fell = floor_file.Change(DAY, "benefits strict recall", 0.99, 0.5, "raised")
    with_history = replace(by_hand, history=(*floors.history, fell))
    assert list(faults(with_history)) == [f"benefits strict recall: lowered on {DAY} without a reason"]
