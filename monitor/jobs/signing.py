"""What an editor decides bears a name and a reason."""

from __future__ import annotations

from monitor.errors import InputError

FEWEST_LETTERS = 5
"""Of a reason: somebody will ask for it."""


def must_be_signed(author: str, reason: str) -> None:
    """Keep to that.

    Raises:
        InputError: there is no author, or no reason worth the name.
    """
    if not author.strip():
        raise InputError("nobody says who decides: give --author")
    if len(reason.strip()) < FEWEST_LETTERS:
        raise InputError(
            f"a decision needs a reason that can be read in a year: write {FEWEST_LETTERS} letters at least"
        )
