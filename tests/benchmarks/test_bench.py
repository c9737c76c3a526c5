"""The benchmark runs whole at a tiny size: everything is measured, compared and drawn. How fast is not asked."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import rounds
from benchmarks.bench_match import main
from benchmarks.corpus import read_corpus
from benchmarks.documents import at_document_scope, common_text, questions
from benchmarks.engines import NAMES, Engine, Job
from benchmarks.engines.ours import Ours
from benchmarks.peers import differences
from benchmarks.rounds import Measured, alternate
from benchmarks.sets import make
from monitor.core.article import Article
from monitor.sample.morning import load_morning

INSTALLED = ("SQLite FTS5", "PostgreSQL", "Monitor, pyahocorasick", "Monitor, daachorse")
"""The peers that a developer has; the others come with `make bench`."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample morning as text files."""
    folder: Path = tmp_path_factory.mktemp("corpus")
    for article in load_morning(datetime(2023, 11, 27, 7, 0, tzinfo=UTC)).articles:
        (folder / f"{article.slug}.txt").write_text(f"{article.headline}\n{article.body}")
    return folder


def test_a_quick_run_measures_compares_and_draws(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "ROUND", 1e-9)  # once will do
    asked = ["--quick", "--sets", "S", "--rounds", "1", "--articles", "20", "--batch", "40"]
    assert main([str(folder), *asked, "--engines", *INSTALLED, "--drawings", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for row in (
        "S Monitor",
        "S Monitor, pyahocorasick",
        "S Monitor, daachorse",
        "S bare iter",
        "S SQLite FTS5",
        "S PostgreSQL",
    ):
        assert any(line.startswith(f"| {row} ") for line in said.splitlines()), row
    assert "All say the same, match for match (S: 8 questions of 40 articles)" in said
    drawn = {path.name: ET.parse(path).getroot() for path in tmp_path.glob("*.svg")}
    assert set(drawn) == {"profiles.svg", "peers.svg", "lengths.svg"}
    assert all(len(list(svg.iter("{http://www.w3.org/2000/svg}polyline"))) >= 3 for svg in drawn.values())


@pytest.fixture(scope="module")
def job(folder: Path) -> Job:
    articles = read_corpus(folder).articles
    agreements, sources = make(articles, 2)
    plain = [at_document_scope(agreement) for agreement in agreements]
    return Job(articles, [common_text(a) for a in articles], plain, sources, questions(plain))


def test_the_common_text_bars_phrases_and_drops_the_possessive() -> None:
    article = Article("one", "Winter", "", "The winter fuel-payment\u2019s rise. Thomas\u2019s carers\u2019 view")
    words = "winter qzq qzq the winter fuel payment qzq rise qzq thomass carers view"
    assert common_text(article).split() == words.split()


def test_an_engine_that_says_otherwise_is_found_out(job: Job) -> None:
    for peer in ("flashtext2", "spacy", "hyperscan", "re2"):  # make bench installs them
        pytest.importorskip(peer)
    said = {name: Measured(name, answer=[1, 2, 3]) for name in NAMES}
    assert differences(said, job) == []
    said["SQLite FTS5"].answer = [1, 3]
    said["flashtext2"].answer = [1, 3]
    said["spaCy"].answer = [1, 2, 3, 4]
    faults = differences(said, job)
    assert [fault.partition(" of")[0] for fault in faults] == [
        "SQLite FTS5 does not find 1",
        "spaCy finds besides 1",
    ], "an engine that cannot see overlaps may find less, and none may find more"


def test_what_is_not_installed_or_does_not_build_is_left_out_and_said() -> None:
    told: list[str] = []

    def missing() -> Engine:
        raise ImportError(name="nothing_of_the_name")

    def failing() -> Engine:
        raise ValueError("too many patterns")

    measured = alternate({"missing": missing, "failing": failing}, 1, told.append)  # type: ignore[dict-item]
    assert [m.cpu for m in measured.values()] == [[], []]
    assert "nothing_of_the_name is not installed" in told[0]
    assert "too many patterns" in told[1]


def test_our_matches_are_those_of_the_questions(job: Job) -> None:
    """Asked by hand of every text, and nothing else."""

    def stands(phrases: tuple[str, ...], text: str) -> bool:
        return any(f" {phrase} " in f" {text} " for phrase in phrases)

    by_hand = {
        (number, asked.number)
        for number, text in enumerate(job.texts)
        for asked in job.questions
        if all(stands(phrases, text) for phrases in (asked.any, *asked.each))
    }
    assert by_hand
    assert set(Ours(job).matches()) == by_hand


def test_a_corpus_without_names_is_too_small() -> None:
    with pytest.raises(SystemExit, match="too small"):
        make([Article("one", body="nothing but small letters here")], 1)
