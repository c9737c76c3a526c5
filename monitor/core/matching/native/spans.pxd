"""Places cut out of the original texts."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.out cimport Out
from monitor.core.matching.native.places cimport Columns


cdef class Spans:
    """The texts of a batch, and where places stand in their originals (twin of `columns/spans.py`)."""

    cdef object _held, sheet, to_signs
    cdef list batch
    cdef const int64_t* heads
    cdef const int64_t* tails
    cdef const int64_t* offsets
    cdef int64_t article
    cdef tuple originals, maps

    cdef int enter(self, int64_t article) except -1
    cdef char* write(self, Out out, char* at, Columns places, Py_ssize_t row) except NULL
