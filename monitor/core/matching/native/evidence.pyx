"""What a verdict rests on: hits, nearest context words, places, points of aboutness (of `matching/written.py`)."""

from libc.stdint cimport int64_t

from monitor.core.matching.native.buffers cimport cells, flags, numbers, prefetch
from monitor.core.matching.native.out cimport Out, mark, number, text, truth
from monitor.core.matching.native.places cimport rows_of
from monitor.core.matching.native.ready cimport Ready, piece
from monitor.core.matching.native.rules cimport Listed, Rule
from monitor.core.matching.native.spans cimport Spans
from monitor.core.matching.native.stands cimport turned

cdef int64_t FAR = 1 << 40
"""Words between places of two fields (`columns.context.FAR`)."""


cdef class Ruled:

    def __init__(self, ruled):
        self._held = ruled
        self.asked, self.holds, self.numbers = flags(ruled.asked), flags(ruled.holds), numbers(ruled.numbers)


cdef class Hits:

    def __init__(self, found, Ready known, Spans spans):
        self._held, self.known, self.spans, self.places = found, known, spans, rows_of(found.places)
        self.cases, self.names, self.size = numbers(found.cases), numbers(found.names), len(found.cases)

    cdef void turn(self, int64_t case) noexcept:
        """Go on to those of a later case."""
        self.own = turned(self.cases, self.size, self.own.behind, case)

    cdef void send_for(self, int64_t end) noexcept:
        """Send for the names of those of the next cases, up to one."""
        cdef int64_t row, begin = self.own.behind, behind = begin
        while behind < self.size and self.cases[behind] < end:
            prefetch(&self.known.ends[self.names[behind]])
            self.spans.send_for(&self.places[behind])
            behind += 1
        for row in range(begin, behind):
            prefetch(self.known.json + self.known.ends[self.names[row]])
            self.spans.send_for_text(&self.places[row])

    cdef char* write(self, Out out, char* at, int64_t row, bint derived) except NULL:
        """One of them."""
        at = piece(out, mark(at, b'{"term":'), self.known, self.names[row])
        at = self.spans.write(out, mark(at, b',"span":{'), &self.places[row])
        return mark(at, b'},"derived":true}') if derived else mark(at, b'},"derived":false}')


cdef class Context:

    def __init__(self, outcomes, rules, tuple makes, Spans spans):
        tasks, nearest = outcomes.tasks, outcomes.nearest
        words, own = rules.lists.words.rows, rules.rules.rows
        self._held, self.spans, self.places = (tasks, nearest, words, own), spans, rows_of(nearest.standing.places)
        self.known, self.scopes, self.makes = Ready(rules.lists.names), Ready(rules.scopes), makes
        self.cases, self.rules, self.size = numbers(tasks.cases), numbers(tasks.rules), len(tasks.cases)
        self.distances, self.by = numbers(nearest.distances), numbers(nearest.by)
        self.listed, self.asked = <const Listed*>cells(words), <const Rule*>cells(own)
        self.names, self.rows, self.holds = numbers(nearest.names), numbers(nearest.words), flags(nearest.holds)

    cdef bint turn(self, int64_t case) noexcept:
        """Go on to the rules of a later case; whether it has any."""
        self.own = turned(self.cases, self.size, self.own.behind, case)
        return self.own.first < self.own.behind

    cdef void send_for(self, int64_t end) noexcept:
        """Send for the words and scopes of the rules of the next cases, up to one."""
        cdef int64_t task, begin = self.own.behind, behind = begin
        while behind < self.size and self.cases[behind] < end:
            prefetch(&self.asked[self.rules[behind]])
            if self.names[behind] >= 0:
                prefetch(&self.listed[self.names[behind]])
                self.spans.send_for(&self.places[self.rows[behind]])
            behind += 1
        for task in range(begin, behind):
            if self.names[task] >= 0:
                prefetch(&self.known.ends[self.listed[self.names[task]].name])
        for task in range(begin, behind):
            if self.names[task] >= 0:
                prefetch(self.known.json + self.known.ends[self.listed[self.names[task]].name])
                self.spans.send_for_text(&self.places[self.rows[task]])

    cdef char* write(self, Out out, char* at) except NULL:
        """The evidence is that of the first rule that fails, else of the first; of several `all` has each."""
        cdef int64_t decides = self.own.first, task
        while decides < self.own.behind and self.holds[decides]:
            decides += 1
        if decides == self.own.behind:
            decides = self.own.first
        at = truth(mark(at, b'{"rule":"context","holds":'), self.holds[decides])
        at = self.evidence(out, mark(at, b',"evidence":{'), decides)
        if self.own.behind - self.own.first > 1:
            at = mark(at, b',"all":[')
            for task in range(self.own.first, self.own.behind):
                at = mark(at, b',{"holds":') if task > self.own.first else mark(at, b'{"holds":')
                at = mark(truth(at, self.holds[task]), b',')
                at = mark(self.evidence(out, at, task), b'}')
            at = mark(at, b']')
        return mark(at, b'}}')

    cdef char* evidence(self, Out out, char* at, int64_t task) except NULL:
        """The nearest context word that makes a rule hold, or that came nearest."""
        at = piece(out, mark(at, b'"scope":'), self.scopes, self.asked[self.rules[task]].scope)
        if self.names[task] < 0:
            return mark(at, b',"word":null,"distance":null')
        at = piece(out, mark(at, b',"word":'), self.known, self.listed[self.names[task]].name)
        at = mark(at, b',"distance":')
        at = mark(at, b'null,') if self.distances[task] == FAR else mark(number(at, self.distances[task]), b',')
        at = self.spans.write(out, at, &self.places[self.rows[task]])
        if self.holds[task]:
            at = mark(text(out, mark(at, b',"by":"'), <str>self.makes[self.by[task]]), b'"')
        return at


cdef class Placed:

    def __init__(self, ruled, placed, Ready known, Spans spans):
        self._held, self.ruled, self.known, self.spans = placed, Ruled(ruled), known, spans
        self.findings, self.rows = numbers(placed.findings), numbers(placed.rows)
        self.places = rows_of(placed.places)

    cdef char* write(self, Out out, char* at, int64_t case) except NULL:
        """What was found, with the word that proves it."""
        cdef int64_t found = self.ruled.numbers[case], row = self.rows[found]
        at = piece(out, at, self.known, self.findings[found])
        return at if row < 0 else mark(self.spans.write(out, at, &self.places[row]), b'}}')


cdef class Aboutness:

    def __init__(self, ruled, points):
        self._held = parts = (points.all, points.headline, points.lead, points.further)
        self.ruled = Ruled(ruled)
        self.points, self.headline = numbers(parts[0]), numbers(parts[1])
        self.lead, self.further = numbers(parts[2]), numbers(parts[3])

    cdef char* write(self, char* at, int64_t case) noexcept:
        """What a case comes to, and of what parts."""
        at = truth(mark(at, b'{"rule":"aboutness","holds":'), self.ruled.holds[case])
        at = number(mark(at, b',"evidence":{"points":'), self.points[case])
        at = number(mark(at, b',"needed":'), self.ruled.numbers[case])
        at = number(mark(at, b',"headline":'), self.headline[case])
        at = number(mark(at, b',"lead":'), self.lead[case])
        at = number(mark(at, b',"further":'), self.further[case])
        return mark(at, b'}}')
