"""What folds of pairs that a person has read: precision and recall on copies never fall below what they were."""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from relevance.articles import DATA
from relevance.floors import Floors, below, faults, read_floors

from monitor.adapters.cluster import copies
from monitor.core.article import Article
from stories.held_out import halves, held_out
from stories.pairs import (
    APART,
    FOLDS,
    FRESH,
    HERE,
    PAIRS,
    REWORKED,
    UNSURE,
    Score,
    measure,
    read_pairs,
    with_articles,
)

FLOORS = HERE / "floors.yaml"
MCCORMICK = DATA / "news/mccormick_minhash.tar.gz"
KINDS = {"copy": 80, "cut": 80, "rewritten": 60, "same_event": 90, "different": 25}
"""The fewest pairs of each kind."""

needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here: nothing to measure on")


@pytest.fixture(scope="module")
def measured() -> tuple[int, Score]:
    return measure()


@pytest.fixture(scope="module")
def fresh() -> tuple[int, Score]:
    return measure(path=FRESH)


@needs_data
def test_every_pair_is_there(measured: tuple[int, Score], fresh: tuple[int, Score]) -> None:
    there = (measured[0], fresh[0])
    assert there == (len(read_pairs()), len(read_pairs(FRESH))), "an article of a pair is gone, or another text"


@needs_data
def test_precision_and_recall_on_copies_reach_their_floors(
    measured: tuple[int, Score], fresh: tuple[int, Score]
) -> None:
    now = {}
    for name, (_, score) in {"": measured, "fresh ": fresh}.items():
        now |= {f"{name}precision": score.precision, f"{name}recall": score.recall}
        assert score.precision >= 0.98, _told(score)
        assert score.recall >= 0.95, _told(score)
    assert below(read_floors(FLOORS), now) == [], _told(measured[1]) + _told(fresh[1])


def _told(score: Score) -> str:
    return "\n".join(f"{p.kind}: {p.why} ({p.left.row}, {p.right.row})" for p in (*score.wrong, *score.missed))


@needs_data
def test_numbers_set_on_one_half_do_on_the_other_what_they_did() -> None:
    score = held_out()
    assert score.precision >= 0.98
    assert score.recall >= 0.97


@needs_data
def test_the_halves_are_judged_as_the_product_judges() -> None:
    folds = {m.pair: m.folds for half in halves() for m in half}
    wrong = {pair for pair, kind in folds.items() if kind and pair.kind in APART}
    assert wrong == {*measure()[1].wrong, *measure(path=FRESH)[1].wrong}


def test_the_floors_are_what_their_history_says() -> None:
    assert list(faults(read_floors(FLOORS))) == []


@needs_data
def test_a_rule_that_lets_go_of_cut_copies_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.core.likeness.CUT", 0.99)
    monkeypatch.setattr("monitor.core.likeness.REWRITTEN", 0.99)
    _, score = measure()
    assert below(Floors({"recall": 0.95}), {"recall": score.recall})


def test_the_pairs_are_enough_of_each_kind_and_each_once() -> None:
    pairs = [*read_pairs(), *read_pairs(FRESH)]
    counts = Counter(pair.kind for pair in pairs)
    assert set(counts) == FOLDS | APART | {UNSURE, REWORKED}
    assert {kind: counts[kind] for kind, least in KINDS.items() if counts[kind] < least} == {}
    assert sum(counts[kind] for kind in KINDS) >= 200
    assert len({(pair.left, pair.right) for pair in pairs}) == len(pairs)


def test_the_labels_hold_none_of_the_articles_text() -> None:
    for line in (*PAIRS.read_text("utf-8").splitlines(), *FRESH.read_text("utf-8").splitlines()):
        held = json.loads(line)
        assert held.keys() == {"kind", "why", "left", "right"}
        for side in (held["left"], held["right"]):
            assert side.keys() <= {"file", "row", "fingerprint", "outlet", "cut"}
        assert len(held["why"].split()) <= 15


@needs_data
def test_a_changed_text_is_not_the_one_that_was_read(tmp_path: Path) -> None:
    pair = read_pairs()[0]
    assert [one for one, *_ in with_articles([pair])] == [pair]
    other = replace(pair, left=replace(pair.left, fingerprint="0" * 64))
    assert list(with_articles([other])) == []
    assert list(with_articles([pair], tmp_path)) == []


# --------------------------------------------------------------- a known answer


@pytest.mark.skipif(not MCCORMICK.exists(), reason=f"{MCCORMICK} is not here")
@pytest.mark.parametrize("size", [100, 1000, 2500])
def test_every_known_pair_is_found_and_no_other(size: int) -> None:
    with tarfile.open(MCCORMICK) as archive:
        lines = _lines(archive, f"data/articles_{size}.train")
        known = {tuple(sorted(line.split())) for line in _lines(archive, f"data/articles_{size}.truth")}
    names = {}
    for line in lines:
        name, _, text = line.partition(" ")
        article = Article(f"https://{name}.example/a", body=text, outlet=name)
        names[article.id] = (name, article)
    found = {tuple(sorted((names[a][0], names[b][0]))) for a, b in copies([a for _, a in names.values()])}
    assert found == known


def _lines(archive: tarfile.TarFile, name: str) -> list[str]:
    member = archive.extractfile(name)
    assert member is not None
    return [line for line in member.read().decode("utf-8").splitlines() if line.strip()]
