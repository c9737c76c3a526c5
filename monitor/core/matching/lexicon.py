"""What rules look for, as numbers of patterns: judges hold it, and ask a scan where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.core.matching.phrases import Phrase, Spelling


class Sought:
    """Phrases that are looked for together: the forms of a term, the words of a list, its blockers."""

    __slots__ = ("numbers", "spellings")

    def __init__(self, spellings: dict[int, tuple[Spelling, ...]]) -> None:
        self.spellings = spellings
        """By the number of their pattern."""
        self.numbers = frozenset(spellings)


NOTHING = Sought({})


class Lexicon:
    """Numbers of patterns, to make `Sought` of phrases."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._numbers = {pattern: number for number, pattern in enumerate(patterns)}
        self._sought: dict[tuple[Phrase, ...], Sought] = {(): NOTHING}

    def sought(self, phrases: Iterable[Phrase]) -> Sought:
        """What finds these phrases; the same for the same phrases, so that what is shared is looked at once.

        Raises:
            KeyError: a phrase is not among the patterns.
        """
        asked = tuple(phrases)
        if asked not in self._sought:
            spellings: dict[int, tuple[Spelling, ...]] = {}
            for spelling in (s for phrase in asked for s in phrase.spellings()):
                number = self._numbers[spelling.pattern]
                spellings[number] = (*spellings.get(number, ()), spelling)
            self._sought[asked] = Sought(spellings)
        return self._sought[asked]
