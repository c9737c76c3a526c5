"""What became of places, on the way into columns."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.places cimport Place


cdef class Outgoing:
    """Places of terms by case, with what is said of each, in columns that grow."""

    cdef object cases, names, said, places
    cdef int64_t* of_case
    cdef int64_t* name
    cdef int64_t* one_says
    cdef Place* place
    cdef Py_ssize_t size, room

    cdef int add(self, int64_t case, int64_t name, int64_t said, const Place* place) except -1
    cdef int grow(self) except -1
    cdef tuple made(self)
