"""Places of terms: in lists that grow, by the words that they cover, and around a word."""

from libc.stdint cimport int32_t, int64_t
from libc.stdlib cimport free, qsort, realloc

import numpy as np

from monitor.core.matching.native.buffers cimport cells
from monitor.core.matching.native.places cimport Place, left_of, right_of, sign, size_of
from monitor.core.matching.native.scopes cimport NONE


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
        cdef int64_t row = self.spots.size, furthest = row
        if self.heads[spot.place.field] == NONE:
            self.heads[spot.place.field] = row
        else:
            furthest = self.spots.at[row - 1].furthest
        self.spots.add(spot)
        self.spots.at[row].furthest = row if self.further(row, furthest) else furthest
        return 0

    cdef bint further(self, int64_t row, int64_t other) noexcept:
        """Whether the one reaches further than the other, or as far and begins before it."""
        cdef const Place* one = &self.spots.at[row].place
        cdef const Place* two = &self.spots.at[other].place
        return one.last > two.last or (one.last == two.last and left_of(one) < left_of(two))

    cdef int64_t furthest(self, int64_t word, int64_t field) noexcept:
        """Of those of a field that begin with a word or before, the one that reaches furthest; -1: none."""
        cdef int64_t row = self.first_behind(word) - 1
        if row < 0 or self.spots.at[row].place.field != field:
            return NONE
        return self.spots.at[row].furthest

    cdef int64_t behind(self, int64_t word, int64_t field) noexcept:
        """The first of a field that begins behind a word; -1: none."""
        cdef int64_t row = self.first_behind(word)
        return row if row < self.spots.size and self.spots.at[row].place.field == field else NONE

    cdef int64_t apart_before(self, const Place* place) noexcept:
        """The last of its field that ends before a place begins, of several the longest; -1: none."""
        cdef int64_t row = self.first_behind(place.last) - 1, best = NONE, furthest
        while row >= 0 and self.spots.at[row].place.field == place.field:
            furthest = self.spots.at[row].furthest
            if self.last(furthest) < place.first:  # none before it is nearer
                return furthest if best == NONE or self.further(furthest, best) else best
            if self.last(row) < place.first and (best == NONE or self.further(row, best)):
                best = row
            row -= 1
        return best

    cdef int64_t apart_behind(self, const Place* place) noexcept:
        """The first of its field that begins behind the end of a place, of several the longest; -1: none."""
        cdef int64_t best = self.behind(place.last, place.field), row = best + 1
        while best != NONE and row < self.spots.size and self.first(row) == self.first(best):
            if right_of(&self.spots.at[row].place) > right_of(&self.spots.at[best].place):
                best = row
            row += 1
        return best

    cdef int64_t first(self, int64_t row) noexcept:
        """The first word of one of them."""
        return self.spots.at[row].place.first

    cdef int64_t last(self, int64_t row) noexcept:
        """The last word of one of them."""
        return self.spots.at[row].place.last

    cdef int64_t first_behind(self, int64_t word) noexcept:
        """The first that begins behind a word, of whatever field."""
        cdef int64_t low = 0, high = self.spots.size, middle
        while low < high:
            middle = (low + high) // 2
            if self.spots.at[middle].place.first <= word:
                low = middle + 1
            else:
                high = middle
        return low
