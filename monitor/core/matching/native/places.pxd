"""Places as C sees them (twin of `found.Found`)."""

from libc.stdint cimport int32_t, int64_t, uint8_t

from monitor.core.matching.native.buffers cimport cells


cdef struct Place:  # `columns.stands.PLACE`
    int32_t first, last  # words, both included, numbered through the batch
    int32_t signs  # punctuation marks in it
    uint8_t field
    uint8_t holds  # whether capitals are as they should be
    uint8_t opening, closing  # the phrase's own punctuation stands before it, behind it


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


cdef inline Place* rows_of(object places) except? NULL:
    """The rows of `columns.stands.Places`."""
    return <Place*>cells(places.rows)
