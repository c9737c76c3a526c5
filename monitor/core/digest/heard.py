"""What was heard of the sources, as a reader is told: who was silent, which gaps are over, when we were down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.core.health import ALLOWED


@dataclass(frozen=True, slots=True)
class SilentSource:
    """A source that was not heard, or brought nothing, in the window."""

    outlet: str
    source: str
    since: datetime | None
    """When it was last heard (or, of a quiet one, last brought something new); None: never."""
    error: str = ""
    usual: int | None = None
    """How many articles it usually brings in that time; None: not enough was seen of it."""
    long: bool = False
    """Quiet for days: named at the head, since a feed may answer and yet be dead."""


@dataclass(frozen=True, slots=True)
class GapLine:
    """A stretch in which a source was not heard, over when the edition is made."""

    outlet: str
    source: str
    start: datetime
    end: datetime
    caught_up: int
    """Articles that came when it was heard again."""
    whole: bool
    """Whether nothing was lost; otherwise some may be missing, and the head says so."""
    ours: bool = False
    """Whether it began with nobody polling: we were down."""
    usual: int | None = None
    """How many articles it usually brings in that time; None: not enough was seen of it."""


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch in which this service was not running."""

    start: datetime
    """When a source was last heard before it."""
    end: datetime
    """When one was heard again."""
    gaps: tuple[GapLine, ...]
    """What it did to the sources."""

    @property
    def lossy(self) -> tuple[GapLine, ...]:
        """Those of the gaps after which articles may be missing."""
        return tuple(gap for gap in self.gaps if not gap.whole)

    @property
    def caught_up(self) -> int:
        """How many articles came with the first look after it."""
        return sum(gap.caught_up for gap in self.gaps)


def outages(gaps: Iterable[GapLine]) -> Iterator[Outage]:
    """Our outages, from the gaps that began with nobody polling.

    Those of one outage lie over one another: it lasted, at most, from when a source was last heard before it until
    the first one was heard again. A gap that goes on for more than three hours after that is its source's own: we
    were there, and it was not.
    """
    together: list[GapLine] = []
    for gap in sorted((g for g in gaps if g.ours), key=lambda g: (g.start, g.end)):
        if together and gap.start >= min(g.end for g in together):
            yield _outage(together)
            together = []
        together.append(gap)
    if together:
        yield _outage(together)


def _outage(together: list[GapLine]) -> Outage:
    end = min(gap.end for gap in together)
    ours = tuple(gap for gap in together if gap.end - end <= ALLOWED)
    return Outage(max(gap.start for gap in ours), end, ours)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what the digest's sections take was heard."""

    sources: int
    """Sources with an address."""
    heard: int
    """Of these, how many were heard in the window and are not silent at its end."""
    failed: tuple[SilentSource, ...] = ()
    """The others."""
    quiet: tuple[SilentSource, ...] = ()
    """Heard, and nothing new for longer than the window."""
    unaddressed: tuple[str, ...] = ()
    """Names of the outlets that have no known address."""
    gaps: tuple[GapLine, ...] = ()
    """Coverage gaps of the window that are over, the latest to end last."""

    @property
    def lossy(self) -> tuple[GapLine, ...]:
        """The gaps after which articles may be missing."""
        return tuple(gap for gap in self.gaps if not gap.whole)

    @property
    def outages(self) -> tuple[Outage, ...]:
        """The stretches in which we were down, the earliest first."""
        return tuple(outages(self.gaps))

    @property
    def telling(self) -> tuple[Outage, ...]:
        """Those that changed what is in the edition, or may have, four at most: told at its head alone."""
        return tuple(outage for outage in self.outages if outage.lossy or outage.caught_up)[:4]

    @property
    def healed(self) -> tuple[GapLine, ...]:
        """Those of the sources' own gaps in which nothing was lost; each of the others is told by itself."""
        return tuple(gap for gap in self.theirs if gap.whole)

    @property
    def theirs(self) -> tuple[GapLine, ...]:
        """The gaps that no outage of ours accounts for, also of a source that was silent long after one."""
        ours = {gap for outage in self.outages for gap in outage.gaps}
        return tuple(gap for gap in self.gaps if gap not in ours)
