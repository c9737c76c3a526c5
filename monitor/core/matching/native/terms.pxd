"""What each term asks for, a row for each."""

from libc.stdint cimport int32_t, int64_t


cdef struct Term:  # `rows.TERM`
    int32_t forms, name, partner, reach, person, guard, scope, within, derived, surname
    int32_t blockers, blockers_end, aliases, aliases_end


cdef struct Alias:  # `rows.ALIAS`
    int32_t sought, name


cdef class Terms:
    """What each term asks for, by its number (`columns.terms.Terms`)."""

    cdef object _held
    cdef list asks
    cdef const Term* at
    cdef const int64_t* blockers  # of all terms
    cdef const Alias* aliases
