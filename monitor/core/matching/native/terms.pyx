"""What each term asks for, in columns (twin of `columns/terms.Terms`)."""

from monitor.core.matching.native.buffers cimport numbers


cdef class Terms:

    def __init__(self, terms):
        growing = (terms.forms, terms.named, terms.partners, terms.reaches, terms.guards, terms.scopes)
        more = (terms.within, terms.persons, terms.derived, terms.surnames)
        own = [of.column for of in (*growing, *more, terms.blockers.values, terms.blockers.ends)]
        self._held, self.asks = own, terms.asks  # one that grows meanwhile moves, and these stay
        self.forms, self.named, self.partners = numbers(own[0]), numbers(own[1]), numbers(own[2])
        self.reaches, self.guards, self.scopes = numbers(own[3]), numbers(own[4]), numbers(own[5])
        self.within, self.persons, self.derived = numbers(own[6]), numbers(own[7]), numbers(own[8])
        self.surnames, self.blockers, self.blocker_ends = numbers(own[9]), numbers(own[10]), numbers(own[11])
