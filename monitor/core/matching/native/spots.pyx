"""Places of terms: in lists that grow, by the words that they cover, and around a word."""

from libc.stdint cimport int32_t, int64_t
from libc.stdlib cimport free, qsort, realloc

import numpy as np

from monitor.core.matching.native.buffers cimport cells
from monitor.core.matching.native.places cimport Place, left_of, right_of, sign, size_of
from monitor.core.matching.native.scopes cimport NONE
from monitor.core.matching.native.stands cimport Range

cdef int64_t BEFORE = 8
"""Places before another that are looked at (`reach.BEFORE`)."""


cdef class Spots:
    def __dealloc__(self):
        free(self.at)

    cdef int add(self, const Spot* spot) except -1:
        """One more."""
        if self.size == self.room:
            self.room = 2 * self.room + 16
            self.at = <Spot*>realloc(self.at, self.room * sizeof(Spot))
            if self.at is NULL:
                raise MemoryError
        self.at[self.size] = spot[0]
        self.at[self.size].order = self.size
        self.size += 1
        return 0

    cdef void by_length(self) noexcept:
        """The longest first; of those as long the first, then that of the term listed first."""
        qsort(self.at, self.size, sizeof(Spot), &_by_length)

    cdef void in_order(self) noexcept:
        """In reading order."""
        if self.size > 1:
            qsort(self.at, self.size, sizeof(Spot), &_in_order)

    cdef bint apart(self) noexcept:
        """Whether they stand in reading order, and no two share a word."""
        cdef Py_ssize_t row
        for row in range(1, self.size):
            if self.at[row].place.first <= self.at[row - 1].place.last:
                return False
        return True


cdef int _by_length(const void* a, const void* b) noexcept nogil:
    cdef const Spot* one = <const Spot*>a
    cdef const Spot* other = <const Spot*>b
    return (
        sign(size_of(&other.place) - size_of(&one.place))
        or sign(left_of(&one.place) - left_of(&other.place))
        or sign(one.number - other.number)
        or sign(one.order - other.order)
    )


cdef int _in_order(const void* a, const void* b) noexcept nogil:
    cdef const Spot* one = <const Spot*>a
    cdef const Spot* other = <const Spot*>b
    return sign(left_of(&one.place) - left_of(&other.place)) or sign(one.order - other.order)


cdef class Taken:
    def __init__(self, words):
        self._held = np.zeros(words + 1, np.int32)
        self.marks = <int32_t*>cells(self._held)

    cdef void begin(self) noexcept:
        """Another cover, of nothing yet."""
        self.mark += 1

    cdef void add(self, const Place* place) noexcept:
        """One more place."""
        cdef int64_t word
        for word in range(place.first, place.last + 1):
            self.marks[word] = self.mark

    cdef bint touches(self, const Place* place) noexcept:
        """Whether one of them shares a word with it."""
        cdef int64_t word
        if self.marks[place.last] == self.mark:  # what is longer and overlaps has the one end or the other
            return True
        for word in range(place.first, place.last):
            if self.marks[word] == self.mark:
                return True
        return False

    cdef int longest(self, Spots spots, Spots kept) except -1:
        """Of overlapping ones the longest, in reading order (`terms._longest`)."""
        cdef Py_ssize_t row
        kept.size = 0
        self.begin()
        if spots.apart():
            for row in range(spots.size):
                self.add(&spots.at[row].place)
                kept.add(&spots.at[row])
            return 0
        spots.by_length()
        for row in range(spots.size):
            if not self.touches(&spots.at[row].place):
                self.add(&spots.at[row].place)
                kept.add(&spots.at[row])
        kept.in_order()
        return 0


cdef class Within:
    def __init__(self):
        self.spots = Spots()

    cdef int have(self, int64_t term, Spots hits, Spots others) except -1:
        """Have all places of a term, and ask from the first on."""
        cdef Py_ssize_t row
        self.spots.size, self.at, self.right = 0, 0, -1
        for row in range(hits.size):
            if hits.at[row].term == term:
                self.spots.add(&hits.at[row])
        for row in range(others.size):
            if others.at[row].term == term:
                self.spots.add(&others.at[row])
        self.spots.in_order()
        return 0

    cdef bint around(self, const Place* place) noexcept:
        """Whether a place lies within one of them: of those that begin before it or with it one reaches its end."""
        while self.at < self.spots.size and left_of(&self.spots.at[self.at].place) <= left_of(place):
            self.right = max(self.right, right_of(&self.spots.at[self.at].place))
            self.at += 1
        return right_of(place) <= self.right


cdef class Around:
    def __init__(self):
        self.spots = Spots()

    cdef void begin(self) noexcept:
        """No places yet."""
        self.spots.size = 0
        self.heads[0] = self.heads[1] = self.heads[2] = NONE

    cdef int add(self, const Spot* spot) except -1:
        """The next place."""
        if self.heads[spot.place.field] == NONE:
            self.heads[spot.place.field] = self.spots.size
        return self.spots.add(spot)

    cdef Range beside(self, int64_t word, int64_t field) noexcept:
        """Those around a word, in its own field: the last that begin at it or before, and the next."""
        cdef int64_t low = 0, high = self.spots.size, middle
        while low < high:
            middle = (low + high) // 2
            if self.spots.at[middle].place.first <= word:
                low = middle + 1
            else:
                high = middle
        cdef Range rows = Range(low, low)
        while rows.first and low - rows.first < BEFORE and self.spots.at[rows.first - 1].place.field == field:
            rows.first -= 1
        rows.behind += low < self.spots.size and self.spots.at[low].place.field == field
        return rows
