"""What rules look for, as numbers of patterns: judges hold it, and ask where it stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import IntEnum
from typing import Any, TypeVar

from monitor.core.matching.phrases import Ending, Phrase, Spelling
from monitor.core.matching.tables import Growing, Lists
from monitor.core.profile import Case

Judge = TypeVar("Judge")


class Doubt(IntEnum):
    """What must still be looked at where a spelling's pattern stands, besides the gaps between its words."""

    NONE = 0
    CAPITALS = 1
    """Whether each word has a capital."""
    SMALL = 2
    """Whether all is in small letters."""
    EXACT = 3
    """Whether it is written as the phrase has it, or how it ends."""
    MARKS = 4
    """Its own punctuation, and all else."""


class Sought:
    """Phrases that are looked for together: the forms of a term, the words of a list, its blockers."""

    __slots__ = ("number", "twice")

    def __init__(self, number: int, spellings: Sequence[tuple[int, Spelling]]) -> None:
        self.number = number
        """Its number in the lexicon."""
        self.twice = len({pattern for pattern, _ in spellings}) < len(spellings) or any(
            spelling.ending is Ending.PREFIX or spelling.shape.signs for _, spelling in spellings
        )
        """Whether one stretch of text may be found more than once."""


NOTHING = Sought(0, ())
"""No phrase at all: stands nowhere."""


class Lexicon:
    """Numbers of patterns, to make `Sought` of phrases; what was made is in columns."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.size = len(patterns)
        """How many patterns there are."""
        self._numbers = {pattern: number for number, pattern in enumerate(patterns)}
        self._sought: dict[tuple[Phrase, ...], Sought] = {(): NOTHING}
        self._judges: dict[Hashable, Any] = {}
        self.spellings: list[Spelling] = []
        self.patterns = Growing()
        """For each spelling the number of its pattern."""
        self.doubts = Growing()
        """For each spelling a `Doubt`."""
        self.possessives = Growing()
        """For each spelling whether it stands only where a word ends in an apostrophe and s."""
        self.asking = Lists()
        """For each `Sought`, by its number, the numbers of its spellings."""
        self.twice = Growing()
        """For each `Sought` whether a stretch of text may be found more than once."""
        self._add(NOTHING, ())

    def sought(self, phrases: Iterable[Phrase]) -> Sought:
        """What finds these phrases; the same for the same phrases, so that what is shared is looked at once.

        Raises:
            KeyError: a phrase is not among the patterns.
        """
        asked = tuple(phrases)
        sought = self._sought.get(asked)
        if sought is None:
            spellings = [(self._numbers[s.pattern], s) for phrase in asked for s in phrase.spellings()]
            sought = self._sought[asked] = Sought(len(self.asking), spellings) if spellings else NOTHING
            if spellings:
                self._add(sought, spellings)
        return sought

    def _add(self, sought: Sought, spellings: Sequence[tuple[int, Spelling]]) -> None:
        first = len(self.spellings)
        for pattern, spelling in spellings:
            self.spellings.append(spelling)
            self.patterns.add(pattern)
            self.doubts.add(_doubt(spelling))
            self.possessives.add(spelling.ending is Ending.POSSESSIVE)
        self.asking.add(range(first, len(self.spellings)))
        self.twice.add(sought.twice)

    def once(self, rule: Hashable, make: Callable[[], Judge]) -> Judge:
        """The judge of a rule, made when it is first asked for; the same for the same rule."""
        judge: Judge | None = self._judges.get(rule)
        if judge is None:
            judge = self._judges[rule] = make()
        return judge


def _doubt(spelling: Spelling) -> Doubt:
    if spelling.shape.signs:
        return Doubt.MARKS
    if spelling.sure:
        return Doubt.NONE
    if spelling.phrase.plural_any_case and spelling.ending is Ending.PLURAL:
        return Doubt.EXACT
    return _OF_CASE[spelling.phrase.case]


_OF_CASE = {
    Case.ANY: Doubt.NONE,
    Case.CAPITALISED: Doubt.CAPITALS,
    Case.LOWER: Doubt.SMALL,
    Case.EXACT: Doubt.EXACT,
}
