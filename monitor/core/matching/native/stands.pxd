"""Where everything stands that was looked for, article by article."""

from libc.stdint cimport int32_t, int64_t

from monitor.core.matching.native.places cimport Place


cdef struct Range:
    int64_t first, behind  # the rows from one up to another


cdef inline Range turned(const int64_t* cases, int64_t size, int64_t row, int64_t case) noexcept:
    """The rows of a case, looked for from one on: cases are in order."""
    cdef Range own
    while row < size and cases[row] < case:
        row += 1
    own.first = own.behind = row
    while own.behind < size and cases[own.behind] == case:
        own.behind += 1
    return own


cdef class Stands:
    """Where everything stands that was looked for, article by article."""

    cdef object _held, _at, _begins, _known
    cdef const Place* places
    cdef const int64_t* standing  # keys of article and `Sought`
    cdef const int64_t* ends  # of the places of each; before the first nought
    cdef const int64_t* begins  # of what stands in each article
    cdef int32_t* at  # by number of what is sought: its row in this article, counted from one
    cdef int32_t* known  # by the first row of places: how long the longest of them is, and one; 0: not known yet
    cdef int64_t article

    cdef void enter(self, int64_t article) noexcept
    cdef Range of(self, int64_t sought) noexcept
    cdef int64_t after(self, Range among, int64_t word) noexcept
    cdef int64_t longest(self, Range among) except -1
    cdef int64_t longer(self, Range among, const Place* place) except -2
