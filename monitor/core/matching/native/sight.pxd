"""What the letters of a batch tell at a glance, place by place (twin of the glances of `columns/sheet.py`)."""

from libc.stdint cimport int64_t, uint8_t

cdef enum:  # what the gaps within a place are
    WHOLE  # surely white space or a hyphen, each of them
    BROKEN  # surely something else, one of them
    UNSURE


cdef class Sight:
    """The letters of a batch."""

    cdef object _held
    cdef const uint8_t* tells  # of each character of Latin-1
    cdef const uint8_t* joined
    cdef const uint8_t* kept
    cdef const int64_t* heads
    cdef const int64_t* tails

    cdef int gaps(self, int64_t first, int64_t last) noexcept
    cdef bint possessive(self, int64_t word) noexcept
    cdef bint capitalised(self, int64_t first, int64_t last) noexcept
    cdef bint foreign(self, int64_t first, int64_t last) noexcept
    cdef bint with_capitals(self, int64_t first, int64_t last) noexcept
    cdef bint any(self, int64_t first, int64_t last, int tells) noexcept
