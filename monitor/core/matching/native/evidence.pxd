"""What a verdict rests on."""

from libc.stdint cimport int64_t, uint8_t

from monitor.core.matching.native.out cimport Out
from monitor.core.matching.native.places cimport Place
from monitor.core.matching.native.ready cimport Ready
from monitor.core.matching.native.rules cimport Listed, Rule
from monitor.core.matching.native.spans cimport Spans
from monitor.core.matching.native.stands cimport Range


cdef class Ruled:
    """What a rule comes to, by case (`outcomes.Ruled`)."""

    cdef object _held
    cdef const uint8_t* asked
    cdef const uint8_t* holds
    cdef const int64_t* numbers


cdef class Hits:
    """Places of terms, by case: those of the case that was turned to last."""

    cdef object _held
    cdef Spans spans
    cdef const Place* places
    cdef Ready known
    cdef const int64_t* cases
    cdef const int64_t* names
    cdef int64_t size
    cdef Range own  # the rows of the case that was turned to last

    cdef void turn(self, int64_t case) noexcept
    cdef void send_for(self, int64_t end) noexcept
    cdef char* write(self, Out out, char* at, int64_t row, bint derived) except NULL


cdef class Context:
    """The OICW rules, by case, and the nearest word of each."""

    cdef object _held
    cdef Spans spans
    cdef const Place* places
    cdef Ready known, scopes
    cdef tuple makes
    cdef const int64_t* cases
    cdef const int64_t* rules
    cdef const int64_t* distances
    cdef const int64_t* by
    cdef const int64_t* names
    cdef const Listed* listed
    cdef const Rule* asked
    cdef const int64_t* rows
    cdef const uint8_t* holds
    cdef int64_t size
    cdef Range own  # the rows of the case that was turned to last

    cdef bint turn(self, int64_t case) noexcept
    cdef void send_for(self, int64_t end) noexcept
    cdef char* write(self, Out out, char* at) except NULL
    cdef char* evidence(self, Out out, char* at, int64_t task) except NULL


cdef class Placed:
    """What place rules found, by case, and the word of the text that proves it."""

    cdef object _held
    cdef Ruled ruled
    cdef Spans spans
    cdef Ready known
    cdef const Place* places
    cdef const int64_t* findings
    cdef const int64_t* rows

    cdef char* write(self, Out out, char* at, int64_t case) except NULL


cdef class Aboutness:
    """Aboutness, in points, by case."""

    cdef object _held
    cdef Ruled ruled
    cdef const int64_t* points
    cdef const int64_t* headline
    cdef const int64_t* lead
    cdef const int64_t* further

    cdef char* write(self, char* at, int64_t case) noexcept
