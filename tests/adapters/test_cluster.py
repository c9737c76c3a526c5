"""Near-duplicates: copies fold, independent reports do not, order does not matter (F17)."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.adapters.cluster import copies
from monitor.adapters.cluster.runs import runs_of as runs_in_bulk
from monitor.core.article import Article
from monitor.core.likeness import alike, runs_of
from monitor.core.story import stories

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
        (LONG[:40], True),
        ([f"new{n}" for n in range(6)] + LONG[170:210], True),
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


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "hours", "folds"),
    [(LONG[:60], 1, True), (LONG[:60], 24, True), (LONG[:60], 25, False), (edited(LONG[:60], 30), 1, False)],
)
def test_one_summary_under_another_headline_is_the_same_article_for_a_day(words, hours, folds):
    one = Article(
        "https://x.example/a", "Rain in Fife", standfirst=" ".join(LONG[:60]), outlet="x", first_seen=NOON
    )
    later = NOON + timedelta(hours=hours)
    other = Article("https://x.example/b", "Fife is wet", standfirst=" ".join(words), outlet="x", first_seen=later)
    assert bool(copies([one, other])) is folds


@pytest.mark.parametrize(
    ("outlets", "hours", "folds"),
    [(("x", "y"), 1, True), (("x", "y"), 18, True), (("x", "y"), 19, False), (("x", "x"), 1, False)],
)
def test_agency_text_lightly_rewritten_folds_for_two_outlets_at_one_time(outlets, hours, folds):
    """One word in nine is another: three runs in five are shared."""
    one, other = (
        article("a", LONG[:100], outlet=outlets[0], first_seen=NOON),
        article("b", edited(LONG[:100], 9), outlet=outlets[1], first_seen=NOON + timedelta(hours=hours)),
    )
    assert bool(copies([one, other])) is folds


@pytest.mark.parametrize(("every", "folds"), [(9, False), (12, True)])
def test_of_long_texts_more_must_stay(every, folds):
    """Three runs in five are what a later report tells again; two in three are the same report."""
    one, other = article("a", LONG, outlet="x"), article("b", edited(LONG, every), outlet="y")
    assert bool(copies([one, other])) is folds


def test_a_round_up_that_has_a_paragraph_of_it_is_no_copy():
    piece = article("a", edited(LONG[:60], 9), outlet="x")
    roundup = article("b", [*LONG[:60], *(f"new{n}" for n in range(800))], outlet="y")
    assert copies([piece, roundup]) == []


def test_a_purged_text_folds_nothing_and_breaks_nothing():
    purged = Article("https://x.example/p", "H", purged_at=NOON)
    assert copies([purged, article("a", LONG), article("b", LONG[:200])]) != []
    assert copies([purged, purged]) == []


WIRE = [f"wire{n}" for n in range(300)]


def forty_titles() -> list[Article]:
    """A wire story as forty papers print it: whole, cut, under their own opening, with some words changed."""
    own = [f"opening{n}" for n in range(5)]
    forms = [WIRE, WIRE[: 300 - 40], own + WIRE[:90], edited(WIRE, 15), [*WIRE[100:200], *own]]
    return [
        article(f"{n}", forms[n % 5], outlet=f"paper{n}", first_seen=NOON + timedelta(minutes=n))
        for n in range(40)
    ]


@settings(max_examples=20)
@given(st.permutations(range(40)))
def test_a_wire_story_in_forty_titles_is_one_story_whatever_the_order_of_arrival(order):
    wire = forty_titles()
    [expected] = stories(wire, copies(wire))
    shuffled = [wire[n] for n in order]
    [story] = stories(shuffled, copies(shuffled))
    assert (story.id, len(story.articles)) == (expected.id, 40)
    some = sorted(order[:20])
    assert len(stories([wire[n] for n in some], copies([wire[n] for n in some]))) <= 4, "as far as it has come"


TEXTS = st.lists(st.integers(0, 12), min_size=20, max_size=60)


@given(st.lists(TEXTS, min_size=2, max_size=7))
def test_nothing_that_is_alike_is_left_unproposed(texts):
    """Against every pair compared, on texts of few words, which share runs by chance."""
    articles = [article(f"{n}", [f"w{word}" for word in text], outlet="x") for n, text in enumerate(texts)]
    runs = {a.id: runs_of(a.body) for a in articles}
    every = {
        tuple(sorted((a.id, b.id)))
        for a, b in combinations(articles, 2)
        if runs[a.id] and runs[b.id] and alike(runs[a.id], runs[b.id])
    }
    assert set(copies(articles)) == every


@pytest.mark.parametrize(
    "text",
    ["Don’t “STOP”, they said: naïve café in Ardrossan — £5m", "\0null\ud800 half", "Àéî " * 30, "a_b c-d e/f"],
)
def test_runs_are_those_of_the_core(text):
    """The fast reading of many texts and the plain one of one text find the same words."""
    padded = " ".join([text, *LONG[:30]])
    assert runs_in_bulk([padded, "", padded]).sizes.tolist() == [len(runs_of(padded)), 0, len(runs_of(padded))]
