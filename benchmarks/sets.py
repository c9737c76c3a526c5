"""Profile sets of one to ten thousand agreements, made from the phrases and names of a corpus.

    sets = make(corpus.articles, agreements=100, seed=1)    # the agreements of M, and their sources

The first agreement of every set of one seed is the same, and each set holds the smaller ones: what grows is the
number of profiles and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

from benchmarks.corpus import sources_of
from benchmarks.draw import Draw
from benchmarks.ngrams import Ngrams
from benchmarks.sections import sections
from monitor.app import read_agreement
from monitor.core.agreement import Agreement
from monitor.core.article import Article, fingerprint
from monitor.core.profile import PlaceList
from monitor.core.source import Sources

SIZES = {"S": 1, "M": 100, "L": 1_000, "XL": 10_000}
"""Agreements of each set."""
SECTIONS = 8
FIRST = 130
"""Terms of the first agreement; the others have a hundred in the mean."""
FEWEST, MOST = 8, 17
"""Terms of a section."""
SHIPPED = Path(__file__).parents[1] / "profiles" / "social-security-scotland"
"""Its list of Scottish places is what all agreements share."""


def make(articles: Sequence[Article], agreements: int = 100, seed: int = 1) -> tuple[list[Agreement], Sources]:
    """So many agreements drawn from the articles, and the sources they name; the same seed gives the same."""
    return list(made(Ngrams(articles), agreements, seed)), sources_of(articles)


def made(grams: Ngrams, agreements: int, seed: int = 1) -> Iterator[Agreement]:
    """The same from phrases that have been counted already, one at a time."""
    place = _scotland()
    for number in range(agreements):
        chance = Random(f"{seed}:{number}")
        sizes = _sizes(chance) if number else (FIRST // SECTIONS + 1, *(FIRST // SECTIONS,) * (SECTIONS - 1))
        name = f"made-{seed}-{number:05}"
        profiles = sections(Draw.of(grams, chance), sizes, place)
        yield Agreement(name, name, name, profiles, fingerprint=fingerprint(name))


def _sizes(chance: Random) -> tuple[int, ...]:
    return tuple(chance.randint(FEWEST, MOST) for _ in range(SECTIONS))


@lru_cache(maxsize=1)
def _scotland() -> PlaceList:
    shipped = read_agreement(SHIPPED).agreements[0]
    return next(rule.place for profile in shipped.profiles for rule in profile.place)
