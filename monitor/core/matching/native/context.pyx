"""OICW: the nearest context word of every hit of a batch (twin of `columns/context.py`, `WordLists.standing`)."""

from libc.stdint cimport int64_t, uint8_t
from libc.stdlib cimport free, qsort, realloc

import numpy as np

from monitor.core.matching.native.buffers cimport cells, flags, numbers, prefetch
from monitor.core.matching.native.gaps cimport Gaps
from monitor.core.matching.native.places cimport Place, inside, overlap, rows_of, sign, words_between
from monitor.core.matching.native.rules cimport Listed, Rule
from monitor.core.matching.native.scopes cimport (
    ANYWHERE, BODY, HIT_IN_HEAD, IN_PARAGRAPH, IN_SENTENCE, NEAR, NONE, PARTS, WORD_IN_HEAD
)
from monitor.core.matching.native.stands cimport Range, Stands, turned
from monitor.core.matching.native.wordlists cimport Words
from monitor.core.matching.rows import PLACE, RULE, WORD
from monitor.core.matching.scopes import Makes

if [*map(int, Makes)] != [ANYWHERE, NEAR, WORD_IN_HEAD, HIT_IN_HEAD, IN_SENTENCE, IN_PARAGRAPH]:
    raise ImportError("what makes a scope hold has other numbers than scopes.pxd gives it")

if (*RULE, *WORD) != ("list", "makes", "within", "own", "scope", "sought", "blockers", "name"):
    raise ImportError("the row of a rule, or of a word, is another than rules.pxd has it")

cdef int64_t AHEAD = 4
"""Tasks before one is come to, the words of its list are sent for; and as long before that, its rule."""
cdef Py_ssize_t FEW = 24
"""So many links are put in order one by one."""
cdef int64_t FAR = 1 << 40
cdef int64_t WITHIN = 0
cdef int64_t SELF = 1
cdef int64_t HEADLINE = 2
cdef int64_t TERM_IN_HEADLINE = 3
"""`columns.context.By`."""


cdef struct Link:
    int64_t hit  # its row
    int64_t word  # its place in the list; NONE: no link at all
    int64_t distance  # words between; FAR in another field
    int64_t first  # where the hit begins


cdef class Links:
    """Hits with words that may be the nearest."""

    cdef Link* at
    cdef Py_ssize_t size, room

    def __dealloc__(self):
        free(self.at)

    cdef int add(self, Link link) except -1:
        """One more."""
        if self.size == self.room:
            self.room = 2 * self.room + 16
            self.at = <Link*>realloc(self.at, self.room * sizeof(Link))
            if self.at is NULL:
                raise MemoryError
        self.at[self.size] = link
        self.size += 1
        return 0

    cdef Link* nearest(self, Py_ssize_t begin) noexcept:
        """The nearest of those from one on; now it stands there. After `FEW` such all are in order."""
        cdef Py_ssize_t row
        cdef Link link
        if begin == FEW:
            qsort(&self.at[begin], self.size - begin, sizeof(Link), &_nearer)
        if begin >= FEW:
            return &self.at[begin]
        for row in range(begin + 1, self.size):
            if _nearer(&self.at[row], &self.at[begin]) < 0:
                link = self.at[begin]
                self.at[begin] = self.at[row]
                self.at[row] = link
        return &self.at[begin]


cdef int _nearer(const void* a, const void* b) noexcept nogil:
    cdef const Link* one = <const Link*>a
    cdef const Link* other = <const Link*>b
    return (
        sign(one.distance - other.distance) or sign(one.first - other.first) or sign(one.word - other.word)
    )


# --------------------------------------------------------------- one rule of one case


