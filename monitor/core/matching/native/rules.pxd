"""The OICW rules, and the words of their lists, a row for each."""

from libc.stdint cimport int32_t


cdef struct Rule:  # `rows.RULE`
    int32_t list, makes, within, own, scope


cdef struct Listed:  # `rows.WORD`
    int32_t sought, blockers, name
