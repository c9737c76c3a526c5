"""What each term asks for, and where everything stands (twin of `columns/stands.py`, once that has found it)."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.buffers cimport numbers
from monitor.core.matching.native.places cimport Columns, Place, inside, left_of, size_of
from monitor.core.matching.native.spots cimport Range

cdef int64_t HIGH = 32
cdef int64_t NONE = -1


cdef class Sought:
    def __init__(self, terms, stands):
        self._held, self.asks, self.places = (terms, stands), terms.asks, Columns(stands.places)
        self.askings = len(stands.asked)
        self.asked = numbers(stands.asked)
        self.starts, self.counts = numbers(stands.starts), numbers(stands.counts)
        self.forms, self.named = numbers(terms.forms.column), numbers(terms.named.column)
        self.partners, self.reaches = numbers(terms.partners.column), numbers(terms.reaches.column)
        self.guards, self.scopes = numbers(terms.guards.column), numbers(terms.scopes.column)
        self.within, self.persons = numbers(terms.within.column), numbers(terms.persons.column)
        self.derived, self.surnames = numbers(terms.derived.column), numbers(terms.surnames.column)
        self.blockers = numbers(terms.blockers.values.column)
        self.blocker_ends = numbers(terms.blockers.ends.column)

    cdef Range stands(self, int64_t article, int64_t sought) noexcept:
        """Where something that was asked for stands in an article."""
        cdef Py_ssize_t low = 0, high = self.askings, middle
        cdef int64_t key = (article << HIGH) | sought
        while low < high:
            middle = (low + high) // 2
            if self.asked[middle] < key:
                low = middle + 1
            else:
                high = middle
        return Range(self.starts[low], self.starts[low] + self.counts[low])

    cdef int64_t after(self, Range among, int64_t word) noexcept:
        """The row of the first of some places that begins behind a word."""
        cdef int64_t low = among.first, high = among.behind, middle
        while low < high:
            middle = (low + high) // 2
            if self.places.firsts[middle] <= word:
                low = middle + 1
            else:
                high = middle
        return low

    cdef int64_t longer(self, Range among, const Place* place) noexcept:
        """The row of the first that a place lies within and that is longer (`Cover.longer`); -1: none."""
        cdef int64_t row, longest = 0
        cdef Place other
        for row in range(among.first, among.behind):
            longest = max(longest, self.places.lasts[row] - self.places.firsts[row])
        for row in range(self.after(among, place.first - longest - 1), among.behind):
            other = self.places.at(row)
            if left_of(&other) > left_of(place):
                break
            if inside(place, &other) and size_of(place) < size_of(&other):
                return row
        return NONE
