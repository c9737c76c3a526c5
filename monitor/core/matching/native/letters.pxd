"""Letters of a byte each, eight at a time."""

from libc.stdint cimport uint8_t, uint64_t

cdef extern from *:
    """
    #include <stdint.h>
    #include <string.h>

    /* The next eight as one number, the first the lowest; behind the end there are spaces. */
    static inline uint64_t eight(const uint8_t *at, Py_ssize_t left) {
        uint64_t letters = 0x2020202020202020ULL;
        if (left >= 8)
            memcpy(&letters, at, 8);
        else
            memcpy(&letters, at, left);
    #if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        letters = __builtin_bswap64(letters);
    #endif
        return letters;
    }

    /* How many of them stand before the first space. */
    static inline int before_space(uint64_t letters) {
        uint64_t other = letters ^ 0x2020202020202020ULL;
        uint64_t none = (other - 0x0101010101010101ULL) & ~other & 0x8080808080808080ULL;
        return none ? __builtin_ctzll(none) >> 3 : 8;
    }

    /* Whether the first so many, at least one, are all 1. */
    static inline int all_true(uint64_t flags, int count) {
        return ((flags ^ 0x0101010101010101ULL) & ~0ULL >> (64 - 8 * count)) == 0;
    }
    """
    uint64_t eight(const uint8_t* at, Py_ssize_t left) noexcept nogil
    int before_space(uint64_t letters) noexcept nogil
    bint all_true(uint64_t flags, int count) noexcept nogil
