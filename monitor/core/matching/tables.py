"""Columns of numbers that grow, and lists of such numbers: what numpy looks through for many articles at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]
ROOM = 256
"""Numbers for which a column has room when it is made."""
HIGH = 32
"""Bits of the lower half of a key."""
LOW = (1 << HIGH) - 1
"""All of them."""
NONE = -1
"""Stands for a number, or for a row, where there is none."""
MOST = (1 << 31) - 2
"""The highest number in a `Table`: no text has as many words."""


def column(values: Iterable[int]) -> Column:
    """The numbers as a column."""
    return np.fromiter(values, np.int64)


def keys(high: Column, low: Column) -> Column:
    """Two numbers as one, which sorts by the first and then by the second."""
    made: Column = (high << HIGH) | low
    return made


def halves(made: Column) -> tuple[Column, Column]:
    """The two numbers of each key."""
    return made >> HIGH, made & LOW


def distinct(values: Column) -> Column:
    """The numbers in order, each once: what `np.unique` says, in a tenth of its time."""
    ordered = np.sort(values)
    return ordered[turns(ordered)]


def turns(ordered: Column) -> Column:
    """The rows of a column in order at which another number begins.

    >>> turns(column([3, 3, 7, 9, 9])).tolist()
    [0, 2, 3]
    """
    return np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)].nonzero()[0]


def expanded(starts: Column, counts: Column) -> tuple[Column, Column]:
    """For stretches of so many rows, one after the other: which stretch each row is of, and which row it is.

    >>> owners, rows = expanded(column([10, 50]), column([2, 1]))
    >>> owners.tolist(), rows.tolist()
    ([0, 0, 1], [10, 11, 50])
    """
    owners = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return owners, np.arange(len(owners)) + (starts - before)[owners]


def rows_of(values: Column, count: int) -> tuple[Column, Column]:
    """For each number below `count` where in the rows its own begin, at the end where they end; and the rows.

    >>> starts, rows = rows_of(column([2, 0, 2]), 3)
    >>> starts.tolist(), rows.tolist()
    ([0, 1, 1, 3], [1, 0, 2])
    """
    return np.append(0, np.cumsum(np.bincount(values, minlength=count))), np.argsort(values, kind="stable")


class _Added:
    """What is added one by one at the end, and read all at once; what was read stays as it was."""

    def __init__(self, kind: type[np.signedinteger[Any]], *width: int) -> None:
        self._values = np.empty((ROOM, *width), kind)
        self._size = 0
        self._added: list[Any] = []

    def __len__(self) -> int:
        return self._size + len(self._added)

    def _all(self) -> NDArray[Any]:
        if self._added:
            size = len(self)
            if size > len(self._values):
                room = np.empty((size, *self._values.shape[1:]), self._values.dtype)
                self._values = np.concatenate([self._values[: self._size], room])
            self._values[self._size : size] = self._added
            self._size, self._added = size, []
        return self._values[: self._size]


class Growing(_Added):
    """A column to which numbers are added at the end."""

    def __init__(self) -> None:
        super().__init__(np.int64)

    def add(self, value: int) -> None:
        """One more."""
        self._added.append(value)

    @property
    def column(self) -> Column:
        """All of it, as it is now."""
        return self._all()


class Table(_Added):
    """Rows of several numbers each, to which rows are added at the end.

    What is asked of a row together lies beside each other in memory: to fetch a row costs as much as one number.
    """

    def __init__(self, *names: str) -> None:
        super().__init__(np.int32, len(names))
        self.names = names
        """Of its columns."""

    def add(self, *row: int) -> int:
        """One more; its number. A number that is too high stands for itself as `MOST`."""
        self._added.append([min(number, MOST) for number in row])
        return len(self) - 1

    @property
    def rows(self) -> NDArray[np.int32]:
        """All of them, as they are now."""
        return self._all()

    def of(self, name: str, rows: Column) -> Column:
        """What some rows have in a column."""
        found: Column = self.rows[rows, self.names.index(name)].astype(np.int64)
        return found


class Lists:
    """Lists of numbers, counted through in the order they are added."""

    def __init__(self) -> None:
        self.values, self.ends = Growing(), Growing()
        """All of them, and where in them each list ends; before the first nought."""
        self.ends.add(0)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def add(self, values: Iterable[int]) -> int:
        """One more list; its number."""
        for value in values:
            self.values.add(value)
        self.ends.add(len(self.values))
        return len(self) - 1

    def sizes(self, numbers: Column) -> Column:
        """How long each of these lists is."""
        ends = self.ends.column
        sizes: Column = ends[numbers + 1] - ends[numbers]
        return sizes

    def of(self, numbers: Column) -> tuple[Column, Column]:
        """The values of these lists, one list after the other: which of `numbers` each is of, and the value."""
        owners, rows = expanded(self.ends.column[numbers], self.sizes(numbers))
        return owners, self.values.column[rows]


class Grid:
    """Numbers by row and column, each found out when it is first asked for; none is below nought."""

    def __init__(self, find: Callable[[int, int], int]) -> None:
        self._find = find
        self._found = np.full((0, 0), -1, np.int32)

    def of(self, rows: Column, columns: Column) -> Column:
        """The numbers in some rows, each at a column of its own."""
        self._make_room(int(rows.max(initial=-1)) + 1, int(columns.max(initial=-1)) + 1)
        found = self._found[rows, columns]
        new = (found < 0).nonzero()[0]
        if len(new):
            asked = halves(distinct(keys(rows[new], columns[new])))
            for row, at in zip(*(half.tolist() for half in asked), strict=True):
                self._found[row, at] = self._find(row, at)
            found[new] = self._found[rows[new], columns[new]]
        return found.astype(np.int64)

    def _make_room(self, rows: int, columns: int) -> None:
        old = self._found
        if rows > old.shape[0] or columns > old.shape[1]:
            self._found = np.full((max(2 * rows, old.shape[0]), max(2 * columns, old.shape[1])), -1, np.int32)
            self._found[: old.shape[0], : old.shape[1]] = old
