"""The outbox: where mail goes while sending is off, as files to open."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from monitor.adapters.mail.message import Sender, mail_to, message
from monitor.adapters.whole_file import put_whole
from monitor.core.edition import Delivery, Edition
from monitor.errors import DeliveryError


class Outbox:
    """Writes each delivery as files to open: `<edition>/<recipient>.eml`, `.html`, `.txt`; sends nothing.

    What stands there already is never written over: an edition of the same name with other words, as after a
    database was lost, stands beside it as `<recipient>-2.eml`.
    """

    def __init__(self, folder: Path, sender: Sender) -> None:
        self._folder = folder
        self._sender = sender

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        """The path of the `.eml`; written again, it has the same name and the same content.

        Raises:
            DeliveryError: the file cannot be written.
        """
        made = message(edition, delivery, self._sender).as_bytes()
        mail = mail_to(edition, delivery, self._sender)
        folder = self._folder / file_name(edition.id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            name = _free_name(folder, file_name(delivery.recipient), made)
            put_whole(folder / f"{name}.html", mail.page.encode())
            put_whole(folder / f"{name}.txt", mail.text.encode())
            put_whole(folder / f"{name}.eml", made)
        except OSError as error:
            raise DeliveryError(f"the outbox cannot be written: {error}") from error
        return str(folder / f"{name}.eml")

    def close(self) -> None:
        """Nothing is open."""


def file_name(text: str) -> str:
    """The text as a name for a file or folder, on any system.

    >>> file_name("sss/morning/20231127T070000Z"), file_name("../a@example.org")
    ('sss-morning-20231127T070000Z', 'a@example.org')
    """
    return re.sub(r"[^A-Za-z0-9@._+-]+", "-", text).strip(".-")[:120] or "unnamed"


def _free_name(folder: Path, name: str, content: bytes) -> str:
    """The name, or the name with a number, under which nothing stands or this very mail."""
    for number in count(2):
        file = folder / f"{name}.eml"
        if not file.exists() or file.read_bytes() == content:
            return name
        name = f"{name.rpartition('-')[0] if number > 2 else name}-{number}"
    raise AssertionError("numbers do not end")  # pragma: no cover
