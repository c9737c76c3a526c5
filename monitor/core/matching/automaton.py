"""All phrases of all profiles, found in one pass over a stream: the one home of ahocorasick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick


class Automaton:
    """Finds every occurrence of every pattern, overlapping ones included."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_ANY)
        for number, pattern in enumerate(patterns):
            self._automaton.add_word(pattern, (number, len(pattern)))
        if len(self._automaton):
            self._automaton.make_automaton()

    def find(self, stream: str) -> Iterator[tuple[int, int, int]]:
        """`(pattern number, start, end)` for each occurrence, in order of end; half-open."""
        if not len(self._automaton) or not stream:
            return
        for last, (number, length) in self._automaton.iter(stream):
            yield number, last + 1 - length, last + 1
