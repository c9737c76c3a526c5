"""Many texts folded at once into the streams that the automaton reads (the contract, section 2).

A stream holds folded words with a space before and after each, so that ` tax ` never hits *taxi*. Punctuation is
not in it: what stands between two words is looked up in the text, and only where a phrase was found (`text.py`).

A text is looked at as one byte for each character. Letters and digits become what they are compared as, everything
else a space, and what asks for a second look a code below 32; the few places of those are seen to by themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from operator import is_not
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from monitor.core.matching import native
from monitor.core.matching.characters import APOSTROPHES, fold
from monitor.core.matching.markup import Decoded, decode
from monitor.core.matching.oddities import in_addresses, is_odd, without_oddities

Codes: TypeAlias = "NDArray[np.uint8] | NDArray[np.uint32]"
Test: TypeAlias = "Callable[[NDArray[np.int64]], NDArray[np.bool_]]"

GONE, ODD, APOSTROPHE, STOP, BEYOND, SLASH = range(6)
"""An apostrophe that does not count; what may be replaced; an apostrophe; a full stop; not in Latin-1; a slash."""
SPACE = 32
BETWEEN = "\x1e"
"""Stands around each text while many are folded together: a space of its own in the stream, always."""


class Folded(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The texts of one article (or other group), folded."""

    parts: tuple[Decoded, ...]
    joined: str
    """The texts of the parts, `BETWEEN` around each."""
    stream: str
    edges: tuple[int, ...]
    """Where in the stream the parts begin and end: one more than parts, each a space of its own."""
    kept: NDArray[np.bool_]
    """Which characters of `joined` are in the stream."""


class _Codes(dict[int, int]):
    """What each character becomes; learns as it goes."""

    def __missing__(self, number: int) -> int:
        self[number] = code = _code(chr(number))
        return code


def _code(char: str) -> int:
    if char in APOSTROPHES:
        return APOSTROPHE
    if is_odd(char):
        return ODD
    if char in _BY_ITSELF:
        return _BY_ITSELF[char]
    return ord(fold(char)) if char.isalnum() else SPACE


_BY_ITSELF = {".": STOP, "/": SLASH}
_CODES = _Codes()


def _latin(number: int) -> int:
    code = _CODES[number]
    return code if code < 256 else BEYOND


_LATIN = bytes(BEYOND if n == ord("?") or _CODES[n] > 255 else _CODES[n] for n in range(256))
"""`?` may be one, or stand for a character that is not in Latin-1."""
_IS_WORD = np.array([chr(n).isalnum() for n in range(256)])
_IS_LETTER = np.array([chr(n).isalpha() for n in range(256)])
_WEB = re.compile(r"www\.", re.IGNORECASE)


def _mended(parts: tuple[Decoded, ...], odd: Sequence[int]) -> tuple[Decoded, ...]:
    """The parts with what is odd at some places replaced, themselves where nothing is; places are as in `kept`."""
    made, start = [], 1
    for part in parts:
        end = start + len(part.text)
        made.append(without_oddities(part, [at - start for at in odd if start <= at < end]))
        start = end + 1
    return tuple(made) if any(map(is_not, made, parts)) else parts


@native.twin(native.folding, _CODES, decode, Decoded, Folded, _mended)
def folded(groups: Sequence[Sequence[str]]) -> list[Folded]:
    """Each group of texts, folded: entities and tags decoded, oddities replaced, one stream for all its parts."""
    texts = [tuple(map(decode, group)) for group in groups]
    found = [*_folded(texts)]
    mended: dict[int, tuple[Decoded, ...]] = {}
    for number, (_, odd) in enumerate(found):
        parts = _mended(texts[number], odd) if odd else texts[number]
        if parts is not texts[number]:
            mended[number] = parts
    for number, again in zip(mended, _folded(list(mended.values())), strict=True):
        found[number] = again
    return [one for one, _ in found]


Found: TypeAlias = tuple[Folded, list[int]]
"""Texts folded, and where in them there may be oddities."""
Stream: TypeAlias = tuple[str, str, tuple[int, ...], NDArray[np.bool_], list[int]]
"""`joined`, `stream`, `edges` and `kept` of a group of texts, and where in `joined` characters may be odd."""


def _folded(groups: Sequence[tuple[Decoded, ...]]) -> Iterator[Found]:
    made = _streams([[part.text for part in parts] for parts in groups])
    for parts, (joined, stream, edges, kept, odd) in zip(groups, made, strict=True):
        yield Folded(parts, joined, stream, edges, kept), sorted(odd + _web(joined)) if "www " in stream else odd


