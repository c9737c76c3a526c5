"""Entities and tags taken out of a text, with a map back to where each character stood (section 2)."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_BLOCK = (
    "address|article|aside|blockquote|body|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "header|hr|html|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|b|big|br|button|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|picture|q|s|samp|"
    "small|source|span|strike|strong|sub|sup|svg|time|tt|u|var|video|wbr"
)
_A_TAG = rf"<(/?)({_BLOCK}|{_INLINE})(?=[\s/>])[^<>]*>"
_TAG = re.compile(_A_TAG, re.IGNORECASE)
_TAG_OR_COMMENT = re.compile(rf"{_A_TAG}|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_IS_BLOCK = re.compile(_BLOCK, re.IGNORECASE)
ROUNDS = 3
"""How often entities are decoded at most: `&amp;#8217;` takes two."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without entities and tags. Between two breaks, offsets run along with the original's."""

    text: str
    breaks: tuple[int, ...] = (0,)
    """Offsets in `text` where a new piece starts."""
    origins: tuple[tuple[int, int, bool], ...] = ((0, 0, True),)
    """For each piece: start and end in the original, and whether it stands there letter for letter."""

    def start(self, offset: int) -> int:
        """Where the character at an offset starts in the original."""
        piece = bisect_right(self.breaks, offset) - 1
        start, _, same = self.origins[piece]
        return start + offset - self.breaks[piece] if same else start

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
        decoded = _replace(decoded, _entities(decoded.text), lambda m: html.unescape(m.group()))
    if "<" in decoded.text:
        decoded = _replace(decoded, _tags(decoded.text), _tag)
    return decoded


def _entities(text: str) -> Iterator[re.Match[str]]:
    """What HTML knows as an entity: `&tax;` is text."""
    return (m for m in _ENTITY.finditer(text) if html.unescape(m.group()) != m.group())


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Tags and comments. Behind the last `-->` no comment ends: looking for one each time would be quadratic."""
    closed = text.rfind("-->")
    end = closed + len("-->") if closed >= 0 else 0
    yield from _TAG_OR_COMMENT.finditer(text, 0, end)
    yield from _TAG.finditer(text, end)


def _tag(match: re.Match[str]) -> str:
    name = match.group(2) or ""
    if name.lower() == "br":
        return "\n"
    return "\n\n" if name and _IS_BLOCK.fullmatch(name) else ""


def _replace(old: Decoded, matches: Iterable[re.Match[str]], new: Callable[[re.Match[str]], str]) -> Decoded:
    """Replace every match, and carry the map along."""
    pieces: list[tuple[str, int, int, bool]] = []
    at = 0
    for match in matches:
        pieces.extend(_kept(old, at, match.start()))
        pieces.append((new(match), old.start(match.start()), old.end(match.end()), False))
        at = match.end()
    pieces.extend(_kept(old, at, len(old.text)))
    return _join(pieces)


def _kept(old: Decoded, start: int, end: int) -> list[tuple[str, int, int, bool]]:
    """The stretch `[start, end)` of the text in pieces that each have one origin."""
    pieces = []
    while start < end:
        piece = bisect_right(old.breaks, start) - 1
        stop = min(end, old.breaks[piece + 1]) if piece + 1 < len(old.breaks) else end
        same = old.origins[piece][2]
        pieces.append((old.text[start:stop], old.start(start), old.end(stop), same))
        start = stop
    return pieces


def _join(pieces: list[tuple[str, int, int, bool]]) -> Decoded:
    breaks, origins, texts, place = [], [], [], 0
    for text, start, end, same in pieces:
        if text:
            breaks.append(place)
            origins.append((start, end, same))
            texts.append(text)
            place += len(text)
    return Decoded("".join(texts), tuple(breaks) or (0,), tuple(origins) or ((0, 0, True),))
