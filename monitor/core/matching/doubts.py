"""What a pattern leaves in doubt where it stands, and what characters tell of it at a glance (section 3)."""

from __future__ import annotations

from enum import IntFlag


class Doubt(IntFlag):
    """What must still be looked at where a spelling's pattern stands, besides the gaps between its words."""

    CAPITALS = 1
    """Whether each word has a capital."""
    SMALL = 2
    """Whether all is in small letters."""
    EXACT = 4
    """Whether it is written as the phrase has it, or how it ends."""
    POSSESSIVE = 8
    """Whether it ends in an apostrophe and s: else it is another word."""
    WITHIN = 16
    """Whether what stands between its words is the phrase's own punctuation."""
    AROUND = 32
    """Whether its own punctuation stands before it or behind it."""


class Tells(IntFlag):
    """What one character of Latin-1 tells at a glance."""

    JOINS = 1
    """Alone between two words it leaves a phrase whole."""
    DIVIDES = 2
    """Between two words it surely does not, whatever else stands there."""
    CAPITAL = 4
    UPPER = 8
    FOREIGN = 16
    LAST = 32
    """It is the letter behind the apostrophe of *carer's*."""
