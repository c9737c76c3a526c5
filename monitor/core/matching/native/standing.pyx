"""Where everything stands that is looked for (twin of `columns/standing.py`), article by article and hit by hit."""

from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.stdint cimport int32_t, int64_t, uint8_t
from libc.string cimport memmove

import numpy as np

from monitor.core.matching.doubts import Doubt
from monitor.core.matching.native.buffers cimport cells, flags, numbers, prefetch
from monitor.core.matching.native.marks cimport Marks, mark, marked
from monitor.core.matching.native.places cimport Place, left_of, right_of, rows_of, sign
from monitor.core.matching.native.sight cimport BROKEN, WHOLE, Sight
from monitor.core.matching.rows import PLACE

cdef enum:  # `doubts.Doubt`
    CAPITALS = 1
    SMALL = 2
    EXACT = 4
    POSSESSIVE = 8
    WITHIN = 16
    AROUND = 32
    DOUBTS = 63  # all of them

if [*map(int, Doubt)] != [CAPITALS, SMALL, EXACT, POSSESSIVE, WITHIN, AROUND]:
    raise ImportError("what a spelling leaves in doubt has other numbers than standing.pyx gives it")


cdef int NOT_YET = -1
"""Stands for gaps that were not looked at."""


cdef struct Standing:
    Place place
    int64_t key  # of article and `Sought`
    int64_t next  # the row of the next one of the same, counted from one; nought: it is the last


cdef class Standings:
    """Places that stand, in a list that grows."""

    cdef Standing* at
    cdef Py_ssize_t size, room

    def __dealloc__(self):
        PyMem_Free(self.at)

    cdef int add(self, int64_t key, const Place* place) except -1:
        """One more."""
        cdef Standing* more
        if self.size == self.room:
            self.room = 2 * self.room + 64
            more = <Standing*>PyMem_Realloc(self.at, self.room * sizeof(Standing))
            if more is NULL:
                raise MemoryError
            self.at = more
        self.at[self.size] = Standing(place[0], key, 0)
        self.size += 1
        return 0

    cdef tuple columns(self):
        """The keys, each once; where the places of each end; the places."""
        from monitor.core.matching.columns.stands import Places  # leads here itself

        cdef Py_ssize_t row, count = 0
        keys, ends = (np.empty(self.size, np.int64) for _ in range(2))
        places = Places(np.empty(self.size, PLACE))
        cdef Place* placed = rows_of(places)
        cdef int64_t* key = <int64_t*>cells(keys)
        cdef int64_t* end = <int64_t*>cells(ends)
        for row in range(self.size):
            placed[row] = self.at[row].place
            if not row or self.at[row].key != self.at[row - 1].key:
                key[count] = self.at[row].key
                count += 1
            end[count - 1] = row + 1
        return keys[:count], ends[:count], places


cdef class Looker:
    """Finds what stands, article by article."""

    cdef object sheet, looked_at, _held
    cdef list known
    cdef Sight sight
    cdef Marks wanted, there  # by number of `Sought`: what is looked for in the article, and what stands
    cdef Standings standing, places  # of the article as they are found; of all articles, in order
    cdef int64_t article
    cdef int32_t* firsts  # by number of `Sought`: its first and last place in `standing`, counted from one
    cdef int32_t* lasts
    cdef int64_t* owners  # room for those that stand
    cdef const uint8_t* twice
    cdef const int64_t* starts  # by pattern: where in the following its spellings start
    cdef const int64_t* spellings
    cdef const int64_t* asking  # who asks, and what is in doubt

    def __init__(self, tells, sheet, lexicon):
        from monitor.core.matching.columns.second_look import looked_at  # leads here itself

        firsts, lasts = np.zeros(len(lexicon), np.int32), np.zeros(len(lexicon), np.int32)
        owners, twice = np.empty(len(lexicon), np.int64), lexicon.twice.column.astype(np.bool_)
        known = lexicon.standing
        self._held = (firsts, lasts, owners, twice, known)
        self.starts, self.spellings = numbers(known.starts), numbers(known.spellings)
        self.asking = numbers(known.asking)
        self.sheet, self.looked_at, self.known = sheet, looked_at, lexicon.spellings
        self.sight, self.wanted, self.there = Sight(tells, sheet), Marks(len(lexicon)), Marks(len(lexicon))
        self.standing, self.places = Standings(), Standings()
        self.firsts, self.lasts = <int32_t*>cells(firsts), <int32_t*>cells(lasts)
        self.owners, self.twice = <int64_t*>cells(owners), flags(twice)

    # ----------------------------------------------------------- one place

    cdef int look(self, int64_t pattern, Place* place) except -1:
        """Keep a place of a pattern for all that is looked for and stands there."""
        cdef int64_t row, owner
        cdef int gaps = NOT_YET
        for row in range(self.starts[pattern], self.starts[pattern + 1]):
            owner = self.asking[row] >> 32
            if marked(self.wanted, owner):
                if gaps == NOT_YET:
                    gaps = self.sight.gaps(place.first, place.last)
                self.see(owner, self.asking[row] & DOUBTS, row, gaps, place)
        return 0

    cdef int see(self, int64_t owner, int64_t doubts, int64_t row, int gaps, Place* place) except -1:
        """Keep a place if it stands, whatever its spelling leaves in doubt."""
        if gaps == BROKEN and not doubts & (WITHIN | AROUND):
            return 0
        if doubts & POSSESSIVE and not self.sight.possessive(place.last):
            return 0
        if gaps != WHOLE or doubts & (EXACT | AROUND):
            return self.look_again(owner, row, place[0])
        if doubts & CAPITALS and not self.sight.capitalised(place.first, place.last):
            return self.look_again(owner, row, place[0])
        if doubts & SMALL and self.sight.foreign(place.first, place.last):
            return self.look_again(owner, row, place[0])
        place.holds = not (doubts & SMALL and self.sight.with_capitals(place.first, place.last))
        return self.keep(owner, place)

    cdef int look_again(self, int64_t owner, int64_t row, Place place) except -1:
        """The same on a second look."""
        text, start = self.sheet.text(self.article), self.sheet.first(self.article)
        for holds, signs, opening, closing in self.looked_at(
            self.known[self.spellings[row]], text, place.first - start, place.last - start
        ):
            place.holds, place.signs, place.opening, place.closing = holds, signs, opening, closing
            self.keep(owner, &place)
        return 0

    cdef int keep(self, int64_t owner, const Place* place) except -1:
        """One more place of what is looked for."""
        cdef int32_t row
        self.standing.add(owner, place)
        row = self.standing.size
        if self.lasts[owner]:
            self.standing.at[self.lasts[owner] - 1].next = row
        else:
            mark(self.there, owner)
            self.firsts[owner] = row
        self.lasts[owner] = row
        return 0

    # ----------------------------------------------------------- one article

    cdef int settle(self) except -1:
        """All places of the article that are kept join the others, in order."""
        cdef Py_ssize_t at, count = self.there.take(self.owners)
        cdef int64_t owner, row, first
        for at in range(count):
            owner, first = self.owners[at], self.places.size
            row = self.firsts[owner]
            while row:
                self.put(first, (self.article << 32) | owner, &self.standing.at[row - 1].place, self.twice[owner])
                row = self.standing.at[row - 1].next
            self.firsts[owner] = self.lasts[owner] = 0
        self.standing.size = 0
        self.wanted.clear()
        return 0

    cdef int put(self, Py_ssize_t first, int64_t key, const Place* place, bint twice) except -1:
        """One more from a row on, in reading order; each stretch once: a form whose capitals fit is enough."""
        cdef Py_ssize_t row = self.places.size
        cdef int order
        while row > first:
            order = _in_order(&self.places.at[row - 1].place, place)
            if order == 0 and twice:
                self.places.at[row - 1].place.holds |= place.holds
                return 0
            if order <= 0:
                break
            row -= 1
        self.places.add(key, place)
        if row < self.places.size - 1:
            memmove(
                &self.places.at[row + 1], &self.places.at[row], (self.places.size - 1 - row) * sizeof(Standing)
            )
            self.places.at[row].place = place[0]
        return 0


