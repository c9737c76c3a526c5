"""Near-duplicate texts across outlets: candidates by MinHash (rensa), each verified on the words themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rensa import RMinHash, RMinHashLSH

from monitor.core.article import Article, Field
from monitor.core.matching.text import read

SHINGLE_WORDS = 4
LEAST_WORDS = 25
"""Shorter texts are alike by chance and are never folded."""
ALIKE = 0.5
"""Shared shingles over all shingles (Jaccard) of two texts that are copies."""
CUT = 0.8
"""Shared shingles over those of the shorter text: a cut copy keeps its words."""
_PERMUTATIONS = 128
_BANDS = 64
_THRESHOLD = 0.3
_SEED = 42


def copies(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Pairs of ids of articles whose texts are copies of one another, in order; nothing depends on chance.

    Sketches are made anew each time and only propose: every pair is verified on its exact shingles.
    """
    texts = [(a, shingles) for a in sorted(articles, key=lambda a: a.id) if (shingles := _shingles(a))]
    pairs = {
        (texts[left][0].id, texts[right][0].id)
        for left, right in _candidates([shingles for _, shingles in texts])
        if alike(texts[left][1], texts[right][1]) and not _standing_text(texts[left][0], texts[right][0])
    }
    return sorted(pairs)


def _standing_text(a: Article, b: Article) -> bool:
    """Whether two summaries of one outlet are alike by its standing text alone: a series' or newsletter's words.

    An outlet that tells the same news twice gives it the same headline.
    """
    summaries = not (a.body and b.body)
    return summaries and a.outlet == b.outlet and read(a.headline).tokens != read(b.headline).tokens


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two texts, as shingles, are copies: mostly the same, or one a cut of the other."""
    shared = len(a & b)
    return shared >= ALIKE * len(a | b) or shared >= CUT * min(len(a), len(b))


def _shingles(article: Article) -> frozenset[str]:
    """Every run of four words of the body (or, without one, the standfirst); empty for a short text."""
    words = read(article.text_of(Field.BODY) or article.text_of(Field.STANDFIRST)).words
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1))


def _candidates(texts: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of text numbers, the smaller first, that are worth a look."""
    sketches = RMinHash.from_token_sets([sorted(t) for t in texts], _PERMUTATIONS, _SEED) if texts else []
    index = RMinHashLSH(_THRESHOLD, _PERMUTATIONS, _BANDS)
    for number, sketch in enumerate(sketches):
        yield from ((earlier, number) for earlier in index.query(sketch))
        index.insert(number, sketch)
