"""Which place of an article proves what a place rule asks for (section 5)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from monitor.core.matching.columns.stands import Stands
from monitor.core.matching.lexicon import Sought
from monitor.core.matching.tables import Column, column, expanded

NONE = -1
"""In the place of a row: there is none."""


def proving(articles: Column, words: Sequence[Sought], blockers: Sequence[Sought], stands: Stands) -> Column:
    """For each article the row of the first word that proves a place, no longer blocker over it; or `NONE`."""
    starts, counts = stands.rows(articles, column(sought.number for sought in words))
    owners, rows = expanded(starts, counts)
    counted = stands.places.holds[rows]
    blocked = stands.count(articles, column(sought.number for sought in blockers)) > 0
    for at in (blocked[owners] & counted).nonzero()[0].tolist():
        owner = int(owners[at])
        found = stands.one(int(articles[owner]), int(rows[at]))
        counted[at] = stands.cover(int(articles[owner]), blockers[owner]).longer(found) is None
    first = np.full(len(articles), NONE)
    first[owners[counted][::-1]] = rows[counted][::-1]
    return first
