"""Pieces of JSON that stand in many verdicts, as C sees them."""

from monitor.core.matching.native.buffers cimport cells, numbers


cdef class Ready:

    def __init__(self, ready):
        json, ends = ready.json, ready.ends.column
        self._held = (json, ends)  # one that grows meanwhile moves, and these stay
        self.json, self.ends = <const char*>cells(json), numbers(ends)
