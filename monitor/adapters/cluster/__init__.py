"""Near-duplicate texts across outlets: candidates are proposed, and each is verified on all its runs of words."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import numpy as np

from monitor.adapters.cluster.proposals import proposed
from monitor.adapters.cluster.runs import runs_of
from monitor.adapters.cluster.sieve import Sieve
from monitor.core.article import Article
from monitor.core.likeness import are_copies, compared

__all__ = ["Sieve", "copies"]


def copies(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Pairs of ids of articles whose texts are copies of one another, the likest first.

    Nothing depends on chance, and whether two are copies on these two alone.
    """
    by_id = sorted(((article.id, article) for article in articles), key=itemgetter(0))
    ids, ordered = [own for own, _ in by_id], [article for _, article in by_id]
    runs = runs_of(list(map(compared, ordered)))
    found = []
    for left, right in proposed(runs):
        one, other = runs.of(left), runs.of(right)
        shared = len(np.intersect1d(one, other, assume_unique=True))
        if are_copies(ordered[left], ordered[right], shared, (len(one), len(other))):
            likeness = shared / (len(one) + len(other) - shared)
            found.append((-likeness, ids[left], ids[right]))
    return [(left, right) for _, left, right in sorted(found)]
