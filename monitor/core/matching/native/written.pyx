"""What is stored, written from the columns of a sitting (twin of `matching/written.py`)."""

from cpython.bytes cimport PyBytes_FromStringAndSize
from libc.stdint cimport int64_t, uint8_t

import numpy as np

from monitor.core.article import Field
from monitor.core.match import as_json
from monitor.core.matching.native.buffers cimport flags, numbers
from monitor.core.matching.native.out cimport Out
from monitor.core.matching.native.scopes cimport NONE, PARTS

cdef int64_t FAR = 1 << 40
"""Words between places of two fields (`columns.context.FAR`)."""
cdef list FIELDS = [str(field) for field in Field]


cdef class Ruled:
    """What a rule comes to, by case (`outcomes.Ruled`)."""

    cdef object _held
    cdef const uint8_t* asked
    cdef const uint8_t* holds
    cdef const int64_t* numbers

    def __init__(self, ruled):
        self._held = ruled
        self.asked, self.holds, self.numbers = flags(ruled.asked), flags(ruled.holds), numbers(ruled.numbers)


cdef class Texts:
    """Stretches of the original texts (`columns.spans.Cuts`)."""

    cdef object _held
    cdef const int64_t* parts
    cdef const int64_t* starts
    cdef const int64_t* ends
    cdef list originals

    def __init__(self, cuts, list originals):
        self._held, self.originals = cuts, originals
        self.parts, self.starts, self.ends = numbers(cuts.parts), numbers(cuts.starts), numbers(cuts.ends)

    cdef int write(self, Out out, Py_ssize_t row) except -1:
        """One of them, without the braces around it."""
        cdef int64_t part = self.parts[row]
        out.mark(b'"field":"')
        out.text(FIELDS[part % PARTS])
        out.mark(b'","start":')
        out.number(self.starts[row])
        out.mark(b',"end":')
        out.number(self.ends[row])
        out.mark(b',"text":')
        return out.quoted(self.originals[part], self.starts[row], self.ends[row])


cdef class Hits:
    """Places of terms, by case."""

    cdef object _held
    cdef Texts texts
    cdef list known
    cdef const int64_t* names
    cdef const int64_t* begins

    def __init__(self, found, begins, sitting, list known, list originals):
        self._held, self.known = (found, begins), known
        self.texts = Texts(sitting.cuts(found.places), originals)
        self.names, self.begins = numbers(found.names), numbers(begins)

    cdef int write(self, Out out, Py_ssize_t row, bint derived) except -1:
        """One of them."""
        out.mark(b'{"term":')
        out.text(self.known[self.names[row]])
        out.mark(b',"span":{')
        self.texts.write(out, row)
        out.mark(b'},"derived":')
        out.truth(derived)
        return out.mark(b'}')


cdef class Context:
    """The OICW rules, and the nearest word of each."""

    cdef object _held
    cdef Texts texts
    cdef list scopes, words
    cdef tuple makes
    cdef const int64_t* begins
    cdef const int64_t* rules
    cdef const int64_t* distances
    cdef const int64_t* by
    cdef const int64_t* names
    cdef const int64_t* rows
    cdef const uint8_t* holds

    def __init__(self, outcomes, rules, tuple makes, list originals):
        tasks, nearest = outcomes.tasks, outcomes.nearest
        self.scopes, self.words, self.makes = rules.scopes, rules.lists.names, makes
        begins = np.searchsorted(tasks.cases, np.arange(len(outcomes.there) + 1))
        found = nearest.words >= 0
        rows = np.cumsum(found) - 1
        self.texts = Texts(outcomes.sitting.cuts(nearest.standing.places.at(nearest.words[found])), originals)
        self._held = (tasks, nearest, begins, rows)
        self.begins, self.rules, self.rows = numbers(begins), numbers(tasks.rules), numbers(rows)
        self.distances, self.by = numbers(nearest.distances), numbers(nearest.by)
        self.names = numbers(nearest.names)
        self.holds = flags(nearest.holds)

    cdef int write(self, Out out, int64_t case) except -1:
        """The evidence is that of the first rule that fails, else of the first; of several `all` has each."""
        cdef int64_t begin = self.begins[case], end = self.begins[case + 1], decides = begin, row
        while decides < end and self.holds[decides]:
            decides += 1
        if decides == end:
            decides = begin
        out.mark(b'{"rule":"context","holds":')
        out.truth(self.holds[decides])
        out.mark(b',"evidence":{')
        self.evidence(out, decides)
        if end - begin > 1:
            for row in range(begin, end):
                out.mark(b',"all":[{"holds":' if row == begin else b',{"holds":')
                out.truth(self.holds[row])
                out.mark(b',')
                self.evidence(out, row)
                out.mark(b'}')
            out.mark(b']')
        return out.mark(b'}}')

    cdef int evidence(self, Out out, int64_t row) except -1:
        """The nearest context word that makes a rule hold, or that came nearest."""
        out.mark(b'"scope":')
        out.text(self.scopes[self.rules[row]])
        if self.names[row] < 0:
            return out.mark(b',"word":null,"distance":null')
        out.mark(b',"word":')
        out.text(self.words[self.names[row]])
        out.mark(b',"distance":')
        if self.distances[row] == FAR:
            out.mark(b'null')
        else:
            out.number(self.distances[row])
        out.mark(b',')
        self.texts.write(out, self.rows[row])
        if self.holds[row]:
            out.mark(b',"by":"')
            out.text(self.makes[self.by[row]])
            out.mark(b'"')
        return 0


