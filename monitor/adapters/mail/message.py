"""The message of an edition to one recipient: headers around what was frozen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from monitor.core.edition import Delivery, Edition, Image
from monitor.core.notice import OURS
from monitor.core.recipient import mail_address, one_line
from monitor.core.unsubscribing import ONE_CLICK, link_of
from monitor.errors import SettingsError

LIST_ID_PART = re.compile(r"[^a-z0-9-]+")
OF_ONE_WORD = {"message-id", "list-id", "list-unsubscribe", "list-unsubscribe-post"}
"""Headers that hold an address and nothing else."""


class _Whole(EmailPolicy):
    """Leaves such a header in one line: Python would encode a long one, and no mail reader find its address."""

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if _is_whole(name, value) else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        whole = _is_whole(name, value)
        return self.fold(name, value).encode("ascii") if whole else super().fold_binary(name, value)


def _is_whole(name: str, value: str) -> bool:
    return name.lower() in OF_ONE_WORD and value.isascii()


POLICY = _Whole(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the mail is from.

    Raises:
        SettingsError: the address is none.
    """

    address: str
    name: str = "Monitor"
    domain: str = "localhost"
    """Right-hand side of List-Id."""
    web: str = ""
    """Where our pages are, https://...; without it mails have no link to unsubscribe by."""
    secret: str = field(default="", repr=False)
    """What such links are made with."""

    def __post_init__(self) -> None:
        try:
            Address(one_line(self.name), addr_spec=self.address)
        except (MessageError, ValueError, IndexError) as error:
            raise SettingsError(f"mail.sender {self.address!r} is not a mail address: {error}") from error


def message(edition: Edition, delivery: Delivery, sender: Sender) -> EmailMessage:
    """The edition as a message to one recipient; the same each time it is made.

    Raises:
        RecipientRefused: the recipient is no mail address.
    """
    mail, made = edition.mail, EmailMessage(policy=POLICY)
    made["Subject"] = one_line(mail.subject)
    made["From"] = Address(one_line(sender.name), addr_spec=sender.address)
    made["To"] = mail_address(delivery.recipient)
    made["Date"] = format_datetime(edition.made_at)
    made["Message-ID"] = delivery.message_id
    made["Auto-Submitted"] = "auto-generated"
    made["List-Id"] = list_id(edition, sender.domain)
    if sender.web and sender.secret and edition.agreement != OURS:
        listed = f"{edition.agreement}/{edition.digest}"
        made["List-Unsubscribe"] = f"<{link_of(sender.web, sender.secret, listed, delivery.recipient)}>"
        made["List-Unsubscribe-Post"] = ONE_CLICK
    made.set_content(mail.text, cte="quoted-printable")
    made.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    boundary = f"=_{delivery.message_id.strip('<>').partition('@')[0]}"
    _add_images(made, mail.images, f"{boundary}_images")
    made.set_boundary(boundary)
    return made


def _add_images(made: EmailMessage, images: Sequence[Image], boundary: str) -> None:
    """The pictures beside the HTML part that calls them (RFC 2387)."""
    html = made.get_body(("html",))
    if html is not None and images:
        for image in images:
            html.add_related(image.png, "image", "png", cid=f"<{image.cid}>", disposition="inline")
        html.set_boundary(boundary)


def list_id(edition: Edition, domain: str) -> str:
    """`<morning.social-security-scotland.example.org>` (RFC 2919)."""
    parts = (LIST_ID_PART.sub("-", part.lower()).strip("-") for part in (edition.digest, edition.agreement))
    return f"<{'.'.join(parts)}.{domain}>"
