"""What became of places, on the way into columns (`columns.terms.Credits`, `Rejects`, `Unapproved`)."""

from libc.stdint cimport int64_t
from libc.string cimport memcpy

import numpy as np

from monitor.core.matching.native.buffers cimport cells
from monitor.core.matching.native.places cimport Place, rows_of
from monitor.core.matching.rows import PLACE

cdef Py_ssize_t ROOM = 1024
"""Places for which there is room at first."""


cdef class Outgoing:

    cdef int add(self, int64_t case, int64_t name, int64_t said, const Place* place) except -1:
        """One more."""
        if self.size == self.room:
            self.grow()
        self.of_case[self.size], self.name[self.size], self.one_says[self.size] = case, name, said
        self.place[self.size] = place[0]
        self.size += 1
        return 0

    cdef int grow(self) except -1:
        """Have room for twice as many."""
        from monitor.core.matching.columns import stands  # leads here itself

        cdef tuple before = self.made() if self.room else ()
        cdef const Place* place = self.place
        self.room = 2 * self.room or ROOM
        self.cases, self.names, self.said = (np.empty(self.room, np.int64) for _ in range(3))
        self.places = stands.Places(np.empty(self.room, PLACE))
        self.of_case, self.name = <int64_t*>cells(self.cases), <int64_t*>cells(self.names)
        self.one_says, self.place = <int64_t*>cells(self.said), rows_of(self.places)
        if before:
            cases, names, _, said = before
            self.cases[: self.size], self.names[: self.size], self.said[: self.size] = cases, names, said
            memcpy(self.place, place, self.size * sizeof(Place))
        return 0

    cdef tuple made(self):
        """Of each the case, the name of the term, the place, and what is said of it."""
        if not self.room:
            self.grow()
        cdef Py_ssize_t size = self.size
        cut = type(self.places)(self.places.rows[:size])
        return self.cases[:size], self.names[:size], cut, self.said[:size]
