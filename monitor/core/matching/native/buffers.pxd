"""The numbers of a column, or the bytes of a mask, as C sees them."""

from cpython.buffer cimport PyBUF_CONTIG_RO, PyBuffer_Release, PyObject_GetBuffer
from libc.stdint cimport int64_t, uint8_t


cdef inline void* cells(object column) except? NULL:
    """Where they begin: good for as long as the column lives, whose memory never moves."""
    cdef Py_buffer view
    PyObject_GetBuffer(column, &view, PyBUF_CONTIG_RO)
    cdef void* first = view.buf
    PyBuffer_Release(&view)
    return first


cdef inline const int64_t* numbers(object column) except? NULL:
    """The numbers of a column."""
    return <const int64_t*>cells(column)


cdef inline const uint8_t* flags(object mask) except? NULL:
    """The truths of a mask."""
    return <const uint8_t*>cells(mask)


cdef extern from *:
    void prefetch "__builtin_prefetch"(const void* there) noexcept nogil
