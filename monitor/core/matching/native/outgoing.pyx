"""What became of places, on the way into columns (`columns.terms.Credits` and `Rejects`)."""

from libc.stdint cimport int64_t

import numpy as np

from monitor.core.matching.native.buffers cimport cells
from monitor.core.matching.native.places cimport Columns, Place

cdef Py_ssize_t ROOM = 1024
"""Places for which there is room at first."""
cdef list KINDS = [np.int64, np.int64, np.int64, np.bool_, np.int64, np.bool_, np.bool_]
"""Of the columns of `Places`."""


cdef class Outgoing:

    cdef int add(self, int64_t case, int64_t name, int64_t said, const Place* place) except -1:
        """One more."""
        if self.size == self.room:
            self.grow()
        self.of_case[self.size], self.name[self.size], self.one_says[self.size] = case, name, said
        self.columns.put(self.size, place)
        self.size += 1
        return 0

    cdef int grow(self) except -1:
        """Have room for twice as many."""
        from monitor.core.matching.columns import stands  # leads here itself

        cdef tuple before = self.made() if self.room else ()
        self.room = 2 * self.room or ROOM
        self.cases, self.names, self.said = (np.empty(self.room, np.int64) for _ in range(3))
        self.places = stands.Places(*[np.empty(self.room, kind) for kind in KINDS])
        self.of_case, self.name = <int64_t*>cells(self.cases), <int64_t*>cells(self.names)
        self.one_says, self.columns = <int64_t*>cells(self.said), Columns(self.places)
        if before:
            cases, names, places, said = before
            self.cases[: self.size], self.names[: self.size], self.said[: self.size] = cases, names, said
            for column in places.__struct_fields__:
                getattr(self.places, column)[: self.size] = getattr(places, column)
        return 0

    cdef tuple made(self):
        """Of each the case, the name of the term, the place, and what is said of it."""
        if not self.room:
            self.grow()
        cdef Py_ssize_t size = self.size
        places = self.places
        cut = type(places)(*[getattr(places, column)[:size] for column in places.__struct_fields__])
        return self.cases[:size], self.names[:size], cut, self.said[:size]
