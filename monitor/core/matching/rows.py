"""What a row has in each table that the twins read, too: they know it by its place."""

from __future__ import annotations

import numpy as np

TERM = (
    *("forms", "name", "partner", "reach", "person", "guard", "scope", "within", "derived", "surname"),
    *("blockers", "blockers_end", "aliases", "aliases_end"),
)
"""Numbers of `Sought` (-1: it has no partner), but for: the name it is reported under; how far its partner may be;
whether it is a person's; of its guard the `Makes` and words in reach; where its blockers begin and end, and its
aliases that nobody has approved."""
ALIAS = ("sought", "name")
"""A number of `Sought`, and the name it is reported under."""
RULE = ("list", "makes", "within", "own", "scope")
"""The number of its list, `Makes`, words in reach, whether words within hits count, the number of its scope."""
WORD = ("sought", "blockers", "name")
"""Two numbers of `Sought`, and the name it is reported under."""
PLACE_NAMES = ("first", "last", "signs", "field", "holds", "opening", "closing")
PLACE = np.dtype([*zip(PLACE_NAMES, ("i4", "i4", "i4", "u1", "?", "?", "?"), strict=True)])
"""A place, as `columns.stands.Places` says: small, for there are many, and they are read in no order."""
