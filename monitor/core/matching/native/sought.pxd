"""What each term asks for, and where everything stands."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.places cimport Columns, Place
from monitor.core.matching.native.spots cimport Range


cdef class Sought:
    """What each term asks for, and where everything stands."""

    cdef object _held
    cdef list asks
    cdef Columns places
    cdef Py_ssize_t askings
    cdef const int64_t* asked
    cdef const int64_t* starts
    cdef const int64_t* counts
    # By number of the term (`columns.terms.Terms`):
    cdef const int64_t* forms
    cdef const int64_t* named
    cdef const int64_t* partners
    cdef const int64_t* reaches
    cdef const int64_t* persons
    cdef const int64_t* guards
    cdef const int64_t* scopes
    cdef const int64_t* within
    cdef const int64_t* derived
    cdef const int64_t* surnames
    cdef const int64_t* blockers
    cdef const int64_t* blocker_ends

    cdef Range stands(self, int64_t article, int64_t sought) noexcept
    cdef int64_t after(self, Range among, int64_t word) noexcept
    cdef int64_t longer(self, Range among, const Place* place) noexcept
