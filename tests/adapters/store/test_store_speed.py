"""How fast the store is with 20,000 articles: printed (`pytest -s`), not asserted; machines differ."""

import time
from contextlib import contextmanager

from store_samples import AGREEMENT, MORNING, article, judgement, verdict

from monitor.core.coverage import CoverageQuestion

ARTICLES = 20_000


@contextmanager
def timed(what, count):
    began = time.perf_counter()
    yield
    took = time.perf_counter() - began
    print(f"{what}: {took:.2f} s, {count / took:,.0f}/s")


def test_a_year_of_one_desk(store):
    articles = [article(n) for n in range(ARTICLES)]
    with timed("store", ARTICLES):
        for start in range(0, ARTICLES, 1_000):
            store.add_articles("s", [(a.url, a) for a in articles[start : start + 1_000]])
    with timed("judge", ARTICLES):
        while batch := store.unjudged(AGREEMENT, 1_000):
            said = [(a.id, judgement(a, verdict()) if n % 20 == 0 else judgement(a)) for n, a in enumerate(batch)]
            store.save_judgements(AGREEMENT, "f", said, MORNING)
    with timed("coverage", ARTICLES // 20):
        assert len(list(store.coverage(CoverageQuestion(AGREEMENT)))) == ARTICLES // 20
    with timed("coverage by text", 1):
        assert len(list(store.coverage(CoverageQuestion(AGREEMENT, text="headline 40")))) == 1
