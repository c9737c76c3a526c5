"""What each term asks for, in columns (twin of `columns/terms.Terms`)."""

from monitor.core.matching.native.buffers cimport numbers


cdef class Terms:

    def __init__(self, terms):
        self._held, self.asks = terms, terms.asks
        self.forms, self.named = numbers(terms.forms.column), numbers(terms.named.column)
        self.partners, self.reaches = numbers(terms.partners.column), numbers(terms.reaches.column)
        self.guards, self.scopes = numbers(terms.guards.column), numbers(terms.scopes.column)
        self.within, self.persons = numbers(terms.within.column), numbers(terms.persons.column)
        self.derived, self.surnames = numbers(terms.derived.column), numbers(terms.surnames.column)
        self.blockers = numbers(terms.blockers.values.column)
        self.blocker_ends = numbers(terms.blockers.ends.column)
