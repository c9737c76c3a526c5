"""The message of an edition to one recipient: headers around what was frozen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from monitor.core.edition import Delivery, Edition, Image, Mail
from monitor.core.notice import OURS
from monitor.core.recipient import mail_address, one_line
from monitor.core.unsubscribing import ONE_CLICK, link_of
from monitor.core.ways_back import to_reader
from monitor.errors import SettingsError

LIST_ID_PART = re.compile(r"[^a-z0-9-]+")
WHOLE = {"subject", "message-id", "list-id", "list-unsubscribe", "list-unsubscribe-post"}
"""Headers that hold an address and nothing else, or a line of 88 characters at most."""


class _Whole(EmailPolicy):
    """Leaves such a header in one line.

    Python would encode a long address, and no mail reader find it; a subject a little too long for its line it
    would begin on the next, and some show that blank.
    """

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if _is_whole(name, value) else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        whole = _is_whole(name, value)
        return self.fold(name, value).encode("ascii") if whole else super().fold_binary(name, value)


def _is_whole(name: str, value: str) -> bool:
    return name.lower() in WHOLE and value.isascii()


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
    reply_to: str = ""
    """Where answers go; empty: to the address above."""

    def __post_init__(self) -> None:
        try:
            Address(one_line(self.name), addr_spec=self.address)
        except (MessageError, ValueError, IndexError) as error:
            raise SettingsError(f"mail.sender {self.address!r} is not a mail address: {error}") from error


def leave_link(edition: Edition, delivery: Delivery, sender: Sender) -> str:
    """The link by which a recipient pauses or leaves the edition's list; empty where none can be made."""
    if not (sender.web and sender.secret) or edition.agreement == OURS:
        return ""
    return link_of(sender.web, sender.secret, f"{edition.agreement}/{edition.digest}", delivery.recipient)


def mail_to(edition: Edition, delivery: Delivery, sender: Sender) -> Mail:
    """What was frozen, with the recipient's own link where it has one that is nobody's."""
    mail, link = edition.mail, leave_link(edition, delivery, sender)
    return replace(mail, text=to_reader(mail.text, link), html=to_reader(mail.html, link)) if link else mail


def message(edition: Edition, delivery: Delivery, sender: Sender) -> EmailMessage:
    """The edition as a message to one recipient; the same each time it is made.

    Raises:
        RecipientRefused: the recipient is no mail address.
    """
    mail, made = mail_to(edition, delivery, sender), EmailMessage(policy=POLICY)
    made["Subject"] = one_line(mail.subject)
    made["From"] = Address(one_line(sender.name), addr_spec=sender.address)
    made["To"] = mail_address(delivery.recipient)
    if sender.reply_to:
        made["Reply-To"] = mail_address(sender.reply_to)
    made["Date"] = format_datetime(edition.made_at)
    made["Message-ID"] = delivery.message_id
    made["Auto-Submitted"] = "auto-generated"
    made["List-Id"] = list_id(edition, sender.domain)
    if link := leave_link(edition, delivery, sender):
        made["List-Unsubscribe"] = f"<{link}>"
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
