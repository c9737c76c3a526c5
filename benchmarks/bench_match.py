"""How fast articles are judged, beside the bare automaton on ready text: watch the ratio, not the times.

    python benchmarks/bench_match.py [FOLDER] [--agreement DIR] [--articles N]

FOLDER holds news/bbc_2225.jsonl.gz and the like (default: ../shared/data beside the checkout).
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import ahocorasick

from monitor.app import read_agreement
from monitor.core.article import Article, Field
from monitor.core.matching.matcher import Matcher
from monitor.core.matching.text import read

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
CORPORA = {
    "full text, BBC": "news/bbc_2225.jsonl.gz",
    "feed items, UK nationals": "news/uk_feeds_2023_jan_sep.jsonl.gz",
    "full text, gov.scot": "scottish/govscot.jsonl.gz",
}
ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--agreement", type=Path, default=ROOT / "profiles" / "social-security-scotland")
    parser.add_argument("--articles", type=int, default=2_000, help="of each corpus, at most")
    said = parser.parse_args()
    library = read_agreement(said.agreement)
    matcher = Matcher(library.agreements[0], library.sources)
    patterns = {spelling.pattern for _, phrase in matcher._phrases() for spelling in phrase.spellings()}
    bare = automaton(patterns)
    print(f"{len(patterns)} patterns; CPU time, median of {ROUNDS} rounds")
    print("'bare' is pyahocorasick on ready text, MB/s")
    print(f"{'corpus':26} {'articles':>8} {'kB each':>8} {'judged/s':>9} {'MB/s':>6} {'bare':>6} {'ratio':>6}")
    for name, file in CORPORA.items():
        path = said.folder / file
        if not path.is_file():
            print(f"{name:26} left out: {path} is not there")
            continue
        measure(name, list(islice(articles(path), said.articles)), matcher, bare)


def articles(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article(
                url=row.get("url") or row.get("link") or "",
                headline=row.get("headline") or row.get("title") or "",
                standfirst=row.get("summary") or row.get("description") or "",
                body=row.get("text") or "",
                outlet="guardian",
            )


def automaton(patterns: Iterable[str]) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton(ahocorasick.STORE_ANY)
    for number, pattern in enumerate(patterns):
        made.add_word(pattern, (number, len(pattern)))
    made.make_automaton()
    return made


def measure(name: str, found: list[Article], matcher: Matcher, bare: ahocorasick.Automaton) -> None:
    size = sum(len(article.text_of(field)) for article in found for field in Field)
    streams = [stream for a in found for field in Field if (stream := read(a.text_of(field)).stream)]
    ready = sum(map(len, streams))

    def judge() -> None:
        for article in found:
            matcher.judge(article)

    def iterate() -> None:
        for stream in streams:
            for _ in bare.iter(stream):
                pass

    whole, alone = seconds(judge), seconds(iterate)
    judged, speed, top = len(found) / whole, size / whole / 1e6, ready / alone / 1e6
    print(
        f"{name:26} {len(found):8} {size / len(found) / 1e3:8.1f} {judged:9.0f} {speed:6.2f} {top:6.1f} "
        f"{whole / alone:5.0f}x"
    )


def seconds(work: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
