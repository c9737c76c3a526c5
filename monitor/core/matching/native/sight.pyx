"""What the letters of a batch tell at a glance."""

from libc.stdint cimport int64_t, uint8_t

from monitor.core.matching.doubts import Tells
from monitor.core.matching.native.buffers cimport flags, numbers

cdef enum:  # `doubts.Tells`
    JOINS = 1
    DIVIDES = 2
    CAPITAL = 4
    UPPER = 8
    FOREIGN = 16
    LAST = 32

if [*map(int, Tells)] != [JOINS, DIVIDES, CAPITAL, UPPER, FOREIGN, LAST]:
    raise ImportError("what a character tells has other numbers than sight.pyx gives it")


cdef class Sight:

    def __init__(self, tells, sheet):
        self._held, self.tells = (tells, sheet), flags(tells)
        self.joined, self.kept = flags(sheet.joined), flags(sheet.kept)
        self.heads, self.tails = numbers(sheet.heads), numbers(sheet.tails)

    cdef int gaps(self, int64_t first, int64_t last) noexcept:
        """What stands between the words from one to another."""
        cdef int64_t word, at
        cdef int seen = WHOLE
        for word in range(first, last):
            at = self.tails[word]
            if self.heads[word + 1] == at + 1 and self.tells[self.joined[at]] & JOINS:
                continue
            seen = UNSURE
            while at < self.heads[word + 1]:
                if self.tells[self.joined[at]] & DIVIDES:
                    return BROKEN
                at += 1
        return seen

    cdef bint possessive(self, int64_t word) noexcept:
        """Whether a word ends in an apostrophe and s."""
        cdef int64_t tail = self.tails[word]
        if tail - self.heads[word] < 3 or not self.tells[self.joined[tail - 1]] & LAST:
            return False
        return self.kept[tail - 1] and not self.kept[tail - 2] and self.kept[tail - 3]

    cdef bint capitalised(self, int64_t first, int64_t last) noexcept:
        """Whether surely each word begins with a capital or a digit."""
        cdef int64_t word
        for word in range(first, last + 1):
            if not self.tells[self.joined[self.heads[word]]] & CAPITAL:
                return False
        return True

    cdef bint foreign(self, int64_t first, int64_t last) noexcept:
        """Whether anything in a stretch may be of other letters than ASCII."""
        return self.any(first, last, FOREIGN)

    cdef bint with_capitals(self, int64_t first, int64_t last) noexcept:
        """Whether a stretch has a capital of ASCII."""
        return self.any(first, last, UPPER)

    cdef bint any(self, int64_t first, int64_t last, int tells) noexcept:
        cdef int64_t at
        for at in range(self.heads[first], self.tails[last]):
            if self.tells[self.joined[at]] & tells:
                return True
        return False
