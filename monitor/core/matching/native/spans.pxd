"""Places cut out of the original texts."""

from libc.stdint cimport int64_t, uint8_t

from monitor.core.matching.native.out cimport Out
from monitor.core.matching.native.places cimport Place


cdef class Moved:
    """A text that is not letter for letter its original (`markup.Decoded`)."""

    cdef tuple breaks, origins

    cdef int64_t origin(self, int64_t offset, bint ends) except -1


cdef class Spans:
    """The texts of a batch, and where places stand in their originals (twin of `columns/spans.py`)."""

    cdef object _held, sheet, to_signs
    cdef list batch
    cdef const int64_t* heads
    cdef const int64_t* tails
    cdef const int64_t* offsets
    cdef const uint8_t* whole  # whether a part is its original
    cdef int64_t article
    cdef tuple originals
    cdef const char* letters[3]  # of each original
    cdef int kinds[3]  # bytes for each of its letters
    cdef list moved  # of each field; None: it is its original

    cdef int enter(self, int64_t article) except -1
    cdef void send_for(self, const Place* place) noexcept
    cdef void send_for_text(self, const Place* place) noexcept
    cdef char* write(self, Out out, char* at, const Place* place) except NULL
