"""JSON in the making: texts, numbers and quotations added at the end of a stretch of bytes."""

from cpython.unicode cimport (
    PyUnicode_AsUTF8AndSize, PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ,
)
from libc.stdlib cimport free, realloc
from libc.string cimport memcpy, strlen

from monitor.core.match import as_json

cdef char* ESCAPES = b"btn.fr"  # of the codes from 8 to 13; 11 has none
cdef char* HEX = b"0123456789abcdef"


cdef class Out:

    def __dealloc__(self):
        free(self.at)

    cdef int bytes(self, const char* some, Py_ssize_t count) except -1:
        """So many bytes."""
        _make_room(self, count)
        memcpy(self.at + self.size, some, count)
        self.size += count
        return 0

    cdef int mark(self, const char* text) except -1:
        """Marks and words of JSON, as they stand in the source."""
        return self.bytes(text, strlen(text))

    cdef int text(self, str text) except -1:
        """A text that is JSON already."""
        cdef Py_ssize_t count
        cdef const char* some = PyUnicode_AsUTF8AndSize(text, &count)
        return self.bytes(some, count)

    cdef int number(self, long long number) except -1:
        """A whole number, not below nought."""
        cdef char digits[20]
        cdef int at = 20
        while at == 20 or number:
            at -= 1
            digits[at] = <char>(c'0' + number % 10)
            number //= 10
        return self.bytes(&digits[at], 20 - at)

    cdef int truth(self, bint one) except -1:
        """Whether something is so."""
        return self.mark(b"true" if one else b"false")

    cdef int quoted(self, str text, Py_ssize_t start, Py_ssize_t end) except -1:
        """A stretch of a text, in quotation marks (`match.quoted`)."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* letters = PyUnicode_DATA(text)
        cdef Py_ssize_t before = self.size
        cdef unsigned int letter  # its code: as `Py_UCS4` one cannot reckon with it
        end = max(start, min(end, len(text)))
        _make_room(self, 6 * (end - start) + 2)  # a letter takes six bytes at most
        _put(self, c'"')
        for at in range(start, end):
            letter = <unsigned int>PyUnicode_READ(kind, letters, at)
            if 0xD800 <= letter < 0xE000:  # half of a surrogate pair, which no UTF-8 has
                self.size = before
                return self.text(as_json(text[start:end]))
            _put_letter(self, letter)
        _put(self, c'"')
        return 0


cdef inline int _make_room(Out out, Py_ssize_t count) except -1:
    if out.size + count > out.room:
        out.room = 2 * (out.size + count)
        out.at = <char*>realloc(out.at, out.room)
        if out.at is NULL:
            raise MemoryError
    return 0


cdef inline void _put(Out out, int byte) noexcept:
    out.at[out.size] = <char>byte
    out.size += 1


cdef inline void _put_letter(Out out, unsigned int letter) noexcept:
    if letter < 0x20 or letter == c'"' or letter == c'\\':
        _put_escaped(out, letter)
    elif letter < 0x80:
        _put(out, letter)
    elif letter < 0x800:
        _put(out, 0xC0 | letter >> 6)
        _put(out, 0x80 | letter & 0x3F)
    else:
        if letter < 0x10000:
            _put(out, 0xE0 | letter >> 12)
        else:
            _put(out, 0xF0 | letter >> 18)
            _put(out, 0x80 | letter >> 12 & 0x3F)
        _put(out, 0x80 | letter >> 6 & 0x3F)
        _put(out, 0x80 | letter & 0x3F)


cdef void _put_escaped(Out out, unsigned int letter) noexcept:
    _put(out, c'\\')
    if letter >= 0x20:
        _put(out, letter)
    elif 8 <= letter <= 13 and letter != 11:
        _put(out, ESCAPES[letter - 8])
    else:
        out.size += 5
        memcpy(out.at + out.size - 5, b"u00", 3)
        out.at[out.size - 2] = HEX[letter >> 4]
        out.at[out.size - 1] = HEX[letter & 15]
