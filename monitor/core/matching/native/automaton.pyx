"""What the automata find, read into columns (twin of `matching/automaton.py`)."""

from libc.stdint cimport int64_t

import numpy as np

from monitor.core.matching.native.buffers cimport cells

cdef Py_ssize_t ROOM = 1024
"""Hits for which there is room at first."""


def columns(found, Py_ssize_t count):
    """Tuples of so many numbers as columns; none of them is kept, so that they cost no memory."""
    cdef Py_ssize_t room = ROOM, size = 0, at
    made = np.empty((count, room), np.int64)
    cdef int64_t* numbers = <int64_t*>cells(made)
    cdef tuple hit
    for hit in found:
        if size == room:
            made = np.concatenate([made, np.empty_like(made)], axis=1)
            numbers, room = <int64_t*>cells(made), 2 * room
        for at in range(count):
            numbers[at * room + size] = hit[at]
        size += 1
    return tuple([made[at, :size] for at in range(count)])
