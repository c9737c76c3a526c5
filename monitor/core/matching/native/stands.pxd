"""Where everything stands that was looked for, article by article."""

from libc.stdint cimport int32_t, int64_t

from monitor.core.matching.native.places cimport Columns, Place


cdef struct Range:
    int64_t first, behind  # the rows from one up to another


cdef class Stands:
    """Where everything stands that was looked for, article by article."""

    cdef object _held, _at, _begins
    cdef readonly Columns places
    cdef const int64_t* standing  # keys of article and `Sought`
    cdef const int64_t* ends  # of the places of each; before the first nought
    cdef const int64_t* begins  # of what stands in each article
    cdef int32_t* at  # by number of what is sought: its row in this article, counted from one
    cdef int64_t article

    cdef void enter(self, int64_t article) noexcept
    cdef Range of(self, int64_t sought) noexcept
    cdef int64_t after(self, Range among, int64_t word) noexcept
    cdef int64_t longer(self, Range among, const Place* place) noexcept
