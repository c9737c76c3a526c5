"""Places of terms: lists of them, what they cover, and those around a word."""

from libc.stdint cimport int32_t, int64_t

from monitor.core.matching.native.places cimport Place
from monitor.core.matching.native.stands cimport Range


cdef struct Spot:
    Place place
    int64_t term  # its number among all that are known
    int64_t number  # its place in the profile
    int64_t order  # ties go to the first


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
    cdef Range beside(self, int64_t word, int64_t field) noexcept


cdef class Within:
    """Places of one term, to ask of others in reading order which lie within one of them."""

    cdef Spots spots
    cdef Py_ssize_t at  # the first of those that do not begin before the place that was asked of
    cdef int64_t right  # where the last of the others ends; -1: there are none

    cdef int have(self, int64_t term, Spots hits, Spots others) except -1
    cdef bint around(self, const Place* place) noexcept