cdef class Judge:
    """Judges the tasks of a batch, one after the other."""

    cdef object _held
    cdef Stands stands
    cdef Gaps gaps
    cdef const Place* hits
    cdef Words standing, apart, words  # of a list; those of them outside of hits; those that count
    cdef Links unsure
    cdef Link nearest, holding
    cdef int64_t article, of_list, makes, within
    cdef const Rule* rules
    cdef const Listed* listed
    cdef const int64_t* list_ends

    def __init__(self, rules, hits, stands):
        known = rules.lists
        own = (rules.rules.rows, known.words.rows, known.ends.column)
        self._held, self.gaps = (own, hits), Gaps(stands.sheet)  # one that grows meanwhile moves, and these stay
        self.stands, self.hits = Stands(stands), rows_of(hits)
        self.standing, self.apart, self.unsure = Words(), Words(), Links()
        self.article = self.of_list = NONE
        self.rules, self.listed = <const Rule*>cells(own[0]), <const Listed*>cells(own[1])
        self.list_ends = numbers(own[2])

    cdef bint judge(self, int64_t article, int64_t rule, Range hits) except -1:
        """Whether a rule holds: then by `holding`, the nearest word that makes it; else `nearest` came nearest."""
        cdef int64_t hit
        if hits.first == hits.behind:
            self.nearest.word = self.holding.word = NONE
            return False
        self.makes, self.within = self.rules[rule].makes, self.rules[rule].within
        self.nearest.word = self.holding.word = NONE
        self.unsure.size = 0
        self.look_for(article, self.rules[rule].list)
        self.words = self.standing
        if not self.rules[rule].own:
            self.outside_of(hits)
        for hit in range(hits.first, hits.behind):
            self.link(hit)
        if self.unsure.size:
            self.look_between()
        return self.holding.word != NONE

    cdef void send_for(self, int64_t rule, int64_t sooner) noexcept:
        """Send for a rule, and for the words of the list of one that is asked for sooner."""
        cdef const Listed* first = &self.listed[self.list_ends[self.rules[sooner].list]]
        prefetch(&self.rules[rule])
        prefetch(first)
        prefetch(<const char*>first + 64)

    cdef int look_for(self, int64_t article, int64_t number) except -1:
        """The places of a list's words that count: capitals as they should be, no longer blocker over them."""
        cdef int64_t word, row
        cdef Range of, blockers
        cdef Place* place
        if article == self.article and number == self.of_list:
            return 0
        self.article, self.of_list = article, number
        self.stands.enter(article)
        self.standing.size = 0
        for word in range(self.list_ends[number], self.list_ends[number + 1]):
            of = self.stands.of(self.listed[word].sought)
            if of.first == of.behind:
                continue
            blockers = self.stands.of(self.listed[word].blockers)
            for row in range(of.first, of.behind):
                if not self.stands.places[row].holds:
                    continue
                place = self.standing.add(word)
                place[0] = self.stands.places[row]
                if blockers.first < blockers.behind and self.stands.longer(blockers, place) >= 0:
                    self.standing.size -= 1
        self.standing.sort()
        return 0

    cdef int outside_of(self, Range hits) except -1:
        """`self_context: false`: only words count that do not lie within a hit."""
        cdef int64_t at, hit = hits.first
        cdef Place place
        self.apart.size = 0
        for at in range(self.standing.size):
            while hit < hits.behind and self.hits[hit].first <= self.standing.at[at].place.first:
                hit += 1
            if hit > hits.first:  # the last that begins before it
                place = self.hits[hit - 1]
                if inside(&self.standing.at[at].place, &place):
                    continue
            self.apart.add(self.standing.at[at].number)[0] = self.standing.at[at].place
        self.apart.sort()
        self.words = self.apart
        return 0

    # ----------------------------------------------------------- which word

    cdef int link(self, int64_t row) except -1:
        """Look at the words that may be nearest to a hit: those around it, the first of each other field."""
        cdef Words words = self.words
        cdef const Place* hit = &self.hits[row]
        cdef int64_t field, behind = words.behind(hit.first, hit.field)
        if behind > words.fields[hit.field]:
            self.link_before(row, hit, behind)
        if behind < words.fields[hit.field + 1]:
            self.weigh(row, hit, behind, words_between(hit, &words.at[behind].place))
        for field in range(PARTS):
            if field != hit.field and words.fields[field] < words.fields[field + 1]:
                self.weigh(row, hit, words.fields[field], FAR)
        return 0

    cdef int link_before(self, int64_t row, const Place* hit, int64_t behind) except -1:
        """Look at those before it, up to a row, that may be the nearest (`columns.context._before`)."""
        cdef Words words = self.words
        cdef int64_t begin = words.fields[hit.field], reach = words.at[behind - 1].reach
        cdef int64_t nearest = words.reaching(min(reach, <int64_t>hit.first - 1), begin, behind)
        cdef int64_t within = words.reaching(hit.first, begin, behind)
        self.weigh(row, hit, nearest, words_between(hit, &words.at[nearest].place))
        if within < behind and within != nearest:
            self.weigh(row, hit, within, words_between(hit, &words.at[within].place))
        return 0

    cdef int weigh(self, int64_t row, const Place* hit, int64_t word, int64_t distance) except -1:
        """Keep a word that is the nearest so far, the nearest so far that surely is in scope, or may be in it."""
        cdef Link link = Link(row, word, distance, hit.first)
        cdef const Place* place = &self.words.at[word].place
        if _beats(&link, &self.nearest):
            self.nearest = link
        if self.surely_holds(hit, place, distance):
            if _beats(&link, &self.holding):
                self.holding = link
        elif distance < FAR and self.makes & (IN_SENTENCE | IN_PARAGRAPH):
            self.unsure.add(link)
        return 0

    cdef bint surely_holds(self, const Place* hit, const Place* word, int64_t distance) noexcept:
        """Whether a word is in scope, as far as one can tell without a look between."""
        return (
            self.makes & ANYWHERE
            or (self.makes & NEAR and distance <= self.within)
            or (self.makes & WORD_IN_HEAD and word.field != BODY)
            or (self.makes & HIT_IN_HEAD and hit.field != BODY)
            or (self.makes & (IN_SENTENCE | IN_PARAGRAPH) and distance < FAR and overlap(hit, word))
        )

    cdef int look_between(self) except -1:
        """Whether a sentence or paragraph ends between: asked of the nearest first, until one holds."""
        cdef int64_t at
        cdef const Link* link
        cdef Place hit, word
        self.gaps.enter(self.article)
        for at in range(self.unsure.size):
            link = self.unsure.nearest(at)  # asked for from the first on
            if not _beats(link, &self.holding):
                break
            hit, word = self.hits[link.hit], self.words.at[link.word].place
            if not self.gaps.ends_between(
                min(hit.last, word.last), max(hit.first, word.first), self.makes & IN_SENTENCE
            ):
                self.holding = link[0]
                break
        return 0

    cdef int64_t by(self, const Link* link) noexcept:
        """How a word makes the rule hold."""
        cdef Place hit = self.hits[link.hit]
        cdef const Place* word = &self.words.at[link.word].place
        if inside(word, &hit):
            return SELF
        if self.makes & WORD_IN_HEAD and not (self.makes & NEAR and link.distance <= self.within):
            return HEADLINE if word.field != BODY else TERM_IN_HEADLINE
        return WITHIN


