"""Profile sets of benchmarks/: the same for the same seed, each within the next, with every rule in use."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from benchmarks.corpus import Corpus, read_corpus, sources_of
from benchmarks.ngrams import Ngrams, Phrase
from benchmarks.sets import FIRST, SECTIONS, make
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching.matcher import Matcher
from monitor.sample.morning import load_morning


@cache
def corpus() -> Corpus:
    """The sample morning, whose articles are ours."""
    morning = load_morning(datetime(2023, 11, 27, 7, 0, tzinfo=UTC))
    return Corpus(
        tuple(Article(a.slug, a.headline, a.standfirst, a.body, outlet=a.outlet) for a in morning.articles)
    )


@cache
def agreements(size: int, seed: int = 1) -> list[Agreement]:
    return make(corpus().articles, size, seed)[0]


def test_the_same_seed_makes_the_same_set_and_another_another() -> None:
    again, _ = make(corpus().articles, 3, seed=1)
    assert again == agreements(3)
    assert agreements(1, seed=2)[0].profiles != again[0].profiles


def test_a_set_holds_the_smaller_ones() -> None:
    assert make(corpus().articles, 1)[0] == agreements(3)[:1]


def test_an_agreement_has_eight_sections_and_about_a_hundred_terms() -> None:
    sizes = [sum(len(p.terms) for p in a.profiles) for a in agreements(3)]
    assert all(len(a.profiles) == SECTIONS for a in agreements(3))
    assert sizes[0] > 0.8 * FIRST  # so small a corpus has not enough names
    assert all(50 < size < 150 for size in sizes[1:])


def test_every_rule_of_the_contract_is_used() -> None:
    profiles = [p for a in agreements(3) for p in a.profiles]
    terms = [t for p in profiles for t in p.terms]
    assert {str(r.within.unit) for p in profiles for r in p.context} >= {
        "sentence",
        "paragraph",
        "document",
        "words",
        "words or headline",
    }
    for rule in ("context", "place", "aboutness", "significance", "sources"):
        assert any(getattr(p, rule) for p in profiles), rule
    for what in ("surname_alone", "abbreviations", "aliases", "only_with", "near", "blockers"):
        assert any(getattr(t, what) for t in terms), what
    assert {"person", "organisation", "phrase"} <= {str(t.kind) for t in terms}
    assert any(form.endswith("*") for t in terms for form in t.match)


def test_profiles_meet_articles_and_miss_some_narrowly() -> None:
    matchers = [Matcher(agreement, sources_of(corpus().articles)) for agreement in agreements(3)]
    verdicts = [v for m in matchers for article in corpus().articles for v in m.judge(article).verdicts]
    assert {str(v.outcome) for v in verdicts} >= {"in", "near_miss"}


def test_phrases_are_counted_by_article() -> None:
    grams = Ngrams(
        [
            Article("a", "", "", "Winter fuel payment. Winter fuel came of the winter fuel payment"),
            Article("b", "Winter fuel", "", "Payment of winter's fuel"),
        ]
    )
    at = grams.tokens.index("Winter")
    assert grams.reach(Phrase(at, 2)) == 2
    assert grams.reach(Phrase(at, 3)) == 1, "no phrase runs over a full stop or the end of a field"
    assert grams.written(Phrase(at, 3)) == "Winter fuel payment"
    assert grams.reach(Phrase(grams.tokens.index("of"), 2)) == 0, "no phrase starts with a small word"


def test_texts_that_repeat_are_left_out(tmp_path: Path) -> None:
    for name, text in {"one": "Head\nBody", "two": "Head\nBody", "three": "Head\nAnother"}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    found = read_corpus(tmp_path)
    assert sorted(a.body for a in found.articles) == ["Another", "Body"]
    assert found.copies == 1


def test_a_folder_without_texts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no articles here"):
        read_corpus(tmp_path)
