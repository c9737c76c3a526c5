"""What publishing needs: the revisions of the library's files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from monitor.core.revision import Revision


class Revisions(Protocol):
    """Published states of the library's files."""

    def revisions_in_force(self) -> list[Revision]:
        """The latest revision of every file."""

    def publish(
        self, revision: Revision, over: str | None = None, write: Callable[[], None] | None = None
    ) -> bool:
        """Store a revision unless the one in force has the same fingerprint; whether it was stored.

        With `over` only if the one in force has that fingerprint (empty: if there is none). `write` is called last
        before it is stored for good.
        """

    def revisions(self, agreement: str) -> list[Revision]:
        """All revisions of an agreement, the oldest first."""
