"""A text with stretches of it replaced, and the map back to where they stood; entities and tags (section 2)."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

import msgspec

from monitor.core.matching import native

Replacement: TypeAlias = tuple[int, int, str]
"""A stretch `[start, end)` of a text, and what it becomes."""
Piece: TypeAlias = tuple[str, int, int, bool]
"""A text, start and end of where it stood, and whether it stood there letter for letter."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_BLOCK = (
    "address|article|aside|blockquote|body|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h1|h2|h3|h4|"
    "h5|h6|header|hr|html|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|b|big|br|button|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|picture|q|s|samp|"
    "small|source|span|strike|strong|sub|sup|svg|time|tt|u|var|video|wbr"
)
_VALUE = r"""=\s*(?:"(?:[^"=]|=(?!\s*"))*+"|'(?:[^'=]|=(?!\s*'))*+')(?=[\s/>])"""
"""A value in quotes may have `<` and `>`. A quote behind a `=` opens one and any other closes one: so a quote
that nobody closed takes little with it, and of tags that begin within another's values few are read at a time."""
_A_TAG = (
    rf"<(/?)({_BLOCK}|{_INLINE})(?=[\s/>])"
    rf"(?:(?:[^<>\"'=]|=(?!\s*[\"'])|{_VALUE})*+>|[^<>]*>)"  # else as far as the first `>`
)
_TAG = re.compile(_A_TAG, re.IGNORECASE)
_UNSEEN = ("script", "style")
_IN_ASCII = {name: "".join(f"[{c}{c.upper()}]" for c in name) for name in _UNSEEN}
_BEGINS_UNSEEN = rf"<(?-i:({'|'.join(_IN_ASCII.values())}))(?=[\s/>])"
_UNSEEN_TAG = re.compile(_BEGINS_UNSEEN)
_MARK = re.compile(rf"{_A_TAG}|{_BEGINS_UNSEEN}|<!--", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{letters}(?=[\s/>])[^<>]*>") for name, letters in _IN_ASCII.items()}
"""What ends that of which nothing is seen."""
_IS_BLOCK = re.compile(_BLOCK, re.IGNORECASE)
_MEANS = {**dict.fromkeys(_INLINE.split("|"), ""), **dict.fromkeys(_BLOCK.split("|"), "\n\n"), "br": "\n"}
"""What the tags become, by their names in small letters."""
ROUNDS = 3
"""How often entities are decoded at most: `&amp;#8217;` takes two."""


_WHOLE = ((0, 0, True),)


class Decoded(msgspec.Struct, frozen=True, gc=False):
    """A text without entities and tags. Between two breaks, offsets run along with the original's."""

    text: str
    breaks: tuple[int, ...] = (0,)
    """Offsets in `text` where a new piece starts."""
    origins: tuple[tuple[int, int, bool], ...] = _WHOLE
    """For each piece: start and end in the original, and whether it stands there letter for letter."""

    @property
    def is_whole(self) -> bool:
        """Whether every character stands where it stands in the original."""
        return self.origins is _WHOLE

    def start(self, offset: int) -> int:
        """Where the character at an offset starts in the original."""
        piece = bisect_right(self.breaks, offset) - 1
        start, _, same = self.origins[piece]
        return start + offset - self.breaks[piece] if same else start

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters `[start, end)` stand in the original."""
        return (start, end) if self.is_whole else (self.start(start), self.end(end))

    def is_same(self, start: int, end: int) -> bool:
        """Whether the characters `[start, end)` stand in the original letter for letter, one after the other."""
        piece = bisect_right(self.breaks, start) - 1
        return self.origins[piece][2] and bisect_right(self.breaks, end - 1) - 1 == piece

    def end(self, offset: int) -> int:
        """Where the character before an offset ends in the original."""
        piece = bisect_right(self.breaks, offset - 1) - 1 if offset else 0
        start, end, same = self.origins[piece]
        return start + offset - self.breaks[piece] if same else end


def decode(original: str) -> Decoded:
    """The text without entities (decoded until stable, three times at most) and tags.

    >>> decode("<p>Carer&amp;#8217;s</p>").text.strip()
    'Carer’s'
    """
    decoded = Decoded(original)
    for _ in range(ROUNDS):
        if "&" not in decoded.text or not _ENTITY.search(decoded.text):
            break
        decoded = replaced(decoded, _entities(decoded.text))
    if "<" in decoded.text:
        decoded = replaced(decoded, _tags(decoded.text))
    return decoded


def _entities(text: str) -> Iterator[Replacement]:
    """What HTML knows as an entity: `&tax;` is text."""
    for match in _ENTITY.finditer(text):
        char = html.unescape(match.group())
        if char != match.group():
            yield *match.span(), char


def _odd_tag(text: str, at: int) -> tuple[int, str] | None:
    """Where the tag that begins there ends, and what it becomes; None where none does."""
    match = _TAG.match(text, at)
    return (match.end(), _means(match.group(2))) if match else None


def _unseen_end(text: str, at: int, never: set[str]) -> int:
    """Behind the script or style sheet that begins there; 0 where none does. `never`: which end no more."""
    match = _UNSEEN_TAG.match(text, at)
    name = match.group(1).lower() if match else ""
    if not match or name in never:
        return 0
    end = _ENDS[name].search(text, match.end())
    if not end:
        never.add(name)
    return end.end() if end else 0


@native.twin(native.markup, _MEANS, _odd_tag, _unseen_end)
def _tags(text: str) -> list[Replacement]:
    """Tags, comments, scripts. Behind the last `-->` no comment ends: to look for one again would be quadratic."""
    closed, found, at = text.rfind("-->"), [], 0
    never: set[str] = set()
    while match := _MARK.search(text, at):
        at = match.end()
        if match.group(2):
            found.append((*match.span(), _means(match.group(2))))
        elif match.group(3):
            if end := _unseen_end(text, match.start(), never):
                at = end
                found.append((match.start(), at, ""))
        elif at <= closed:
            at = text.index("-->", at) + len("-->")
            found.append((match.start(), at, ""))
    return found


@lru_cache(maxsize=256)
def _means(name: str) -> str:
    """What a tag becomes."""
    if name.lower() == "br":
        return "\n"
    return "\n\n" if _IS_BLOCK.fullmatch(name) else ""


@native.twin(native.markup, Decoded)
def replaced(old: Decoded, replacements: Iterable[Replacement]) -> Decoded:
    """The text with every stretch replaced, none over another and in order, and the map carried along."""
    pieces: list[Piece] = []
    keep, text = _keeper(old), old.text
    at = 0
    for start, end, new in replacements:
        if start > at:
            keep(pieces, at, start)
        if new:
            pieces.append((new, *old.stretch(start, end), False))
        at = end
    if at < len(text):
        keep(pieces, at, len(text))
    return _join(pieces)


@native.twin(native.markup, Decoded)
def spliced(old: Decoded, parts: Iterable[tuple[int, int, Decoded]]) -> Decoded:
    """The text with every stretch `[start, end)` replaced by what was made of it, none over another, in order."""
    pieces: list[Piece] = []
    keep = _keeper(old)
    at = 0
    for start, end, new in parts:
        keep(pieces, at, start)
        for text, first, last, same in _pieces(new):
            if same:
                keep(pieces, start + first, start + first + len(text))
            else:
                pieces.append((text, *old.stretch(start + first, start + last), False))
        at = end
    keep(pieces, at, len(old.text))
    return _join(pieces)


def _pieces(text: Decoded) -> Iterator[Piece]:
    ends = (*text.breaks[1:], len(text.text))
    for start, end, origin in zip(text.breaks, ends, text.origins, strict=True):
        yield text.text[start:end], *origin


def _keeper(old: Decoded) -> Callable[[list[Piece], int, int], None]:
    """Adds a stretch of a text to some pieces, as it is."""
    if old.origins == _WHOLE:

        def keep_all(pieces: list[Piece], start: int, end: int) -> None:
            pieces.append((old.text[start:end], start, end, True))

        return keep_all
    return lambda pieces, start, end: pieces.extend(_kept(old, start, end))


def _kept(old: Decoded, start: int, end: int) -> list[Piece]:
    """The stretch `[start, end)` of the text in pieces that each have one origin."""
    pieces: list[Piece] = []
    breaks = old.breaks
    piece = bisect_right(breaks, start) - 1
    while start < end:
        stop = min(end, breaks[piece + 1]) if piece + 1 < len(breaks) else end
        first, last, same = old.origins[piece]
        if same:
            first += start - breaks[piece]
            last = first + stop - start
        pieces.append((old.text[start:stop], first, last, same))
        start, piece = stop, piece + 1
    return pieces


def _join(pieces: list[Piece]) -> Decoded:
    pieces = [piece for piece in pieces if piece[0]]
    if not pieces:
        return Decoded("")
    texts = [text for text, _, _, _ in pieces]
    breaks = tuple(accumulate(map(len, texts[:-1]), initial=0))
    return Decoded("".join(texts), breaks, tuple([(start, end, same) for _, start, end, same in pieces]))
