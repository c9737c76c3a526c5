"""What asking for a second person needs: where askings are kept."""

from __future__ import annotations

from typing import Protocol

from monitor.core.asking import Asking


class Askings(Protocol):
    """What editors asked to have published: one for each editor and agreement."""

    def askings(self, agreement: str) -> list[Asking]:
        """All of an agreement, by author."""

    def save_asking(self, asking: Asking) -> None:
        """Store it in place of what its author asked before."""

    def answer_asking(self, asking: Asking, refused_by: str, refusal: str) -> bool:
        """Write a refusal to it; False, and nothing stored, when it is answered or another by now."""

    def drop_asking(self, asking: Asking) -> None:
        """Forget it, unless its author asked for something else meanwhile."""
