"""Near-duplicates: copies fold, independent reports do not, order does not matter."""

import random

import pytest

from monitor.adapters.cluster import copies
from monitor.core.article import Article

LONG = [f"word{n}" for n in range(400)]


def article(url: str, words: list[str], **more) -> Article:
    return Article(f"https://x.example/{url}", body=" ".join(words), **more)


def edited(words: list[str], every: int) -> list[str]:
    return [w if n % every else f"other{n}" for n, w in enumerate(words)]


@pytest.mark.parametrize(
    ("copy", "folds"),
    [
        (LONG, True),
        (LONG[:120], True),
        (LONG[300:], True),
        (edited(LONG, 20), True),
        (edited(LONG, 4), False),
        ([f"new{n}" for n in range(400)], False),
        (LONG[:60] + [f"new{n}" for n in range(300)], False),
        (random.Random(1).sample(LONG, 400), False),
    ],
)
def test_a_copy_folds_and_another_text_does_not(copy, folds):
    pair = [article("a", LONG), article("b", copy)]
    assert bool(copies(pair)) is folds
    assert copies(pair) == copies(pair[::-1])


def test_case_punctuation_and_quotes_do_not_keep_copies_apart():
    one = article("a", ["“Families’", *LONG, "said.”"])
    other = article("b", ["\"FAMILIES'", *(w.upper() for w in LONG), 'said"'])
    assert copies([one, other]) == [tuple(sorted((one.id, other.id)))]


def test_short_texts_never_fold():
    assert copies([article("a", LONG[:20]), article("b", LONG[:20])]) == []
    assert copies([]) == []


def test_a_summary_stands_in_for_a_missing_body():
    one = Article("https://x.example/a", standfirst=" ".join(LONG[:40]))
    other = Article("https://x.example/b", body=" ".join(LONG[:40]))
    assert len(copies([one, other])) == 1


def test_the_standing_text_of_an_outlets_summaries_folds_nothing():
    box = " ".join(LONG[:60])
    one = Article("https://x.example/a", "Rain in Fife", standfirst=box, outlet="x")
    other = Article("https://x.example/b", "Strike in Dundee", standfirst=box, outlet="x")
    again = Article("https://x.example/c", "Strike in Dundee", standfirst=box, outlet="x")
    elsewhere = Article("https://y.example/d", "Strike goes on", standfirst=box, outlet="y")
    assert copies([one, other]) == []
    assert len(copies([other, again])) == 1
    assert len(copies([one, elsewhere])) == 1
