"""Sets of numbers, as bits."""

from libc.stdint cimport int64_t, uint64_t

import numpy as np

from monitor.core.matching.native.buffers cimport cells

cdef extern from *:
    int __builtin_ctzll(unsigned long long) noexcept nogil


cdef class Marks:

    def __init__(self, Py_ssize_t numbers):
        """`numbers`: how many there may be, from nought."""
        self.size = (numbers >> 12) + 1
        self._held = np.zeros(65 * self.size, np.uint64)
        self.words = <uint64_t*>cells(self._held)
        self.bits = self.words + self.size

    cdef Py_ssize_t take(self, int64_t* into) noexcept:
        """All of them in order; none is left. How many they were."""
        cdef Py_ssize_t at, count = 0
        cdef int64_t word
        cdef uint64_t bits
        for at in range(self.size):
            while self.words[at]:
                word = (at << 6) + __builtin_ctzll(self.words[at])
                self.words[at] &= self.words[at] - 1
                bits = self.bits[word]
                self.bits[word] = 0
                while bits:
                    into[count] = (word << 6) + __builtin_ctzll(bits)
                    bits &= bits - 1
                    count += 1
        return count

    cdef void clear(self) noexcept:
        """None is left."""
        cdef Py_ssize_t at
        for at in range(self.size):
            while self.words[at]:
                self.bits[(at << 6) + __builtin_ctzll(self.words[at])] = 0
                self.words[at] &= self.words[at] - 1