def _streams(groups: Sequence[Sequence[str]]) -> list[Stream]:
    """Each group in one stream; those with letters beyond Latin-1 by themselves, four bytes for a character."""
    if not groups:
        return []
    sheet = _Sheet(groups)
    codes, wide = _latin_codes(sheet.joined)
    beyond = sheet.groups_of(wide)
    made = [*sheet.cut(codes)]
    for number in beyond:
        alone = _Sheet(groups[number : number + 1])
        (made[number],) = alone.cut(_wide_codes(alone.joined))
    return made


def _latin_codes(joined: str) -> tuple[Codes, list[int]]:
    """The code of every character, and where letters stand that have none in Latin-1."""
    codes = np.frombuffer(joined.encode("latin-1", "replace").translate(_LATIN), np.uint8).copy()
    places = (codes == BEYOND).nonzero()[0]
    found = [_CODES[ord(joined[at])] for at in places.tolist()]
    codes[places] = [code if code < 256 else SPACE for code in found]
    return codes, [at for at, code in zip(places.tolist(), found, strict=True) if code > 255]


def _wide_codes(joined: str) -> Codes:
    return np.frombuffer(joined.translate(_CODES).encode("utf-32-le"), np.uint32).copy()


class _Sheet:
    """Groups of texts, joined to be folded together."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        texts = [*chain.from_iterable(groups)]
        self.joined = f"{BETWEEN}{BETWEEN.join(texts)}{BETWEEN}"
        self._edges = [*accumulate((len(text) + 1 for text in texts), initial=0)]
        self._firsts = [*accumulate(map(len, groups), initial=0)]
        self._starts = [self._edges[first] for first in self._firsts]

    def groups_of(self, places: Iterable[int]) -> set[int]:
        """The numbers of the groups in which these places are."""
        return {bisect_right(self._starts, at) - 1 for at in places}

    def cut(self, codes: Codes) -> Iterator[Stream]:
        """The stream of each group, made of the codes of all."""
        odd = self._by_group(_settle(codes, self.joined))
        kept = _kept(codes, self._edges)
        wide = codes.dtype == np.uint32
        stream = codes[kept].tobytes().decode("utf-32-le" if wide else "latin-1")
        counts = np.add.reduceat(kept, self._edges, dtype=np.int64).tolist()
        edges = [*accumulate(counts, initial=0)]
        for number, (first, last) in enumerate(pairwise(self._firsts)):
            start, end = edges[first], edges[last] + 1
            own = tuple([edge - start for edge in edges[first : last + 1]])
            here = slice(self._edges[first], self._edges[last] + 1)
            yield self.joined[here], stream[start:end], own, kept[here], odd.get(number, [])

    def _by_group(self, places: list[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at in places:
            number = bisect_right(self._starts, at) - 1
            found.setdefault(number, []).append(at - self._starts[number])
        return found


def _web(text: str) -> list[int]:
    return [match.start() for match in _WEB.finditer(text)]


def _settle(codes: Codes, joined: str) -> list[int]:
    """Make letters, spaces and `GONE` of all other codes; where there may be oddities, in order."""
    places = (codes < SPACE).nonzero()[0]
    there = codes[places]
    stops, apostrophes, odd = places[there == STOP], places[there == APOSTROPHE], places[there == ODD]
    letters, words = _letters(codes), _words(codes)
    initials = stops[letters(stops - 1) & letters(stops + 1) & ~words(stops - 2)]
    gone = letters(apostrophes - 1) | (words(apostrophes - 1) & words(apostrophes + 1))
    slashes = in_addresses(joined, places[there == SLASH].tolist())
    codes[places] = SPACE
    codes[apostrophes[gone]] = GONE
    return sorted([*odd.tolist(), *initials.tolist(), *slashes])


def _letters(codes: Codes) -> Test:
    if codes.dtype == np.uint8:
        return lambda places: _IS_LETTER[codes[places]]
    return lambda places: np.array([chr(c).isalpha() for c in codes[places].tolist()], np.bool_)


def _words(codes: Codes) -> Test:
    if codes.dtype == np.uint8:
        return lambda places: _IS_WORD[codes[places]]
    return lambda places: np.array([chr(c).isalnum() for c in codes[places].tolist()], np.bool_)


def _kept(codes: Codes, edges: Sequence[int]) -> NDArray[np.bool_]:
    """What goes into the stream: letters and digits, of spaces beside each other the first, and every edge."""
    spaces: NDArray[np.bool_] = codes == SPACE
    kept = ~spaces
    kept[1:] |= ~spaces[:-1]
    kept &= codes != GONE
    kept[edges] = True
    return kept
