"""Mail: the message of an edition, the outbox that is the default, and the server when one is configured.

What is sent comes frozen with the edition; here it only gets its envelope. Safe until told otherwise: a server
needs an allow-list of recipient domains, and encryption unless it is this machine.
"""

from __future__ import annotations

import ipaddress
import os
import re
import smtplib
import ssl
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from itertools import count
from pathlib import Path

from monitor.core.edition import Delivery, Edition, Image
from monitor.errors import DeliveryError, RecipientRefused, SettingsError

LIST_ID_PART = re.compile(r"[^a-z0-9-]+")
DATA_TIMEOUT_FACTOR = 3
"""A server may think longer about a whole message than about a command (RFC 5321, 4.5.3.2)."""


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


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """The server that takes our mail.

    Raises:
        SettingsError: encryption is off and the server is not this machine, or nobody may be written to.
    """

    host: str
    allowed_domains: tuple[str, ...]
    """Domains that may be written to; exact, and no others."""
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    """Off only for a server on this machine."""
    timeout: float = 30
    ca_file: Path | None = None
    """Certificates to trust besides the system's."""

    def __post_init__(self) -> None:
        if not self.allowed_domains:
            raise SettingsError(
                "no domain may be written to: list the recipients' domains in mail.allowed_domains"
            )
        if not self.starttls and not _is_loopback(self.host):
            raise SettingsError(
                f"mail.starttls is off and {self.host} is not this machine: mail would go in the open"
            )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return host == "localhost"


# --------------------------------------------------------------- the message


def message(edition: Edition, delivery: Delivery, sender: Sender) -> EmailMessage:
    """The edition as a message to one recipient; the same each time it is made.

    Raises:
        RecipientRefused: the recipient is no mail address.
    """
    mail, made = edition.mail, EmailMessage(policy=SMTP)
    made["Subject"] = one_line(mail.subject)
    made["From"] = Address(one_line(sender.name), addr_spec=sender.address)
    made["To"] = address(delivery.recipient)
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


def address(recipient: str) -> Address:
    """The recipient as an address for header and envelope; a domain in another script in its ASCII form.

    Raises:
        RecipientRefused: it is no mail address.
    """
    local, at, domain = recipient.strip().rpartition("@")
    try:
        found = Address(addr_spec=f"{local}{at}{domain.encode('idna').decode()}")
    except (MessageError, ValueError, IndexError) as error:
        raise RecipientRefused(f"{one_line(recipient)!r} is not a mail address: {error}") from error
    if not (found.username and found.domain and found.addr_spec.isascii()):
        raise RecipientRefused(f"{one_line(recipient)!r} is not a mail address that can be written to")
    return found


def list_id(edition: Edition, domain: str) -> str:
    """`<morning.social-security-scotland.example.org>` (RFC 2919)."""
    parts = (LIST_ID_PART.sub("-", part.lower()).strip("-") for part in (edition.digest, edition.agreement))
    return f"<{'.'.join(parts)}.{domain}>"


def one_line(text: str) -> str:
    """The text fit for a header: no line ends, no control characters."""
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text)
    return " ".join(spaced.split())


# --------------------------------------------------------------- the outbox


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
        folder = self._folder / file_name(edition.id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            name = _free_name(folder, file_name(delivery.recipient), made)
            _write(folder / f"{name}.html", edition.mail.page.encode())
            _write(folder / f"{name}.txt", edition.mail.text.encode())
            _write(folder / f"{name}.eml", made)
        except OSError as error:
            raise DeliveryError(f"the outbox cannot be written: {error}") from error
        return str(folder / f"{name}.eml")


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


def _write(path: Path, content: bytes) -> None:
    """Write all of it or nothing."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


# --------------------------------------------------------------- the server


class Smtp:
    """Hands each delivery to a mail server, a connection for each."""

    def __init__(self, settings: SmtpSettings, sender: Sender) -> None:
        self._settings = settings
        self._sender = sender
        self._context = ssl.create_default_context()
        if settings.ca_file:
            self._context.load_verify_locations(settings.ca_file)

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        """The server's words.

        Raises:
            RecipientRefused: no address, not on the allow-list (known without connecting), or refused for good.
            DeliveryError: not taken for now; with `unknown`, all was said and no answer came.
        """
        made = message(edition, delivery, self._sender)
        recipient = address(delivery.recipient)
        allowed = {domain.lower().strip(".") for domain in self._settings.allowed_domains}
        if recipient.domain.lower() not in allowed:
            raise RecipientRefused(f"{recipient.domain} is not on the allow-list of recipient domains")
        with self._connected() as server:
            return self._say(server, recipient.addr_spec, made.as_bytes())

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A greeted, encrypted, logged-in connection, closed whatever happens."""
        settings = self._settings
        try:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"no connection to {settings.host}:{settings.port}: {error}") from error
        try:
            self._open(server)
            yield server
        finally:
            server.close()

    def _open(self, server: smtplib.SMTP) -> None:
        try:
            server.ehlo_or_helo_if_needed()
            if self._settings.starttls:
                server.starttls(context=self._context)
                server.ehlo()
            if self._settings.username:
                server.login(self._settings.username, self._settings.password)
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(f"{self._settings.host} offers no {_missing(error)}; nothing was sent") from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"{self._settings.host} cannot be used: {error}") from error

    def _say(self, server: smtplib.SMTP, recipient: str, content: bytes) -> str:
        """MAIL, RCPT, DATA, and the server's answer to it all."""
        try:
            _accepted(server.mail(self._sender.address), "the sender")
            _expect(server.rcpt(recipient), recipient)
            _expect(server.docmd("DATA"), "the message", taken=354)
            server.send(quoted(content))
        except (OSError, smtplib.SMTPException) as error:
            # The closing dot has not gone out: whatever the server holds, it will not take it.
            raise DeliveryError(f"the connection broke before the message was out: {error}") from error
        try:
            if server.sock:
                server.sock.settimeout(self._settings.timeout * DATA_TIMEOUT_FACTOR)
            answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"no answer after the message was out: {error}", unknown=True) from error
        with suppress(OSError):  # a farewell: the answer is there, and nobody waits for another
            server.send(b"QUIT\r\n")
        return _expect(answer, "the message")


def _accepted(answer: tuple[int, bytes], what: str) -> None:
    """Nothing when the server takes it; a refusal, whatever its code, is none of the recipient's."""
    try:
        _expect(answer, what)
    except RecipientRefused as error:
        raise DeliveryError(str(error)) from error


def _missing(error: smtplib.SMTPNotSupportedError) -> str:
    return "STARTTLS" if "STARTTLS" in str(error) else "way to log in"


def _expect(answer: tuple[int, bytes], what: str, taken: int = 250) -> str:
    """The server's words when it takes what was said.

    Raises:
        RecipientRefused: 5xx.
        DeliveryError: 4xx, and whatever else is no yes.
    """
    code, words = answer
    said = f"{code} {one_line(words.decode('utf-8', 'replace'))}"
    if code == taken or (taken == 250 and code == 251):
        return said
    if 500 <= code < 600:
        raise RecipientRefused(f"{what} was refused: {said}")
    raise DeliveryError(f"{what} was not taken for now: {said}")


def quoted(content: bytes) -> bytes:
    """The message as DATA wants it: leading dots doubled, a dot alone at the end (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    dotted = re.sub(rb"(?m)^\.", b"..", lines)
    return dotted + (b"" if dotted.endswith(b"\r\n") else b"\r\n") + b".\r\n"
