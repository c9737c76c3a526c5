"""How fast articles are judged, beside a bare automaton and beside other engines; figures in docs/benchmarks.md.

    make bench                                       everything: about an hour
    python -m benchmarks.bench_match --quick         S and M on few articles: about a minute

Tables go to the terminal as Markdown, drawings into a folder. Ends with 1 when engines do not say the same.
"""

from __future__ import annotations

import argparse
import gc
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.corpus import SHARED, Corpus, read_corpus, sources_of
from benchmarks.documents import at_document_scope, common_text, questions
from benchmarks.drawing import Line, drawing
from benchmarks.engines import NAMES, Job
from benchmarks.lengths import LENGTHS, TOGETHER, of_length
from benchmarks.ngrams import Ngrams
from benchmarks.peers import Asking, differences
from benchmarks.report import BARE, BY_LETTERS, FAST, ONCE, OURS, TWICE
from benchmarks.rounds import Measured, alternate
from benchmarks.sets import SIZES, made
from benchmarks.whole import Bare, Together, Whole
from monitor.core.matching.automaton import ENGINES

DRAWINGS = Path("benchmarks/drawings")
LONGEST = 20_000
"""Characters of a peers' article, at most. PostgreSQL keeps 256 places of a word, and finds no phrase behind."""
PARTS = ("whole", "peers", "lengths")
ENGINE = {OURS: ENGINES[0], BY_LETTERS: "ahocorasick", FAST: "daachorse"}


@dataclass(frozen=True)
class Plan:
    """What is measured, on how many articles, how often."""

    sets: tuple[str, ...] = ("S", "M", "L", "XL")
    articles: int = 500
    """For the whole way; the same for every set, so that they can be compared."""
    batch: int = 3_000
    """For the peers: what an index of articles is made of."""
    rounds: int = 3
    lengths: tuple[int, ...] = LENGTHS
    together: int = TOGETHER
    """Characters of all articles of one length."""
    length_set: str = "M"
    engines: tuple[str, ...] = NAMES
    parts: tuple[str, ...] = PARTS

    @property
    def compared(self) -> tuple[str, ...]:
        """The sets that peers are given: not XL, which most cannot take."""
        return tuple(name for name in self.sets if name != "XL")


QUICK = Plan(sets=("S", "M"), articles=200, batch=200, rounds=3, lengths=LENGTHS[1::3], together=200_000)


