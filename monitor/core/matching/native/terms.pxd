"""What each term asks for, a row for each."""

from libc.stdint cimport int32_t, int64_t


cdef struct Term:  # `rows.TERM`
    int32_t forms, name, partner, reach, person, guard, scope, within, derived, surname, blockers, blockers_end


cdef class Terms:
    """What each term asks for, by its number (`columns.terms.Terms`)."""

    cdef object _held
    cdef list asks
    cdef const Term* at
    cdef const int64_t* blockers  # of all terms
