"""Texts folded into the streams that the automaton reads (twin of `matching/folding.py`)."""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_4BYTE_KIND, PyUnicode_DATA
from cpython.unicode cimport PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t
from libc.string cimport memset

import numpy as np

from monitor.core.matching.native.buffers cimport cells

ctypedef fused Letters:
    uint8_t
    uint16_t
    uint32_t

ctypedef fused Codes:
    uint8_t
    uint32_t

cdef enum:
    GONE = 0
    ODD = 1
    APOSTROPHE = 2
    STOP = 3
    SPACE = 32
    PLANE = 65536

cdef int32_t _known[PLANE]
"""What each character of the first plane becomes; less than nought where nobody asked yet."""
memset(_known, 255, sizeof(_known))


cdef inline int32_t known(uint32_t letter) noexcept:
    return _known[letter] if letter < PLANE else -1


def streams(codes, groups):
    """Each group of texts in one stream: joined, stream, edges, what of the joined is kept, where it may be odd."""
    cdef Folder folder = Folder(codes)
    return [folder.folded(group) for group in groups]


cdef class Folder:
    """Writes streams, one after the other into the same memory."""

    cdef object codes
    cdef void* stream
    cdef Py_ssize_t room, size
    cdef uint8_t* kept
    cdef Py_ssize_t at
    cdef uint32_t most
    cdef list odd

    def __init__(self, codes):
        self.codes = codes

    def __dealloc__(self):
        PyMem_Free(self.stream)

    cdef tuple folded(self, group):
        """A byte for a character; where that does not do for a letter, all again with four."""
        cdef list texts = list(group)
        joined = "\x1e" + "\x1e".join(texts) + "\x1e"
        kept = np.empty(len(joined), np.bool_)
        self.kept = <uint8_t*>cells(kept)
        self.make_room(sizeof(uint32_t) * len(joined))
        edges = self.written(texts, <uint8_t*>self.stream)
        if self.most < 256:
            stream = PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, self.stream, self.size)
        else:
            edges = self.written(texts, <uint32_t*>self.stream)
            stream = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self.stream, self.size)
        return joined, stream, edges, kept, self.odd

    cdef int make_room(self, Py_ssize_t room) except -1:
        if room > self.room:
            self.stream = PyMem_Realloc(self.stream, room)
            if not self.stream:
                raise MemoryError
            self.room = room
        return 0

    cdef tuple written(self, list texts, Codes* stream):
        """Write the stream of some texts; where in it they begin and end."""
        cdef str text
        cdef list edges = []
        self.size = self.at = self.most = 0
        self.odd = []
        for text in texts:
            edges.append(self.edge(stream))
            if PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND:
                self.fold(<uint8_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), stream)
            elif PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND:
                self.fold(<uint16_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), stream)
            else:
                self.fold(<uint32_t*>PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), stream)
        edges.append(self.edge(stream))
        return tuple(edges)

    cdef Py_ssize_t edge(self, Codes* stream) noexcept:
        """A space of its own, before, between and behind the texts."""
        stream[self.size] = SPACE
        self.kept[self.at] = True
        self.size += 1
        self.at += 1
        return self.size - 1

    cdef int fold(self, Letters* text, Py_ssize_t length, Codes* stream) except -1:
        """Fold a text: letters and digits, and of spaces beside each other the first."""
        cdef uint8_t* kept = self.kept + self.at
        cdef Py_ssize_t at, size = self.size
        cdef int32_t code
        cdef uint32_t most = self.most
        cdef bint open = False, keep
        for at in range(length):
            code = known(text[at])
            if code < SPACE:
                code = self.settled(text, length, at)
                if code == GONE:
                    kept[at], open = False, True
                    continue
            keep = open | (code != SPACE)
            open = code != SPACE
            kept[at], stream[size] = keep, code
            most |= code
            size += keep
        self.size, self.most = size, most
        self.at += length
        return 0

    cdef int32_t settled(self, Letters* text, Py_ssize_t length, Py_ssize_t at) except -1:
        """A letter, a space or `GONE` of any other code; odd places are written down."""
        cdef int32_t code = self.code(text, length, at)
        if code >= SPACE:
            return code
        before, behind = <Py_UCS4>self.code(text, length, at - 1), <Py_UCS4>self.code(text, length, at + 1)
        if code == APOSTROPHE and (before.isalpha() or (before.isalnum() and behind.isalnum())):
            return GONE
        if code == ODD or (
            code == STOP
            and before.isalpha()
            and behind.isalpha()
            and not (<Py_UCS4>self.code(text, length, at - 2)).isalnum()
        ):
            self.odd.append(self.at + at)
        return SPACE

    cdef int32_t code(self, Letters* text, Py_ssize_t length, Py_ssize_t at) except -1:
        """What a character becomes; a space where the text is over."""
        if at < 0 or at >= length:
            return SPACE
        cdef int32_t code = known(text[at])
        if code < 0:
            code = self.codes[text[at]]
            if text[at] < PLANE:
                _known[text[at]] = code
        return code
