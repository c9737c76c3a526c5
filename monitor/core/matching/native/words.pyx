"""The table of the words that patterns are made of, and how it is made."""

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from cpython.unicode cimport PyUnicode_1BYTE_KIND, PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy

cdef enum:
    BITS = 10  # of the number of a word's place, at first: half of the places are used at most
    GLANCES = 3  # by so many more its place among what is told at a glance
    NAMES = 4096  # for letters of long words, at first


@cython.final
cdef class Words:
    """The words of some patterns, and which runs of them have to be read by the automaton.

    Patterns with letters beyond Latin-1 are not in it: streams that have such letters are read whole.
    """

    def __cinit__(self, patterns):
        cdef str pattern
        cdef int32_t number = 0
        self.words, self.words_shift = <Known*>room(1 << BITS, sizeof(Known)), 64 - BITS
        self.make_glance()
        self.runs_shift = 64 - bits_for(sum([runs_in(pattern) for pattern in patterns]))
        self.runs = <uint32_t*>room(<size_t>1 << (64 - self.runs_shift), sizeof(uint32_t))
        self.single = <uint8_t*>room(len(patterns) + 1, 1)
        for pattern in patterns:
            if PyUnicode_KIND(pattern) == PyUnicode_1BYTE_KIND:
                self.add(<const uint8_t*>PyUnicode_DATA(pattern), len(pattern), number)
            number += 1

    def __dealloc__(self):
        PyMem_Free(self.words)
        PyMem_Free(self.glance)
        PyMem_Free(self.runs)
        PyMem_Free(self.names)
        PyMem_Free(self.single)

    cdef int add(self, const uint8_t* text, Py_ssize_t length, int32_t pattern) except -1:
        """A pattern: a space before each word, and behind the last one when it may not run on."""
        cdef Word words[3]
        cdef Word word
        cdef Py_ssize_t at = 0, count = 0
        cdef Known* first
        cdef uint64_t pair
        while at + 1 < length:
            word = read(text, at + 1, length)
            if count < 3:
                words[count] = word
            at, count = word.end, count + 1
        if at == length and count < 3:
            return self.add_open(text, words, count)
        first = self.added(text, &words[0])
        if count == 1:
            first.pattern = pattern
            self.single[pattern] = True
            return 0
        first.more |= FIRST
        pair = mixed(words[0].key, words[1].key)
        if count == 2 or (count == 3 and at == length):
            self.add_run(pair, count)
        else:
            self.add_run(pair, LONGER)
            self.add_run(mixed(pair, words[2].key), min(count, MOST))
        return 0

    cdef int add_open(self, const uint8_t* text, const Word* words, Py_ssize_t count) except -1:
        """One of a word, or two, the last of which may run on."""
        cdef const Word* last = &words[count - 1]
        cdef int letters = min(last.end - last.begin, STEM)
        if count == 1:
            self.stems |= 1 << letters
            self.add_run(stem_of(0, last, letters), count)
        else:
            self.open_stems |= 1 << letters
            self.added(text, &words[0]).more |= OPEN
            self.add_run(stem_of(words[0].key, last, letters), count)
        return 0

    cdef Known* added(self, const uint8_t* text, const Word* word) except NULL:
        """What is known of a word, which may be new."""
        cdef Known* known = known_of(self, text, word)
        if known.more:
            return known
        if 2 * self.words_count >= <size_t>1 << (64 - self.words_shift):
            self.grow()
            known = known_of(self, text, word)
        known.key, known.pattern, known.more = word.key, -1, USED
        if word.end - word.begin > EIGHT:
            known.more |= self.named(text, word) << NAME
        self.words_count += 1
        self.see(word.key)
        return known

    cdef uint32_t named(self, const uint8_t* text, const Word* word) except 0:
        """Where the letters of a word are from now on, counted from one."""
        cdef size_t length = word.end - word.begin, begin = self.names_size
        if begin + length >= self.names_room:
            self.names_room = 2 * (begin + length) + NAMES
            names = <char*>PyMem_Realloc(self.names, self.names_room)
            if not names:
                raise MemoryError
            self.names = names
        memcpy(self.names + begin, text + word.begin, length)
        self.names[begin + length] = 0
        self.names_size = begin + length + 1
        return begin + 1

    cdef void see(self, uint64_t key) noexcept:
        """Let a word be known at a glance."""
        cdef uint64_t bit = scattered(key) >> self.glance_shift
        self.glance[bit >> 6] |= <uint64_t>1 << (bit & 63)

    cdef int make_glance(self) except -1:
        """Room for the bits of so many words as there is room for."""
        PyMem_Free(self.glance)
        self.glance_shift = self.words_shift - GLANCES
        self.glance = <uint64_t*>room(<size_t>1 << (64 - self.glance_shift - 6), sizeof(uint64_t))
        return 0

    cdef int grow(self) except -1:
        """Twice the room for words."""
        cdef size_t number, slot, size = <size_t>1 << (64 - self.words_shift)
        cdef Known* words = self.words
        cdef Known* grown = <Known*>room(2 * size, sizeof(Known))
        self.words, self.words_shift = grown, self.words_shift - 1
        self.make_glance()
        for number in range(size):
            if words[number].more:
                slot = scattered(words[number].key) >> self.words_shift
                while grown[slot].more:
                    slot = (slot + 1) & (2 * size - 1)
                grown[slot] = words[number]
                self.see(words[number].key)
        PyMem_Free(words)
        return 0

    cdef void add_run(self, uint64_t key, uint32_t read) noexcept:
        """That where a run begins so many words have to be read, or a third word be looked at."""
        cdef uint32_t* run = run_of(self, key)
        cdef uint32_t before = run[0] & READ
        read = ((before | read) & LONGER) | max(before & MOST, read & MOST)
        run[0] = (<uint32_t>key & ~<uint32_t>READ) | read


cdef int runs_in(str pattern):
    """How many runs of it are written down, at most."""
    cdef Py_ssize_t words = pattern.count(" ") - pattern.endswith(" ")
    return 1 if words < 3 else 2


cdef int bits_for(size_t count) noexcept:
    """Of a table that holds so many and is half empty."""
    cdef int bits = 6
    while <size_t>1 << bits < 2 * count:
        bits += 1
    return bits


cdef void* room(size_t count, size_t size) except NULL:
    """Room for so many, all nought."""
    made = PyMem_Calloc(count, size)
    if not made:
        raise MemoryError
    return made
