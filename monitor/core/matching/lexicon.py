"""What rules look for, as numbers of patterns: judges hold it, and ask where it stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from monitor.core.matching.doubts import Doubt
from monitor.core.matching.phrases import Ending, Phrase, Spelling
from monitor.core.matching.tables import HIGH, Column, Growing, column, rows_of
from monitor.core.profile import Case

Judge = TypeVar("Judge")


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


class Standing(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The spellings of each pattern, beside each other."""

    starts: Column
    """Where those of each pattern start; at the end, where they end."""
    spellings: Column
    asking: Column
    """Of each, as a key, the number of the `Sought` that asks for it, and what it leaves in doubt: `Doubt`."""


class Lexicon:
    """Numbers of patterns, to make `Sought` of phrases; what was made is in columns."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.size = len(patterns)
        """How many patterns there are."""
        self._numbers = {pattern: number for number, pattern in enumerate(patterns)}
        self._sought: dict[tuple[Phrase, ...], Sought] = {(): NOTHING}
        self._judges: dict[Hashable, Any] = {}
        self.spellings: list[Spelling] = []
        self._patterns, self._asking = Growing(), Growing()
        self._standing = Standing(*rows_of(column(()), self.size), column(()))
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
            sought = self._sought[asked] = Sought(len(self), spellings) if spellings else NOTHING
            if spellings:
                self._add(sought, spellings)
        return sought

    def __len__(self) -> int:
        """How many `Sought` there are."""
        return len(self.twice)

    @property
    def standing(self) -> Standing:
        """What may stand where a pattern does: made again when there is more."""
        if len(self._standing.spellings) < len(self.spellings):
            starts, spellings = rows_of(self._patterns.column, self.size)
            self._standing = Standing(starts, spellings, self._asking.column[spellings])
        return self._standing

    def _add(self, sought: Sought, spellings: Sequence[tuple[int, Spelling]]) -> None:
        for pattern, spelling in spellings:
            self.spellings.append(spelling)
            self._patterns.add(pattern)
            self._asking.add(sought.number << HIGH | _doubt(spelling))
        self.twice.add(sought.twice)

    def once(self, rule: Hashable, make: Callable[[], Judge]) -> Judge:
        """The judge of a rule, made when it is first asked for; the same for the same rule."""
        judge: Judge | None = self._judges.get(rule)
        if judge is None:
            judge = self._judges[rule] = make()
        return judge


def _doubt(spelling: Spelling) -> Doubt:
    doubt = Doubt(0)
    if spelling.shape.signs:
        doubt |= Doubt.AROUND if spelling.shape.opening or spelling.shape.closing else Doubt.WITHIN
    if spelling.ending is Ending.POSSESSIVE:
        doubt |= Doubt.POSSESSIVE
    if spelling.phrase.plural_any_case and spelling.ending is Ending.PLURAL:
        return doubt if spelling.sure else doubt | Doubt.EXACT
    return doubt | _OF_CASE[spelling.phrase.case]


_OF_CASE = {
    Case.ANY: Doubt(0),
    Case.CAPITALISED: Doubt.CAPITALS,
    Case.LOWER: Doubt.SMALL,
    Case.EXACT: Doubt.EXACT,
}
