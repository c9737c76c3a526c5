"""The fast implementation against the slow and obvious one: on made-up profiles and texts, and on real text.

A difference is a fault of one of the two, or a silence of the contract: see README.md. Longer runs:

    MONITOR_ORACLE_EXAMPLES=20000 pytest tests/oracle/test_differential.py -k made_up
    MONITOR_FULL=1 pytest tests/oracle/test_differential.py -k real     every article, and 20,000 feed items
"""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from monitor.app import read_agreement
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching.matcher import Matcher
from monitor.core.matching.native import in_python
from monitor.core.significance import settle
from monitor.core.source import Sources
from monitor.core.story import stories
from monitor.sample.morning import load_morning
from oracle import judge, judge_together
from oracle.common import COMMON
from oracle.compared import compared, difference
from oracle.made import MADE_SOURCES, MadeCase, made_cases
from oracle.nested import nested_cases

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared/data"
ASKED = int(os.environ.get("MONITOR_ORACLE_EXAMPLES", "0"))
"""How many made cases in a longer run; 0: a run for CI."""
FULL = bool(os.environ.get("MONITOR_FULL"))
OUTLETS = ("bbc", "guardian", "herald", "greenock_telegraph", "stv", None)
NEWS = (  # files, and how many of their articles are judged in CI, and in full
    ("news/bbc_*.jsonl.gz", 120, 10**6),
    ("scottish/*.jsonl.gz", 100, 10**6),
    ("news/uk_feeds_*.jsonl.gz", 800, 20_000),
)

lasting = settings(
    max_examples=ASKED or 120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
together = settings(lasting, max_examples=ASKED // 4 or 25)


@lasting
@given(made_cases())
def test_made_up_articles_are_judged_alike(case: MadeCase):
    alike(case.articles, case.agreement, MADE_SOURCES)


@lasting
@given(nested_cases())
def test_phrases_within_one_another_are_judged_alike(case: tuple[Agreement, list[Article]]):
    agreement, articles = case
    alike(articles, agreement, MADE_SOURCES)


@together
@given(made_cases(most=5))
def test_made_up_stories_are_judged_alike(case: MadeCase):
    alike_together(case.articles, case.agreement, MADE_SOURCES, case.copies)


@pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here")
@pytest.mark.parametrize(("files", "some", "most"), NEWS, ids=[n[0] for n in NEWS])
def test_real_articles_are_judged_alike(files: str, some: int, most: int):
    agreement, sources = shipped()
    chosen = list(sample(files, most if FULL else some))
    alike(chosen, agreement, sources)
    alike(chosen, COMMON, sources)


def test_the_sample_morning_is_judged_alike():
    agreement, sources = shipped()
    seven = datetime(2026, 3, 4, 7, tzinfo=UTC)
    articles = [
        Article(
            url=f"https://sample.example{a.url_path}",
            headline=a.headline,
            standfirst=a.standfirst,
            body="\n\n".join(p for p in (a.body, a.caption) if p) if a.page_status == 200 else "",
            byline=a.byline,
            outlet=outlet,
            first_seen=a.published,
        )
        for a, outlet in zip(load_morning(seven).articles, OUTLETS * 10, strict=True)
    ]
    alike(articles, agreement, sources)
    alike(articles, COMMON, sources)
    folded = [(a.id, b.id) for a in articles for b in articles if a.id < b.id and a.body[:60] == b.body[:60]]
    alike_together(articles, agreement, sources, folded)


def alike(articles: Iterable[Article], agreement: Agreement, sources: Sources) -> None:
    """Both say the same of each article, and the compiled core and the one in Python to the byte."""
    matcher = Matcher(agreement, sources)
    for article in articles:
        judgement = matcher.judge(article)
        with in_python():
            assert matcher.judge(article).stored() == judgement.stored()
        product = compared(judgement.to_json())
        said = difference(product, compared(judge(article, agreement, sources)))
        assert not said, "\n".join([article.url, *said])


def alike_together(
    articles: Iterable[Article], agreement: Agreement, sources: Sources, copies: Iterable[tuple[str, str]]
) -> None:
    """Both say the same of each article, its story's significance included."""
    matcher = Matcher(agreement, sources)
    by_id = {a.id: a for a in articles}
    folded = stories(by_id.values(), copies)
    product = settle(agreement, sources, folded, {i: matcher.judge(a) for i, a in by_id.items()})
    oracle = judge_together(by_id.values(), agreement, sources, folded)
    for i in by_id:
        said = difference(compared(product[i].to_json()), compared(oracle[i]))
        assert not said, "\n".join([by_id[i].url, *said])


@cache
def shipped() -> tuple[Agreement, Sources]:
    """The shipped agreement and sources."""
    read = read_agreement(ROOT / "profiles/social-security-scotland")
    return read.agreements[0], read.sources


def sample(files: str, number: int) -> Iterator[Article]:
    """A random choice of the articles of some files, each time the same."""
    chance = random.Random(files)
    texts = [gzip.decompress(file.read_bytes()).decode() for file in sorted(DATA.glob(files))]
    lines = [line for text in texts for line in text.split("\n") if line]
    chance.shuffle(lines)
    for line, outlet in zip(islice(lines, number), chance.choices(OUTLETS, k=number), strict=False):
        yield as_article(json.loads(line), outlet)


def as_article(row: dict[str, Any], outlet: str | None) -> Article:
    """An article of the shared data, whatever its keys are called."""
    return Article(
        url=row.get("url") or row.get("link") or f"https://example.org/{row['id']}",
        headline=row.get("headline") or row.get("title") or "",
        standfirst=row.get("summary") or row.get("description") or "",
        body=row.get("text") or row.get("html") or "",
        byline=row.get("author") or "",
        outlet=outlet,
    )
