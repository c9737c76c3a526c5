"""What each text of an article changed against the one before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monitor.core.agreement import Agreement
from monitor.core.difference import difference, sentences
from monitor.core.match import Judgement
from monitor.jobs.explain.told import Told


def edits(texts: Sequence[Told], agreement: Agreement) -> dict[str, tuple[str, ...]]:
    """In sentences, by article id, of each text but the first."""
    titles = {p.section: p.title for p in agreement.profiles}
    ordered = sorted(texts, key=lambda t: (t.article.when.timestamp() if t.article.when else 0, t.article.id))
    found = {}
    for before, after in pairwise(ordered):
        judged = (_as_judged(before), _as_judged(after))
        found[after.article.id] = tuple(sentences(difference(before.article, after.article, judged), titles))
    return found


def _as_judged(text: Told) -> Judgement:
    """What was said of the text when it was judged, significance apart."""
    return text.recorded.judgement if text.recorded else text.judgement