@dataclass
class Bench:
    """One run over a corpus: measures, tells, draws; `faults` says where engines differ."""

    corpus: Corpus
    plan: Plan
    drawings: Path
    faults: list[str] = field(default_factory=list)
    compared: dict[str, Job] = field(default_factory=dict)

    def run(self) -> int:
        """All parts of the plan; 1 when engines do not say the same."""
        print(f"{self.corpus}\nCPU time, medians of {self.plan.rounds} rounds in which all take turns\n")
        self.sources = sources_of(self.corpus.articles)
        self.agreements = list(made(Ngrams(self.corpus.articles), max(SIZES[name] for name in self.plan.sets)))
        gc.collect()
        gc.freeze()  # what is made here is shared with every process that measures, and is none of theirs
        for part in self.plan.parts:
            getattr(self, part)()
        print(report.conclusion(self.faults, self.compared))
        return bool(self.faults)

    def whole(self) -> None:
        """Raw articles to stored verdicts."""
        articles = self.corpus.sample(self.plan.articles).articles
        found: dict[str, dict[str, Measured]] = {}
        for name in self.plan.sets:
            agreements = self.agreements[: SIZES[name]]
            works = {
                work: partial(Whole, agreements, self.sources, articles, kind) for work, kind in ENGINE.items()
            }
            bare = partial(Bare, agreements, articles)
            crew = partial(Together, agreements, self.sources, articles, ENGINE[OURS])
            crews = {ONCE: partial(crew, processes=1), TWICE: partial(crew, processes=2)}
            found[name] = alternate({**works, BARE: bare, **crews}, self.plan.rounds)
            self.faults += report.unlike(name, found[name])
        self._tell("The sets", report.sets_table(found, self.agreements))
        count = len(articles)
        self._tell(f"The whole way, {count:,} articles", report.whole_table(found, count))
        self._tell("Two processes", report.two_table(found, count))
        lines = report.by_profiles(found, dict.fromkeys(found, count))
        self._draw("profiles", "From raw articles to stored verdicts", "agreements", lines)

    def peers(self) -> None:
        """Ours and others on the same questions."""
        short = [article for article in self.corpus.articles if len(article.body) <= LONGEST]
        articles = replace(self.corpus, articles=tuple(short)).sample(self.plan.batch).articles
        texts = [common_text(article) for article in articles]
        found: dict[str, dict[str, Measured]] = {}
        for name in self.plan.compared:
            agreements = [at_document_scope(agreement) for agreement in self.agreements[: SIZES[name]]]
            job = Job(articles, texts, agreements, self.sources, questions(agreements))
            works = {engine: partial(Asking, engine, job) for engine in self.plan.engines}
            found[name] = alternate(works, self.plan.rounds)
            self.faults += [f"{name}: {said}" for said in differences(found[name], job)]
            self.compared[name] = job
        count = dict.fromkeys(found, len(articles))
        left_out = len(self.corpus.articles) - len(short)
        title = f"Peers, {len(articles):,} articles in one batch; {left_out} over {LONGEST:,} characters left out"
        self._tell(title, report.peers_table(found, count))
        self._draw(
            "peers", "The same questions, at document scope", "agreements", report.by_profiles(found, count)
        )

    def lengths(self) -> None:
        """Texts of one length, by one set."""
        agreements = self.agreements[: SIZES[self.plan.length_set]]
        found: dict[int, dict[str, Measured]] = {}
        count: dict[int, int] = {}
        for length in self.plan.lengths:
            articles = of_length(self.corpus.articles, length, self.plan.together)
            count[length] = len(articles)
            works = {
                work: partial(Whole, agreements, self.sources, articles, kind) for work, kind in ENGINE.items()
            }
            found[length] = alternate({**works, BARE: partial(Bare, agreements, articles)}, self.plan.rounds)
        title = f"Milliseconds for 1,000 characters, {self.plan.length_set}, by the length of articles"
        self._tell(title, report.lengths_table(found, count))
        self._draw("lengths", "By the length of articles", "characters", report.by_length(found, count))

    def _tell(self, title: str, text: str) -> None:
        print(f"### {title}\n\n{text}\n", flush=True)

    def _draw(self, name: str, title: str, across: str, lines: dict[str, Line]) -> None:
        self.drawings.mkdir(parents=True, exist_ok=True)
        path = self.drawings / f"{name}.svg"
        path.write_text(drawing(title, across, "ms an article", lines))
        print(f"drawn: {path}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; 1 when engines do not say the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED, help="texts: .jsonl, .jsonl.gz or .txt")
    parser.add_argument("--quick", action="store_true", help="S and M, 200 articles")
    parser.add_argument("--sets", nargs="+", choices=SIZES, help="default: S M L XL")
    parser.add_argument("--parts", nargs="+", choices=PARTS, help="default: all")
    parser.add_argument("--engines", nargs="+", choices=NAMES, help="peers; default: all; Monitor is always there")
    parser.add_argument("--articles", type=int, help="for the whole way; default 500")
    parser.add_argument("--batch", type=int, help="articles for the peers; default 3,000")
    parser.add_argument("--rounds", type=int, help="default 3")
    warnings.filterwarnings(
        "ignore", message="XDG_RUNTIME_DIR"
    )  # PostgreSQL's sockets go to /tmp, and that is well
    parser.add_argument("--drawings", type=Path, default=DRAWINGS, help=f"folder; default {DRAWINGS}")
    said = vars(parser.parse_args(arguments))
    folder, drawings, quick = said.pop("folder"), said.pop("drawings"), said.pop("quick")
    asked: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in said.items() if v is not None
    }
    if "engines" in asked:
        asked["engines"] = tuple(dict.fromkeys((OURS, *asked["engines"])))
    plan = replace(QUICK if quick else Plan(), **asked)
    return Bench(read_corpus(folder), plan, drawings).run()


if __name__ == "__main__":
    sys.exit(main())
