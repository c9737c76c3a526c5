"""Every place of every pattern, most of them told by a table of words (twin of `matching/finder.py`).

A word that is a pattern by itself is a place. Where the words begin a longer one, or may, the stretch is copied out,
and the automaton reads all such stretches in one go. Streams with letters beyond Latin-1 it reads whole.
"""

from cpython.pyport cimport PY_SSIZE_T_MAX
from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy

import numpy as np

from monitor.core.matching.native.buffers cimport cells, numbers
from monitor.core.matching.native.words cimport (
    FIRST, LONGER, MOST, OPEN, STEM, Known, Word, Words, known_of, may_know, mixed, read, run_of, scattered, stem_of
)

cdef enum:
    SPACE = 32
    ROOM = 1024  # places for which there is room at first


cdef struct Piece:
    int64_t begin  # where in the copy
    int64_t away  # how much farther on it stands in the stream
    int64_t article


def places(finder, streams):
    """Of each place the article, where in its stream it ends, and the pattern; those of a pattern in order."""
    cdef Sifter sifter = Sifter(finder.words, sum(map(len, streams)))
    cdef str stream
    cdef int64_t article = 0
    for stream in streams:
        if PyUnicode_KIND(stream) == PyUnicode_1BYTE_KIND:
            sifter.sift(<const uint8_t*>PyUnicode_DATA(stream), len(stream), article)
        else:
            ends, patterns = finder.automaton.hits(stream)
            sifter.add_all(article, ends, patterns)
        article += 1
    ends, patterns = finder.automaton.hits(sifter.copied())
    sifter.add_longer(ends, patterns)
    return sifter.found()


cdef class Sifter:
    """Tells places by their words, and copies out what the automaton has to read."""

    cdef Words words
    cdef object _copy, _pieces, _rows
    cdef uint8_t* copy
    cdef Piece* pieces
    cdef int64_t* rows
    cdef Py_ssize_t copy_size, pieces_size, rows_size, room
    cdef const uint8_t* stream
    cdef int64_t article
    cdef Py_ssize_t begin, behind  # the stretch that is to be copied next
    cdef Py_ssize_t reach  # the number of its last word

    def __init__(self, Words words, Py_ssize_t letters):
        self.words = words
        self._copy, self._pieces = np.empty(letters, np.uint8), np.empty((letters // 2 + 1, 3), np.int64)
        self.copy, self.pieces = <uint8_t*>cells(self._copy), <Piece*>cells(self._pieces)
        self._rows, self.room = np.empty((3, ROOM), np.int64), ROOM
        self.rows = <int64_t*>cells(self._rows)

    cdef int sift(self, const uint8_t* stream, Py_ssize_t length, int64_t article) except -1:
        """Look the words of a stream up, one after the other."""
        cdef Words words = self.words
        cdef Known* known
        cdef Word word
        cdef uint64_t first = 0, two = 0
        cdef uint32_t begun = 0, longer = 0, run  # what the last word may begin, and the last two
        cdef bint stem = False  # whether the last word has to be read by itself
        cdef Py_ssize_t at = 0, number = 0, last = 0, before_last = 0  # where they begin
        self.stream, self.article, self.begin, self.behind, self.reach = stream, article, 0, 0, -1
        while True:
            while at < length and stream[at] == SPACE:
                at += 1
            if at == length:
                break
            word = read(stream, at, length)
            at = word.end
            if number <= self.reach:
                self.behind = at + 1
            if longer:
                self.keep(number - 2, before_last, at, run_of(words, mixed(two, word.key))[0] & MOST)
                longer = 0
            if stem:
                self.keep(number - 1, last, at, 1)
            if begun & OPEN and self.stem(words.open_stems, first, &word):
                self.keep(number - 1, last, at, 2)
            if begun & FIRST:
                two = mixed(first, word.key)
                run = run_of(words, two)[0]
                self.keep(number - 1, last, at, run & MOST)
                longer = run & LONGER
            stem = words.stems and self.stem(words.stems, 0, &word)
            begun = 0
            if may_know(words, scattered(word.key)):
                known = known_of(words, stream, &word)
                begun, first = known.more, word.key
                if begun and known.pattern >= 0:
                    self.add(article, at + 1, known.pattern)
            number, before_last, last = number + 1, last, word.begin
        if stem:
            self.keep(number - 1, last, word.end, 1)
        self.cut()
        return 0

    cdef bint stem(self, int letters, uint64_t before, const Word* word) noexcept:
        """Whether a word begins as one that may run on, alone or behind another."""
        cdef int count
        for count in range(1, STEM + 1):
            if letters >> count & 1 and word.end - word.begin >= count:
                if run_of(self.words, stem_of(before, word, count))[0]:
                    return True
        return False

    cdef void keep(self, Py_ssize_t number, Py_ssize_t begin, Py_ssize_t end, Py_ssize_t count) noexcept:
        """Have so many words read, from one on that is none before those that were asked for; none for nought.

        `end`: of the word that is looked at.
        """
        if not count:
            return
        if number > self.reach + 1 or not self.behind:
            self.cut()
            self.begin = begin - 1
        self.behind = end + 1
        self.reach = max(self.reach, number + count - 1) if count < MOST else PY_SSIZE_T_MAX - 1

    cdef void cut(self) noexcept:
        """Copy the stretch that is to be read."""
        cdef Py_ssize_t size = self.behind - self.begin
        if not self.behind:
            return
        memcpy(self.copy + self.copy_size, self.stream + self.begin, size)
        self.pieces[self.pieces_size] = Piece(self.copy_size, self.begin - self.copy_size, self.article)
        self.pieces_size += 1
        self.copy_size += size
        self.behind = 0

    cdef copied(self):
        """All that was copied."""
        return PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, self.copy, self.copy_size)

    cdef int add(self, int64_t article, int64_t end, int64_t pattern) except -1:
        """A place."""
        if self.rows_size == self.room:
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)], axis=1)
            self.rows, self.room = <int64_t*>cells(self._rows), 2 * self.room
        cdef int64_t* row = self.rows + self.rows_size
        row[0], row[self.room], row[2 * self.room] = article, end, pattern
        self.rows_size += 1
        return 0

    cdef int add_all(self, int64_t article, ends, patterns) except -1:
        """The places of a stream that was read whole."""
        for end, pattern in zip(ends.tolist(), patterns.tolist()):
            self.add(article, end, pattern)
        return 0

    cdef int add_longer(self, ends, patterns) except -1:
        """The places in what was copied, but those of single words, which are told already."""
        ends, patterns = np.ascontiguousarray(ends), np.ascontiguousarray(patterns)
        cdef const int64_t* end = numbers(ends)
        cdef const int64_t* pattern = numbers(patterns)
        cdef Py_ssize_t row, size = len(ends), piece = 0
        for row in range(size):
            while piece + 1 < self.pieces_size and self.pieces[piece + 1].begin < end[row]:
                piece += 1
            if not self.words.single[pattern[row]]:
                self.add(self.pieces[piece].article, end[row] + self.pieces[piece].away, pattern[row])
        return 0

    cdef found(self):
        """All places."""
        return tuple([row[: self.rows_size] for row in self._rows])
