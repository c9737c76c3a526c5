"""How fast copies are found among the articles of an edition's days, and on what the time goes.

    python benchmarks/bench_stories.py [FOLDER] [--articles N]

FOLDER holds news/bbc_2225.jsonl.gz and the like (default: ../shared/data beside the checkout). The ratio is that
of finding copies to reading the same texts once with one regular expression: watch it, not the times.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from monitor.adapters.cluster import copies
from monitor.adapters.cluster.proposals import proposed
from monitor.adapters.cluster.runs import runs_of
from monitor.core.article import Article

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
CORPORA = {
    "full text, BBC": ("news/bbc_2225.jsonl.gz", "news/bbc_2022.jsonl.gz", "news/bbc_2025_half.jsonl.gz"),
    "feed items, UK nationals": ("news/uk_feeds_2023_jan_sep.jsonl.gz",),
}
ROUNDS = 5
WORD = re.compile(r"\w+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--articles", type=int, default=4_200, help="of each corpus, at most")
    said = parser.parse_args()
    print(f"CPU seconds, median of {ROUNDS} rounds")
    print(
        f"{'corpus':26} {'articles':>8} {'MB':>6} {'pairs':>6} {'runs':>6} {'propose':>8} {'all':>6} {'ratio':>6}"
    )
    for name, files in CORPORA.items():
        paths = [said.folder / file for file in files if (said.folder / file).is_file()]
        articles = list(islice((article for path in paths for article in _articles(path)), said.articles))
        if articles:
            _measure(name, articles)
        else:
            print(f"{name:26} left out: it is not there")


def _articles(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            outlet = f"outlet{number % 40}"
            text = row.get("text") or row.get("description") or ""
            yield Article(f"https://{outlet}.example/{path.stem}/{number}", body=text, outlet=outlet)


def _measure(name: str, articles: list[Article]) -> None:
    texts = [article.body for article in sorted(articles, key=lambda a: a.id)]
    size = sum(map(len, texts)) / 1e6
    runs = runs_of(texts)
    once = _median(lambda: [WORD.findall(text) for text in texts])
    reading, proposing = _median(lambda: runs_of(texts)), _median(lambda: proposed(runs))
    whole = _median(lambda: copies(articles))
    found = len(copies(articles))
    print(
        f"{name:26} {len(articles):8} {size:8.1f} {found:8} {reading:8.2f} {proposing:8.2f} {whole:8.2f}"
        f" {whole / once:8.1f}"
    )


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
