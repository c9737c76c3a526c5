"""Pieces of JSON that stand in many verdicts (twin of `matching/ready.py`)."""

from libc.stdint cimport int64_t
from libc.string cimport memcpy

from monitor.core.matching.native.out cimport Out, room


cdef class Ready:
    """Those that there are now."""

    cdef object _held
    cdef const char* json
    cdef const int64_t* ends


cdef inline char* piece(Out out, char* at, Ready ready, int64_t number) except NULL:
    """One of them."""
    cdef int64_t begin = ready.ends[number], count = ready.ends[number + 1] - begin
    at = room(out, at, count)
    memcpy(at, ready.json + begin, count)
    return at + count
