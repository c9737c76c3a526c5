"""How many steps the core in Python takes for an article, and in which functions: the same on a busy machine.

    python -m benchmarks.bench_steps --sets S M --articles 128

A step is one instruction of the interpreter. What C does within one (sorting, numpy, the automaton) is not seen,
and compiled twins take none: they stand aside. Use it to compare two states of the code where nothing is compiled,
and `bench_match` for what time they take.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from benchmarks.corpus import SHARED, read_corpus, sources_of
from benchmarks.ngrams import Ngrams
from benchmarks.sets import SIZES, made
from benchmarks.table import number, table
from benchmarks.whole import Whole
from monitor.core.matching import native


def steps_of(work: Callable[[], object]) -> Counter[CodeType]:
    """How many instructions a piece of work takes, by function."""
    steps: Counter[CodeType] = Counter()

    def step(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        steps[frame.f_code] += event == "opcode"
        return step

    def call(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return step

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


def steps_table(found: dict[str, Counter[CodeType]], articles: int, most: int) -> str:
    """Steps for an article: all of each kind of work, then those of the functions that take most."""
    total: Counter[CodeType] = sum(found.values(), Counter())
    rows = [("all", *(number(of.total() / articles) for of in found.values()))]
    for code, _ in total.most_common(most):
        name = f"{Path(code.co_filename).stem}.{code.co_qualname}"
        rows.append((name, *(number(of[code] / articles) for of in found.values())))
    return table(["steps", *found], rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Count as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED, help=f"articles; default {SHARED}")
    parser.add_argument("--sets", nargs="+", choices=SIZES, default=["S", "M"], help="default: S M")
    parser.add_argument("--articles", type=int, default=128, help="default 128, evenly from the whole")
    parser.add_argument("--most", type=int, default=24, help="functions shown; default 24")
    asked = parser.parse_args(arguments)
    corpus = read_corpus(asked.folder)
    articles, sources = corpus.sample(asked.articles).articles, sources_of(corpus.articles)
    agreements = list(made(Ngrams(corpus.articles), max(SIZES[name] for name in asked.sets)))
    found: dict[str, Counter[CodeType]] = {}
    for name in asked.sets:
        whole = Whole(agreements[: SIZES[name]], sources, articles, "ahocorasick")
        with native.in_python():
            found[f"{name}, first pass"] = steps_of(whole.once)
            found[name] = steps_of(whole.once)
    print(f"{corpus}\n\n{steps_table(found, len(articles), asked.most)}")


if __name__ == "__main__":
    main()
