"""What agreements ask for, compiled: patterns, who asks for which, and the automaton; it can be packed.

Patterns are numbered. What brings an article in - terms, names that wait for approval - comes first: the
*anchors*. Where no anchor stands nobody need look at context, place or guard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import msgspec

from monitor.core.agreement import Agreement
from monitor.core.matching.automaton import ENGINES, Automaton, built, unpacked
from monitor.core.matching.phrases import Phrase
from monitor.core.matching.section import anchors, others
from monitor.core.matching.terms import blocker_phrases

Askers: TypeAlias = list[list[tuple[int, int]]]
"""For each anchor (seat, number of the term) of all that ask for it; seats are sections, counted through."""


class Compiled:
    """Of some agreements, in their order."""

    def __init__(self, patterns: Sequence[str], askers: Askers, automaton: Automaton) -> None:
        self.patterns = patterns
        self.automaton = automaton
        self.anchors = len(askers)
        """How many patterns are anchors."""
        self.askers = askers

    @classmethod
    def of(cls, agreements: Sequence[Agreement], engine: str = ENGINES[0]) -> Compiled:
        """Compile all that the agreements ask for."""
        profiles = [profile for agreement in agreements for profile in agreement.profiles]
        asking: dict[str, dict[tuple[int, int], None]] = {}
        for seat, profile in enumerate(profiles):
            for term, phrase in anchors(profile):
                for pattern in phrase.patterns():
                    asking.setdefault(pattern, {})[seat, term] = None
        shared = (phrase for agreement in agreements for phrase in blocker_phrases(agreement.blockers))
        rest = _patterns(phrase for phrases in (shared, *map(others, profiles)) for phrase in phrases)
        patterns = [*asking, *(pattern for pattern in rest if pattern not in asking)]
        return cls(patterns, [list(askers) for askers in asking.values()], built(patterns, engine))

    def packed(self) -> bytes:
        """What `unpacked` makes the same of, with nothing of the work of compiling."""
        return msgspec.msgpack.encode(
            _Packed(list(self.patterns), self.askers, self.automaton.engine, self.automaton.packed())
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Compiled:
        """What was packed.

        Raises:
            ValueError: this is not what `packed` made, or its engine is not installed here.
        """
        try:
            found = msgspec.msgpack.decode(data, type=_Packed)
        except msgspec.MsgspecError as error:
            raise ValueError(f"not a compiled agreement: {error}") from error
        return cls(found.patterns, found.askers, unpacked(found.automaton, found.engine))


class _Packed(msgspec.Struct, array_like=True):
    patterns: list[str]
    askers: Askers
    engine: str
    automaton: bytes


def _patterns(phrases: Iterable[Phrase]) -> dict[str, None]:
    return dict.fromkeys(pattern for phrase in dict.fromkeys(phrases) for pattern in phrase.patterns())
