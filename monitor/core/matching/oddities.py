"""What cannot be folded character by character, replaced by what it counts as, with a map back (section 2).

Combining marks join their letter; addresses, handles and hashtags are no content; invisible characters go; dotted
initials lose their dots; `&` between words is the word *and*; ligatures and the like become the letters they stand
for. `folding.py` says where in a text there may be any: only what stands around these places is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.core.matching.characters import APOSTROPHES, BLANK_LINE, fold, is_invisible, is_mark, plain
from monitor.core.matching.markup import Decoded, Replacement, replaced, spliced

DOUBTFUL = frozenset("&@#=\uff20\ufe6b\uff03\ufe5f")
"""Marks that may be part of something odd, besides a slash in an address; behind a `?` there is a `=`."""
NOT_CONTENT = "\ufffc"
"""Stands where an address, a handle or a hashtag stood: no word, and a barrier."""
_HANDLE = r"(?:[\w-]+(?-i:(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?![\w-])|\w+)"
"""A domain is in small letters: `@BBCScotland.The` is a handle, and a sentence whose space was lost."""
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail addresses
    r"|(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:/|\?[\w.-]+=)\S*"  # gov.uk/universal-credit
    rf"|(?<!\w)@{_HANDLE}(?:[@#]{_HANDLE})*"  # @one, @one.example, @one@example.org
    r"|(?<!\w)#\w+(?:[@#]\w+)*",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"[@#/=]|www\.", re.IGNORECASE)
"""No address, handle or hashtag is without one of these."""
_LETTER = r"[^\W\d_]"
_BEGINS = r"(?<![^\W_])(?<![^\W_]')"
"""No word runs up to here, not even one with an inner apostrophe."""
_INITIALS = re.compile(
    rf"{_BEGINS}(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?![^\W_]))?"  # D.W.P.
    rf"|{_BEGINS}(?:{_LETTER}\.)+{_LETTER}(?![^\W_])"  # U.K
)
_GAP = re.compile(r"[\W_]+")


def is_odd(char: str) -> bool:
    """Whether a character by itself cannot be folded to one character, or to a space."""
    if char in DOUBTFUL:
        return True
    return len(fold(char)) != 1 if char.isalnum() else is_mark(char) or is_invisible(char)


def in_addresses(text: str, slashes: Sequence[int]) -> Iterator[int]:
    """Those of some slashes, in order, that may be of an address: a stop or a colon stands before in the run."""
    before, dotted = -1, False
    for slash in slashes:
        at = slash - 1
        while at > before and text[at] not in ".:" and not text[at].isspace():
            at -= 1
        dotted = dotted if at == before >= 0 else at > before and text[at] in ".:"
        before = slash
        if dotted:
            yield slash


def without_oddities(text: Decoded, near: Sequence[int]) -> Decoded:
    """The text with what is odd at these offsets, in order, replaced as it counts; itself where nothing is."""
    parts = [(start, end, _looked_at(text.text[start:end])) for start, end in _stretches(text.text, near)]
    odd = [part for part in parts if part[2].text != text.text[part[0] : part[1]]]
    return spliced(text, odd) if odd else text


def _looked_at(text: str) -> Decoded:
    """A stretch, one kind of oddity after the other replaced: what is replaced first is not looked at again."""
    pieces = Decoded(text)
    for find in _OF_ASCII if text.isascii() else _OF_ALL:
        found = list(find(pieces.text))
        pieces = replaced(pieces, found) if found else pieces
    return pieces


def _marks(text: str) -> Iterator[Replacement]:
    """Combining marks, each with the letter, digit or initial before it."""
    at = 0
    while at < len(text):
        if not is_mark(text[at]):
            at += 1
            continue
        start = at
        while at < len(text) and is_mark(text[at]):
            at += 1
        bears = start > 0 and (text[start - 1].isalnum() or text[start - 1] == ".")
        yield start - bears, at, text[start - bears : start]


def _addresses(text: str) -> Iterator[Replacement]:
    even = plain(text)
    if _IN_ADDRESS.search(even):
        yield from ((*m.span(), NOT_CONTENT) for m in _ADDRESS.finditer(even))


def _invisibles(text: str) -> Iterator[Replacement]:
    return ((at, at + 1, "") for at, char in enumerate(text) if char > "\x7f" and is_invisible(char))


def _initials(text: str) -> Iterator[Replacement]:
    """D.W.P. without its dots; kept apart from a word that follows without a space."""
    even = plain(text) if "." in text else ""  # some apostrophes are letters to a pattern
    for match in _INITIALS.finditer(even):
        apart = " " if even[match.end() : match.end() + 1].isalnum() else ""
        yield *match.span(), match.group().replace(".", "") + apart


def _ands(text: str) -> Iterator[Replacement]:
    """Each `&` that alone stands between two words of a paragraph."""
    for gap in _GAP.finditer(plain(text)) if "&" in text else ():
        start, end = gap.span()
        if not start or end == len(text):
            continue
        apostrophe = gap.group()[0] == "'" and text[start - 1].isalpha()  # Carers' & Parents'
        sign = gap.group()[apostrophe:]
        if sign.strip() == "&" and not BLANK_LINE.search(sign):
            at = start + gap.group().index("&")
            yield at, at + 1, " and "


def _ligatures(text: str) -> Iterator[Replacement]:
    for at, char in enumerate(text):
        if char > "\x7f" and char.isalnum() and char not in APOSTROPHES and len(folded := fold(char)) != 1:
            yield at, at + 1, folded.upper() if char.isupper() else folded


_OF_ALL = (_marks, _addresses, _invisibles, _initials, _ands, _ligatures)
_OF_ASCII = (_addresses, _initials, _ands)
"""What may be replaced, in this order; the others are none of ASCII."""


def _stretches(text: str, near: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs without white space around the places; around an `&` those of the words beside it too."""
    start = end = 0
    for first, last in sorted(_beside(text, at) if text[at] == "&" else (at, at) for at in near):
        if first >= end:
            if end:
                yield start, end
            start = _run_start(text, first)
        if last >= end:
            end = _run_end(text, last)
    if end:
        yield start, end


def _beside(text: str, at: int) -> tuple[int, int]:
    """Where what counts stands before and behind an `&`; where it stands itself, when nothing does."""
    first, last = at - 1, at + 1
    while first >= 0 and _is_nothing(text[first]):
        first -= 1
    while last < len(text) and _is_nothing(text[last]):
        last += 1
    return first if first >= 0 else at, last if last < len(text) else at


def _is_nothing(char: str) -> bool:
    """Whether it is white space, or goes."""
    return char.isspace() or (char > "\x7f" and (is_mark(char) or is_invisible(char)))


def _run_start(text: str, at: int) -> int:
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _run_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