cdef bint _beats(const Link* one, const Link* other) noexcept:
    """Whether the one comes before the other: it is nearer, its hit stands before, its word does."""
    return other.word == NONE or _nearer(one, other) < 0


# --------------------------------------------------------------- all of them


def held(rules, tasks, cases, hits, stands):
    """Whether each task's rule holds, and nothing of what makes it."""
    return judged(rules, tasks, cases, hits, stands).holds


def judged(rules, tasks, cases, hits, stands):
    """The nearest word of each task, by case; `hits`, by their `cases`, those of a case in reading order."""
    from monitor.core.matching.columns import context, stands as places, wordlists  # they lead here themselves

    cdef Judge judge = Judge(rules, hits, stands)
    cdef Py_ssize_t task, count = len(tasks.cases)
    cdef const int64_t* of_hits = numbers(cases)
    cdef const int64_t* of_tasks = numbers(tasks.cases)
    cdef int64_t size = len(cases)
    cdef Range own = Range(0, 0)
    cdef const int64_t* articles = numbers(tasks.articles)
    cdef const int64_t* of_rules = numbers(tasks.rules)
    distances, by, names, rows = (np.zeros(count, np.int64) for _ in range(4))
    holds = np.zeros(count, np.bool_)
    standing = places.Places(np.zeros(count, PLACE))
    cdef Place* placed = rows_of(standing)
    cdef int64_t* distance = <int64_t*>numbers(distances)
    cdef int64_t* how = <int64_t*>numbers(by)
    cdef int64_t* name = <int64_t*>numbers(names)
    cdef int64_t* row = <int64_t*>numbers(rows)
    cdef uint8_t* hold = <uint8_t*>flags(holds)
    cdef const Link* link
    for task in range(count):
        judge.send_for(of_rules[min(task + 2 * AHEAD, count - 1)], of_rules[min(task + AHEAD, count - 1)])
        own = turned(of_hits, size, own.first, of_tasks[task])
        hold[task] = judge.judge(articles[task], of_rules[task], own)
        link = &judge.holding if hold[task] else &judge.nearest
        if link.word == NONE:
            distance[task], name[task], row[task] = FAR, NONE, NONE
            continue
        distance[task], how[task] = link.distance, judge.by(link)
        name[task], row[task] = judge.words.at[link.word].number, task
        placed[task] = judge.words.at[link.word].place
    words = wordlists.Words(np.arange(count), names, standing)
    return context.Nearest(holds, distances, by, names, rows, words)
