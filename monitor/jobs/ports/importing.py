"""What importing an agreement needs: where its drafts are kept, and how one becomes files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from monitor.core.drafting import Dictionary, Draft, Received
from monitor.core.fault import Fault


class ReceivedAgreements(Protocol):
    """Agreements that were received, with their drafts."""

    def received_agreements(self) -> list[Received]:
        """All of them, the latest first."""

    def received(self, ident: str) -> Received:
        """The one of that id.

        Raises:
            UnknownRecord: there is none.
        """

    def keep_received(self, one: Received) -> bool:
        """Store it, in the place of the version before it; False, and nothing stored, when that is not there."""

    def drop_received(self, ident: str) -> None:
        """Forget one."""


class DraftFiles(Protocol):
    """`adapters.library.drafts.texts`."""

    def __call__(self, draft: Draft, dictionary: Dictionary) -> Mapping[str, str]:
        """The files of an agreement's folder, by name."""


class NewAgreements(Protocol):
    """`adapters.library.founding.NewAgreements`: folders of `profiles/` that are still to be."""

    def faults(self, agreement: str, texts: Mapping[str, str]) -> tuple[Fault, ...]:
        """What would be wrong with files as an agreement of that id; writes nothing.

        Raises:
            InputError: it cannot be an id, or is taken.
        """

    def write(self, agreement: str, texts: Mapping[str, str]) -> None:
        """Make the folder with these files: all of them or nothing.

        Raises:
            InputError: it cannot be an id, is taken, or cannot be written.
        """
