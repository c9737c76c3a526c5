"""JSON in the making: room for it, and texts in quotation marks."""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t
from libc.stdlib cimport free, realloc

from monitor.core.match import as_json

cdef char* ESCAPES = b"btn.fr"  # of the codes from 8 to 13; 11 has none
cdef char* HEX = b"0123456789abcdef"


cdef class Out:

    def __init__(self):
        self.grown(NULL, 0)

    def __dealloc__(self):
        free(self.begin)

    cdef char* grown(self, char* at, Py_ssize_t count) except NULL:
        """Make room for so many bytes, and `SPARE` more."""
        cdef Py_ssize_t size = at - self.begin
        cdef Py_ssize_t wanted = 2 * (size + count + SPARE)
        cdef char* begin = <char*>realloc(self.begin, wanted)
        if begin is NULL:
            raise MemoryError
        self.begin, self.limit = begin, begin + wanted
        return begin + size

    cdef bytes made(self, char* at):
        """What is written."""
        return PyBytes_FromStringAndSize(self.begin, at - self.begin)


cdef char* quoted(Out out, char* at, str said, int64_t start, int64_t end) except NULL:
    """A stretch of a text, in quotation marks (`match.quoted`)."""
    cdef int kind = PyUnicode_KIND(said)
    cdef void* letters = PyUnicode_DATA(said)
    end = max(start, min(end, len(said)))
    at = room(out, at, 6 * (end - start) + 2)  # a letter takes six bytes at most
    cdef char* behind = mark(at, b'"')
    if kind == PyUnicode_1BYTE_KIND:
        behind = _escaped(behind, <uint8_t*>letters + start, end - start)
    elif kind == PyUnicode_2BYTE_KIND:
        behind = _escaped(behind, <uint16_t*>letters + start, end - start)
    else:
        behind = _escaped(behind, <uint32_t*>letters + start, end - start)
    if behind is NULL:
        return text(out, at, as_json(said[start:end]))
    return mark(behind, b'"')


ctypedef fused Letters:
    uint8_t
    uint16_t
    uint32_t


cdef char* _escaped(char* at, const Letters* letters, Py_ssize_t count) noexcept:
    """Letters as UTF-8; NULL where one is half of a surrogate pair, which no UTF-8 has."""
    cdef Py_ssize_t row
    cdef uint32_t letter
    for row in range(count):
        letter = letters[row]
        if 0x20 <= letter < 0x80 and letter != c'"' and letter != c'\\':
            at[0] = <char>letter
            at += 1
        elif letter < 0x80:
            at = _escape(at, letter)
        elif letter < 0x800:
            at[0], at[1] = <char>(0xC0 | letter >> 6), _tail(letter)
            at += 2
        elif letter >= 0x10000:
            at[0], at[1] = <char>(0xF0 | letter >> 18), _tail(letter >> 12)
            at[2], at[3] = _tail(letter >> 6), _tail(letter)
            at += 4
        elif 0xD800 <= letter < 0xE000:
            return NULL
        else:
            at[0], at[1], at[2] = <char>(0xE0 | letter >> 12), _tail(letter >> 6), _tail(letter)
            at += 3
    return at


cdef inline char _tail(uint32_t letter) noexcept:
    return <char>(0x80 | letter & 0x3F)


cdef char* _escape(char* at, uint32_t letter) noexcept:
    at[0] = c'\\'
    if letter >= 0x20:
        at[1] = <char>letter
    elif 8 <= letter <= 13 and letter != 11:
        at[1] = ESCAPES[letter - 8]
    else:
        at = mark(at, b'\\u00')
        at[0], at[1] = HEX[letter >> 4], HEX[letter & 15]
        return at + 2
    return at + 2