cdef inline int _in_order(const Place* one, const Place* other) noexcept:
    return sign(left_of(one) - left_of(other)) or sign(right_of(one) - right_of(other))


cdef class Lists:
    """Lists of numbers, of which each row has one (`tables.Lists`)."""

    cdef object _held
    cdef const int64_t* values
    cdef const int64_t* ends
    cdef const int64_t* of

    def __init__(self, lists, of):
        own = (lists.values.column, lists.ends.column, of)
        self._held = own
        self.values, self.ends, self.of = numbers(own[0]), numbers(own[1]), numbers(of)

    cdef void mark(self, int64_t begin, int64_t behind, Marks marks) noexcept:
        """Mark all that the lists of some rows have; what lies far apart in memory is sent for beforehand."""
        cdef int64_t row, at
        for row in range(begin, behind):
            prefetch(&self.ends[self.of[row]])
        for row in range(begin, behind):
            prefetch(&self.values[self.ends[self.of[row]]])
        for row in range(begin, behind):
            for at in range(self.ends[self.of[row]], self.ends[self.of[row] + 1]):
                mark(marks, self.values[at])


def standing(tells, sheet, hits, lexicon, wanted):
    """The keys of what stands, where the places of each end, and all places."""
    cdef Looker looker = Looker(tells, sheet, lexicon)
    cdef Lists of_cases = Lists(wanted.case_lists, wanted.of_cases)
    cdef Lists of_slots = Lists(wanted.slot_lists, wanted.of_slots)
    cdef const int64_t* articles = numbers(hits.articles)
    cdef const int64_t* patterns = numbers(hits.patterns)
    cdef const int64_t* firsts = numbers(hits.firsts)
    cdef const int64_t* lasts = numbers(hits.lasts)
    cdef const int64_t* fields = numbers(hits.fields)
    cdef const int64_t* askers = numbers(wanted.asked.articles)
    cdef const int64_t* begins = numbers(wanted.asked.begins)
    cdef int64_t hit = 0, case = 0, first, behind, at, cases = len(wanted.asked.articles), count = len(hits.articles)
    cdef Place place
    place.signs = place.opening = place.closing = False
    while hit < count:
        looker.article = articles[hit]
        behind = hit
        while behind < count and articles[behind] == looker.article:
            prefetch(&looker.starts[patterns[behind]])
            behind += 1
        first = case
        while case < cases and askers[case] == looker.article:
            case += 1
        of_cases.mark(first, case, looker.wanted)
        of_slots.mark(begins[first], begins[case], looker.wanted)
        for at in range(hit, behind):
            prefetch(&looker.asking[looker.starts[patterns[at]]])
        while hit < behind:
            place.first, place.last, place.field = firsts[hit], lasts[hit], fields[hit]
            looker.look(patterns[hit], &place)
            hit += 1
        looker.settle()
    return looker.places.columns()
