"""What words are looked up by: the letters of a short one are its key, of a long one it is a hash."""

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

ctypedef fused Letters:
    uint8_t
    uint16_t
    uint32_t

cdef enum:
    EIGHT = 8  # letters of one byte that a key has room for


cdef inline uint64_t spread(uint64_t number) noexcept nogil:
    """Its bits mixed, so that the low ones differ where any do."""
    number *= <uint64_t>0x9E3779B97F4A7C15
    return number ^ (number >> 32)


cdef inline uint64_t mixed(uint64_t one, uint64_t other) noexcept nogil:
    """Two numbers as one that looks like neither."""
    return spread(spread(one) + other)


cdef inline uint64_t first_of(uint64_t letters, Py_ssize_t count) noexcept nogil:
    """The first of eight letters in one number."""
    return letters & ((<uint64_t>1 << (8 * count)) - 1) if count < EIGHT else letters


cdef inline uint64_t key_of(const Letters* letters, Py_ssize_t length, bint* exact) noexcept nogil:
    """What letters are looked up by; `exact`: whether it is the letters themselves."""
    cdef uint64_t key = 0, chunk, high = 0
    cdef Py_ssize_t begin = 0, at
    while begin < length:
        chunk = 0
        for at in range(min(EIGHT, length - begin)):
            chunk |= <uint64_t>(letters[begin + at] & 255) << (8 * at)
            high = 31 * high + (letters[begin + at] >> 8)
        key = mixed(key, chunk) if begin else chunk
        begin += EIGHT
    exact[0] = length <= EIGHT and not high
    return key if exact[0] else mixed(key, high) | 1
