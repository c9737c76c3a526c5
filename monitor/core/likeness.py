"""Whether two texts are copies of one another, by the runs of words they share."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

SHINGLE_WORDS = 4
LEAST_WORDS = 25
"""Shorter texts are alike by chance and are never copies."""
ALIKE = 0.5
"""Shared shingles over all shingles (Jaccard) of two texts that are copies."""
CUT = 0.8
"""Shared shingles over those of the shorter text: a cut copy keeps its words."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

Shingles = AbstractSet[tuple[str, ...]]
"""Every run of four words of a text."""


def shingles(text: str) -> Shingles:
    """Every run of four words; none for a text of fewer than 25. Capitals, punctuation and quotes do not count."""
    words = words_of(text)
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(zip(*(words[n:] for n in range(SHINGLE_WORDS)), strict=False))


def words_of(text: str) -> list[str]:
    """The words in order, case folded, every apostrophe the same.

    >>> words_of("The Families’ PLEA, they said")
    ['the', 'families', 'plea', 'they', 'said']
    """
    return _WORD.findall(text.casefold().replace("\u2019", "'"))


def alike(one: Shingles, other: Shingles) -> bool:
    """Whether two texts are copies: mostly the same, or one a cut of the other."""
    shared = len(one & other)
    return shared >= ALIKE * (len(one) + len(other) - shared) or shared >= CUT * min(len(one), len(other))
