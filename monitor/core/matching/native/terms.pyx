"""What each term asks for (twin of `columns/terms.Terms`)."""

from monitor.core.matching.native.buffers cimport cells, numbers
from monitor.core.matching.rows import TERM

if "forms name partner reach person guard scope within derived surname blockers blockers_end" != " ".join(TERM):
    raise ImportError("the row of a term is another than terms.pxd has it")


cdef class Terms:

    def __init__(self, terms):
        rows, blockers = terms.table.rows, terms.blockers.column
        self._held, self.asks = (rows, blockers), terms.asks  # one that grows meanwhile moves, and these stay
        self.at, self.blockers = <const Term*>cells(rows), numbers(blockers)
