"""Entities and tags out of a text, with the map back (twin of `matching/markup.py`)."""

from cpython.unicode cimport PyUnicode_Find, PyUnicode_FindChar, PyUnicode_READ_CHAR, PyUnicode_Substring


def tags(dict means, odd_tag, unseen_end, str text):
    """Tags, comments and scripts, and what each becomes. `odd_tag` says it of one whose name is not of ASCII."""
    cdef list found = []
    cdef set never = set()
    cdef Py_ssize_t length = len(text), end
    cdef Py_ssize_t at = PyUnicode_FindChar(text, u"<", 0, length, 1)
    cdef Py_ssize_t closed = text.rfind("-->")
    while at >= 0:
        end = _comment_end(text, at, length) if at + 4 <= closed else 0
        if not end and _may_be_unseen(text, at, length):
            end = unseen_end(text, at, never)
        tag = (end, "") if end else _tag(means, odd_tag, text, at, length)
        if tag is not None:
            end = tag[0]
            found.append((at, end, tag[1]))
        at = PyUnicode_FindChar(text, u"<", at + 1 if tag is None else end, length, 1)
    return found


cdef bint _may_be_unseen(str text, Py_ssize_t at, Py_ssize_t length):
    """Whether what begins there begins as scripts or style sheets do."""
    cdef Py_UCS4 second, third
    if at + 3 >= length or PyUnicode_READ_CHAR(text, at + 1) not in u"sS":
        return False
    second, third = PyUnicode_READ_CHAR(text, at + 2), PyUnicode_READ_CHAR(text, at + 3)
    return (second in u"cC" and third in u"rR") or (second in u"tT" and third in u"yY")


cdef Py_ssize_t _comment_end(str text, Py_ssize_t at, Py_ssize_t length):
    """Behind the comment that begins there; 0 where none does. One ends somewhere behind it."""
    if PyUnicode_READ_CHAR(text, at + 1) != u"!" or not text.startswith("<!--", at):
        return 0
    return PyUnicode_Find(text, "-->", at + 4, length, 1) + 3


cdef object _tag(dict means, odd_tag, str text, Py_ssize_t at, Py_ssize_t length):
    """Where the tag that begins there ends, and what it becomes; None where none does."""
    cdef Py_ssize_t begin = at + 1, behind, end
    cdef Py_UCS4 letter
    if begin < length and PyUnicode_READ_CHAR(text, begin) == u"/":
        begin += 1
    for behind in range(begin, length):
        letter = PyUnicode_READ_CHAR(text, behind)
        if letter == u">" or letter == u"/" or letter.isspace():
            break
        if letter == u"<":
            return None
        if letter > 127:  # re.IGNORECASE takes some for letters of ASCII
            return odd_tag(text, at)
    else:
        return None
    name = PyUnicode_Substring(text, begin, behind)
    meaning = means.get(name)
    if meaning is None:
        meaning = means.get(name.lower())
    if meaning is None:
        return None
    end = _quoted_end(text, behind, length) or _plain_end(text, behind, length)
    return (end, meaning) if end else None


cdef Py_ssize_t _quoted_end(str text, Py_ssize_t at, Py_ssize_t length):
    """Behind the `>` of a tag whose values in quotes may have `<` and `>`; 0 where a quote is out of place."""
    cdef Py_UCS4 letter, quote = 0
    cdef bint opens = False  # a `=` stands before, with nothing but white space between
    for at in range(at, length):
        letter = PyUnicode_READ_CHAR(text, at)
        if quote:
            if letter == quote:
                if opens or not _may_follow(text, at + 1, length):
                    return 0
                quote = 0
        elif letter == u">":
            return at + 1
        elif letter == u"<":
            return 0
        elif letter == u'"' or letter == u"'":
            if not opens:
                return 0
            quote = letter
        if letter == u"=":
            opens = True
        elif not letter.isspace():
            opens = False
    return 0


cdef bint _may_follow(str text, Py_ssize_t at, Py_ssize_t length):
    """Whether what stands there may stand behind a value in quotes."""
    if at >= length:
        return False
    cdef Py_UCS4 letter = PyUnicode_READ_CHAR(text, at)
    return letter == u">" or letter == u"/" or letter.isspace()


