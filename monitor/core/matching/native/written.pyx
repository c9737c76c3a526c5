"""What is stored, written from the columns of a sitting (twin of `matching/written.py`)."""

from cpython.object cimport PyObject
from libc.stdint cimport int64_t, uint8_t

import numpy as np

from monitor.core.match import as_json
from monitor.core.matching.native.buffers cimport flags, numbers, prefetch
from monitor.core.matching.native.evidence cimport Aboutness, Context, Hits, Placed, Ruled
from monitor.core.matching.native.out cimport Out, mark, number, quoted, text, truth
from monitor.core.matching.native.ready cimport Ready, piece
from monitor.core.matching.native.scopes cimport NONE
from monitor.core.matching.native.spans cimport Spans

cdef extern from "Python.h":
    PyObject* PyList_GET_ITEM(list texts, Py_ssize_t row)


cdef class Writer:
    """Writes the judgements of a sitting, one after the other."""

    cdef Out out
    cdef Spans spans
    cdef Hits hits, rejects, unapproved
    cdef Context context
    cdef Aboutness aboutness
    cdef Placed place
    cdef Ruled source, query
    cdef object _held, around
    cdef Ready sections, sources
    cdef list outcome_names, details, batch, faults
    cdef dict queries
    cdef tuple decide, reasons
    cdef str head, foot, end
    cdef const int64_t* articles
    cdef const int64_t* owners
    cdef const int64_t* seats
    cdef const int64_t* of_seats  # the number of the section
    cdef const int64_t* outcomes
    cdef const int64_t* deciding
    cdef const int64_t* reason
    cdef const uint8_t* there
    cdef const uint8_t* headline
    cdef const uint8_t* lead
    cdef const uint8_t* derived
    cdef const int64_t* aliases
    cdef const uint8_t* named  # whether an alias stands that nobody has approved
    cdef list ids
    cdef int64_t case, within, size

    def __init__(self, outcomes, seats, list faults):
        from monitor.core.matching import outcomes as made, written as rules  # they lead here themselves

        sitting = outcomes.sitting
        named = np.zeros(len(outcomes.articles), np.bool_)
        named[sitting.unapproved.cases] = True
        self._held, self.out, self.around = (outcomes, named), Out(), rules.Envelope
        self.batch, self.faults = [*sitting.batch], faults
        self.spans = Spans(sitting.sheet, self.batch)
        known = Ready(seats.terms.names)
        self.hits = Hits(sitting.credits, known, self.spans)
        self.rejects = Hits(sitting.rejects, known, self.spans)
        self.unapproved = Hits(sitting.unapproved, known, self.spans)
        self.aliases = numbers(sitting.unapproved.aliases)
        self.context = Context(outcomes, seats.context, rules._BY, self.spans)
        self.aboutness = Aboutness(outcomes.aboutness, outcomes.points)
        self.place = Placed(outcomes.place, outcomes.placed, Ready(seats.places.findings), self.spans)
        self.source, self.query = Ruled(outcomes.source), Ruled(outcomes.query)
        self.sections, self.of_seats = Ready(seats.sections), numbers(seats.named)
        self.sources = Ready(seats.sources.findings)
        self.queries = {case: as_json(query.to_finding()) for case, query in sitting.queries.items()}
        self.outcome_names, self.decide, self.reasons = rules._OUTCOMES, made.DECIDE, tuple(map(str, made.REASONS))
        self.details, self.reason = sitting.rejects.details, numbers(sitting.rejects.reasons)
        self.articles, self.owners = numbers(outcomes.articles), numbers(outcomes.owners)
        self.seats, self.outcomes = numbers(outcomes.seats), numbers(outcomes.outcomes)
        self.deciding, self.there = numbers(outcomes.deciding), flags(outcomes.there)
        self.headline, self.lead = flags(outcomes.headline), flags(outcomes.lead)
        self.derived, self.within = flags(sitting.credits.derived), made.IN
        self.ids, self.case, self.size = seats.ids, 0, len(outcomes.articles)
        self.named = flags(named)

    cdef dict said_of(self, int64_t article):
        """What each agreement says of the next article, by id, of those that have anything to say."""
        cdef dict said = {}
        cdef int64_t end = self.case, behind
        while end < self.size and self.articles[end] == article:
            end += 1
        if not self.speaks(self.case, end):
            self.case = end
            return said
        self.enter(article)
        self.send_for(end)
        while self.case < end:
            behind = self.behind(self.case)
            if self.speaks(self.case, behind):
                said[self.ids[self.owners[self.case]]] = self.judgement(self.case, behind)
            self.case = behind
        return said

    cdef void send_for(self, int64_t end) noexcept:
        """Send for what cases up to one are said to have: it lies far apart in memory."""
        cdef int64_t case, row = self.rejects.own.behind
        for case in range(self.case, end):
            prefetch(PyList_GET_ITEM(self.ids, self.owners[case]))
            prefetch(&self.of_seats[self.seats[case]])
        while row < self.rejects.size and self.rejects.cases[row] < end:
            prefetch(PyList_GET_ITEM(self.details, row))
            row += 1
        self.hits.send_for(end)
        self.rejects.send_for(end)
        self.context.send_for(end)

    cdef int64_t behind(self, int64_t case) noexcept:
        """The first case behind it that is of another agreement or article."""
        cdef int64_t behind = case + 1
        while (
            behind < self.size
            and self.owners[behind] == self.owners[case]
            and self.articles[behind] == self.articles[case]
        ):
            behind += 1
        return behind

    cdef bint speaks(self, int64_t begin, int64_t behind) noexcept:
        """Whether there is anything to say in some cases."""
        cdef int64_t case
        for case in range(begin, behind):
            if self.there[case] or self.named[case]:
                return True
        return False

    cdef int enter(self, int64_t article) except -1:
        """Turn to another article."""
        self.spans.enter(article)
        envelope = self.around(self.batch[article], self.faults[article])
        self.head, self.foot, self.end = envelope.head, envelope.foot, envelope.end
        return 0

    cdef bytes judgement(self, int64_t begin, int64_t behind):
        """What some cases come to, those of one agreement and article."""
        cdef Out out = self.out
        cdef int64_t case
        cdef bint several = False
        cdef char* at = text(out, out.begin, self.head)
        at = mark(self.filed(at, begin, behind), b',"verdicts":[')
        for case in range(begin, behind):
            if self.there[case]:
                at = self.verdict(mark(at, b',') if several else at, case)
                several = True
        at = text(out, at, self.foot)
        at = self.listed_aliases(at, begin, behind)
        return out.made(text(out, at, self.end))

    cdef char* filed(self, char* at, int64_t begin, int64_t behind) except NULL:
        """The section it is filed in, and the others that it is in (`filing.best_first`)."""
        cdef int64_t case, best = NONE
        cdef bint several = False
        for case in range(begin, behind):
            if self.takes(case) and (best < 0 or self.rank(case) < self.rank(best)):
                best = case
        if best < 0:
            return mark(at, b'null,"also":[]')
        at = mark(self.section(at, best), b',"also":[')
        for case in range(begin, behind):
            if case != best and self.takes(case):
                at = self.section(mark(at, b',') if several else at, case)
                several = True
        return mark(at, b']')

    cdef bint takes(self, int64_t case) noexcept:
        """Whether the section takes the article."""
        return self.there[case] and self.outcomes[case] == self.within

    cdef int64_t rank(self, int64_t case) noexcept:
        """How high its best hit stands (`Standing.rank`)."""
        return 0 if self.headline[case] else 1 if self.lead[case] else 2

    cdef char* section(self, char* at, int64_t case) except NULL:
        return piece(self.out, at, self.sections, self.of_seats[self.seats[case]])

    cdef char* listed_aliases(self, char* at, int64_t begin, int64_t behind) except NULL:
        """Where aliases stand that nobody has approved."""
        cdef int64_t case, row
        cdef bint several = False
        for case in range(begin, behind):
            self.unapproved.turn(case)
            for row in range(self.unapproved.own.first, self.unapproved.own.behind):
                at = self.section(mark(at, b',{"section":') if several else mark(at, b'{"section":'), case)
                at = piece(self.out, mark(at, b',"alias":'), self.unapproved.known, self.aliases[row])
                at = mark(self.unapproved.write(self.out, mark(at, b',"hit":'), row, False), b'}')
                several = True
        return at

    # ----------------------------------------------------------- one verdict

    cdef char* verdict(self, char* at, int64_t case) except NULL:
        """What one section says, and the proof."""
        self.hits.turn(case)
        self.rejects.turn(case)
        at = self.section(mark(at, b'{"section":'), case)
        at = text(self.out, mark(at, b',"outcome":'), <str>self.outcome_names[self.outcomes[case]])
        at = text(self.out, mark(at, b',"decided_by":"'), <str>self.decide[self.deciding[case]])
        at = self.findings(mark(at, b'","findings":['), case)
        at = self.listed_hits(mark(at, b'],"hits":['))
        at = self.listed_rejects(mark(at, b'],"rejected":['))
        at = truth(mark(at, b'],"standing":{"headline":'), self.headline[case])
        at = truth(mark(at, b',"lead":'), self.lead[case])
        at = number(mark(at, b',"hits":'), self.hits.own.behind - self.hits.own.first)
        return mark(at, b'}}')

    cdef char* findings(self, char* at, int64_t case) except NULL:
        """What each rule found that the section has."""
        cdef Py_ssize_t written = at - self.out.begin
        if self.source.asked[case]:
            at = mark(piece(self.out, at, self.sources, self.source.numbers[case]), b',')
        if self.query.asked[case]:
            at = mark(text(self.out, at, <str>self.queries[case]), b',')
        if self.context.turn(case):
            at = mark(self.context.write(self.out, at), b',')
        if self.place.ruled.asked[case]:
            at = mark(self.place.write(self.out, at, case), b',')
        if self.aboutness.ruled.asked[case]:
            at = mark(self.aboutness.write(at, case), b',')
        return at - 1 if at - self.out.begin > written else at  # without the last comma

    cdef char* listed_hits(self, char* at) except NULL:
        cdef int64_t row
        for row in range(self.hits.own.first, self.hits.own.behind):
            if row > self.hits.own.first:
                at = mark(at, b',')
            at = self.hits.write(self.out, at, row, self.derived[row])
        return at

    cdef char* listed_rejects(self, char* at) except NULL:
        cdef int64_t row
        cdef str detail
        for row in range(self.rejects.own.first, self.rejects.own.behind):
            at = mark(at, b',{"hit":') if row > self.rejects.own.first else mark(at, b'{"hit":')
            at = mark(self.rejects.write(self.out, at, row, False), b',"reason":"')
            at = mark(text(self.out, at, <str>self.reasons[self.reason[row]]), b'","detail":')
            detail = self.details[row]
            at = mark(quoted(self.out, at, detail, 0, len(detail)), b'}')
        return at


def judgements(outcomes, seats, list faults):
    """For each article what each agreement says of it, by id, of those that have anything to say."""
    cdef Writer writer = Writer(outcomes, seats, faults)
    cdef int64_t article
    for article in range(len(faults)):
        yield writer.said_of(article)
