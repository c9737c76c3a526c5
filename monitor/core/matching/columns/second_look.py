"""What a glance does not tell where a pattern stands: gaps, capitals, endings, own punctuation (section 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.core.matching.phrases import Ending, Spelling, case_holds
from monitor.core.matching.text import Text

_PLURAL, _POSSESSIVE = Ending.PLURAL, Ending.POSSESSIVE


class Looked(NamedTuple):
    """A place on a second look."""

    holds: bool
    """Whether its capitals are as they should be."""
    signs: int = 0
    opening: bool = False
    closing: bool = False


def looked_at(spelling: Spelling, text: Text, first: int, last: int) -> Iterator[Looked]:
    """What stands there on a second look: nothing, or the place, with its own punctuation too where it has it."""
    signs = _signs_within(spelling.shape.signs, text, first, last)
    if signs is None or text.part_of(first) != text.part_of(last):
        return
    capitals = spelling.sure or _capitals_hold(spelling, text, first, last)
    if capitals is None:
        return
    yield Looked(capitals, signs)
    if spelling.shape.signs:
        shape = spelling.shape
        opens = bool(shape.opening) and text.sign(first) == shape.opening
        closes = bool(shape.closing) and text.sign_behind(last) == shape.closing
        for opening, closing in {(opens, False), (False, closes), (opens, closes)} - {(False, False)}:
            yield Looked(capitals, signs + opening + closing, opening, closing)


def _capitals_hold(spelling: Spelling, text: Text, first: int, last: int) -> bool | None:
    """Whether the capitals of a place are as its phrase asks; None where it does not end as it should."""
    ending, phrase = spelling.ending, spelling.phrase
    if ending is _POSSESSIVE and not text.possessive(last):
        return None
    if ending is _PLURAL and phrase.plural_any_case and text.possessive(last):
        ending = _POSSESSIVE  # *Grant's* is no plural
    return case_holds(phrase, ending, text, first, last)


def _signs_within(own: Sequence[str], text: Text, first: int, last: int) -> int | None:
    """How many marks stand within, all of them the phrase's own; None when anything else does (section 3)."""
    signs = 0
    for number in range(first + 1, last + 1):
        if text.joins(number):
            continue
        if not own or text.sign(number) != own[number - first]:
            return None
        signs += 1
    return signs
