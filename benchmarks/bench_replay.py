"""`monitor replay` of one changed term over stored feed items: by the index of words, and judging every article.

    python -m benchmarks.bench_replay [FOLDER] [--items N] [--rounds N]

FOLDER holds news/uk_feeds_*.jsonl.gz (default: ../shared/data). Ends with 1 when the two do not say the same.
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

FEEDS = ("news/uk_feeds_2022.jsonl.gz", "news/uk_feeds_2023_jan_sep.jsonl.gz")
WINDOW = Window(datetime(2022, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC))
SECTION = "profiles/social-security-scotland/benefits.yaml"
TERM = "cost of living payment"
"""Of the section that is replayed, from now on."""
BY_INDEX, ALL = "by the index of words", "every article"
WANTED = 20
"""How many times as fast as judging all, at least."""


class Replaying:
    """The draft of a workspace, replayed over all that it has stored."""

    def __init__(self, home: Path, *, everything: bool) -> None:
        self._home = home
        self._everything = everything

    def once(self) -> None:
        self._replay()

    def _replay(self) -> Any:
        with app.open_workspace(self._home) as workspace:
            draft = app.draft(workspace, None)
            return app.replay_draft(workspace, draft, WINDOW, app.Unseen(), everything=self._everything)

    def answer(self) -> dict[str, Any]:
        """What is gained and lost, and how much was looked at."""
        report = self._replay()
        return {
            "differences": [difference.to_json() for difference in report.differences],
            "articles": report.articles,
            "looked_at": report.looked_at,
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
    said = parser.parse_args(arguments)
    files = [path for name in FEEDS if (path := said.folder / name).is_file()]
    if not files:
        print(f"left out: {said.folder} has none of {', '.join(FEEDS)}")
        return 0
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as folder:
        home = Path(folder) / "workspace"
        stored = store_items(home, files, said.items)
        _change(home / SECTION)
        works = {
            BY_INDEX: partial(Replaying, home, everything=False),
            ALL: partial(Replaying, home, everything=True),
        }
        measured = alternate(works, said.rounds)
    return _tell(measured, stored)


def _tell(measured: dict[str, Measured], stored: int) -> int:
    faults = [f"{one.name}: {one.fault}" for one in measured.values() if one.fault]
    if faults:
        print("\n".join(faults))
        return 1
    index, everything = measured[BY_INDEX], measured[ALL]
    rows = [
        (
            name,
            number(one.seconds),
            f"{one.answer['looked_at']:,}",
            f"{len(one.answer['differences']):,}",
            times(everything.seconds / one.seconds, WANTED) if one is index else "",
            megabytes(one.memory),
        )
        for name, one in measured.items()
    ]
    print(f"### Replay of one changed term over {stored:,} stored articles\n")
    print(table(("", "CPU s", "looked at", "differences", "as fast", "memory"), rows), end="\n\n")
    same = index.answer["differences"] == everything.answer["differences"]
    print("Both say the same." if same else "NOT THE SAME: the index loses or adds differences.")
    return not same


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


def _change(file: Path) -> None:
    """One more term in the section's file."""
    text = file.read_text(encoding="utf-8")
    if "\nterms:\n" not in text:
        raise SystemExit(f"{file}: no terms here to add one to")
    file.write_text(text.replace("\nterms:\n", f"\nterms:\n  - {TERM}\n", 1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
