"""`monitor replay` of one changed term over stored feed items: by the index of words, and judging every article.

    python -m benchmarks.bench_replay [FOLDER] [--items N] [--rounds N] [--term TERM] [--section ID] [--home HOME]

FOLDER holds news/uk_feeds_*.jsonl.gz (default: ../shared/data). By the index it is done as without `--proofs`, and
with. HOME keeps the workspace for the next run. Ends with 1 when they do not say the same.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import SHARED
from benchmarks.machine import cpu_here
from benchmarks.rounds import Measured, alternate
from benchmarks.table import megabytes, number, table, times
from monitor import app
from monitor.core.edition import Window
from monitor.core.replay.outcome import Kind

FEEDS = ("news/uk_feeds_2022.jsonl.gz", "news/uk_feeds_2023_jan_sep.jsonl.gz")
WINDOW = Window(datetime(2022, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC))
PROFILES = "profiles/social-security-scotland"
SECTION, TERM = "benefits", "cost of living payment"
"""The section that is replayed, and what it has from now on."""
WHAT_MOVES, BY_INDEX, ALL = "what moves, by the index of words", "and other proofs, by the index", "every article"
WANTED = 20
"""How many times as fast as judging all, at least."""


class Replaying:
    """The draft of a workspace, replayed over all that it has stored."""

    def __init__(self, home: Path, *, proofs: bool, everything: bool = False) -> None:
        self._home = home
        self._replay_draft = partial(app.replay_draft, proofs=proofs, everything=everything)

    def once(self) -> None:
        self._replay()

    def _replay(self) -> Any:
        with app.open_workspace(self._home) as workspace:
            draft = app.draft(workspace, None)
            return self._replay_draft(workspace, draft, WINDOW, app.Unseen())

    def answer(self) -> dict[str, Any]:
        """What is gained and lost, and how much was looked at."""
        report = self._replay()
        return {
            "differences": [difference.to_json() for difference in report.differences],
            "articles": report.articles,
            "looked_at": report.looked_at,
            "proofs": report.proofs,
        }

    def elsewhere(self) -> tuple[float, int]:
        return 0.0, 0

    def close(self) -> None:
        pass


def main(arguments: Sequence[str] | None = None) -> int:
    """Store the items, change the term, replay both ways; 1 when they differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--items", type=int, help="of each file, at most; default: all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--term", default=TERM)
    parser.add_argument("--section", default=SECTION)
    parser.add_argument("--home", type=Path, help="a workspace of an earlier run, or where to keep one")
    said = parser.parse_args(arguments)
    files = [path for name in FEEDS if (path := said.folder / name).is_file()]
    if not files:
        print(f"left out: {said.folder} has none of {', '.join(FEEDS)}")
        return 0
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as folder:
        home = said.home or Path(folder) / "workspace"
        if not home.exists():
            store_items(home, files, said.items)
        file = home / PROFILES / f"{said.section}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(_with_term(text, said.term), encoding="utf-8")
        works = {
            WHAT_MOVES: partial(Replaying, home, proofs=False),
            BY_INDEX: partial(Replaying, home, proofs=True),
            ALL: partial(Replaying, home, proofs=True, everything=True),
        }
        measured = alternate(works, said.rounds)
        file.write_text(text, encoding="utf-8")
    return _tell(measured, f"{said.term}, in {said.section}")


def _tell(measured: dict[str, Measured], change: str) -> int:
    faults = [f"{one.name}: {one.fault}" for one in measured.values() if one.fault]
    if faults:
        print("\n".join(faults))
        return 1
    everything = measured[ALL]
    rows = [
        (
            name,
            number(one.seconds),
            f"{one.answer['looked_at']:,}",
            f"{len(one.answer['differences']):,}",
            times(everything.seconds / one.seconds, WANTED) if one is not everything else "",
            megabytes(one.memory),
        )
        for name, one in measured.items()
    ]
    articles = everything.answer["articles"]
    print(f"### Replay of one changed term ({change}) over {articles:,} stored articles\n")
    print(table(("", "CPU s", "looked at", "differences", "as fast", "memory"), rows), end="\n\n")
    same = all(one.answer["differences"] == _asked(everything, one) for one in measured.values())
    print("All say the same." if same else "NOT THE SAME: the index loses or adds differences.")
    return not same


def _asked(everything: Measured, of: Measured) -> list[Any]:
    """What judging every article says, as far as that was asked for."""
    found = everything.answer["differences"]
    return [one for one in found if of.answer["proofs"] or one["kind"] != Kind.PROOF]


def store_items(home: Path, files: Sequence[Path], items: int | None) -> int:
    """A workspace with the items of the files, its profiles published; how many articles it holds."""
    app.new_workspace(home)
    start, new = cpu_here(), 0
    with app.open_workspace(home) as workspace:
        library = app.read_library(home)
        for file in files:
            read = _cut(file, items, home) if items else file
            plan = app.plan_file(str(read), library, wanted={}, outlet=None, first_seen_now=False)
            new += app.import_file(workspace, library, str(read), plan, app.Unseen()).new
        workspace.publish()
        app.index_words(workspace, app.Unseen())
    print(f"{new:,} articles stored and indexed in {number(cpu_here() - start)} CPU seconds\n")
    return new


def _cut(file: Path, items: int, folder: Path) -> Path:
    cut = folder / file.name
    with gzip.open(file, "rt", encoding="utf-8") as lines, gzip.open(cut, "wt", encoding="utf-8") as kept:
        kept.writelines(islice(lines, items))
    return cut


def _with_term(text: str, term: str) -> str:
    """A section's file with one more term."""
    if "\nterms:\n" not in text:
        raise SystemExit("the section has no terms to add one to")
    return text.replace("\nterms:\n", f"\nterms:\n  - {term}\n", 1)


if __name__ == "__main__":
    sys.exit(main())
