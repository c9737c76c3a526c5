"""An agreement as it was received, and what became of it: its draft is kept until a person is done with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.core.drafting.draft import Draft
from monitor.errors import InputError, RevisionConflict


@dataclass(frozen=True, slots=True)
class Received:
    """A document that somebody handed in, with its draft as it is by now."""

    id: str
    file: str
    """What the file was called."""
    fingerprint: str
    """SHA-256 of the file, which is not kept itself."""
    by: str
    at: datetime
    draft: Draft
    version: int = 1
    """Goes up with every correction: whoever corrects says which one they saw."""
    became: str = ""
    """The agreement that was made of it; empty: none yet."""

    def must_be(self, version: int) -> None:
        """Nothing, while it can be changed and is the version that somebody saw.

        Raises:
            InputError: it became an agreement.
            RevisionConflict: it was corrected since.
        """
        if self.became:
            raise InputError(f"it became the agreement {self.became}: change that")
        if self.version != version:
            raise superseded()

    def corrected(self, draft: Draft) -> Received:
        """With another draft, the version after this."""
        return replace(self, draft=draft, version=self.version + 1)

    def made(self, agreement: str) -> Received:
        """As what became that agreement."""
        return replace(self, became=agreement, version=self.version + 1)


def superseded() -> RevisionConflict:
    """That somebody else was first."""
    return RevisionConflict(
        "this draft was corrected meanwhile, by somebody else or in another tab; nothing of yours was stored: "
        "here is how it stands now"
    )
