"""Places cut out of the original texts, article by article (twin of `matching/columns/spans.py`)."""

from libc.stdint cimport int64_t

import numpy as np

from monitor.core.article import Field
from monitor.core.matching.native.buffers cimport cells, numbers
from monitor.core.matching.native.out cimport Out, mark, number, quoted
from monitor.core.matching.native.places cimport Place
from monitor.core.matching.native.scopes cimport BODY, NONE, PARTS

cdef tuple FIELDS = tuple(Field)


cdef class Moved:
    """A text that is not letter for letter its original (`markup.Decoded`)."""

    def __init__(self, decoded):
        breaks, origins = np.array(decoded.breaks, np.int64), np.array(decoded.origins, np.int64)
        self._held, self.size = (breaks, origins), len(breaks)
        self.breaks, self.origins = numbers(breaks), <const Origin*>cells(origins)

    cdef int64_t origin(self, int64_t offset, bint ends) noexcept:
        """Where the character at an offset starts in the original, or that before it ends (`Decoded.stretch`)."""
        cdef int64_t low = 1, high = self.size, middle  # the first begins where the text does
        cdef const Origin* origin
        while low < high:
            middle = (low + high) // 2
            if self.breaks[middle] <= offset - ends:
                low = middle + 1
            else:
                high = middle
        origin = &self.origins[low - 1]
        if origin.same:
            return origin.first + offset - self.breaks[low - 1]
        return origin.last if ends else origin.first


cdef class Spans:

    def __init__(self, sheet, batch):
        from monitor.core.matching.columns import spans  # leads here itself

        self._held, self.sheet, self.to_signs = (sheet.heads, sheet.tails, sheet.offsets), sheet, spans._to_signs
        self.batch, self.article, self.moved = [*batch], NONE, [None] * PARTS
        self.heads, self.tails = numbers(sheet.heads), numbers(sheet.tails)
        self.offsets = numbers(sheet.offsets)

    cdef int enter(self, int64_t article) except -1:
        """Have the texts of an article at hand."""
        of = self.batch[article]
        self.article, self.originals = article, tuple([of.text_of(field) for field in FIELDS])
        for field in range(PARTS):
            part = self.sheet.decoded(article * PARTS + field)
            self.moved[field] = None if part.is_whole else Moved(part)
        return 0

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
