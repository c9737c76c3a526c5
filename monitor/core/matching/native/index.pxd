"""Where words have their labels, looked up by their keys: slots of which at least half are empty."""

from libc.stdint cimport int32_t, uint64_t
from libc.stdlib cimport calloc

from monitor.core.matching.native.keys cimport spread


cdef struct Slot:
    uint64_t key  # 0: empty
    int32_t label
    int32_t node  # to which it leads from the root; 0: none


cdef struct Index:
    Slot* slots
    uint64_t mask


cdef inline Py_ssize_t room_for(Py_ssize_t count) noexcept:
    """A power of two that leaves half of it empty at least: what is not there is found out soon."""
    cdef Py_ssize_t room = 8
    while room < 2 * count:
        room *= 2
    return room


cdef inline int make_index(Index* index, Py_ssize_t count) except -1:
    cdef Py_ssize_t room = room_for(count)
    index.slots, index.mask = <Slot*>calloc(room, sizeof(Slot)), room - 1
    if index.slots is NULL:
        raise MemoryError
    return 0


cdef inline Slot* put(Index* index, uint64_t key, int32_t label) noexcept:
    cdef uint64_t at = spread(key) & index.mask
    while index.slots[at].key:
        at = (at + 1) & index.mask
    index.slots[at] = Slot(key, label, 0)
    return &index.slots[at]
