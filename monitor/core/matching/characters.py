"""What each character counts as when texts are compared (the contract, section 2)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u00ad"
"""Stands for every character that does not count: soft hyphens, zero-width characters."""
APOSTROPHES = frozenset(
    "'\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u02bb\u02bd\u02b9\u02c8\u00b4`\uff07\ua78c\u055a"
)
DOUBLE_QUOTES = frozenset('"\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb\u2039\u203a\uff02\u301d\u301e')
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d\u2043")
"""Not the long dash of "Mark Griffin\u2014who spoke": that parts words, it never joins them."""
SIGNS = {"\uff20": "@", "\ufe6b": "@", "\uff03": "#", "\ufe5f": "#"}
"""Full and small widths of what begins a handle or a hashtag."""
LINE_ENDS = frozenset("\n\u2028\u2029\x0b\x0c\x85")
_END = f"[{''.join(sorted(LINE_ENDS))}]"
BLANK_LINE = re.compile(rf"{_END}\s*{_END}")
"""What ends a paragraph."""


def is_mark(char: str) -> bool:
    """Whether it is a combining mark, which belongs to the letter before it."""
    return unicodedata.category(char).startswith("M")


def is_invisible(char: str) -> bool:
    """Whether it is a soft hyphen, a zero-width character or the like."""
    return unicodedata.category(char) == "Cf"


class _Plain(dict[int, str]):
    """One character for each, look-alikes made one; learns as it goes."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(char: str) -> str:
    if char in APOSTROPHES:
        return "'"
    if char in DOUBLE_QUOTES:
        return '"'
    if char in HYPHENS:
        return "-"
    if char in LINE_ENDS:
        return "\n"
    return " " if char.isspace() else SIGNS.get(char, char)


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text with look-alikes made one, character by character: quotes, hyphens, white space, @ and #.

    >>> plain("“so‐called”")
    '"so-called"'
    """
    return text.translate(_PLAIN)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word as compared: no case, marks, ligatures, apostrophes.

    >>> fold("Carer’s"), fold("Tèarainteachd"), fold("STRASSE") == fold("Straße")
    ('carers', 'tearainteachd', True)
    """
    if word.isascii():
        return word.replace("'", "").replace(".", "").lower()
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(c for c in wide if c.isalnum() and c not in APOSTROPHES)
