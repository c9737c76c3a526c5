"""All patterns of all profiles, found in one pass over a stream: the one home of ahocorasick and daachorse.

All engines find the same. Where the core is compiled our own trie of words serves, which is the fastest by far;
else daachorse, which comes with `monitor[fast]`, or pyahocorasick. Each can be packed into bytes and made again
from them, with nothing of the work of building it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Protocol

import ahocorasick
import msgspec
import numpy as np

from monitor.core.matching import native
from monitor.core.matching.tables import Column, column
from monitor.core.matching.trie import Hits, Trie

try:
    import daachorse
except ImportError:  # the extra `fast` is not installed
    daachorse = None  # type: ignore[assignment]


class Automaton(Protocol):
    """Finds every place of every pattern, those that overlap included."""

    engine: str
    """Its library's name."""

    def hits(self, stream: str) -> Hits:
        """Every hit, in order of their ends."""

    def packed(self) -> bytes:
        """What `unpacked` makes the same automaton of."""


_LETTER_BY_LETTER = ("daachorse", "ahocorasick") if daachorse else ("ahocorasick",)
ENGINES = ("trie", *_LETTER_BY_LETTER) if native.BUILT else (*_LETTER_BY_LETTER, "trie")
"""Those that are there, the fastest first."""


def built(patterns: Sequence[str], engine: str = ENGINES[0]) -> Automaton:
    """An automaton that finds these patterns, each under its place in the list."""
    return _KINDS[engine].of(patterns) if patterns else _Nothing()


def unpacked(state: bytes, engine: str) -> Automaton:
    """The automaton that was packed.

    Raises:
        ValueError: these bytes are none of that engine's.
    """
    return _KINDS[engine](state) if state else _Nothing()


class _Nothing:
    """Of no patterns: finds nothing."""

    engine = "none"

    def hits(self, stream: str) -> Hits:
        return column(()), column(())

    def packed(self) -> bytes:
        return b""


class _AhoCorasick:
    """pyahocorasick. Made of its own packed state it is denser in memory, and a fifth faster than as built."""

    engine = "ahocorasick"

    def __init__(self, state: bytes) -> None:
        nodes, *rest = msgspec.msgpack.decode(state)
        self._automaton = ahocorasick.Automaton(nodes, *rest)

    @classmethod
    def of(cls, patterns: Sequence[str]) -> _AhoCorasick:
        made = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, pattern in enumerate(patterns):
            made.add_word(pattern, number)
        made.make_automaton()
        return cls(_packed(made))

    def hits(self, stream: str) -> Hits:
        lasts, numbers = _columns(self._automaton.iter(stream), 2)
        return lasts + 1, numbers

    def packed(self) -> bytes:
        return _packed(self._automaton)


@native.twin(native.automaton)
def _columns(found: Iterable[tuple[int, ...]], count: int) -> tuple[Column, ...]:
    """Tuples of so many numbers as columns; none of them is kept, so that they cost no memory."""
    numbers = column(chain.from_iterable(found))
    return tuple(numbers[n::count] for n in range(count))


def _packed(automaton: Any) -> bytes:
    return msgspec.msgpack.encode(automaton.__reduce__()[1])


class _Daachorse:
    """daachorse over bytes: a double array, which keeps a large automaton in the processor's caches."""

    engine = "daachorse"

    def __init__(self, state: bytes) -> None:
        self._automaton = daachorse.DoubleArrayAhoCorasick.deserialize(state)

    @classmethod
    def of(cls, patterns: Sequence[str]) -> _Daachorse:
        return cls(daachorse.DoubleArrayAhoCorasick([p.encode() for p in patterns]).serialize())

    def hits(self, stream: str) -> Hits:
        data = stream.encode()
        _, ends, numbers = _columns(self._automaton.find_overlapping(data), 3)
        if len(data) > len(stream):  # letters that are not ASCII take several bytes: from bytes to characters
            ends = np.cumsum((np.frombuffer(data, np.uint8) & 0xC0) != 0x80)[ends - 1]
        return ends, numbers

    def packed(self) -> bytes:
        state: bytes = self._automaton.serialize()
        return state


_KINDS: dict[str, type[Trie] | type[_AhoCorasick] | type[_Daachorse]] = {
    "trie": Trie,
    "ahocorasick": _AhoCorasick,
    "daachorse": _Daachorse,
}
