"""What a round over the sources brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.core.fault import Fault
from monitor.core.health import Alarm, AlarmKind, CoverageGap
from monitor.core.source import Trouble


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """What one source brought."""

    source: str
    entries: int = 0
    """Entries it listed; 0 when it was unchanged or failed."""
    older: int = 0
    """Of these, how many are from before the coverage gap that the source was in; 0 when it was in none."""
    new: int = 0
    """Articles that were not in the archive."""
    edited: int = 0
    """Articles that were, and say something else now."""
    completed: int = 0
    """Articles known by their summary whose full text came at last."""
    unchanged: bool = False
    """Not modified, or the same bytes as last time."""
    pages_failed: int = 0
    """Pages that gave no full text: unread, a wall, a teaser; their articles stand with what there is."""
    left_out: tuple[str, ...] = ()
    """What was not taken because of a bound of ours, or is held back by its provider, in plain words."""
    outdated: int = 0
    """Addresses and parts of a sitemap that were passed over, being dated well before it was last heard."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with files that were set aside."""
    pages_owed: int = 0
    """Pages that were not asked for yet: more than the budget of a round; their articles stand so, too."""
    pages_refused: int = 0
    """Pages that their site's robots.txt keeps to itself; their articles stand with the feed's words."""
    error: str = ""
    """Why it was not heard, in plain words; empty when it was."""
    put_off: str = ""
    """Why it was not asked though it was due: its host asks us to wait; empty when it was."""
    trouble: Trouble = Trouble.NONE
    """The kind of `error`."""
    moved_to: str = ""
    """Where it was asked in place of the address in `sources/`, having moved there for good."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a round says of the health of the sources."""

    open: tuple[Alarm, ...] = ()
    """The alarms that are open after it."""
    opened: tuple[Alarm, ...] = ()
    closed: tuple[Alarm, ...] = ()
    gaps: tuple[CoverageGap, ...] = ()
    """The coverage gaps that ended with it."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one round brought, source by source."""

    outcomes: tuple[SourceOutcome, ...]
    """Of the sources that were due."""
    not_due: int = 0
    """Sources that were not asked because it is not their time yet."""
    failing: int = 0
    """How many of those gave no success when they were asked last."""
    next_due: datetime | None = None
    """When the first of those not due is; None: there are none, or they are gone."""
    watched: Watched = Watched()

    @property
    def new(self) -> int:
        """Articles that were not in the archive."""
        return sum(outcome.new for outcome in self.outcomes)

    @property
    def edited(self) -> int:
        """Articles that say something else than before."""
        return sum(outcome.edited for outcome in self.outcomes)

    @property
    def heard(self) -> int:
        """Sources that gave a usable answer."""
        return len(self.outcomes) - len(self.failures) - len(self.put_off)

    @property
    def failures(self) -> tuple[SourceOutcome, ...]:
        """The sources that were not heard."""
        return tuple(outcome for outcome in self.outcomes if outcome.error)

    @property
    def put_off(self) -> tuple[SourceOutcome, ...]:
        """The sources that were due, and not asked because of their host."""
        return tuple(outcome for outcome in self.outcomes if outcome.put_off)

    @property
    def moved(self) -> tuple[SourceOutcome, ...]:
        """The sources that have moved for good, as their redirects say."""
        return tuple(outcome for outcome in self.outcomes if outcome.moved_to)

    @property
    def pages_owed(self) -> int:
        """Pages left for the next rounds."""
        return sum(outcome.pages_owed for outcome in self.outcomes)

    @property
    def pages_refused(self) -> int:
        """Pages that robots.txt keeps to itself."""
        return sum(outcome.pages_refused for outcome in self.outcomes)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What somebody should look at: sources that were not heard, files that were set aside, open alarms."""
        told = {alarm.source for alarm in self.watched.open if alarm.kind is AlarmKind.UNHEARD}
        failed = [o for o in self.failures if o.source not in told]
        return (
            *(Fault(o.source, o.error, "monitor sources check tells more") for o in failed),
            *(fault for outcome in self.outcomes for fault in outcome.faults),
            *(Fault(a.source, f"{a.kind}: {a.why}", a.remedy) for a in self.watched.open),
        )

    @property
    def pages_failed(self) -> int:
        """Pages that gave no full text."""
        return sum(outcome.pages_failed for outcome in self.outcomes)
