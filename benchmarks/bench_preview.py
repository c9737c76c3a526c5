"""A draft's preview on the page, in a real browser: from the click to what comes and goes, beside judging all.

    python -m benchmarks.bench_preview [FOLDER] [--items N] [--home HOME] [--rounds N]

FOLDER holds news/uk_feeds_*.jsonl.gz (default: ../shared/data). An editor adds a rare term, then a frequent one,
and asks for all the days of the archive; each is timed in rounds, as the clock of whoever waits shows it. Beside
it every article is judged by both states, as `monitor replay --everything` does. HOME keeps the workspace for the
next run. Ends with 1 when the page says other numbers than judging all.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.bench_replay import FEEDS, WINDOW, store_items
from benchmarks.corpus import SHARED
from benchmarks.table import number, table, times
from monitor import app, web
from monitor.app.workspace import DEMO_MARK
from monitor.config import SETTINGS_FILE
from monitor.core.replay.outcome import Kind
from monitor.jobs.drafts import draft_of, drop

AGREEMENT, SECTION = "social-security-scotland", "ministerial"
TERMS = {"rare": "cost of living payment", "frequent": "government"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE = 900_000
"""Milliseconds that a page is waited for."""
WANTED = 10
"""How many times as fast as judging all, at least."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What an editor saw of one change."""

    term: str
    seconds: list[float]
    """From the click to what comes and goes, round by round."""
    said: str
    waited: list[str]
    """What the page said meanwhile."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Store the items, serve them, change terms as an editor does, judge all; 1 when they differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--items", type=int, help="of each file, at most; default: all")
    parser.add_argument("--home", type=Path, help="a workspace of an earlier run, or where to keep one")
    parser.add_argument("--rounds", type=int, default=3)
    said = parser.parse_args(arguments)
    files = [path for name in FEEDS if (path := said.folder / name).is_file()]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not (files and chromium):
        print("left out: no browser" if files else f"left out: {said.folder} has none of {', '.join(FEEDS)}")
        return 0
    with tempfile.TemporaryDirectory(prefix="monitor-bench-") as folder:
        home = said.home or Path(folder) / "workspace"
        if not home.exists():
            store_items(home, files, said.items)
        (home / DEMO_MARK).touch()
        (home / SETTINGS_FILE).write_text('[web]\nlisten = "127.0.0.1:0"\n', "utf-8")
        return _measure(home, chromium, said.rounds)


def _measure(home: Path, chromium: str, rounds: int) -> int:
    rows, same = [], True
    with app.open_workspace(home) as workspace, web.served(workspace) as address:
        app.match_all(workspace, app.usable(workspace.read()), app.Unseen())
        for author in {one.author for one in workspace.store.draft_files(AGREEMENT)}:
            drop(workspace.store, AGREEMENT, author)
        total = workspace.store.count_articles(WINDOW.start, WINDOW.end)
        for kind, term in TERMS.items():
            with _browsing(chromium) as page:
                seen = _as_an_editor(page, f"{address}/a/{AGREEMENT}", term, rounds)
            everything, counts, looked_at = _judging_all(workspace)
            same &= _says(seen.said, counts)
            ratio = times(everything / min(seen.seconds), WANTED)
            row = (f"{term} ({kind})", *map(number, seen.seconds), number(everything), ratio, f"{looked_at:,}")
            rows.append(row)
            print(f"{term}: {seen.said}\n  meanwhile: {seen.waited or 'nothing was waited for'}")
    load = f"load {os.getloadavg()[0]:.0f}"
    print(f"\n### A term added, previewed over {total:,} stored articles; seconds by the clock, {load}\n")
    heads = ("term", *(f"page, {n}." for n in range(1, rounds + 1)), "judging all", "as fast", "looked at")
    print(table(heads, rows), end="\n\n")
    print("Page and judging all say the same." if same else "NOT THE SAME.")
    return not same


def _as_an_editor(page: Any, place: str, term: str, rounds: int) -> Seen:
    """Add a term, and ask what it would change over all days; a day less each time, so that it is done anew."""
    page.goto(f"{place}/profiles/{SECTION}")
    page.get_by_label("Word or phrase").fill(term)
    page.get_by_role("button", name="Add to my draft").click()
    seconds, said, waited = [], "", []
    for day in range(1, rounds + 1):
        page.goto(f"{place}/draft/preview?since=2023-12-30&until=2023-12-31")
        page.locator("#articles").wait_for(timeout=PATIENCE)
        page.get_by_label("First day").fill(f"2022-01-{day:02}")
        page.get_by_label("Last day").fill("2023-12-31")
        page.evaluate("document.querySelector('#articles').id = 'of-before'")
        start = time.monotonic()
        page.get_by_role("button", name="Look at these days").click(no_wait_after=True)
        waited += _until_there(page)
        seconds.append(time.monotonic() - start)
        said = said or page.locator(".mo_lead").first.inner_text()
    return Seen(term, seconds, said, waited)


def _until_there(page: Any) -> list[str]:
    """Wait until the page has what comes and goes; what it says meanwhile, each once."""
    said: list[str] = []
    while True:
        page.locator("#articles, [data-progress]").first.wait_for(timeout=PATIENCE)
        if page.locator("#articles").count():
            return said
        told = page.locator("[data-progress]").all_inner_texts()
        said += [text for text in told if text not in said]
        page.wait_for_timeout(100)


def _judging_all(workspace: app.Workspace) -> tuple[float, dict[Kind, int], int]:
    """The seconds that judging every article by both states takes, what comes of it, and of how many by words."""
    (author,) = {one.author for one in workspace.store.draft_files(AGREEMENT)}
    draft = app.draft_of_texts(workspace, AGREEMENT, draft_of(workspace.store, AGREEMENT, author).texts)
    few = app.replay_draft(workspace, draft, WINDOW, app.Unseen(), proofs=False)
    start = time.monotonic()
    report = app.replay_draft(workspace, draft, WINDOW, app.Unseen(), everything=True)
    took = time.monotonic() - start
    drop(workspace.store, AGREEMENT, author)
    kinds = [difference.kind for difference in report.differences]
    return took, {kind: kinds.count(kind) for kind in (Kind.GAINED, Kind.LOST, Kind.MOVED)}, few.looked_at


def _says(said: str, counts: dict[Kind, int]) -> bool:
    """Whether the page's sentence has just these numbers."""
    numbers = [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", said)]
    return numbers == [count for count in counts.values() if count]


@contextmanager
def _browsing(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser.new_page()
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
