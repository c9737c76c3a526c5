"""The words that patterns are made of: what is looked up of each word of a text, and how."""

cimport cython
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.string cimport strncmp

cdef extern from *:
    """
    #include <stdint.h>
    #include <string.h>
    #define SPACES 0x2020202020202020ULL

    /* The next eight letters as one number, the first the lowest; behind the text there are spaces. */
    static inline uint64_t eight(const uint8_t *text, Py_ssize_t left) {
        uint64_t letters = SPACES;
        if (left >= 8)
            memcpy(&letters, text, 8);
        else
            memcpy(&letters, text, left);
    #if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        letters = __builtin_bswap64(letters);
    #endif
        return letters;
    }

    /* How many of them stand before the first space. */
    static inline int before_space(uint64_t letters) {
        uint64_t other = letters ^ SPACES;
        uint64_t none = (other - 0x0101010101010101ULL) & ~other & 0x8080808080808080ULL;
        return none ? __builtin_ctzll(none) >> 3 : 8;
    }

    /* The first of them: at least one. */
    static inline uint64_t lowest(uint64_t letters, int count) {
        return letters & (~0ULL >> (64 - 8 * count));
    }

    /* A number whose upper bits look like nothing. */
    static inline uint64_t scattered(uint64_t key) {
        return key * 0x9E3779B97F4A7C15ULL;
    }

    /* Two numbers as one that looks like neither. */
    static inline uint64_t mixed(uint64_t one, uint64_t other) {
        uint64_t both = scattered(one) + other;
        both = (both ^ both >> 32) * 0xD6E8FEB86659FD93ULL;
        return both ^ both >> 29;
    }
    """
    uint64_t eight(const uint8_t* text, Py_ssize_t left) noexcept nogil
    int before_space(uint64_t letters) noexcept nogil
    uint64_t lowest(uint64_t letters, int count) noexcept nogil
    uint64_t scattered(uint64_t key) noexcept nogil
    uint64_t mixed(uint64_t one, uint64_t other) noexcept nogil

cdef enum:
    EIGHT = 8  # letters of a word that tell it from all others
    STEM = 3  # by so many at most the beginning of a word is looked up
    READ = 255  # the bits of a run that say what has to be read
    LONGER = 128  # of these: patterns of three words and more begin here, and the third word tells
    MOST = 127  # and these: how many words; all of them: whatever follows

cdef enum:  # what is known of a word, besides which pattern it is
    FIRST = 1  # it begins patterns of several words
    OPEN = 2  # it begins one of two words, of which the second may run on
    USED = 4  # anything
    NAME = 3  # bits before its name


cdef struct Word:
    Py_ssize_t begin, end
    uint64_t key  # its letters, as far as eight; of more a mix of them
    uint64_t letters  # the first of them


cdef struct Known:
    uint64_t key
    int32_t pattern  # which it is by itself; less than nought for none
    uint32_t more  # see above; and of a long word where its letters are, counted from one


cdef inline Word read(const uint8_t* text, Py_ssize_t at, Py_ssize_t length) noexcept:
    """The word that begins there."""
    cdef Word word
    cdef uint64_t letters = eight(text + at, length - at)
    cdef int count = before_space(letters)
    word.begin = at
    word.key = word.letters = lowest(letters, count)
    while count == EIGHT:
        at += EIGHT
        letters = eight(text + at, length - at)
        count = before_space(letters)
        if count:
            word.key = mixed(word.key, lowest(letters, count))
    word.end = at + count
    return word


@cython.final
cdef class Words:
    """The words of some patterns, and which runs of them have to be read by the automaton."""

    cdef Known* words
    cdef uint64_t* glance  # a bit for each of them, among so many that few others have theirs
    cdef uint32_t* runs  # each by some of its bits, what has to be read in the lowest
    cdef char* names  # of long words the letters, nought behind each
    cdef uint8_t* single  # of each pattern whether it is a word by itself
    cdef int words_shift, glance_shift, runs_shift  # of 64 bits so many do not matter for the place
    cdef size_t words_count, names_size, names_room
    cdef int stems, open_stems  # bits: by how many letters words, and second words, are looked up that may run on

    cdef int add(self, const uint8_t* text, Py_ssize_t length, int32_t pattern) except -1
    cdef int add_open(self, const uint8_t* text, const Word* words, Py_ssize_t count) except -1
    cdef Known* added(self, const uint8_t* text, const Word* word) except NULL
    cdef uint32_t named(self, const uint8_t* text, const Word* word) except 0
    cdef void see(self, uint64_t key) noexcept
    cdef int make_glance(self) except -1
    cdef int grow(self) except -1
    cdef void add_run(self, uint64_t key, uint32_t read) noexcept


cdef inline bint may_know(Words words, uint64_t scattered) noexcept:
    """Whether a word, by its key, is perhaps in the table: most are not."""
    cdef uint64_t bit = scattered >> words.glance_shift
    return words.glance[bit >> 6] >> (bit & 63) & 1


cdef inline bint is_same(Words words, const Known* known, const uint8_t* text, const Word* word) noexcept:
    """Whether it is this word; of long ones each letter is compared."""
    cdef size_t length = word.end - word.begin
    cdef uint32_t name = known.more >> NAME
    if known.key != word.key:
        return False
    if length <= EIGHT:
        return name == 0
    cdef const char* letters = words.names + name - 1
    return name and strncmp(letters, <const char*>text + word.begin, length) == 0 and letters[length] == 0


cdef inline Known* known_of(Words words, const uint8_t* text, const Word* word) noexcept:
    """What is known of a word, or room for it."""
    cdef size_t mask = (<size_t>1 << (64 - words.words_shift)) - 1
    cdef size_t slot = scattered(word.key) >> words.words_shift
    while words.words[slot].more and not is_same(words, &words.words[slot], text, word):
        slot = (slot + 1) & mask
    return &words.words[slot]


cdef inline uint32_t* run_of(Words words, uint64_t key) noexcept:
    """What has to be read where a run of words begins; nought for nothing."""
    cdef size_t mask = (<size_t>1 << (64 - words.runs_shift)) - 1
    cdef size_t slot = key >> words.runs_shift
    while words.runs[slot] and (words.runs[slot] ^ <uint32_t>key) > READ:
        slot = (slot + 1) & mask
    return &words.runs[slot]


cdef inline uint64_t stem_of(uint64_t before, const Word* word, int count) noexcept:
    """The run of a word, nought for none, and the first letters of the one behind it."""
    return mixed(mixed(before, count), lowest(word.letters, count))
