"""Places as C sees them, read from columns and written into them (twin of `columns/stands.Places`)."""

from libc.stdint cimport int64_t, uint8_t

from monitor.core.matching.native.buffers cimport cells


cdef class Columns:

    def __init__(self, places):
        self._held = places
        self.firsts = <int64_t*>cells(places.firsts)
        self.lasts = <int64_t*>cells(places.lasts)
        self.fields = <int64_t*>cells(places.fields)
        self.holds = <uint8_t*>cells(places.holds)
        self.signs = <int64_t*>cells(places.signs)
        self.opening = <uint8_t*>cells(places.opening)
        self.closing = <uint8_t*>cells(places.closing)

    cdef Place at(self, Py_ssize_t row) noexcept:
        """One of them."""
        cdef Place place
        read(self, row, &place)
        return place

    cdef void put(self, Py_ssize_t row, const Place* place) noexcept:
        """Write one down."""
        self.firsts[row], self.lasts[row], self.fields[row] = place.first, place.last, place.field
        self.signs[row], self.holds[row] = place.signs, place.holds
        self.opening[row], self.closing[row] = place.opening, place.closing
