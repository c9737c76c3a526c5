"""What an edition is composed of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from monitor.core.article import line_of
from monitor.core.curation import NO_CURATIONS, Curations
from monitor.core.digest.filing import Findings
from monitor.core.digest.past import NOTHING, Past
from monitor.core.digest.updates import Edit
from monitor.core.health import CoverageGap
from monitor.core.match import Judgement
from monitor.core.source import Sources, SourceState
from monitor.core.story import Story


@dataclass(frozen=True)
class Earlier:
    """What earlier editions of the digest did."""

    taken: Collection[str] = frozenset()
    """Ids of the articles that one of them showed or folded."""
    lines: Collection[str] = frozenset()
    """Lines of articles shown or folded, in any text."""
    held: Collection[str] = frozenset()
    """Ids of the articles that the last one held back as not major."""
    excluded: Collection[str] = frozenset()
    """Ids of the articles that editors kept out of the last one."""
    held_over: Collection[str] = frozenset()
    """Ids of the articles that editors kept for this one."""

    def showed(self, story: Story) -> bool:
        """Whether the story was in one of them."""
        return any(a.id in self.taken or a.line in self.lines for a in story.articles)

    def held_back(self, story: Story) -> bool:
        """Whether the last one held the story back."""
        return any(a.line in self._held_lines for a in story.articles)

    def left_out(self, story: Story) -> bool:
        """Whether editors kept the story out of the last one."""
        return any(a.id in self.excluded for a in story.articles)

    def waited(self, story: Story) -> bool:
        """Whether editors kept the story for this one."""
        return any(a.id in self.held_over for a in story.articles)

    @cached_property
    def _held_lines(self) -> frozenset[str]:
        return frozenset(line_of(article) for article in self.held)


@dataclass(frozen=True, slots=True)
class Material:
    """All that an edition is composed of."""

    stories: Sequence[Story]
    """Of every article of the stretch, matched or not: a copy that did not match still carries the story."""
    judgements: Mapping[str, Judgement]
    """By article id."""
    findings: Findings
    """What significance found, by story id and section id; without one, the section takes the story."""
    sources: Sources
    states: Mapping[str, SourceState] = field(default_factory=dict)
    gaps: Sequence[CoverageGap] = ()
    """Those that have any of the window in them."""
    earlier: Earlier = Earlier()
    edits: Sequence[Edit] = ()
    """Articles that earlier editions showed, in another text."""
    missed: Sequence[datetime] = ()
    """Slots before the window's end that brought no edition."""
    lost: datetime | None = None
    """Editions that were made after this instant are not in the database any more."""
    alerted: Mapping[str, datetime] = field(default_factory=dict)
    """When articles of these lines were told at once, between two editions."""
    curations: Curations = NO_CURATIONS
    """What editors say."""
    past: Past = NOTHING
    articles: int = 0
    """Articles looked at in the window."""
