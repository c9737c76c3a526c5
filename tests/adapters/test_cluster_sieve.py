"""The sieve before the comparing: it lets through whatever is a copy, and little else."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.adapters.cluster import Sieve, copies
from monitor.core.article import Article
from monitor.core.likeness import compared

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
LONG = [f"word{n}" for n in range(400)]


def of_words(number: int, words: list[str]) -> Article:
    return Article(f"https://x.example/{number}", body=" ".join(words), outlet=f"outlet{number}")


def filled(articles: list[Article]) -> Sieve:
    sieve = Sieve()
    for day, some in ((MONDAY, articles[::2]), (TUESDAY, articles[1::2])):
        sieve.put(day, {a.id: compared(a) for a in some})
    return sieve


@st.composite
def cuts(draw: st.DrawFn) -> list[str]:
    """A stretch of one long text, some of its words exchanged, with words of its own before."""
    start, size = draw(st.integers(0, 300)), draw(st.integers(0, 120))
    every = draw(st.sampled_from([5, 9, 30, 1000]))
    own = draw(st.integers(0, 60))
    kept = [w if n % every else f"other{n}" for n, w in enumerate(LONG[start : start + size], 1)]
    return [f"own{own}x{n}" for n in range(own)] + kept


@given(st.lists(cuts(), min_size=2, max_size=8))
def test_no_copy_is_left_out(texts: list[list[str]]) -> None:
    articles = [of_words(n, words) for n, words in enumerate(texts)]
    sieve = filled(articles)
    like = {a.id: sieve.like([compared(a)]) for a in articles}
    for one, other in copies(articles):
        assert other in like[one]
        assert one in like[other]


def test_other_texts_are_left_out() -> None:
    whole, cut = of_words(1, LONG), of_words(2, LONG[100:150])
    others = [of_words(n, [f"text{n}word{m}" for m in range(200)]) for n in range(3, 30)]
    short = of_words(30, LONG[:20])
    sieve = filled([whole, cut, short, *others])
    assert set(sieve.like([compared(cut)])) == {whole.id, cut.id}
    assert set(sieve.like([compared(whole), compared(others[0])])) == {whole.id, cut.id, others[0].id}
    assert not sieve.like([compared(short)])
    assert not sieve.like([])


def test_a_day_that_is_dropped_is_gone() -> None:
    whole, cut = of_words(1, LONG), of_words(2, LONG[100:150])
    sieve = filled([whole, cut])
    sieve.drop(MONDAY)
    assert sieve.like([compared(whole)]) == {cut.id}
