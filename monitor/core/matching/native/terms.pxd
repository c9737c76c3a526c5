"""What each term asks for, in columns."""

from libc.stdint cimport int64_t


cdef class Terms:
    """What each term asks for, by its number (`columns.terms.Terms`)."""

    cdef object _held
    cdef list asks
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
