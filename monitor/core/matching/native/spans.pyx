"""Places cut out of the original texts, article by article (twin of `matching/columns/spans.py`)."""

from libc.stdint cimport int64_t

from monitor.core.article import Field
from monitor.core.matching.native.buffers cimport numbers
from monitor.core.matching.native.out cimport Out, mark, number, quoted
from monitor.core.matching.native.places cimport Columns
from monitor.core.matching.native.scopes cimport BODY, NONE, PARTS

cdef tuple FIELDS = tuple(Field)


cdef class Spans:

    def __init__(self, sheet, batch):
        from monitor.core.matching.columns import spans  # leads here itself

        self._held, self.sheet, self.to_signs = (sheet.heads, sheet.tails, sheet.offsets), sheet, spans._to_signs
        self.batch, self.article = [*batch], NONE
        self.heads, self.tails = numbers(sheet.heads), numbers(sheet.tails)
        self.offsets = numbers(sheet.offsets)

    cdef int enter(self, int64_t article) except -1:
        """Have the texts of an article at hand."""
        of = self.batch[article]
        self.article, self.originals = article, tuple([of.text_of(field) for field in FIELDS])
        parts = [self.sheet.decoded(part) for part in range(article * PARTS, (article + 1) * PARTS)]
        self.maps = tuple([None if part.is_whole else part for part in parts])
        return 0

    cdef char* write(self, Out out, char* at, Columns places, Py_ssize_t row) except NULL:
        """One place, without the braces around it."""
        cdef int64_t field = places.fields[row], offset = self.offsets[self.article * PARTS + field]
        cdef int64_t start = self.heads[places.firsts[row]] - offset
        cdef int64_t end = self.tails[places.lasts[row]] - offset
        cdef object moved = self.maps[field]
        if moved is not None:
            start, end = _origin(moved, start, False), _origin(moved, end, True)
        if places.opening[row] or places.closing[row]:
            start, end = self.to_signs(places._held, row, self.article, start, end, self.sheet)
        if field == BODY:
            at = mark(at, b'"field":"body","start":')
        elif field:
            at = mark(at, b'"field":"standfirst","start":')
        else:
            at = mark(at, b'"field":"headline","start":')
        at = mark(number(at, start), b',"end":')
        at = mark(number(at, end), b',"text":')
        return quoted(out, at, self.originals[field], start, end)


cdef int64_t _origin(decoded, int64_t offset, bint ends) except -1:
    """Where the character at an offset starts in the original, or that before it ends (`Decoded.start`, `.end`)."""
    cdef tuple breaks = decoded.breaks
    cdef int64_t low = 1, high = len(breaks), middle  # the first begins where the text does
    while low < high:
        middle = (low + high) // 2
        if <int64_t>breaks[middle] <= offset - ends:
            low = middle + 1
        else:
            high = middle
    first, last, same = decoded.origins[low - 1]
    return first + offset - breaks[low - 1] if same else last if ends else first
