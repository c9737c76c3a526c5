"""Places cut out of the original texts, article by article (twin of `matching/columns/spans.py`)."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
from libc.stdint cimport int64_t

from monitor.core.matching.native.buffers cimport flags, numbers, prefetch
from monitor.core.matching.native.out cimport Out, mark, number, quoted
from monitor.core.matching.native.places cimport Place
from monitor.core.matching.native.scopes cimport BODY, NONE, PARTS


cdef class Moved:
    """A text that is not letter for letter its original (`markup.Decoded`)."""

    def __init__(self, decoded):
        self.breaks, self.origins = decoded.breaks, decoded.origins

    cdef int64_t origin(self, int64_t offset, bint ends) except -1:
        """Where the character at an offset starts in the original, or that before it ends (`Decoded.stretch`)."""
        cdef int64_t low = 1, high = len(self.breaks), middle  # the first begins where the text does
        while low < high:
            middle = (low + high) // 2
            if <int64_t>self.breaks[middle] <= offset - ends:
                low = middle + 1
            else:
                high = middle
        first, last, same = <tuple>self.origins[low - 1]
        if same:
            return <int64_t>first + offset - <int64_t>self.breaks[low - 1]
        return last if ends else first


cdef class Spans:

    def __init__(self, sheet, batch):
        from monitor.core.matching.columns import spans  # leads here itself

        self._held = (sheet.heads, sheet.tails, sheet.offsets, sheet.whole_parts)
        self.sheet, self.to_signs, self.whole = sheet, spans._to_signs, flags(sheet.whole_parts)
        self.batch, self.article, self.moved = [*batch], NONE, [None] * PARTS
        self.heads, self.tails = numbers(sheet.heads), numbers(sheet.tails)
        self.offsets = numbers(sheet.offsets)

    cdef int enter(self, int64_t article) except -1:
        """Have the texts of an article at hand."""
        cdef int64_t number, part
        cdef str text
        self.article, self.originals = article, self.batch[article].texts
        for number in range(PARTS):
            part = article * PARTS + number
            text = self.originals[number]
            self.letters[number], self.kinds[number] = <const char*>PyUnicode_DATA(text), PyUnicode_KIND(text)
            self.moved[number] = None if self.whole[part] else Moved(self.sheet.decoded(part))
        return 0

    cdef void send_for(self, const Place* place) noexcept:
        """Send for what tells where a place is in the original."""
        prefetch(&self.heads[place.first])
        prefetch(&self.tails[place.last])

    cdef void send_for_text(self, const Place* place) noexcept:
        """And then for its letters: near there, where the text was moved."""
        cdef int64_t offset = self.offsets[self.article * PARTS + place.field]
        prefetch(self.letters[place.field] + (self.heads[place.first] - offset) * self.kinds[place.field])

    cdef char* write(self, Out out, char* at, const Place* place) except NULL:
        """One place, without the braces around it."""
        cdef int64_t field = place.field, offset = self.offsets[self.article * PARTS + field]
        cdef int64_t start = self.heads[place.first] - offset
        cdef int64_t end = self.tails[place.last] - offset
        cdef Moved moved = <Moved>self.moved[field]
        if moved is not None:
            start, end = moved.origin(start, False), moved.origin(end, True)
        if place.opening or place.closing:
            before, behind = place.first if place.opening else None, place.last if place.closing else None
            start, end = self.to_signs(self.sheet, self.article, (start, end), before, behind)
        if field == BODY:
            at = mark(at, b'"field":"body","start":')
        elif field:
            at = mark(at, b'"field":"standfirst","start":')
        else:
            at = mark(at, b'"field":"headline","start":')
        at = mark(number(at, start), b',"end":')
        at = mark(number(at, end), b',"text":')
        return quoted(out, at, self.originals[field], start, end)
