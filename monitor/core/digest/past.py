"""What went before an edition: what readers were told, how full sections were, what sources usually bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.core.edition import Window
from monitor.core.health import Rhythm


@dataclass(frozen=True, slots=True)
class Telling:
    """When editions of a digest told readers of an article: shown, or told again as a development."""

    first: datetime
    """When the first of them was made."""
    last: datetime


@dataclass(frozen=True, slots=True)
class PastEdition:
    """How full an earlier edition was."""

    window: Window
    shown: Mapping[str, int]
    """Stories shown, by the section they were filed in; a section without any is not there."""


@dataclass(frozen=True, slots=True)
class Past:
    """What went before."""

    told: Mapping[str, Telling] = field(default_factory=dict)
    """By line of article."""
    arrived: Mapping[str, datetime] = field(default_factory=dict)
    """When the first text of an article was seen, by line; of those that have another text now."""
    editions: Sequence[PastEdition] = ()
    """Those of the digest of the last half year."""
    rhythms: Mapping[str, Rhythm] = field(default_factory=dict)
    """What is usual, by source; of those that were not heard for a time."""


NOTHING = Past()
"""What went before the first edition of a digest."""
