"""All cases of a batch but those with a query, weighed place by place; aliases of all (twin of `weighing.py`).

Cases in which nothing has to be weighed are looked at like all others: to find out which they are costs more. Who
else bears a surname is asked of the Python `Scan`, where the letters before it do not tell.
"""

from libc.stdint cimport int64_t, uint8_t

import numpy as np

from monitor.core.article import Field
from monitor.core.match import Reason
from monitor.core.matching.native.buffers cimport flags, numbers, prefetch
from monitor.core.matching.native.gaps cimport Gaps
from monitor.core.matching.native.marks cimport Marks, mark, marked
from monitor.core.matching.native.outgoing cimport Outgoing
from monitor.core.matching.native.places cimport Place, left_of, words_between
from monitor.core.matching.native.reach cimport holds_within
from monitor.core.matching.native.scopes cimport NONE, PARTS
from monitor.core.matching.native.spots cimport Around, Spot, Spots, Taken, Within
from monitor.core.matching.native.stands cimport Range, Stands
from monitor.core.matching.native.terms cimport Term, Terms

cdef int64_t AHEAD = 8
"""Slots before one is come to, the row of its term is sent for."""
cdef int64_t GUARD = 0
cdef int64_t BLOCKER = 1
cdef int64_t CASE = 2
cdef int64_t NAME = 3
"""Reasons, in the order of `REASONS`."""
if [*Reason] != [Reason.GUARD, Reason.BLOCKER, Reason.CASE, Reason.NAME]:
    raise ImportError("the reasons are others, or in another order, than weighing.pyx has them")


