"""JSON in the making, as `msgspec` writes it.

What writes is told where the next byte goes, and says where the one after it does. Behind every text there is room
for `SPARE` bytes more: marks and numbers between two texts ask for none.
"""

from libc.stdint cimport int64_t, uint64_t
from libc.string cimport memcpy, strlen

cdef extern from "Python.h":
    bint PyUnicode_IS_COMPACT_ASCII(object text)
    const char* PyUnicode_1BYTE_DATA(object text)
    const char* PyUnicode_AsUTF8AndSize(object text, Py_ssize_t* size) except NULL

cdef enum:
    SPARE = 512


cdef class Out:
    """Where it is written; it moves when it grows."""

    cdef char* begin
    cdef char* limit
    cdef char* grown(self, char* at, Py_ssize_t count) except NULL
    cdef bytes made(self, char* at)


cdef inline char* room(Out out, char* at, Py_ssize_t count) except NULL:
    """See to it that there is room for so many bytes, and `SPARE` more."""
    return at if out.limit - at >= count + SPARE else out.grown(at, count)


cdef inline char* mark(char* at, const char* text) noexcept:
    """Marks and words of JSON, as they stand in the source."""
    cdef size_t count = strlen(text)
    memcpy(at, text, count)
    return at + count


cdef inline char* truth(char* at, bint one) noexcept:
    """Whether something is so."""
    return mark(at, b"true") if one else mark(at, b"false")


cdef inline char* number(char* at, uint64_t number) noexcept:
    """A whole number."""
    cdef char digits[20]
    cdef int first = 20
    while first == 20 or number:
        first -= 1
        digits[first] = <char>(c'0' + number % 10)
        number //= 10
    memcpy(at, &digits[first], 20 - first)
    return at + 20 - first


cdef inline char* text(Out out, char* at, str text) except NULL:
    """A text that is JSON already."""
    cdef Py_ssize_t count = len(text)
    cdef const char* some
    if PyUnicode_IS_COMPACT_ASCII(text):
        some = PyUnicode_1BYTE_DATA(text)
    else:
        some = PyUnicode_AsUTF8AndSize(text, &count)
    at = room(out, at, count)
    memcpy(at, some, count)
    return at + count


cdef char* quoted(Out out, char* at, str said, int64_t start, int64_t end) except NULL
