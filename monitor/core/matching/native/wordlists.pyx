"""The places where words of a list stand, in order, and how far they reach (`columns/wordlists.py` has them, too)."""

from libc.stdint cimport int64_t
from libc.stdlib cimport free, qsort, realloc

from monitor.core.matching.native.places cimport Place, sign
from monitor.core.matching.native.scopes cimport PARTS

cdef Py_ssize_t FEW = 24
"""So many are put in order one by one."""


cdef class Words:
    def __dealloc__(self):
        free(self.at)

    cdef Place* add(self, int64_t number) except NULL:
        """One more; where its place is to be written."""
        cdef Word* word
        if self.size == self.room:
            self.room = 2 * self.room + 16
            self.at = <Word*>realloc(self.at, self.room * sizeof(Word))
            if self.at is NULL:
                raise MemoryError
        word = &self.at[self.size]
        word.number, word.order = number, self.size
        self.size += 1
        return &word.place

    cdef void sort(self) noexcept:
        """In order from now on."""
        cdef int64_t field, at = 0
        if self.size > FEW:
            qsort(self.at, self.size, sizeof(Word), &_in_order)
        else:
            self.sort_few()
        for field in range(PARTS):
            self.fields[field] = at
            while at < self.size and self.at[at].place.field == field:
                self.at[at].reach = self.at[at].place.last
                if at > self.fields[field]:
                    self.at[at].reach = max(self.at[at].reach, self.at[at - 1].reach)
                at += 1
        self.fields[PARTS] = at

    cdef void sort_few(self) noexcept:
        """The same, of a few: most stand in order as they are."""
        cdef Py_ssize_t row, at
        cdef Word word
        for row in range(1, self.size):
            if _in_order(&self.at[row - 1], &self.at[row]) < 0:
                continue
            word, at = self.at[row], row
            while at and _in_order(&word, &self.at[at - 1]) < 0:
                self.at[at] = self.at[at - 1]
                at -= 1
            self.at[at] = word

    cdef int64_t behind(self, int64_t word, int64_t field) noexcept:
        """The first of a field that begins behind a word."""
        cdef int64_t low = self.fields[field], high = self.fields[field + 1], middle
        while low < high:
            middle = (low + high) // 2
            if self.at[middle].place.first <= word:
                low = middle + 1
            else:
                high = middle
        return low

    cdef int64_t reaching(self, int64_t word, int64_t low, int64_t high) noexcept:
        """The first from one row to another that reaches up to a word; `high` where none does."""
        cdef int64_t middle
        while low < high:
            middle = (low + high) // 2
            if self.at[middle].reach < word:
                low = middle + 1
            else:
                high = middle
        return low


cdef int _in_order(const void* a, const void* b) noexcept nogil:
    cdef const Word* one = <const Word*>a
    cdef const Word* other = <const Word*>b
    return (
        sign(one.place.first - other.place.first)
        or sign(one.number - other.number)
        or sign(one.order - other.order)
    )
