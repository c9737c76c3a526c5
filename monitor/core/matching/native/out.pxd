"""JSON in the making."""


cdef class Out:
    """Bytes that grow at the end: JSON as `msgspec` writes it."""

    cdef char* at
    cdef Py_ssize_t size, room

    cdef int bytes(self, const char* some, Py_ssize_t count) except -1
    cdef int mark(self, const char* text) except -1
    cdef int text(self, str text) except -1
    cdef int number(self, long long number) except -1
    cdef int truth(self, bint one) except -1
    cdef int quoted(self, str text, Py_ssize_t start, Py_ssize_t end) except -1