cdef Py_ssize_t _plain_end(str text, Py_ssize_t at, Py_ssize_t length):
    """Behind the next `>`; 0 where a `<` comes first."""
    cdef Py_ssize_t behind = PyUnicode_FindChar(text, u"<", at, length, 1)
    return PyUnicode_FindChar(text, u">", at, length if behind < 0 else behind, 1) + 1


def replaced(make, old, replacements):
    """The text with every stretch replaced, and the map carried along."""
    cdef Pieces pieces = Pieces(old)
    cdef Py_ssize_t at = 0, start, end
    cdef str new
    for start, end, new in replacements:
        pieces.keep(at, start)
        if new:
            pieces.put(new, start, end)
        at = end
    pieces.keep(at, len(pieces.text))
    return pieces.joined(make)


def spliced(make, old, parts):
    """The text with every stretch replaced by what was made of it."""
    cdef Pieces pieces = Pieces(old)
    cdef Py_ssize_t at = 0, start, end
    for start, end, new in parts:
        pieces.keep(at, start)
        pieces.put_all(start, new)
        at = end
    pieces.keep(at, len(pieces.text))
    return pieces.joined(make)


cdef class Pieces:
    """What a text becomes: pieces of it as they are, and others between them."""

    cdef str text
    cdef tuple breaks, origins
    cdef list texts, made_breaks, made_origins
    cdef Py_ssize_t size

    def __init__(self, old):
        self.text, self.breaks, self.origins = old.text, old.breaks, old.origins
        self.texts, self.made_breaks, self.made_origins = [], [], []

    cdef add(self, str text, Py_ssize_t start, Py_ssize_t end, bint same):
        self.texts.append(text)
        self.made_breaks.append(self.size)
        self.made_origins.append((start, end, same))
        self.size += len(text)

    cdef keep(self, Py_ssize_t start, Py_ssize_t end):
        """A stretch as it is, in pieces that each have one origin."""
        cdef Py_ssize_t piece = self.piece(start), stop, first, last
        while start < end:
            stop = end
            if piece + 1 < len(self.breaks) and <Py_ssize_t>self.breaks[piece + 1] < end:
                stop = self.breaks[piece + 1]
            first, last, same = self.origins[piece]
            if same:
                first += start - <Py_ssize_t>self.breaks[piece]
                last = first + stop - start
            self.add(PyUnicode_Substring(self.text, start, stop), first, last, same)
            start, piece = stop, piece + 1

    cdef put(self, str new, Py_ssize_t start, Py_ssize_t end):
        """Something else in the place of a stretch."""
        cdef Py_ssize_t piece = self.piece(start), first, last, length
        first, last, same = self.origins[piece]
        begin = first + start - <Py_ssize_t>self.breaks[piece] if same else first
        piece = self.piece(end - 1) if end else 0
        first, last, same = self.origins[piece]
        self.add(new, begin, first + end - <Py_ssize_t>self.breaks[piece] if same else last, False)

    cdef put_all(self, Py_ssize_t start, new):
        """The pieces of another text, made of the stretch that begins there."""
        cdef Py_ssize_t piece, begin, end, first, last, pieces = len(new.breaks)
        for piece in range(pieces):
            begin = new.breaks[piece]
            end = new.breaks[piece + 1] if piece + 1 < pieces else len(new.text)
            first, last, same = new.origins[piece]
            if same:
                self.keep(start + first, start + first + end - begin)
            elif begin < end:
                self.put(new.text[begin:end], start + first, start + last)

    cdef Py_ssize_t piece(self, Py_ssize_t at):
        """The number of the piece that a character is in."""
        cdef Py_ssize_t low = 0, high = len(self.breaks), middle
        while low < high:
            middle = (low + high) // 2
            if at < <Py_ssize_t>self.breaks[middle]:
                high = middle
            else:
                low = middle + 1
        return low - 1

    cdef joined(self, make):
        if not self.texts:
            return make("")
        return make("".join(self.texts), tuple(self.made_breaks), tuple(self.made_origins))
