"""What rules look for, as numbers of patterns: judges hold it, and ask a scan where it stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from monitor.core.matching.phrases import Ending, Phrase, Spelling

Judge = TypeVar("Judge")


class Sought:
    """Phrases that are looked for together: the forms of a term, the words of a list, its blockers."""

    __slots__ = ("numbers", "spellings", "twice")

    def __init__(self, spellings: dict[int, tuple[Spelling, ...]]) -> None:
        self.spellings = spellings
        """By the number of their pattern."""
        self.numbers = frozenset(spellings)
        """None at all: nothing is looked for."""
        self.twice = any(map(_twice, spellings.values()))
        """Whether one stretch of text may be found more than once."""


def _twice(spellings: Sequence[Spelling]) -> bool:
    """Whether spellings of one pattern may give a stretch that they or others give too."""
    return len(spellings) > 1 or spellings[0].ending is Ending.PREFIX or bool(spellings[0].shape.signs)


NOTHING = Sought({})


class Lexicon:
    """Numbers of patterns, to make `Sought` of phrases."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._numbers = {pattern: number for number, pattern in enumerate(patterns)}
        self._sought: dict[tuple[Phrase, ...], Sought] = {(): NOTHING}
        self._judges: dict[Hashable, Any] = {}

    def sought(self, phrases: Iterable[Phrase]) -> Sought:
        """What finds these phrases; the same for the same phrases, so that what is shared is looked at once.

        Raises:
            KeyError: a phrase is not among the patterns.
        """
        asked = tuple(phrases)
        sought = self._sought.get(asked)
        if sought is None:
            spellings: dict[int, tuple[Spelling, ...]] = {}
            for phrase in asked:
                for spelling in phrase.spellings():
                    number = self._numbers[spelling.pattern]
                    spellings[number] = (*spellings.get(number, ()), spelling)
            sought = self._sought[asked] = Sought(spellings)
        return sought

    def once(self, rule: Hashable, make: Callable[[], Judge]) -> Judge:
        """The judge of a rule, made when it is first asked for; the same for the same rule."""
        judge: Judge | None = self._judges.get(rule)
        if judge is None:
            judge = self._judges[rule] = make()
        return judge
