"""What a round over the sources brought."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """What one source brought."""

    source: str
    entries: int = 0
    """Entries it listed; 0 when it was unchanged or failed."""
    new: int = 0
    """Articles that were not in the archive."""
    edited: int = 0
    """Articles that were, and say something else now."""
    completed: int = 0
    """Articles known by their summary whose full text came at last."""
    unchanged: bool = False
    """Not modified, or the same bytes as last time."""
    pages_failed: int = 0
    """Pages that gave no text; their articles stand with the feed's words."""
    left_out: tuple[str, ...] = ()
    """What was not looked at because of a bound of ours, in plain words."""
    error: str = ""
    """Why it was not heard, in plain words; empty when it was."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one round brought, source by source."""

    outcomes: tuple[SourceOutcome, ...]

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
        return len(self.outcomes) - len(self.failures)

    @property
    def failures(self) -> tuple[SourceOutcome, ...]:
        """The sources that were not heard."""
        return tuple(outcome for outcome in self.outcomes if outcome.error)

    @property
    def pages_failed(self) -> int:
        """Pages that gave no text."""
        return sum(outcome.pages_failed for outcome in self.outcomes)