cdef class Weigher:
    """Weighs the cases of a batch, one after the other (twin of `terms.TermJudge`)."""

    cdef Stands stands
    cdef Terms terms
    cdef Gaps gaps
    cdef Taken taken, covered
    cdef object rules, scans, scan, sheet, known  # words that are no first name
    cdef list found_in, details
    cdef const uint8_t* whole  # whether a part is compared as it is written
    cdef const int64_t* firsts  # of each part
    cdef Spots standing, passing, direct, derived, lost, failing, failed, later, free
    cdef Around around
    cdef Within names
    cdef Marks named
    cdef Outgoing credits, rejects, unapproved
    cdef int64_t case, article, start

    def __init__(self, stands, terms, scans):
        from monitor.core.matching import terms as rules  # leads here itself

        self.rules, self.found_in, self.details, self.article = rules, [*Field], [], NONE
        self.known = rules.NOT_FIRST_NAMES
        self.stands, self.terms, self.scans, self.sheet = Stands(stands), Terms(terms), scans, stands.sheet
        self.firsts, self.gaps = numbers(stands.sheet.firsts), Gaps(stands.sheet)
        self.whole = flags(stands.sheet.whole_parts)
        self.taken, self.covered = Taken(len(stands.sheet.starts)), Taken(len(stands.sheet.starts))
        self.standing, self.passing, self.direct, self.derived = Spots(), Spots(), Spots(), Spots()
        self.failing, self.failed, self.later, self.free = Spots(), Spots(), Spots(), Spots()
        self.lost, self.around, self.names, self.named = Spots(), Around(), Within(), Marks(len(terms.asks))
        self.credits, self.rejects, self.unapproved = Outgoing(), Outgoing(), Outgoing()

    cdef int enter(self, int64_t case, int64_t article) except -1:
        """Turn to another case."""
        self.case, self.start = case, self.firsts[article * PARTS]
        self.stands.enter(article)
        self.gaps.enter(article)
        if article != self.article:
            self.article, self.scan = article, None
        return 0

    cdef int weigh(self, const int64_t* terms, const int64_t* numbers, int64_t count) except -1:
        """Every place where the terms of the case stand, as a hit or with the reason why it is none."""
        cdef int64_t at
        cdef bint guarded = False, deriving = False
        self.standing.size = self.derived.size = self.lost.size = 0
        for at in range(count):
            guarded |= self.terms.at[terms[at]].scope != 0
            deriving |= self.terms.at[terms[at]].derived != 0
            self.places_of(terms[at], numbers[at])
        if guarded:
            self.guard()
        else:
            self.taken.longest(self.standing, self.direct)
        if deriving and self.direct.size:
            self.derive()
        self.credit()
        return 0

    cdef int credit(self) except -1:
        """The hits are those in their own right and those that are derived, in reading order."""
        cdef Py_ssize_t at = 0, row
        cdef int64_t left
        self.derived.in_order()
        for row in range(self.derived.size):
            left = left_of(&self.derived.at[row].place)
            while at < self.direct.size and left_of(&self.direct.at[at].place) <= left:
                self.add(&self.direct.at[at], False)
                at += 1
            self.add(&self.derived.at[row], True)
        for at in range(at, self.direct.size):
            self.add(&self.direct.at[at], False)
        return 0

    cdef int add(self, const Spot* spot, bint derived) except -1:
        return self.credits.add(self.case, self.terms.at[spot.term].name, derived, &spot.place)

    cdef int reject(self, const Spot* spot, int64_t reason, str detail) except -1:
        """A place is no hit."""
        self.lost.add(spot)
        self.details.append(detail)
        return self.rejects.add(self.case, self.terms.at[spot.term].name, reason, &spot.place)

    # ----------------------------------------------------------- where a term stands

    cdef int places_of(self, int64_t term, int64_t number) except -1:
        """Where a term stands; what is wrong by itself is rejected."""
        cdef Range of = self.stands.of(self.terms.at[term].forms)
        cdef int64_t row
        cdef Spot spot
        spot.term, spot.number, spot.order = term, number, 0
        if self.terms.at[term].partner >= 0:
            self.surround(self.stands.of(self.terms.at[term].partner), spot, True)
        for row in range(of.first, of.behind):
            spot.place = self.stands.places[row]
            if self.terms.at[term].partner < 0 or (self.blocker(term, &spot.place) < 0 and self.paired(&spot)):
                self.judge(&spot)
        return 0

    cdef int surround(self, Range of, Spot spot, bint blocked) except -1:
        """Have some places around; `blocked`: but those that a blocker of the term takes away."""
        cdef int64_t row
        self.around.begin()
        for row in range(of.first, of.behind):
            spot.place = self.stands.places[row]
            if not blocked or self.blocker(spot.term, &spot.place) < 0:
                self.around.add(&spot)
        return 0

    cdef int judge(self, const Spot* spot) except -1:
        """What is wrong with a place by itself (`terms._fault`), or that it stands."""
        cdef int64_t blocker
        if not spot.place.holds:
            self.reject(spot, CASE, self.terms.asks[spot.term].not_cased)
        elif self.other_name(spot.term, &spot.place):
            self.reject(spot, NAME, self.rules.JOINED)
        else:
            blocker = self.blocker(spot.term, &spot.place)
            if blocker < 0:
                self.standing.add(spot)
            else:
                self.reject(spot, BLOCKER, self.text_of(blocker))
        return 0

    cdef int aliases_of(self, int64_t term) except -1:
        """Where an alias of a term stands that nobody has approved, and nothing is wrong with it by itself."""
        cdef int64_t at, row
        cdef Range of
        cdef const Place* place
        for at in range(self.terms.at[term].aliases, self.terms.at[term].aliases_end):
            of = self.stands.of(self.terms.aliases[at].sought)
            for row in range(of.first, of.behind):
                place = &self.stands.places[row]
                if place.holds and not self.other_name(term, place) and self.blocker(term, place) < 0:
                    self.unapproved.add(self.case, self.terms.at[term].name, self.terms.aliases[at].name, place)
        return 0

    cdef int64_t blocker(self, int64_t term, const Place* place) except -2:
        """The row of the longer phrase that takes a place away; -1: none."""
        cdef int64_t at, found
        cdef Range of
        for at in range(self.terms.at[term].blockers, self.terms.at[term].blockers_end):
            of = self.stands.of(self.terms.blockers[at])
            found = self.stands.longer(of, place)
            if found >= 0:
                return found
        return NONE

    cdef bint paired(self, Spot* spot) except -1:
        """Whether a partner is in reach: then the place is the stretch to the nearest (`terms._pairs`)."""
        cdef int64_t row = self.around.apart_before(&spot.place)
        cdef int64_t behind = self.around.apart_behind(&spot.place)
        if row == NONE or (behind != NONE and self.away(spot, behind) < self.away(spot, row)):
            row = behind
        if row == NONE or self.away(spot, row) > self.terms.at[spot.term].reach:
            return False
        self.stretch(&spot.place, &self.around.spots.at[row].place)
        return True

    cdef int64_t away(self, const Spot* spot, int64_t row) noexcept:
        """Words between a place and one of those around."""
        return words_between(&spot.place, &self.around.spots.at[row].place)

    cdef int stretch(self, Place* place, const Place* other) except -1:
        """Have a place reach up to another one (`terms._stretch`)."""
        if other.first < place.first:
            place.first, place.opening = other.first, other.opening
        else:
            place.last, place.closing = other.last, other.closing
        place.signs = self.gaps.signs_within(place.first, place.last) + place.opening + place.closing
        return 0

    # ----------------------------------------------------------- guards

    cdef int guard(self) except -1:
        """The hits whose guard holds, and of the others those that no hit touches (`TermJudge._guarded`)."""
        cdef int64_t at, term = NONE
        cdef Spot* spot
        self.passing.size = self.failing.size = 0
        for at in range(self.standing.size):
            spot = &self.standing.at[at]
            if spot.term != term and self.terms.at[spot.term].scope:
                term = spot.term
                self.surround(self.stands.of(self.terms.at[term].guard), spot[0], False)
            if self.terms.at[spot.term].scope and not self.guarded(spot):
                self.failing.add(spot)
            else:
                self.passing.add(spot)
        self.taken.longest(self.failing, self.failed)
        self.taken.longest(self.passing, self.direct)  # and these words are taken now
        for at in range(self.failed.size):
            spot = &self.failed.at[at]
            if not self.taken.touches(&spot.place):
                self.reject(spot, GUARD, self.terms.asks[spot.term].not_guarded)
        return 0

    cdef bint guarded(self, const Spot* spot) except -1:
        """Whether a word of the guard stands within its scope."""
        cdef int64_t field = spot.place.field, other
        if self.has(spot, self.around.furthest(spot.place.first, field)):
            return True
        if self.has(spot, self.around.behind(spot.place.first, field)):
            return True
        for other in range(PARTS):
            if other != field and self.has(spot, self.around.heads[other]):
                return True
        return False

    cdef bint has(self, const Spot* spot, int64_t row) except -1:
        """Whether there is such a row, and its place is in scope."""
        return row != NONE and self.within(spot, &self.around.spots.at[row].place)

    cdef bint within(self, const Spot* spot, const Place* word) except -1:
        """Whether a word stands within the scope of a term's guard."""
        cdef const Term* term = &self.terms.at[spot.term]
        return holds_within(self.gaps, term.scope, term.within, &spot.place, word)

    # ----------------------------------------------------------- what is derived

    cdef int derive(self) except -1:
        """Surnames and abbreviations behind the full name of their term (`TermJudge._derived`)."""
        cdef int64_t at
        cdef Taken taken = self.covered
        taken.begin()
        for at in range(self.direct.size):
            taken.add(&self.direct.at[at].place)
        for at in range(self.lost.size):
            taken.add(&self.lost.at[at].place)
        for at in range(self.direct.size):
            if not marked(self.named, self.direct.at[at].term):
                mark(self.named, self.direct.at[at].term)
                self.derive_from(&self.direct.at[at])
        self.named.clear()
        return 0

    cdef int derive_from(self, const Spot* name) except -1:
        """Those of one term; `name` is the first place where it is a hit."""
        cdef int64_t at, blocker
        cdef Spot* spot
        self.later_places(name)
        self.taken.longest(self.later, self.free)  # Ms Somerville, not Somerville
        other = None
        for at in range(self.free.size):
            spot = &self.free.at[at]
            if self.covered.touches(&spot.place):
                continue
            if other is None:
                other = self.other_bearer(name) if self.terms.at[name.term].person else ""
            blocker = self.blocker(name.term, &spot.place)
            if other:
                self.reject(spot, NAME, self.rules.NAMED.format(other))
            elif blocker >= 0:
                self.reject(spot, BLOCKER, self.text_of(blocker))
            elif not self.other_name(name.term, &spot.place):
                self.derived.add(spot)
                self.covered.add(&spot.place)
        return 0

    cdef int later_places(self, const Spot* name) except -1:
        """Where a surname or abbreviation stands behind the name, its capitals as they should be."""
        cdef Range of = self.stands.of(self.terms.at[name.term].derived)
        cdef int64_t row
        cdef Spot spot = name[0]
        self.later.size = 0
        for row in range(self.stands.after(of, name.place.first), of.behind):
            spot.place = self.stands.places[row]
            if spot.place.holds:
                self.later.add(&spot)
        return 0

    cdef object other_bearer(self, const Spot* name):
        """Another first name that the article gives the surname; '' if there is none (`terms._other_bearer`)."""
        cdef Range of = self.stands.of(self.terms.at[name.term].surname)
        cdef int64_t row
        cdef Place place
        self.names.have(name.term, self.direct, self.lost)
        for row in range(of.first, of.behind):
            place = self.stands.places[row]
            if not self.names.around(&place):
                found = self.bearer(name.term, &place, row)
                if found:
                    return found
        return ""

    cdef object bearer(self, int64_t term, const Place* surname, int64_t row):
        """Who bears a surname under another first name (`terms.bearer`); asked of Python where letters do not tell."""
        cdef str word
        cdef int64_t part = self.article * PARTS + surname.field
        known = self.terms.asks[term].first_names
        if not self.gaps.follows(surname.first):
            return ""
        if self.whole[part] or self.sheet.is_whole(part, surname.first - 1, surname.last):
            word = self.gaps.written(surname.first - 1, surname.first - 1)
            if not word.istitle():
                return ""
            if word.isascii() and word.isalpha():
                if len(word) < 3 or word.lower() in self.known or word.lower() in known:
                    return ""
                if self.gaps.speaks(part):
                    return f"{word} {self.gaps.written(surname.first, surname.last)}"
        return self.rules.bearer(known, self.looked_at(), self.found(row))

    # ----------------------------------------------------------- what the text tells

    cdef object looked_at(self):
        """The article, to look at it place by place."""
        if self.scan is None:
            self.scan = self.scans(self.article)
        return self.scan

    cdef object found(self, int64_t row):
        """What stands there, for the Python that looks at it."""
        cdef Place place = self.stands.places[row]
        field, first, last = self.found_in[place.field], place.first - self.start, place.last - self.start
        return self.rules.Found(field, first, last, place.holds, place.signs, place.opening, place.closing)

    cdef str text_of(self, int64_t row):
        """What stands there in the original."""
        cdef Place place = self.stands.places[row]
        if place.opening or place.closing or not self.whole[self.article * PARTS + place.field]:
            return self.looked_at().span(self.found(row)).text
        return self.gaps.written(place.first, place.last)

    cdef bint other_name(self, int64_t term, const Place* place) except -1:
        """Whether a hyphen joins a person's name to a neighbour (`terms._other_name`)."""
        return self.terms.at[term].person and (self.gaps.hyphen(place.first) or self.gaps.hyphen(place.last + 1))

    cdef object answer(self):
        """What became of all places, in columns."""
        from monitor.core.matching.columns.terms import Credits, Rejects, Unapproved
        from monitor.core.matching.weighing import Weighed

        cases, names, places, derived = self.credits.made()
        credits = Credits(cases, names, places, derived.astype(np.bool_))
        found = Weighed(credits, Rejects(*self.rejects.made(), self.details))
        return found, Unapproved(*self.unapproved.made())


def weighed(asked, stands, seats, scans):
    """What became of places where terms stand, but for cases with a query; of all, aliases nobody has approved."""
    cdef int64_t case, begin, at
    cdef Weigher weigher = Weigher(stands, seats.terms, scans)
    terms = seats.terms.known[asked.slots]
    cdef const int64_t* known = numbers(terms)
    cdef const int64_t* places = numbers(asked.numbers)
    cdef const int64_t* begins = numbers(asked.begins)
    cdef const int64_t* articles = numbers(asked.articles)
    cdef int64_t slots = len(terms)
    for case in range(len(asked.articles)):
        begin = begins[case]
        prefetch(&weigher.terms.at[known[min(begin + AHEAD, slots - 1)]])
        weigher.enter(case, articles[case])
        if places[begin] >= 0:
            weigher.weigh(&known[begin], &places[begin], begins[case + 1] - begin)
        for at in range(begin, begins[case + 1]):
            weigher.aliases_of(known[at])
    return weigher.answer()
