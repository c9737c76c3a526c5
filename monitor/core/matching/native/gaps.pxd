"""What stands between the words of an article."""

from libc.stdint cimport int32_t, int64_t, uint8_t


cdef inline bint ends_line(Py_UCS4 letter) noexcept:
    """Whether it is one of `characters.LINE_ENDS`; `gaps.pyx` compares them as it loads."""
    return letter == 10 or letter == 11 or letter == 12 or letter == 0x85 or letter == 0x2028 or letter == 0x2029


cdef class Gaps:
    """What stands between the words of an article (twin of `text.Text`); words are numbered through the batch."""

    cdef object _held, sheet, abbreviations
    cdef uint8_t* known  # of each word, what was seen of the gap before it
    cdef const int64_t* heads
    cdef const int64_t* tails
    cdef const int64_t* firsts  # of each part
    cdef const int64_t* offsets
    cdef const uint8_t* latin
    cdef int64_t words, articles, article, first, behind, long_enough
    cdef int64_t heard  # the last part of which was asked whether it speaks
    cdef bint spoke
    cdef str letters  # of the article, once they are asked for
    cdef int64_t before  # of it, in the letters of all
    cdef int kind
    cdef void* data
    cdef list _onward
    cdef object _signs
    cdef int32_t* signs  # see `signs_up_to`; 0: not known
    cdef int32_t* onward[2]  # see `way_on`: of paragraphs, of sentences

    cdef void enter(self, int64_t article) noexcept
    cdef bint hyphen(self, int64_t word) except -1
    cdef bint follows(self, int64_t word) except -1
    cdef int64_t signs_within(self, int64_t first, int64_t last) except -1
    cdef bint ends_between(self, int64_t left, int64_t right, bint sentence) except -1
    cdef bint speaks(self, int64_t part) noexcept
    cdef bint any_small(self, int64_t part) noexcept
    cdef str written(self, int64_t first, int64_t last)

    cdef bint ends_before(self, int64_t word, int ends) except -1
    cdef int64_t run_on(self, int64_t left, int64_t right, int ends) except -1
    cdef int32_t* way_on(self, bint sentence) except NULL
    cdef bint begins_part(self, int64_t word) noexcept
    cdef int64_t signs_up_to(self, int64_t last) except -1
    cdef int read(self) except -1
    cdef int look(self, int64_t word) except -1
    cdef int seen(self, int64_t begin, int64_t end, int64_t word) except -1
    cdef bint ends_sentence(self, int64_t begin, int64_t end, int64_t word) except -1
    cdef bint ends_with(self, int64_t start, int64_t finish) except -1
    cdef bint is_abbreviation(self, int64_t word) except -1
    cdef Py_UCS4 raw(self, int64_t at) noexcept
    cdef Py_UCS4 plain(self, int64_t at) except? 0
