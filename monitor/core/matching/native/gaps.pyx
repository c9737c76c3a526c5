"""What stands between words: hyphens, punctuation, ends of sentences and paragraphs (twin of `text.Text`).

A gap is looked at when it is asked for, and once.
"""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport int32_t, int64_t, uint8_t

import numpy as np

from monitor.core.matching.characters import LINE_ENDS, plain as plainly
from monitor.core.matching.native.buffers cimport cells, flags, numbers
from monitor.core.matching.native.scopes cimport NONE, PARTS

cdef int64_t FEW = 64
"""So many gaps are looked at, each time; what is found in more is remembered."""

cdef enum:  # what is seen of a gap
    LOOKED = 1
    SENTENCE = 2  # one ends there
    PARAGRAPH = 4
    MARKS = 8  # it has punctuation
    HYPHEN = 16  # it is one unspaced hyphen

cdef Py_UCS4 PLAIN[256]
for number in range(256):
    PLAIN[number] = plainly(chr(number))


cdef bint _small(const uint8_t* letters, int64_t count) noexcept:
    """Whether so many letters are small, and of ASCII."""
    cdef int64_t at
    for at in range(count):
        if not 97 <= letters[at] <= 122:
            return False
    return True


cdef class Gaps:

    def __init__(self, sheet):
        from monitor.core.matching.text import ABBREVIATIONS, SHORT  # leads here itself

        known = np.zeros(len(sheet.starts) + 1, np.uint8)
        self._held = (known, sheet.heads, sheet.tails, sheet.firsts, sheet.offsets, sheet.joined)
        self.sheet = sheet
        self.abbreviations, self.long_enough = ABBREVIATIONS, SHORT + 1
        self.known, self.latin = <uint8_t*>cells(known), flags(sheet.joined)
        self.heads, self.tails = numbers(sheet.heads), numbers(sheet.tails)
        self.firsts, self.offsets = numbers(sheet.firsts), numbers(sheet.offsets)
        self.words, self.articles, self.article = len(sheet.starts), len(sheet.streams) - 1, NONE
        self.heard, self.spoke, self._signs, self.signs = NONE, False, None, NULL
        self._onward, self.onward[0], self.onward[1] = [None, None], NULL, NULL

    cdef void enter(self, int64_t article) noexcept:
        """From now on asked is what stands in this article."""
        if article == self.article:
            return
        self.article, self.letters = article, None
        self.first, self.behind = self.firsts[article * PARTS], self.words
        if article + 1 < self.articles:
            self.behind = self.firsts[(article + 1) * PARTS]

    # ----------------------------------------------------------- what is asked

    cdef bint hyphen(self, int64_t word) except -1:
        """Whether one unspaced hyphen, and nothing else, joins a word to the one before it."""
        if not self.first < word < self.behind or self.heads[word] - self.tails[word - 1] > 2:
            return False
        return self.look(word) & HYPHEN

    cdef bint follows(self, int64_t word) except -1:
        """Whether a word stands right after another, with nothing but white space or a hyphen between."""
        return not self.begins_part(word) and not self.look(word) & (MARKS | PARAGRAPH)

    cdef bint begins_part(self, int64_t word) noexcept:
        """Whether a part of the article begins with a word."""
        cdef int64_t part
        for part in range(self.article * PARTS, self.article * PARTS + PARTS):
            if self.firsts[part] == word:
                return True
        return False

    cdef int64_t signs_within(self, int64_t first, int64_t last) except -1:
        """How many gaps with punctuation stand between two words."""
        cdef int64_t word, signs = 0
        if last - first > FEW:
            return self.signs_up_to(last) - self.signs_up_to(first)
        for word in range(first + 1, last + 1):
            signs += self.look(word) & MARKS != 0
        return signs

    cdef int64_t signs_up_to(self, int64_t last) except -1:
        """How many gaps with punctuation stand before a word in its part, and one; counted once."""
        cdef int64_t word = last
        if self.signs is NULL:
            self._signs = np.zeros(self.words + 1, np.int32)
            self.signs = <int32_t*>cells(self._signs)
        while not self.signs[word] and not self.begins_part(word):
            word -= 1
        if not self.signs[word]:
            self.signs[word] = 1
        while word < last:
            self.signs[word + 1] = self.signs[word] + (self.look(word + 1) & MARKS != 0)
            word += 1
        return self.signs[last]

    cdef bint ends_between(self, int64_t left, int64_t right, bint sentence) except -1:
        """Whether a paragraph ends between two words of one field, or a sentence if that is asked."""
        cdef int64_t word, near = min(right, left + FEW)
        cdef int ends = PARAGRAPH | SENTENCE if sentence else PARAGRAPH
        for word in range(left + 1, near + 1):
            if self.ends_before(word, ends):
                return True
        return near < right and self.run_on(near, right, ends) < right

    cdef inline bint ends_before(self, int64_t word, int ends) except -1:
        """Whether one of these ends before a word."""
        return self.heads[word] - self.tails[word - 1] > 1 and self.look(word) & ends

    cdef int64_t run_on(self, int64_t left, int64_t right, int ends) except -1:
        """The last word up to which none ends, behind one from which it is asked; of those behind `right` maybe one.

        From each word that was passed one comes there at once the next time.
        """
        cdef int64_t word = left, following
        cdef int32_t* onward = self.way_on(ends & SENTENCE != 0)
        while word < right:
            if onward[word]:
                word = onward[word]
            elif self.ends_before(word + 1, ends):
                break
            else:
                word += 1
        while left < word:
            following = onward[left] if onward[left] else left + 1
            onward[left], left = word, following
        return word

    cdef int32_t* way_on(self, bint sentence) except NULL:
        """Of each word one behind it, up to which no sentence, or no paragraph, ends; 0: not known."""
        if self.onward[sentence] is NULL:
            self._onward[sentence] = np.zeros(self.words + 1, np.int32)
            self.onward[sentence] = <int32_t*>cells(self._onward[sentence])
        return self.onward[sentence]

    cdef bint speaks(self, int64_t part) noexcept:
        """Whether a part is surely not all in capitals or title case; read once, however many surnames it has."""
        if part != self.heard:
            self.heard, self.spoke = part, self.any_small(part)
        return self.spoke

    cdef bint any_small(self, int64_t part) noexcept:
        """Whether it has a word that is not short and begins with small letters, of ASCII."""
        cdef int64_t word, behind = self.firsts[part + 1] if part + 1 < PARTS * self.articles else self.words
        for word in range(self.firsts[part], behind):
            if self.tails[word] - self.heads[word] < self.long_enough:
                continue
            if _small(&self.latin[self.heads[word]], self.long_enough):
                return True
        return False

    cdef str written(self, int64_t first, int64_t last):
        """The words from one to another, as they are written."""
        self.read()
        return self.letters[self.heads[first] - self.before : self.tails[last] - self.before]

    # ----------------------------------------------------------- one gap

    cdef int read(self) except -1:
        """Have the letters of the article."""
        if self.letters is None:
            self.letters = self.sheet.letters(self.article)
            self.kind, self.data = PyUnicode_KIND(self.letters), PyUnicode_DATA(self.letters)
            self.before = self.offsets[self.article * PARTS] - 1
        return 0

    cdef Py_UCS4 raw(self, int64_t at) noexcept:
        return PyUnicode_READ(self.kind, self.data, at)

    cdef Py_UCS4 plain(self, int64_t at) except? 0:
        """What a letter counts as (`characters.plain`)."""
        cdef Py_UCS4 letter = self.raw(at)
        return PLAIN[letter] if letter < 256 else <Py_UCS4>plainly(chr(letter))

    cdef int look(self, int64_t word) except -1:
        """What is seen of the gap before a word, one behind which no part begins."""
        cdef int64_t begin = self.tails[word - 1], end = self.heads[word]
        if not self.known[word]:
            if end - begin == 1 and self.latin[begin] == 32:
                self.known[word] = LOOKED
            else:
                self.read()
                self.known[word] = LOOKED | self.seen(begin - self.before, end - self.before, word)
        return self.known[word]

    cdef int seen(self, int64_t begin, int64_t end, int64_t word) except -1:
        """The same; the gap is that of the letters from one to another."""
        cdef int64_t at, own = begin + (self.plain(begin) == u"'" and self.raw(begin - 1).isalpha())
        cdef int ends = 0, found = 0
        cdef bint stops = False, pending = False
        cdef Py_UCS4 letter
        for at in range(begin, end):
            letter = self.raw(at)
            if letter.isspace():
                ends += ends_line(letter)
                if ends == 2:
                    found |= PARAGRAPH
                stops |= pending
                pending = False
                continue
            ends = 0
            if at >= own:
                found |= MARKS
            if letter == u"." or letter == u"!" or letter == u"?":
                pending = True
            elif letter == u"_" or letter.isalnum():
                pending = False
        if end - own == 1 and self.plain(own) == u"-":
            return HYPHEN
        if stops and self.ends_sentence(begin, end, word):
            found |= SENTENCE
        return found

    # ----------------------------------------------------------- the end of a sentence

    cdef bint ends_sentence(self, int64_t begin, int64_t end, int64_t word) except -1:
        """Whether a sentence ends before a word, in a gap in which it may (`Text.ends_sentence`)."""
        cdef Py_UCS4 last = self.raw(begin - 1), follower = self.raw(end)
        cdef int64_t own = begin + (self.plain(begin) == u"'" and last.isalpha())
        if not (last.isalnum() or last == u"_"):  # a mark before may have taken the space
            word -= self.first
            return not self.sheet.text(self.article).same_sentence(word - 1, word)
        if not (self.ends_with(own, end) or (ends_line(self.raw(end - 1)) and self.ends_with(own, end - 1))):
            return False
        if not (follower.isupper() or follower.isdigit() or _opens(self.plain(end - 1))):
            return False
        return not (self.raw(own) == u"." and self.is_abbreviation(word - 1))

    cdef bint ends_with(self, int64_t start, int64_t finish) except -1:
        """Whether a gap ends with . ! or ?, closing quotes and brackets, white space, opening ones."""
        cdef int64_t at = finish, space
        while at > start and _opens(self.plain(at - 1)):
            at -= 1
        space = at
        while at > start and self.raw(at - 1).isspace():
            at -= 1
        if at == space:
            return False
        while at > start and _closes(self.plain(at - 1)):
            at -= 1
        return at > start and self.raw(at - 1) in u".!?"

    cdef bint is_abbreviation(self, int64_t word) except -1:
        """Whether no sentence ends after it: Mr, No (but not *no*), a single letter."""
        cdef int64_t begin = self.heads[word] - self.before, end = self.tails[word] - self.before
        return self.raw(begin).isalpha() if end - begin == 1 else self.letters[begin:end] in self.abbreviations


cdef inline bint _opens(Py_UCS4 letter) noexcept:
    return letter == u'"' or letter == u"'" or letter == u"(" or letter == u"["


cdef inline bint _closes(Py_UCS4 letter) noexcept:
    return letter == u'"' or letter == u"'" or letter == u")" or letter == u"]"


if sum([ends_line(ord(letter)) for letter in LINE_ENDS]) != len(LINE_ENDS):
    raise ImportError("the ends of lines are others than gaps.pyx has them")
