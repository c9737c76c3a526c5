"""Precision and recall of the shipped profile on the labelled articles, by section and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.app import read_agreement
from monitor.core.article import Article
from monitor.core.match import Outcome
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile

from .articles import DATA, ROOT, Label, found, read_labels

AGREEMENT = ROOT / "profiles/social-security-scotland"
COLUMNS = ("strict", "relevant")
MEASURES = ("precision", "recall")


@dataclass(frozen=True)
class Score:
    """What the matcher found of what a reader wants; labels that are unsure count nowhere."""

    right: int = 0
    wrong: int = 0
    """In for the matcher, out for the reader."""
    missed: int = 0
    """Out for the matcher, in for the reader."""

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


Scores = Mapping[str, Mapping[str, Score]]
"""Section -> column -> score."""


@dataclass(frozen=True)
class Measured:
    """The scores, and on how much they rest."""

    articles: int
    said: Mapping[str, int]
    """Section -> articles whose label names it."""
    scores: Scores
    disagreements: tuple[str, ...]
    """Where the matcher is not as the strict label says."""


def measure(data: Path = DATA, agreement_folder: Path = AGREEMENT) -> Measured:
    """Every labelled article that is there, judged by the shipped profile or another."""
    library = read_agreement(agreement_folder)
    agreement = library.agreements[0]
    matcher = Matcher(agreement, library.sources)
    judged = [(label, _within(matcher, article)) for label, article in found(read_labels(), library.sources, data)]
    sections = [p.section for p in agreement.profiles if _has_terms(p)]
    return Measured(
        len(judged),
        {s: sum(s in label.strict for label, _ in judged) for s in sections},
        {s: {c: _score(s, c, judged) for c in COLUMNS} for s in sections},
        tuple(_disagreements(judged, sections)),
    )


def table(measured: Measured) -> str:
    """The scores as a table for people."""
    head = f"{'section':20} {'said':>4}  " + "  ".join(f"{c:>8} in  prec.  recall" for c in COLUMNS)
    lines = [f"{measured.articles} articles", head]
    for section, by_column in measured.scores.items():
        cells = [_cells(by_column[column]) for column in COLUMNS]
        lines.append(f"{section:20} {measured.said[section]:4}  " + "  ".join(cells))
    totals = [_cells(sum((s[c] for s in measured.scores.values()), Score())) for c in COLUMNS]
    return "\n".join([*lines, f"{'all':20} {sum(measured.said.values()):4}  " + "  ".join(totals)])


def _cells(score: Score) -> str:
    return f"{score.right + score.missed:11}  {_share(score.precision)}   {_share(score.recall)}"


def _share(value: float | None) -> str:
    return f"{value:5.3f}" if value is not None else "    -"


def _has_terms(profile: Profile) -> bool:
    return bool(profile.terms)


def _within(matcher: Matcher, article: Article) -> frozenset[str]:
    return frozenset(v.section for v in matcher.judge(article).verdicts if v.outcome is Outcome.IN)


def _score(section: str, column: str, judged: Iterable[tuple[Label, frozenset[str]]]) -> Score:
    total = Score()
    for label, within in judged:
        wanted = getattr(label, column).get(section, "out")
        if wanted != "unsure":
            total += _one(matched=section in within, wanted=wanted == "in")
    return total


def _one(*, matched: bool, wanted: bool) -> Score:
    return Score(right=matched and wanted, wrong=matched and not wanted, missed=wanted and not matched)


def _disagreements(judged: Iterable[tuple[Label, frozenset[str]]], sections: Iterable[str]) -> Iterable[str]:
    known = list(sections)
    for label, within in judged:
        for section in known:
            wanted = label.strict.get(section, "out")
            if wanted != "unsure" and (wanted == "in") != (section in within):
                said = "in" if section in within else "not in"
                yield f"{label.file}:{label.row} {section}: label {wanted}, matcher {said} ({label.why})"
