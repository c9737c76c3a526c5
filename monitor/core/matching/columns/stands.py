"""Where what rules look for stands in the articles of a batch; `standing` tells it.

Of an article and a `Sought` the places are beside each other, each stretch once, in reading order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.core.matching import native
from monitor.core.matching.columns.asked import Wanted
from monitor.core.matching.columns.sheet import Sheet
from monitor.core.matching.found import FIELDS, Cover, Found
from monitor.core.matching.lexicon import NOTHING, Sought
from monitor.core.matching.rows import PLACE, PLACE_NAMES
from monitor.core.matching.tables import HIGH, LOW, Column, Mask, keys

NOWHERE = -1
"""No key of an article and a `Sought`."""


class Places:
    """Places, a row for each: what is known of one lies together. Words are numbered through the sheet."""

    def __init__(self, rows: NDArray[np.void]) -> None:
        """`rows`: as `PLACE` has them."""
        self.rows = rows

    @classmethod
    def of_columns(
        cls,
        firsts: Column,
        lasts: Column,
        signs: Column,
        fields: Column,
        holds: Mask,
        opening: Mask,
        closing: Mask,
    ) -> Places:
        """Places of which each is known apart."""
        rows = np.empty(len(firsts), PLACE)
        for name, values in zip(PLACE_NAMES, (firsts, lasts, signs, fields, holds, opening, closing), strict=True):
            rows[name] = values
        return cls(rows)

    @classmethod
    def of(cls, found: Sequence[Found], starts: Column) -> Places:
        """Places that were looked at one by one; `starts`: the first word of the article of each."""
        rows = [
            (f.first, f.last, f.signs, FIELDS.index(f.field), f.case_holds, f.opening, f.closing) for f in found
        ]
        columns = np.array(rows, np.int64).reshape(len(rows), len(PLACE_NAMES)).T
        return cls.of_columns(columns[0] + starts, columns[1] + starts, *columns[2:])

    @classmethod
    def joined(cls, parts: Sequence[Places]) -> Places:
        """Those of all parts, one part after the other."""
        return cls(np.concatenate([p.rows for p in parts]))

    def at(self, rows: Column) -> Places:
        """Some of them."""
        return Places(self.rows[rows])

    @property
    def firsts(self) -> Column:
        """The first word of each."""
        return self._column("first")

    @property
    def lasts(self) -> Column:
        """The last, which belongs to it."""
        return self._column("last")

    @property
    def fields(self) -> Column:
        """In which of `FIELDS` it stands."""
        return self._column("field")

    @property
    def holds(self) -> Mask:
        """Whether capitals are as they should be."""
        return self.rows["holds"]

    @property
    def opening(self) -> Mask:
        """Whether the phrase's own punctuation stands before it, and belongs to it."""
        return self.rows["opening"]

    @property
    def closing(self) -> Mask:
        """The same behind it."""
        return self.rows["closing"]

    @property
    def lefts(self) -> Column:
        """Where each begins, its own punctuation included (`Found.left`)."""
        return 2 * self.firsts - self.opening

    @property
    def rights(self) -> Column:
        """Where each ends."""
        return 2 * self.lasts + self.closing

    def _column(self, name: str) -> Column:
        return self.rows[name].astype(np.int64)


class Stands:
    """What stands of all that was looked for, and where."""

    def __init__(
        self, sheet: Sheet, wanted: Wanted, sought: int, standing: Column, ends: Column, places: Places
    ) -> None:
        """`standing`: keys of article and `Sought`, in order, each once; `ends`: where the places of each end."""
        self.sheet, self._wanted = sheet, wanted
        self.sought = sought
        """How many `Sought` there were to look for."""
        self.standing, self.places = standing, places
        self.ends = np.append(0, ends)
        """The same; before the first nought."""
        self._found: dict[tuple[int, Sought], list[Found]] = {}
        self._covers: dict[tuple[int, Sought], Cover] = {}

    @property
    def begins(self) -> Column:
        """Where what stands in each article begins; at the end, where it ends."""
        articles = np.arange(len(self.sheet.streams))
        return np.searchsorted(self.standing, keys(articles, np.zeros_like(articles)))

    def rows(self, articles: Column, sought: Column) -> tuple[Column, Column]:
        """For each article and number of a `Sought`: its first place, and how many."""
        wanted = keys(articles, sought)
        at = np.searchsorted(self.standing, wanted)
        there = np.append(self.standing, NOWHERE)[at] == wanted
        return self.ends[at], self.ends[at + there] - self.ends[at]

    def count(self, articles: Column, sought: Column) -> Column:
        """In how many places each stands."""
        return self.rows(articles, sought)[1]

    def found(self, article: int, sought: Sought) -> list[Found]:
        """Its places one by one, words numbered from the article's first."""
        listed = self._found.get((article, sought))
        if listed is None:
            listed = self._found[article, sought] = self._listed(article, sought)
        return listed

    def cover(self, article: int, sought: Sought) -> Cover:
        """The same by the words it covers."""
        cover = self._covers.get((article, sought))
        if cover is None:
            cover = self._covers[article, sought] = Cover(self.found(article, sought))
        return cover

    def _listed(self, article: int, sought: Sought) -> list[Found]:
        key = article << HIGH | sought.number
        at = bisect_left(self.standing.data, key)
        if at < len(self.standing) and self.standing[at] == key:
            return list(self._one_by_one(article, int(self.ends[at]), int(self.ends[at + 1])))
        if sought is not NOTHING and not self._looked_for(key):
            raise LookupError("nobody looked for this, or too late: see `columns.terms.Asks.all`")
        return []

    def _looked_for(self, key: int) -> bool:
        """Whether it was looked for at all: asked where Python works it out, for twins have no such list."""
        if native.serves():
            return key & LOW < self.sought
        at = int(np.searchsorted(self._wanted.keys, key))
        return at < len(self._wanted.keys) and bool(self._wanted.keys[at] == key)

    def one(self, article: int, row: int) -> Found:
        """One place of an article."""
        (found,) = self._one_by_one(article, row, row + 1)
        return found

    def _one_by_one(self, article: int, begin: int, end: int) -> Iterator[Found]:
        start, places = self.sheet.first(article), self.places
        for first, last, signs, field, holds, opening, closing in places.rows[begin:end].tolist():
            yield Found(FIELDS[field], first - start, last - start, holds, signs, opening, closing)
