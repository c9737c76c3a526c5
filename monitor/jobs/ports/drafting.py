"""What drafts need: where they are kept until they are published or dropped."""

from __future__ import annotations

from typing import Protocol

from monitor.core.draft import DraftFile


class Drafts(Protocol):
    """Files as editors would have them."""

    def draft_files(self, agreement: str) -> list[DraftFile]:
        """All of an agreement, by author and file."""

    def save_draft(self, draft: DraftFile, over: str) -> bool:
        """Store a file of a draft; False, and nothing stored, when it is not what the editor saw any more.

        `over` is the fingerprint of the state that was changed; empty: the draft had no such file.
        """

    def drop_draft(self, agreement: str, author: str, file: str) -> bool:
        """Take a file out of a draft for good; whether it was in it."""
