"""Pieces of JSON that stand in many verdicts, as C sees them."""

from monitor.core.matching.native.buffers cimport cells, numbers


cdef class Ready:

    def __init__(self, ready):
        ends = ready.ends.column
        self._held = (memoryview(ready.json), ends)  # held so, it cannot grow, nor move
        self.json, self.ends = <const char*>cells(ready.json), numbers(ends)
