"""The places where words of a list stand, in order."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.places cimport Place


cdef struct Word:
    Place place
    int64_t number  # among the words of all lists
    int64_t order  # ties go to the first
    int64_t reach  # how far the words of its field up to it reach


cdef class Words:
    """Places of words in reading order, then in the order of their list."""

    cdef Word* at
    cdef Py_ssize_t size, room
    cdef int64_t fields[4]  # where those of each field begin; at the end, where they end

    cdef Place* add(self, int64_t number) except NULL
    cdef void sort(self) noexcept
    cdef void sort_few(self) noexcept
    cdef int64_t behind(self, int64_t word, int64_t field) noexcept
    cdef int64_t reaching(self, int64_t word, int64_t low, int64_t high) noexcept
