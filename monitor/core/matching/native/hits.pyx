"""What the automaton saw as places, and who asks for it (twin of `columns/hits.py`, `columns/asked.py`)."""

from libc.stdint cimport int64_t

import numpy as np

from monitor.core.matching.native.buffers cimport cells, numbers, prefetch
from monitor.core.matching.native.marks cimport Marks, mark
from monitor.core.matching.native.scopes cimport NONE, PARTS

cdef int64_t STANDFIRST = 1


def places(sheet, seen, further):
    """The columns of `Hits`."""
    cdef const int64_t* ends = numbers(seen.ends)
    cdef const int64_t* patterns = numbers(seen.patterns)
    cdef const int64_t* begins = numbers(seen.begins)
    cdef const int64_t* behinds = numbers(seen.behinds)
    cdef const int64_t* from_there = numbers(seen.starts)
    cdef const int64_t* words_behind = numbers(further)
    cdef const int64_t* streams = numbers(sheet.streams)
    cdef const int64_t* starts = numbers(sheet.starts)
    cdef const int64_t* parts = numbers(sheet.firsts)
    cdef Py_ssize_t words = len(sheet.starts), room = (seen.behinds - seen.begins).sum(), size = 0
    made = np.empty((5, room), np.int64)
    cdef int64_t* articles = <int64_t*>cells(made)
    cdef int64_t* found = articles + room
    cdef int64_t* firsts = found + room
    cdef int64_t* lasts = firsts + room
    cdef int64_t* fields = lasts + room
    cdef int64_t article, at, word, first, field, again, moved
    for article in range(len(seen.begins)):
        word, again, moved = parts[article * PARTS], NONE, streams[article] - from_there[article]
        for at in range(begins[article], behinds[article]):
            prefetch(&words_behind[patterns[at]])
        for at in range(begins[article], behinds[article]):
            while word < words and starts[word] < ends[at] + moved:
                word += 1
            first = word - 1 - words_behind[patterns[at]]
            field = (first >= parts[article * PARTS + 1]) + (first >= parts[article * PARTS + 2])
            if field == STANDFIRST:
                if again == NONE:
                    again = sheet.text(article).starts_again(1, 2)
                if again:
                    continue
            articles[size], found[size], firsts[size] = article, patterns[at], first
            lasts[size], fields[size] = word - 1, field
            size += 1
    return tuple([made[row, :size] for row in range(5)])


def asked(askers, hits):
    """The columns of `Asked`."""
    cdef const int64_t* articles = numbers(hits.articles)
    cdef const int64_t* patterns = numbers(hits.patterns)
    cdef const int64_t* ends = numbers(askers.ends)
    cdef const int64_t* slots = numbers(askers.slots)
    cdef int64_t anchors = len(askers.ends) - 1, article, slot
    cdef Py_ssize_t at, begin, behind = 0, count = len(hits.patterns), most
    cdef Cases cases = Cases(askers)
    while behind < count:
        begin, most, article = behind, 0, articles[behind]
        while behind < count and articles[behind] == article:
            if patterns[behind] < anchors:
                prefetch(&ends[patterns[behind]])
            behind += 1
        for at in range(begin, behind):
            if patterns[at] < anchors:
                prefetch(&slots[ends[patterns[at]]])
                most += ends[patterns[at] + 1] - ends[patterns[at]]
        for at in range(begin, behind):
            if patterns[at] < anchors:
                for slot in range(ends[patterns[at]], ends[patterns[at] + 1]):
                    mark(cases.asked, slots[slot])
        cases.add(article, most)
    return cases.columns()


cdef class Cases:
    """The columns of `Asked`, article by article."""

    cdef Marks asked  # the slots of an article
    cdef object made, _held
    cdef const int64_t* seats  # of each slot
    cdef const int64_t* bases
    cdef int64_t* rows[6]
    cdef Py_ssize_t cases, slots, room

    def __init__(self, askers):
        self.asked, self._held = Marks(len(askers.seats)), askers
        self.seats, self.bases = numbers(askers.seats), numbers(askers.bases)
        self.grow(0)

    cdef int grow(self, Py_ssize_t more) except -1:
        """Have room for so many more."""
        cdef int row
        room = 2 * (self.slots + more) + 1
        made = np.empty((6, room), np.int64)
        if self.slots:
            made[:, : self.slots + 1] = self.made[:, : self.slots + 1]
        self.made, self.room = made, room
        for row in range(6):
            self.rows[row] = <int64_t*>cells(made) + row * self.room
        self.rows[2][0] = 0
        return 0

    cdef int add(self, int64_t article, Py_ssize_t most) except -1:
        """The cases of one more article: what is asked for in it, `most` times at most, comes by seat."""
        cdef Py_ssize_t at, count
        cdef int64_t seat = NONE
        cdef int64_t* slots
        if self.slots + most >= self.room:
            self.grow(most)
        slots = self.rows[4] + self.slots
        count = self.asked.take(slots)
        for at in range(count):
            if self.seats[slots[at]] != seat:
                seat = self.seats[slots[at]]
                self.rows[0][self.cases], self.rows[1][self.cases] = article, seat
                self.cases += 1
            self.rows[3][self.slots], self.rows[5][self.slots] = self.cases - 1, slots[at] - self.bases[seat] - 1
            self.slots += 1
            self.rows[2][self.cases] = self.slots
        return 0

    cdef tuple columns(self):
        sizes = (self.cases, self.cases, self.cases + 1, self.slots, self.slots, self.slots)
        return tuple([self.made[row, :size] for row, size in enumerate(sizes)])
