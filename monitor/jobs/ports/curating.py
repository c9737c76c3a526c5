"""What curating needs: the decisions of editors, kept beside what the texts say."""

from __future__ import annotations

from typing import Protocol

from monitor.core.story import StoryDecision


class StoryDecisions(Protocol):
    """What editors said of stories."""

    def story_decisions(self) -> list[StoryDecision]:
        """All of them, the oldest first."""

    def decide_story(self, decision: StoryDecision) -> None:
        """Remember one."""
