"""Where bounces arrive: a Maildir, a folder of `.eml` files, or an mbox file."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from monitor.errors import InputError

TAKEN = "taken"
"""Beside the `.eml` files: where those go that were read."""


def bounced_mails(path: Path) -> Iterator[bytes]:
    """Each message that is there, as it came; one that was given is put aside when the next is asked for.

    From a Maildir's `new` it goes to `cur`, an `.eml` file of a folder to `taken`; what is in a file of several
    messages (mbox), or was named itself, stays where it is.

    Raises:
        InputError: there is nothing at that path, or it cannot be read.
    """
    try:
        yield from _messages(path)
    except OSError as error:
        raise InputError(f"{path}: the bounces cannot be read: {error.strerror or error}") from error


def _messages(path: Path) -> Iterator[bytes]:
    if (path / "new").is_dir():
        yield from _moved(sorted((path / "new").iterdir()), path / "cur", ":2,S")
    elif path.is_dir():
        yield from _moved(sorted(path.glob("*.eml")), path / TAKEN, "")
    elif path.read_bytes()[:5] == b"From ":
        yield from (message.as_bytes() for message in mailbox.mbox(path, create=False))
    else:
        yield path.read_bytes()


def _moved(files: list[Path], to: Path, ending: str) -> Iterator[bytes]:
    """The content of each file, which is moved once its reader is done with it; one that is gone, passed over."""
    for file in files:
        with suppress(FileNotFoundError):
            yield file.read_bytes()
            to.mkdir(exist_ok=True)
            file.rename(to / f"{file.name}{ending}")
