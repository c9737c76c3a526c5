"""The message of an edition to one recipient: headers around what was frozen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from monitor.core.edition import Delivery, Edition, Image
from monitor.core.recipient import mail_address, one_line
from monitor.errors import SettingsError

LIST_ID_PART = re.compile(r"[^a-z0-9-]+")


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
    mail, made = edition.mail, EmailMessage(policy=SMTP)
    made["Subject"] = one_line(mail.subject)
    made["From"] = Address(one_line(sender.name), addr_spec=sender.address)
    made["To"] = mail_address(delivery.recipient)
    made["Date"] = format_datetime(edition.made_at)
    made["Message-ID"] = delivery.message_id
    made["Auto-Submitted"] = "auto-generated"
    made["List-Id"] = list_id(edition, sender.domain)
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
