"""How long an edition of many stories takes: folding, composing, rendering, and making it fit into a mail.

    python benchmarks/bench_digest.py [--stories N]

The articles are made here, of invented events; each is a story of its own, and every third is carried by another
outlet, too. The ratios tell more than the times: what fitting costs beside one rendering.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from monitor.adapters.cluster import copies
from monitor.adapters.render import Renderer
from monitor.core.agreement import Agreement, Digest, Layout
from monitor.core.article import Article
from monitor.core.digest import EditionContent, Material, compose, judged_for
from monitor.core.edition import Window
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile, SignificanceRule, SourceRule, Term
from monitor.core.source import Outlet, Source, Sources
from monitor.core.story import Story, stories
from monitor.jobs.compose import MOST_BYTES, fitted

ROUNDS = 5
END = datetime(2026, 3, 2, 7, tzinfo=UTC)
WINDOW = Window(END - timedelta(days=3), END)
TERMS = ("Harbour Dues", "Ferry Timetable", "Skerry Council", "Lighthouse Trust", "Kelp Licence", "Island Deal")
WORDS = "boats piers winter fares crews storms repairs votes budgets schools letters markets roads bridges".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=500)
    number = parser.parse_args().stories
    agreement, sources = _agreement(), _sources()
    articles = _articles(number)
    matcher = Matcher(agreement, sources)
    judgements = {article.id: matcher.judge(article) for article in articles}
    renderer = Renderer(Path(__file__).parents[1] / "templates/digest")

    def folded() -> tuple[Story, ...]:
        return stories(articles, copies(articles))

    known = folded()

    def composed(layout: Layout = Layout.FULL) -> EditionContent:
        digest = Digest("trial", "A trial", (), (0,), 7, 0, ("nobody",), layout=layout)
        findings = judged_for(agreement, digest, known, judgements, sources)
        return compose(agreement, digest, WINDOW, END, Material(known, judgements, findings, sources))[0]

    print(f"{len(known)} stories of {len(articles)} articles; CPU seconds, median of {ROUNDS} rounds")
    print(f"fold {_median(folded):.2f}, compose {_median(composed):.2f}")
    print(
        f"{'layout':12} {'render':>7} {'fit':>6} {'ratio':>6} {'kB':>5} {'in full':>7} {'named':>6} {'counted':>7}"
    )
    for layout in Layout:
        _measure(composed(layout), renderer)


def _measure(content: EditionContent, renderer: Renderer) -> None:
    render, fit = _median(lambda: renderer.render(content)), _median(lambda: fitted(content, renderer))
    smaller, mail = fitted(content, renderer)
    size, shown = len(mail.html.encode()), sum(1 for _ in smaller.items)
    named, counted = (
        sum(of(part) for part in smaller.sections) for of in (lambda p: len(p.cut), lambda p: p.unnamed)
    )
    print(
        f"{content.layout:12} {render:7.3f} {fit:6.2f} {fit / render:6.1f} {size / 1000:5.1f} {shown:5} {named:6} "
        f"{counted:7}"
    )
    assert size <= MOST_BYTES
    assert shown + named + counted == content.stories


def _agreement() -> Agreement:
    takes = {"sources": SourceRule(any_monitored=True), "significance": SignificanceRule(0, 0)}
    profiles = (
        Profile(f"section_{n}", term.upper(), terms=(Term(term),), **takes)  # type: ignore[arg-type]
        for n, term in enumerate(TERMS)
    )
    return Agreement("trial", "A client", "A trial", tuple(profiles))


def _sources() -> Sources:
    return Sources.of(
        Outlet(
            f"o{n}", f"Outlet {n}", f"Owner {n % 25}", "UK", 1 + n % 3, sources=(Source(f"o{n}-news", f"o{n}"),)
        )
        for n in range(40)
    )


def _articles(number: int) -> list[Article]:
    """One of each story, and every third once more."""
    made = []
    for n in range(number):
        pick = Random(n)
        term = TERMS[n % len(TERMS)]
        text = " ".join(f"{pick.choice(WORDS)}{pick.randrange(10_000)}" for _ in range(300))
        for copy in range(1 + (n % 3 == 0)):
            outlet = f"o{(n + 7 * copy) % 40}"
            seen = END - timedelta(minutes=5 * n + copy)
            headline, body = f"{term}: story {n} of a long winter", f"{term} was spoken of in story {n}. {text}"
            url = f"https://{outlet}.example/news/{n}"
            made.append(Article(url, headline, "", body, outlet=outlet, first_seen=seen, published_at=seen))
    return made


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
