"""The trie of words, walked over streams (twin of `matching/trie.py`).

A word is looked up by a key of its letters. Of a short one the key is the letters themselves; of a long one it is a
hash, and its letters are compared. Stems are looked up likewise, by the first letters of a word.
"""

from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_2BYTE_KIND, PyUnicode_DATA, PyUnicode_KIND
from cpython.unicode cimport PyUnicode_GET_LENGTH
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, realloc

import numpy as np

from monitor.core.matching.native.buffers cimport cells, prefetch
from monitor.core.matching.native.index cimport Index, Slot, make_index, put, room_for
from monitor.core.matching.native.keys cimport EIGHT, Letters, first_of, key_of, mixed, spread
from monitor.core.matching.native.letters cimport before_space, eight
from monitor.core.matching.native.scopes cimport NONE

cdef enum:
    SPACE = 32
    LONGEST = 63  # stems of so many letters or more share a bit
    MAYBE = -2  # the label of a word that is perhaps among them, until it is looked up
    GLANCES = 8  # for each place in the index of words so many bits to tell at a glance

cdef struct Edge:
    int32_t parent  # 0: empty, for what is below the root stands in the slots
    int32_t label
    int32_t node

cdef struct Node:
    uint64_t words  # bits of the labels of words that are below it: of others most are not among them
    int32_t output
    int32_t stems  # whether any are below it

cdef struct Word:
    uint64_t key
    int64_t start
    int32_t length
    bint exact
    int32_t label
    int32_t node

cdef struct Hit:
    int64_t end
    int64_t pattern


cdef inline uint64_t edge_key(int32_t parent, int32_t label) noexcept nogil:
    return (<uint64_t>parent << 32) | <uint32_t>label


cdef inline uint64_t bit_of(int32_t label) noexcept nogil:
    return <uint64_t>1 << (label & 63)


cdef class Tables:
    """What a trie is walked by: it stays as it is, for all who walk at the same time."""

    cdef Index words[2]  # by their keys: those whose keys are hashes, and those whose keys are their letters
    cdef Index stems[2]
    cdef uint64_t* glance  # a bit for each word, among so many that most others have none
    cdef uint64_t glance_mask
    cdef uint32_t* letters
    cdef int64_t* begins  # of each label's letters; at the end, where they end
    cdef Edge* edges
    cdef uint64_t edges_mask
    cdef Node* nodes
    cdef uint64_t stem_lengths  # a bit for each that there is
    cdef int32_t longest_stem

    def __dealloc__(self):
        for at in range(2):
            free(self.words[at].slots)
            free(self.stems[at].slots)
        free(self.glance)
        free(self.letters)
        free(self.begins)
        free(self.edges)
        free(self.nodes)

    def __init__(self, list labels, parents, steps, outputs):
        cdef Py_ssize_t nodes = len(outputs), count = len(labels), room = room_for(nodes)
        cdef Py_ssize_t stems = sum([label.endswith("*") for label in labels])
        for at in range(2):
            make_index(&self.words[at], count - stems)
            make_index(&self.stems[at], stems)
        self.glance_mask = GLANCES * room_for(count) - 1
        self.glance = <uint64_t*>calloc((self.glance_mask >> 6) + 1, sizeof(uint64_t))
        self.letters = <uint32_t*>calloc(sum(map(len, labels)) + 1, sizeof(uint32_t))
        self.begins = <int64_t*>calloc(count + 1, sizeof(int64_t))
        self.nodes = <Node*>calloc(nodes, sizeof(Node))
        self.edges = <Edge*>calloc(room, sizeof(Edge))
        if not (self.glance and self.begins and self.letters and self.nodes and self.edges):
            raise MemoryError
        self.edges_mask = room - 1
        self.read(labels, <int32_t*>cells(parents), <int32_t*>cells(steps), <int32_t*>cells(outputs), nodes)

    cdef int read(
        self, list labels, const int32_t* parents, const int32_t* steps, const int32_t* outputs, Py_ssize_t count
    ) except -1:
        """Put everything in its place: those below the root are the first nodes of their labels."""
        cdef Py_ssize_t node
        cdef int32_t label
        first = np.zeros(len(labels), np.int32)
        cdef int32_t* below_root = <int32_t*>cells(first)
        for node in range(count):
            self.nodes[node].output = outputs[node]
        for node in range(1, count):
            label = steps[node]
            if labels[label].endswith("*"):
                self.nodes[parents[node]].stems = True
            else:
                self.nodes[parents[node]].words |= bit_of(label)
            if parents[node]:
                self.put_edge(Edge(parents[node], label, node))
            else:
                below_root[label] = node
        for label in range(len(labels)):
            self.put_label(label, labels[label], below_root[label])
        return 0

    cdef void put_edge(self, Edge edge) noexcept:
        cdef uint64_t at = self.edge_of(edge.parent, edge.label)
        while self.edges[at].parent:
            at = (at + 1) & self.edges_mask
        self.edges[at] = edge

    cdef int put_label(self, int32_t number, str label, int32_t node) except -1:
        cdef Index* of = self.words
        cdef int64_t begin = self.begins[number], end = begin
        cdef uint64_t key, bit
        cdef bint exact = False
        cdef Py_UCS4 letter
        if label.endswith("*"):
            of, label = self.stems, label.removesuffix("*")
            self.stem_lengths |= <uint64_t>1 << min(len(label), LONGEST)
            self.longest_stem = max(self.longest_stem, len(label))
        for letter in label:
            self.letters[end] = letter
            end += 1
        self.begins[number + 1] = end
        key = key_of(self.letters + begin, end - begin, &exact)
        bit = spread(key) >> 32 & self.glance_mask
        self.glance[bit >> 6] |= <uint64_t>1 << (bit & 63)
        put(&of[exact], key, number).node = node
        return 0

    # ----------------------------------------------------------- looking up

    cdef inline bint may_know(self, uint64_t key) noexcept:
        """Whether a word, by its key, is perhaps among the labels."""
        cdef uint64_t bit = spread(key) >> 32 & self.glance_mask
        return self.glance[bit >> 6] >> (bit & 63) & 1

    cdef void send_for(self, uint64_t key, bint exact) noexcept:
        """Send for where a word, by its key, has its label if it has one."""
        prefetch(&self.words[exact].slots[spread(key) & self.words[exact].mask])

    cdef inline uint64_t edge_of(self, int32_t parent, int32_t label) noexcept:
        """Where the edge is first looked for."""
        return spread(edge_key(parent, label)) & self.edges_mask

    cdef const Slot* slot_of(
        self, const Index* indexes, uint64_t key, bint exact, const Letters* letters, Py_ssize_t length
    ) noexcept:
        """Where these letters have their label; NULL: they have none."""
        cdef const Index* index = &indexes[exact]
        cdef uint64_t at = spread(key) & index.mask
        while index.slots[at].key:
            if index.slots[at].key == key and (exact or self.same(index.slots[at].label, letters, length)):
                return &index.slots[at]
            at = (at + 1) & index.mask
        return NULL

    cdef bint same(self, int32_t label, const Letters* letters, Py_ssize_t length) noexcept:
        cdef const uint32_t* own = self.letters + self.begins[label]
        cdef Py_ssize_t at
        if self.begins[label + 1] - self.begins[label] != length:
            return False
        for at in range(length):
            if own[at] != letters[at]:
                return False
        return True

    cdef int32_t below(self, int32_t parent, int32_t label) noexcept:
        """The node that a label leads to; 0 where none is."""
        cdef uint64_t at = self.edge_of(parent, label)
        while self.edges[at].parent:
            if self.edges[at].parent == parent and self.edges[at].label == label:
                return self.edges[at].node
            at = (at + 1) & self.edges_mask
        return 0