cdef class Points:
    """Aboutness, in points."""

    cdef object _held
    cdef const int64_t* all
    cdef const int64_t* headline
    cdef const int64_t* lead
    cdef const int64_t* further

    def __init__(self, points):
        self._held = parts = (points.all, points.headline, points.lead, points.further)
        self.all, self.headline = numbers(parts[0]), numbers(parts[1])
        self.lead, self.further = numbers(parts[2]), numbers(parts[3])


cdef class Writer:
    """Writes the judgements of a sitting, one after the other."""

    cdef Out out
    cdef object _held
    cdef Hits hits, rejects
    cdef Context context
    cdef Ruled source, query, asked_context, place, aboutness
    cdef Points points
    cdef list outcome_names, sources, places, details
    cdef dict aliases, queries, sections
    cdef tuple decide, reasons
    cdef const int64_t* seats
    cdef const int64_t* outcomes
    cdef const int64_t* deciding
    cdef const int64_t* reason
    cdef const uint8_t* there
    cdef const uint8_t* headline
    cdef const uint8_t* lead
    cdef const uint8_t* derived
    cdef int64_t within

    def __init__(self, outcomes, seats, dict aliases):
        from monitor.core.matching import outcomes as made, written as rules  # they lead here themselves

        sitting = outcomes.sitting
        originals = [article.text_of(field) for article in sitting.batch for field in Field]
        known = seats.terms.names
        self._held, self.out, self.sections = outcomes, Out(), seats.named
        self.hits = Hits(sitting.credits, sitting.hits_begin, sitting, known, originals)
        self.rejects = Hits(sitting.rejects, sitting.rejects_begin, sitting, known, originals)
        self.context = Context(outcomes, seats.context, rules._BY, originals)
        self.source, self.query = Ruled(outcomes.source), Ruled(outcomes.query)
        self.asked_context, self.place = Ruled(outcomes.context), Ruled(outcomes.place)
        self.aboutness = Ruled(outcomes.aboutness)
        self.points = Points(outcomes.points)
        self.sources, self.aliases = seats.sources.findings, aliases
        self.places = [as_json(finding) for finding in outcomes.place_findings]
        self.queries = {case: as_json(query.to_finding()) for case, query in sitting.queries.items()}
        self.outcome_names, self.decide, self.reasons = rules._OUTCOMES, made.DECIDE, tuple(map(str, made.REASONS))
        self.details, self.reason = sitting.rejects.details, numbers(sitting.rejects.reasons)
        self.seats, self.outcomes = numbers(outcomes.seats), numbers(outcomes.outcomes)
        self.deciding, self.there = numbers(outcomes.deciding), flags(outcomes.there)
        self.headline, self.lead = flags(outcomes.headline), flags(outcomes.lead)
        self.derived, self.within = flags(sitting.credits.derived), made.IN

    cdef bytes judgement(self, envelope, const int64_t* cases, Py_ssize_t count):
        """What some cases come to, those of one agreement and article."""
        cdef Out out = self.out
        cdef Py_ssize_t at
        cdef bint several = False
        out.size = 0
        out.text(envelope.head)
        self.filed(cases, count)
        out.mark(b',"verdicts":[')
        for at in range(count):
            if self.there[cases[at]]:
                if several:
                    out.mark(b',')
                self.verdict(cases[at])
                several = True
        out.text(envelope.foot)
        self.unapproved(cases, count)
        out.text(envelope.end)
        return PyBytes_FromStringAndSize(out.at, out.size)

    cdef int filed(self, const int64_t* cases, Py_ssize_t count) except -1:
        """The section it is filed in, and the others that it is in (`filing.best_first`)."""
        cdef Py_ssize_t at, best = NONE
        cdef bint several = False
        for at in range(count):
            if self.takes(cases[at]) and (best < 0 or self.rank(cases[at]) < self.rank(cases[best])):
                best = at
        if best < 0:
            return self.out.mark(b'null,"also":[]')
        self.section(cases[best])
        self.out.mark(b',"also":[')
        for at in range(count):
            if at != best and self.takes(cases[at]):
                if several:
                    self.out.mark(b',')
                self.section(cases[at])
                several = True
        return self.out.mark(b']')

    cdef bint takes(self, int64_t case) noexcept:
        """Whether the section takes the article."""
        return self.there[case] and self.outcomes[case] == self.within

    cdef int64_t rank(self, int64_t case) noexcept:
        """How high its best hit stands (`Standing.rank`)."""
        return 0 if self.headline[case] else 1 if self.lead[case] else 2

    cdef int section(self, int64_t case) except -1:
        return self.out.text(self.sections[self.seats[case]])

    cdef int unapproved(self, const int64_t* cases, Py_ssize_t count) except -1:
        """Where names stand that nobody has approved."""
        cdef Py_ssize_t at
        cdef bint several = False
        for at in range(count if self.aliases else 0):
            found = self.aliases.get(cases[at])
            if found is not None:
                if several:
                    self.out.mark(b',')
                self.out.text(found)
                several = True
        return 0

    # ----------------------------------------------------------- one verdict

    cdef int verdict(self, int64_t case) except -1:
        """What one section says, and the proof."""
        cdef Out out = self.out
        out.mark(b'{"section":')
        self.section(case)
        out.mark(b',"outcome":')
        out.text(self.outcome_names[self.outcomes[case]])
        out.mark(b',"decided_by":"')
        out.text(self.decide[self.deciding[case]])
        out.mark(b'","findings":[')
        self.findings(case)
        out.mark(b'],"hits":[')
        self.listed_hits(case)
        out.mark(b'],"rejected":[')
        self.listed_rejects(case)
        out.mark(b'],"standing":{"headline":')
        out.truth(self.headline[case])
        out.mark(b',"lead":')
        out.truth(self.lead[case])
        out.mark(b',"hits":')
        out.number(self.hits.begins[case + 1] - self.hits.begins[case])
        return out.mark(b'}}')

    cdef int findings(self, int64_t case) except -1:
        """What each rule found that the section has."""
        cdef Py_ssize_t before = self.out.size
        if self.source.asked[case]:
            self.out.text(self.sources[self.source.numbers[case]])
            self.out.mark(b',')
        if self.query.asked[case]:
            self.out.text(self.queries[case])
            self.out.mark(b',')
        if self.asked_context.asked[case]:
            self.context.write(self.out, case)
            self.out.mark(b',')
        if self.place.asked[case]:
            self.out.text(self.places[self.place.numbers[case]])
            self.out.mark(b',')
        if self.aboutness.asked[case]:
            self.about(case)
            self.out.mark(b',')
        if self.out.size > before:
            self.out.size -= 1  # the last comma
        return 0

    cdef int about(self, int64_t case) except -1:
        """Aboutness, in points and their parts."""
        cdef Out out = self.out
        out.mark(b'{"rule":"aboutness","holds":')
        out.truth(self.aboutness.holds[case])
        out.mark(b',"evidence":{"points":')
        out.number(self.points.all[case])
        out.mark(b',"needed":')
        out.number(self.aboutness.numbers[case])
        out.mark(b',"headline":')
        out.number(self.points.headline[case])
        out.mark(b',"lead":')
        out.number(self.points.lead[case])
        out.mark(b',"further":')
        out.number(self.points.further[case])
        return out.mark(b'}}')

    cdef int listed_hits(self, int64_t case) except -1:
        cdef int64_t row
        for row in range(self.hits.begins[case], self.hits.begins[case + 1]):
            if row > self.hits.begins[case]:
                self.out.mark(b',')
            self.hits.write(self.out, row, self.derived[row])
        return 0

    cdef int listed_rejects(self, int64_t case) except -1:
        cdef int64_t row
        cdef str detail
        for row in range(self.rejects.begins[case], self.rejects.begins[case + 1]):
            self.out.mark(b',{"hit":' if row > self.rejects.begins[case] else b'{"hit":')
            self.rejects.write(self.out, row, False)
            self.out.mark(b',"reason":"')
            self.out.text(self.reasons[self.reason[row]])
            self.out.mark(b'","detail":')
            detail = self.details[row]
            self.out.quoted(detail, 0, len(detail))
            self.out.mark(b'}')
        return 0


def judgements(outcomes, seats, list envelopes, dict aliases, cases):
    """What each agreement says of each article, of those that have anything to say, in order."""
    cdef Writer writer = Writer(outcomes, seats, aliases)
    cdef const int64_t* case = numbers(cases)
    cdef const int64_t* articles = numbers(outcomes.articles)
    cdef const int64_t* owners = numbers(outcomes.owners)
    cdef Py_ssize_t at = 0, behind, count = len(cases)
    cdef int64_t article, owner
    stored = []
    while at < count:
        article, owner, behind = articles[case[at]], owners[case[at]], at + 1
        while behind < count and articles[case[behind]] == article and owners[case[behind]] == owner:
            behind += 1
        stored.append((article, owner, writer.judgement(envelopes[article], &case[at], behind - at)))
        at = behind
    return stored
