"""Places cut out of the original texts."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.out cimport Out
from monitor.core.matching.native.places cimport Place


cdef struct Origin:  # of a stretch: where it starts and ends in the original, whether letter for letter
    int64_t first, last, same


cdef class Moved:
    """A text that is not letter for letter its original (`markup.Decoded`)."""

    cdef object _held
    cdef const int64_t* breaks
    cdef const Origin* origins
    cdef int64_t size

    cdef int64_t origin(self, int64_t offset, bint ends) noexcept


cdef class Spans:
    """The texts of a batch, and where places stand in their originals (twin of `columns/spans.py`)."""

    cdef object _held, sheet, to_signs
    cdef list batch
    cdef const int64_t* heads
    cdef const int64_t* tails
    cdef const int64_t* offsets
    cdef int64_t article
    cdef tuple originals
    cdef list moved  # of each field; None: it is its original

    cdef int enter(self, int64_t article) except -1
    cdef char* write(self, Out out, char* at, const Place* place) except NULL
