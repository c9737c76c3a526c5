"""Where everything stands that was looked for (twin of `columns/stands.Stands`, once that has found it)."""

from libc.stdint cimport int32_t, int64_t

import numpy as np

from monitor.core.matching.native.buffers cimport cells, numbers
from monitor.core.matching.native.places cimport Place, inside, left_of, rows_of, size_of
from monitor.core.matching.native.scopes cimport NONE
from monitor.core.matching.rows import PLACE, PLACE_NAMES

if PLACE.itemsize != sizeof(Place) or " ".join(PLACE_NAMES) != "first last signs field holds opening closing":
    raise ImportError("the row of a place is another than places.pxd has it")

cdef int64_t LOW = (1 << 32) - 1
cdef int64_t FEW = 8
"""So many places are looked through for the longest, each time; of more it is remembered."""


cdef class Stands:

    def __init__(self, stands):
        self.places = rows_of(stands.places)
        self._at = np.zeros(stands.sought, np.int32)
        self._held, self.at = stands, <int32_t*>cells(self._at)
        self.standing, self.ends = numbers(stands.standing), numbers(stands.ends)
        self._begins = stands.begins
        self.begins = numbers(self._begins)
        self.article, self._known, self.known = NONE, None, NULL

    cdef void enter(self, int64_t article) noexcept:
        """From now on asked is what stands in this article."""
        cdef int64_t row
        if article == self.article:
            return
        if self.article >= 0:
            for row in range(self.begins[self.article], self.begins[self.article + 1]):
                self.at[self.standing[row] & LOW] = 0
        for row in range(self.begins[article], self.begins[article + 1]):
            self.at[self.standing[row] & LOW] = row + 1
        self.article = article

    cdef Range of(self, int64_t sought) noexcept:
        """Where something stands in the article."""
        cdef int64_t row = self.at[sought] - 1
        if row < 0:
            return Range(0, 0)
        return Range(self.ends[row], self.ends[row + 1])

    cdef int64_t after(self, Range among, int64_t word) noexcept:
        """The row of the first of some places that begins behind a word."""
        cdef int64_t low = among.first, high = among.behind, middle
        while low < high:
            middle = (low + high) // 2
            if self.places[middle].first <= word:
                low = middle + 1
            else:
                high = middle
        return low

    cdef int64_t longest(self, Range among) except -1:
        """How far the longest of all places of one `Sought` runs on behind its first word."""
        cdef int64_t row, longest = 0
        if among.behind - among.first > FEW:
            if self._known is None:
                self._known = np.zeros(len(self._held.places.rows), np.int32)
                self.known = <int32_t*>cells(self._known)
            if self.known[among.first]:
                return self.known[among.first] - 1
        for row in range(among.first, among.behind):
            longest = max(longest, self.places[row].last - self.places[row].first)
        if among.behind - among.first > FEW:
            self.known[among.first] = longest + 1
        return longest

    cdef int64_t longer(self, Range among, const Place* place) except -2:
        """The row of the first that a place lies within and that is longer (`Cover.longer`); -1: none."""
        cdef int64_t row
        cdef const Place* other
        for row in range(self.after(among, place.first - self.longest(among) - 1), among.behind):
            other = &self.places[row]
            if left_of(other) > left_of(place):
                break
            if inside(place, other) and size_of(place) < size_of(other):
                return row
        return NONE
