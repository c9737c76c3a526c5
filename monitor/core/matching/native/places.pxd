"""Places as C sees them (twin of `found.Found`), and lists of them that grow."""

from libc.stdint cimport int64_t, uint8_t


cdef struct Place:
    int64_t first, last  # words, both included, numbered through the batch
    int64_t field
    int64_t signs  # punctuation marks in it
    bint holds  # whether capitals are as they should be
    bint opening, closing  # the phrase's own punctuation stands before it, behind it


cdef inline int sign(int64_t difference) noexcept nogil:
    """For sorting: below nought, nought or above it."""
    return (difference > 0) - (difference < 0)


cdef inline int64_t left_of(const Place* place) noexcept nogil:
    """Where it begins, its own punctuation included: what comes before what."""
    return 2 * place.first - place.opening


cdef inline int64_t right_of(const Place* place) noexcept nogil:
    """Where it ends."""
    return 2 * place.last + place.closing


cdef inline int64_t size_of(const Place* place) noexcept nogil:
    """How long it is, in words and punctuation: what *longest* goes by."""
    return place.last - place.first + 1 + place.signs


cdef inline bint inside(const Place* one, const Place* other) noexcept nogil:
    """Whether the one lies within the other."""
    return left_of(other) <= left_of(one) and right_of(one) <= right_of(other)


cdef inline bint overlap(const Place* one, const Place* other) noexcept nogil:
    """Whether they share a word."""
    return one.first <= other.last and other.first <= one.last


cdef inline int64_t words_between(const Place* one, const Place* other) noexcept nogil:
    """Words strictly between two places of one field; 0 when they touch or overlap."""
    cdef int64_t between
    if one.first < other.first:
        between = other.first - one.last - 1
    else:
        between = one.first - other.last - 1
    return between if between > 0 else 0


cdef class Columns:
    """`columns.stands.Places`, read place by place."""

    cdef object _held
    cdef int64_t* firsts
    cdef int64_t* lasts
    cdef int64_t* fields
    cdef uint8_t* holds
    cdef int64_t* signs
    cdef uint8_t* opening
    cdef uint8_t* closing
    cdef Place at(self, Py_ssize_t row) noexcept
    cdef void put(self, Py_ssize_t row, const Place* place) noexcept


cdef inline void read(Columns places, Py_ssize_t row, Place* place) noexcept:
    """One of them, where it is asked so often that a call counts."""
    place.first, place.last, place.field = places.firsts[row], places.lasts[row], places.fields[row]
    place.signs, place.holds = places.signs[row], places.holds[row]
    place.opening, place.closing = places.opening[row], places.closing[row]
