"""What each term asks for (twin of `columns/terms.Terms`)."""

from monitor.core.matching.native.buffers cimport cells, numbers
from monitor.core.matching.rows import ALIAS, TERM

KNOWN = (
    "forms name partner reach person guard scope within derived surname blockers blockers_end aliases aliases_end"
)
if " ".join(TERM) != KNOWN or ALIAS != ("sought", "name"):
    raise ImportError("the row of a term, or of an alias, is another than terms.pxd has it")


cdef class Terms:

    def __init__(self, terms):
        rows, blockers, aliases = terms.table.rows, terms.blockers.column, terms.aliases.rows
        self._held, self.asks = (rows, blockers, aliases), terms.asks  # one that grows meanwhile moves, these stay
        self.at, self.blockers = <const Term*>cells(rows), numbers(blockers)
        self.aliases = <const Alias*>cells(aliases)