cdef class Walk:
    """One walk over a stream, and the hits as they are found."""

    cdef Tables tables
    cdef Word* words  # of one part of the stream
    cdef Py_ssize_t words_room
    cdef Hit* hit
    cdef Py_ssize_t hits, hits_room

    def __cinit__(self, Tables tables):
        self.tables = tables

    def __dealloc__(self):
        free(self.words)
        free(self.hit)

    cdef int look_through(self, const Letters* stream, Py_ssize_t length) except -1:
        """Find the words, part by part, and walk from each; two spaces part them."""
        cdef Py_ssize_t at = 0, count = 0
        cdef Word* word
        while at < length:
            if stream[at] == SPACE:
                at += 1
                continue
            if count and at != word.start + word.length + 1:
                self.walk(stream, count)
                count = 0
            if count == self.words_room:
                self.make_room()
            word = &self.words[count]
            word.start = at
            if Letters is uint8_t:
                self.read(word, stream, length)
            else:
                while at < length and stream[at] != SPACE:
                    at += 1
                word.length = at - word.start
                word.key = key_of(stream + word.start, word.length, &word.exact)
            at = word.start + word.length
            word.label, word.node = NONE, 0
            if self.tables.may_know(word.key):
                word.label = MAYBE
                self.tables.send_for(word.key, word.exact)
            count += 1
        return self.walk(stream, count)

    cdef void read(self, Word* word, const uint8_t* stream, Py_ssize_t length) noexcept:
        """Where a word ends, and its key (`key_of`), eight letters at a time."""
        cdef uint64_t letters, key = 0
        cdef Py_ssize_t at = word.start
        cdef int count = EIGHT
        while count == EIGHT:
            letters = eight(stream + at, length - at)
            count = before_space(letters)
            if at == word.start:
                key = first_of(letters, count)
            elif count:
                key = mixed(key, first_of(letters, count))
            at += count
        word.length, word.exact = at - word.start, at - word.start <= EIGHT
        word.key = key if word.exact else mixed(key, 0) | 1

    cdef void look_up(self, Py_ssize_t count, const Letters* stream) noexcept:
        """Find out the labels of the words, and where they lead from the root.

        What lies far apart in memory was sent for, or is sent for here, for all words before the first is come to.
        """
        cdef Py_ssize_t at
        cdef Word* word
        cdef const Slot* slot
        for at in range(count):
            word = &self.words[at]
            if word.label == MAYBE:
                slot = self.tables.slot_of(
                    self.tables.words, word.key, word.exact, stream + word.start, word.length
                )
                word.label = NONE
                if slot:
                    word.label, word.node = slot.label, slot.node
                    prefetch(&self.tables.nodes[word.node])
        for at in range(count - 1):
            word = &self.words[at]
            if word.node and word[1].label != NONE and self.tables.nodes[word.node].words & bit_of(word[1].label):
                prefetch(&self.tables.edges[self.tables.edge_of(word.node, word[1].label)])

    cdef int make_room(self) except -1:
        self.words_room = 2 * self.words_room + 256
        self.words = <Word*>realloc(self.words, self.words_room * sizeof(Word))
        if self.words is NULL:
            raise MemoryError
        return 0

    cdef int walk(self, const Letters* stream, Py_ssize_t count) except -1:
        """Write down the hits that begin with each word of a part."""
        cdef Py_ssize_t first, before = self.hits
        self.look_up(count, stream)
        for first in range(count):
            if self.tables.nodes[0].stems:
                self.end_in(&self.words[first], stream, 0)
            if self.words[first].node:
                self.follow(first, count, stream)
        self.put_in_order(before)
        return 0

    cdef int follow(self, Py_ssize_t at, Py_ssize_t count, const Letters* stream) except -1:
        """Write down what begins with a word, from its node on."""
        cdef int32_t parent = self.words[at].node
        cdef const Node* node
        cdef const Word* word
        while parent:
            word, node = &self.words[at], &self.tables.nodes[parent]
            if node.output != NONE:
                self.add(word.start + word.length + 1, node.output)
            at += 1
            if at == count:
                break
            word = &self.words[at]
            if node.stems:
                self.end_in(word, stream, parent)
            if word.label == NONE or not node.words & bit_of(word.label):
                break
            parent = self.tables.below(parent, word.label)
        return 0

    cdef int end_in(self, const Word* word, const Letters* stream, int32_t parent) except -1:
        """Write down the stems below a node with which a word begins, the shortest first."""
        cdef const Letters* letters = stream + word.start
        cdef const Slot* slot
        cdef int32_t length, node
        cdef uint64_t key
        cdef bint exact = False
        for length in range(1, min(word.length, self.tables.longest_stem) + 1):
            if not (self.tables.stem_lengths >> min(length, LONGEST)) & 1:
                continue
            key = key_of(letters, length, &exact)
            slot = self.tables.slot_of(self.tables.stems, key, exact, letters, length)
            if slot:
                node = self.tables.below(parent, slot.label) if parent else slot.node
                if node:
                    self.add(word.start + length, self.tables.nodes[node].output)
        return 0

    cdef int add(self, int64_t end, int64_t pattern) except -1:
        if self.hits == self.hits_room:
            self.hits_room = 2 * self.hits_room + 1024
            self.hit = <Hit*>realloc(self.hit, self.hits_room * sizeof(Hit))
            if self.hit is NULL:
                raise MemoryError
        self.hit[self.hits] = Hit(end, pattern)
        self.hits += 1
        return 0

    cdef void put_in_order(self, Py_ssize_t begin) noexcept:
        """By their ends: they are nearly so, and of those that end together the longest stays first."""
        cdef Py_ssize_t at, before
        cdef Hit hit
        for at in range(begin + 1, self.hits):
            hit, before = self.hit[at], at
            while before > begin and self.hit[before - 1].end > hit.end:
                self.hit[before] = self.hit[before - 1]
                before -= 1
            self.hit[before] = hit

    cdef tuple columns(self):
        """The hits."""
        cdef Py_ssize_t at
        ends, patterns = np.empty(self.hits, np.int64), np.empty(self.hits, np.int64)
        cdef int64_t* end = <int64_t*>cells(ends)
        cdef int64_t* pattern = <int64_t*>cells(patterns)
        for at in range(self.hits):
            end[at], pattern[at] = self.hit[at].end, self.hit[at].pattern
        return ends, patterns


def hits(trie, str stream):
    """Every hit, in order of their ends."""
    cdef Walk walk = Walk(trie.tables)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(stream)
    if PyUnicode_KIND(stream) == PyUnicode_1BYTE_KIND:
        walk.look_through(<uint8_t*>PyUnicode_DATA(stream), length)
    elif PyUnicode_KIND(stream) == PyUnicode_2BYTE_KIND:
        walk.look_through(<uint16_t*>PyUnicode_DATA(stream), length)
    else:
        walk.look_through(<uint32_t*>PyUnicode_DATA(stream), length)
    return walk.columns()
