"""Places of terms: lists of them, what they cover, and those around a word."""

from libc.stdint cimport int32_t, int64_t

from monitor.core.matching.native.places cimport Place


cdef struct Spot:
    Place place
    int64_t term  # its number among all that are known
    int64_t number  # its place in the profile
    int64_t order  # ties go to the first
    int64_t furthest  # in `Around`: of those of its field up to it the row of the one that reaches furthest


cdef class Spots:
    """Places of terms, in a list that grows."""

    cdef Spot* at
    cdef Py_ssize_t size, room

    cdef int add(self, const Spot* spot) except -1
    cdef void by_length(self) noexcept
    cdef void in_order(self) noexcept
    cdef bint apart(self) noexcept


cdef class Taken:
    """Words that places cover (twin of `found.Cover`): each cover has a mark of its own."""

    cdef object _held
    cdef int32_t* marks
    cdef int32_t mark

    cdef void begin(self) noexcept
    cdef void add(self, const Place* place) noexcept
    cdef bint touches(self, const Place* place) noexcept
    cdef int longest(self, Spots spots, Spots kept) except -1


cdef class Around:
    """Places of an article in reading order, of which the few around a word count (twin of `reach.Neighbours`)."""

    cdef Spots spots
    cdef int64_t heads[3]  # the row of the first of each field; -1: none

    cdef void begin(self) noexcept
    cdef int add(self, const Spot* spot) except -1
    cdef bint further(self, int64_t row, int64_t other) noexcept
    cdef int64_t furthest(self, int64_t word, int64_t field) noexcept
    cdef int64_t behind(self, int64_t word, int64_t field) noexcept
    cdef int64_t apart_before(self, const Place* place) noexcept
    cdef int64_t apart_behind(self, const Place* place) noexcept
    cdef int64_t first(self, int64_t row) noexcept
    cdef int64_t last(self, int64_t row) noexcept
    cdef int64_t first_behind(self, int64_t word) noexcept


cdef class Within:
    """Places of one term, to ask of others in reading order which lie within one of them."""

    cdef Spots spots
    cdef Py_ssize_t at  # the first of those that do not begin before the place that was asked of
    cdef int64_t right  # where the last of the others ends; -1: there are none

    cdef int have(self, int64_t term, Spots hits, Spots others) except -1
    cdef bint around(self, const Place* place) noexcept
