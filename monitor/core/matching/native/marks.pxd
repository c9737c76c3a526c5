"""Sets of numbers below a size, as bits: added to by the thousand, given back in order, and empty again."""

from libc.stdint cimport int64_t, uint64_t


cdef class Marks:
    """A set of numbers."""

    cdef object _held
    cdef uint64_t* bits
    cdef uint64_t* words  # in which of them any is set
    cdef Py_ssize_t size  # of `words`

    cdef Py_ssize_t take(self, int64_t* into) noexcept
    cdef void clear(self) noexcept


cdef inline void mark(Marks marks, int64_t number) noexcept:
    """One more."""
    cdef int64_t word = number >> 6
    marks.bits[word] |= <uint64_t>1 << (number & 63)
    marks.words[word >> 6] |= <uint64_t>1 << (word & 63)


cdef inline bint marked(Marks marks, int64_t number) noexcept:
    """Whether it is in the set."""
    return (marks.bits[number >> 6] >> (number & 63)) & 1
