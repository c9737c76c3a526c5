"""Texts folded into the streams that the automaton reads (twin of `matching/folding.py`)."""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_4BYTE_KIND, PyUnicode_DATA
from cpython.unicode cimport PyUnicode_FindChar, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND
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
    SLASH = 5
    SPACE = 32
    PLANE = 65536

cdef int32_t _known[PLANE]
"""What each character of the first plane becomes; less than nought where nobody asked yet."""
memset(_known, 255, sizeof(_known))


cdef inline int32_t known(uint32_t letter) noexcept:
    return _known[letter] if letter < PLANE else -1


def folded(codes, decode, plain, make, mended, groups):
    """Each group of texts, folded; `decode` and `plain` make a part of what has marks of markup, and of what has none."""
    cdef Folder folder = Folder(codes)
    cdef list all = []
    for group in groups:
        parts = tuple([decode(text) if has_marks(text) else plain(text) for text in group])
        folder.fold_all(parts)
        if folder.odd:
            again = mended(parts, folder.odd)
            if again is not parts:
                parts = again
                folder.fold_all(parts)
        all.append(make(parts, folder.joined, folder.made, folder.edges, folder.flags))
    return all


cdef bint has_marks(str text):
    """Whether there may be entities or tags in a text."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    return PyUnicode_FindChar(text, u"<", 0, length, 1) >= 0 or PyUnicode_FindChar(text, u"&", 0, length, 1) >= 0


cdef class Folder:
    """Writes streams, one after the other into the same memory."""

    cdef object codes
    cdef void* stream
    cdef Py_ssize_t room, size
    cdef uint8_t* kept
    cdef Py_ssize_t at
    cdef uint32_t most
    cdef object joined, made, edges, flags  # of the group that was folded last
    cdef list odd
    cdef Py_ssize_t slash  # the last one in this text, and whether it may be of an address
    cdef bint dotted

    def __init__(self, codes):
        self.codes = codes

    def __dealloc__(self):
        PyMem_Free(self.stream)

    cdef int fold_all(self, tuple parts) except -1:
        """A byte for a character; where that does not do for a letter, all again with four."""
        cdef list texts = [part.text for part in parts]
        self.joined = "\x1e" + "\x1e".join(texts) + "\x1e"
        self.flags = np.empty(len(self.joined), np.bool_)
        self.kept = <uint8_t*>cells(self.flags)
        self.make_room(sizeof(uint32_t) * len(self.joined))
        self.edges = self.written(texts, <uint8_t*>self.stream)
        if self.most < 256:
            self.made = PyUnicode_FromKindAndData(PyUnicode_1BYTE_KIND, self.stream, self.size)
        else:
            self.edges = self.written(texts, <uint32_t*>self.stream)
            self.made = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self.stream, self.size)
        return 0

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
        self.slash, self.dotted = -1, False
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
        if code == SLASH:
            if self.is_dotted(text, at):
                self.odd.append(self.at + at)
            return SPACE
        if code == ODD:
            self.odd.append(self.at + at)
            return SPACE
        before, behind = <Py_UCS4>self.code(text, length, at - 1), <Py_UCS4>self.code(text, length, at + 1)
        if code == APOSTROPHE:
            return GONE if before.isalpha() or (before.isalnum() and behind.isalnum()) else SPACE
        if is_web(text, at):
            self.odd.append(self.at + at - 3)
        elif before.isalpha() and behind.isalpha() and not (<Py_UCS4>self.code(text, length, at - 2)).isalnum():
            self.odd.append(self.at + at)
        return SPACE

    cdef bint is_dotted(self, Letters* text, Py_ssize_t at) noexcept:
        """Whether a full stop or a colon stands before a slash, in its run without white space."""
        cdef Py_ssize_t place = at - 1
        cdef bint dotted = False
        while place > self.slash and not dotted and not (<Py_UCS4>text[place]).isspace():
            dotted = text[place] == 46 or text[place] == 58
            place -= 1
        if place >= 0 and place == self.slash:
            dotted |= self.dotted
        self.slash, self.dotted = at, dotted
        return dotted

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


cdef bint is_web(Letters* text, Py_ssize_t at) noexcept:
    """Whether *www* stands before it."""
    cdef Py_ssize_t place
    if at < 3:
        return False
    for place in range(at - 3, at):
        if text[place] | 32 != 119:
            return False
    return True
