"""The texts of a batch, a byte for a character (twin of `matching/columns/sheet.py`)."""

from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.string cimport memcpy

import numpy as np

from monitor.core.matching.native.buffers cimport cells


def latin(texts):
    """The texts, one after the other; `?` for a character that is not in Latin-1."""
    made = np.empty(sum(map(len, texts)), np.uint8)
    cdef uint8_t* at = <uint8_t*>cells(made)
    cdef str text
    for text in texts:
        if PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND:
            memcpy(at, PyUnicode_DATA(text), len(text))
        elif PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND:
            _write(at, <uint16_t*>PyUnicode_DATA(text), len(text))
        else:
            _write(at, <uint32_t*>PyUnicode_DATA(text), len(text))
        at += len(text)
    return made


ctypedef fused Letters:
    uint16_t
    uint32_t


cdef void _write(uint8_t* made, Letters* text, Py_ssize_t length) noexcept:
    cdef Py_ssize_t at
    for at in range(length):
        made[at] = text[at] if text[at] < 256 else 63
