"""Where the words of texts stand, and what ends between them (twin of `matching/text.py`)."""

from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t

import numpy as np

from monitor.core.matching.native.buffers cimport cells, numbers
from monitor.core.matching.native.gaps cimport ends_line
from monitor.core.matching.native.letters cimport all_true, before_space, eight

cdef enum:
    SPACE = 32
    EIGHT = 8

ctypedef fused Letters:
    uint8_t
    uint16_t
    uint32_t


def words_of(texts):
    """Where each word starts in the streams, one after the other; where it starts and ends in the texts."""
    cdef Words words = Words(sum([len(text.stream) for text in texts]) // 2)  # each has a space behind it
    cdef str stream
    cdef uint8_t* kept
    for text in texts:
        stream, flags = text.stream, text.kept
        kept = <uint8_t*>cells(flags)
        if PyUnicode_KIND(stream) == PyUnicode_1BYTE_KIND:
            words.read_bytes(<uint8_t*>PyUnicode_DATA(stream), len(stream), kept, len(flags))
        elif PyUnicode_KIND(stream) == PyUnicode_2BYTE_KIND:
            words.read(<uint16_t*>PyUnicode_DATA(stream), len(stream), kept)
        else:
            words.read(<uint32_t*>PyUnicode_DATA(stream), len(stream), kept)
        words.stream += len(stream)
        words.joined += len(flags)
    return tuple([row[: words.size] for row in (words.starts, words.heads, words.tails)])


cdef class Words:
    """Places of words, text after text. What is not kept, is not in the stream."""

    cdef object starts, heads, tails
    cdef int64_t* start
    cdef int64_t* head
    cdef int64_t* tail
    cdef Py_ssize_t size, stream, joined  # how many words there are; where this text begins

    def __init__(self, room):
        self.starts, self.heads, self.tails = (np.empty(room, np.int64) for _ in range(3))
        self.start, self.head = <int64_t*>cells(self.starts), <int64_t*>cells(self.heads)
        self.tail = <int64_t*>cells(self.tails)

    cdef void read(self, Letters* stream, Py_ssize_t length, const uint8_t* kept) noexcept:
        """The words of one more text, letter by letter."""
        cdef Py_ssize_t at = 0, place
        for place in range(length):
            while not kept[at]:
                at += 1
            if stream[place] != SPACE:
                if stream[place - 1] == SPACE:
                    self.begin(place, at)
                self.tail[self.size - 1] = self.joined + at + 1
            at += 1

    cdef void read_bytes(
        self, const uint8_t* stream, Py_ssize_t length, const uint8_t* kept, Py_ssize_t behind
    ) noexcept:
        """The same word by word: all letters of most are kept."""
        cdef Py_ssize_t at = 0, place = 0
        cdef int count
        while place < length:
            while not kept[at]:
                at += 1
            if stream[place] == SPACE:
                at, place = at + 1, place + 1
                continue
            self.begin(place, at)
            count = EIGHT
            while count == EIGHT:
                count = before_space(eight(stream + place, length - place))
                if count and all_true(eight(kept + at, behind - at), count):
                    at += count
                else:
                    at = passed(kept, at, count)
                place += count
            self.tail[self.size - 1] = self.joined + at

    cdef inline void begin(self, Py_ssize_t place, Py_ssize_t at) noexcept:
        """A word begins."""
        self.start[self.size], self.head[self.size] = self.stream + place, self.joined + at
        self.size += 1


cdef Py_ssize_t passed(const uint8_t* kept, Py_ssize_t at, int count) noexcept:
    """Behind so many that are kept."""
    while count:
        count -= kept[at]
        at += 1
    return at


def paragraph_ends(str joined, heads, edges):
    """The number of each word before which a blank line stands."""
    cdef Before before = Before(heads, edges)
    cdef Py_ssize_t at, first = -1, ends = 0
    cdef Py_UCS4 letter
    for at, letter in enumerate(joined):
        if not letter.isspace():
            ends = 0
        elif ends_line(letter):
            ends += 1
            if ends == 1:
                first = at
            elif ends == 2:
                before.add(first)
    return before.found


def possible_stops(str joined, heads, edges):
    """The number of each word before which a sentence may end: at a mark, others behind it, and white space."""
    cdef Before before = Before(heads, edges)
    cdef Py_ssize_t at, first = -1
    cdef Py_UCS4 letter
    for at, letter in enumerate(joined):
        if letter == u"." or letter == u"!" or letter == u"?":
            if first < 0:
                first = at
        elif first >= 0 and letter.isspace():
            before.add(first)
            first = -1
        elif first >= 0 and (letter == u"_" or letter.isalnum()):
            first = -1
    return before.found


cdef class Before:
    """Words, but those at edges, each by the first place before it that is added; places come in order."""

    cdef list found
    cdef const int64_t* heads
    cdef Py_ssize_t count, word, last
    cdef object edges, column

    def __init__(self, heads, edges):
        self.column, self.edges, self.found = heads, edges, []
        self.heads, self.count, self.last = numbers(heads), len(heads), -1

    cdef add(self, Py_ssize_t place):
        while self.word < self.count and self.heads[self.word] < place:
            self.word += 1
        if self.word != self.last and self.word not in self.edges:
            self.found.append(self.word)
        self.last = self.word
