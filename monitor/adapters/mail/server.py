"""The mail server: one delivery after another over a connection that is kept, encrypted or not used at all.

What an answer means: 2xx taken; 4xx later; 5xx to an address, never again to it; 5xx to the message or to us, this
delivery has failed and the address is left alone; nothing at all after the message was out, unknown.
"""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from monitor.adapters.mail.message import Sender, message
from monitor.adapters.mail.pace import Pace
from monitor.core.edition import Delivery, Edition
from monitor.core.recipient import mail_address, may_be_written_to, one_line
from monitor.errors import DeliveryError, RecipientRefused, ServerUnavailable, SettingsError

DATA_TIMEOUT_FACTOR = 3
"""A server may think longer about a whole message than about a command (RFC 5321, 4.5.3.2)."""
CLOSING = 421
ENHANCED = re.compile(r"5\.(\d{1,3})\.(\d{1,3})\b")
"""What a refusal is about (RFC 3463): 5.1 the address, 5.2 the mailbox, 5.7 a rule of the server ..."""
NO_SUCH_ADDRESS = {550, 551, 553}
"""The same where a server says no more than its code (RFC 5321, 4.2.3)."""


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
    tls: bool = False
    """Encrypted from the first word (RFC 8314, 3.3), as on port 465; STARTTLS is not asked for then."""
    starttls: bool = True
    """Off only for a server on this machine."""
    timeout: float = 30
    ca_file: Path | None = None
    """Certificates to trust besides the system's."""
    per_minute: int = 0
    """Messages; 0: as many as it takes."""
    per_connection: int = 100
    """Messages before we hang up and connect anew."""

    def __post_init__(self) -> None:
        if not self.allowed_domains:
            raise SettingsError(
                "no domain may be written to: list the recipients' domains in mail.allowed_domains"
            )
        if not (self.tls or self.starttls or _is_loopback(self.host)):
            raise SettingsError(
                f"mail.starttls is off and {self.host} is not this machine: mail would go in the open"
            )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return host == "localhost"


@cache
def _authorities() -> ssl.SSLContext:
    """Whose certificates this machine trusts; read once a process: the outbox is looked at every few seconds."""
    return ssl.create_default_context()


def _trusting(ca_file: Path) -> ssl.SSLContext:
    """The same and those of a file, as it is now."""
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(ca_file)
    except OSError as error:  # an SSLError is one, too
        raise SettingsError(f"mail.ca_file {ca_file} cannot be used: {error}") from error
    return context


class Smtp:
    """Hands each delivery to a mail server; `close` hangs up."""

    def __init__(self, settings: SmtpSettings, sender: Sender) -> None:
        """Ready to connect.

        Raises:
            SettingsError: the file of certificates cannot be used.
        """
        self._settings = settings
        self._sender = sender
        self._context = _trusting(settings.ca_file) if settings.ca_file else _authorities()
        self._pace = Pace(settings.per_minute)
        self._server: smtplib.SMTP | None = None
        self._said = 0

    def deliver(self, edition: Edition, delivery: Delivery) -> str:
        """The server's words.

        Raises:
            RecipientRefused: no address, not on the allow-list (known without connecting), or refused for good.
            ServerUnavailable: the server takes nothing from us, whoever it is for.
            DeliveryError: not taken for now; with `unknown`, all was said and no answer came.
        """
        content = quoted(message(edition, delivery, self._sender).as_bytes())
        recipient = mail_address(delivery.recipient)
        if not may_be_written_to(recipient, self._settings.allowed_domains):
            raise RecipientRefused(f"{recipient.domain} is not on the allow-list of recipient domains")
        self._pace.wait()
        if self._server is not None:
            with suppress(_HungUp):  # it was idle too long, or has had enough of this connection
                return self._say(self._server, recipient.addr_spec, content)
        try:
            return self._say(self._connected(), recipient.addr_spec, content)
        except _HungUp as error:
            raise error.told() from error

    def close(self) -> None:
        """Say goodbye, if there is anybody; nobody waits for the answer."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.send(b"QUIT\r\n")
        self._drop()

    def _connected(self) -> smtplib.SMTP:
        """A greeted, encrypted, logged-in connection, which is kept."""
        settings = self._settings
        try:
            server = self._called()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerUnavailable(f"no connection to {settings.host}:{settings.port}: {error}") from error
        self._server, self._said = server, 0
        try:
            self._open(server)
        except BaseException:
            self._drop()
            raise
        return server

    def _called(self) -> smtplib.SMTP:
        host, port, timeout = self._settings.host, self._settings.port, self._settings.timeout
        if self._settings.tls:
            return smtplib.SMTP_SSL(host, port, timeout=timeout, context=self._context)
        return smtplib.SMTP(host, port, timeout=timeout)

    def _open(self, server: smtplib.SMTP) -> None:
        try:
            server.ehlo_or_helo_if_needed()
            if self._settings.starttls and not self._settings.tls:
                server.starttls(context=self._context)
                server.ehlo()
            if self._settings.username:
                server.login(self._settings.username, self._settings.password)
        except smtplib.SMTPNotSupportedError as error:
            raise ServerUnavailable(
                f"{self._settings.host} offers no {_missing(error)}; nothing was sent"
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ServerUnavailable(f"{self._settings.host} cannot be used: {error}") from error

    def _say(self, server: smtplib.SMTP, recipient: str, content: bytes) -> str:
        """MAIL, RCPT, DATA, and the server's answer to it all; the connection is fit for the next, or dropped."""
        try:
            self._announce(server, recipient)
            server.send(content)
        except (OSError, smtplib.SMTPException) as error:
            # The closing dot has not gone out: whatever the server holds, it will not take it.
            self._drop()
            raise _HungUp(f"the connection broke before the message was out: {error}") from error
        try:
            if server.sock:
                server.sock.settimeout(self._settings.timeout * DATA_TIMEOUT_FACTOR)
            answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise DeliveryError(f"no answer after the message was out: {error}", unknown=True) from error
        if server.sock:
            server.sock.settimeout(self._settings.timeout)
        self._count(answer)
        return _expect(answer, "the message")

    def _announce(self, server: smtplib.SMTP, recipient: str) -> None:
        """Say who it is from and to, and that it comes now; refused, the connection is ready for another."""
        try:
            _accepted(self._heard(server.mail(self._sender.address)), "the sender")
            _expect(self._heard(server.rcpt(recipient)), recipient, of_address=True)
            _expect(self._heard(server.docmd("DATA")), "the message", taken=354)
        except DeliveryError:
            self._begin_anew(server)
            raise

    def _begin_anew(self, server: smtplib.SMTP) -> None:
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):  # it refused and hung up: what it said stands
            self._drop()

    def _heard(self, answer: tuple[int, bytes]) -> tuple[int, bytes]:
        """The answer, unless it is a goodbye."""
        if answer[0] == CLOSING:
            self._drop()
            raise _HungUp(f"the server hung up: {_words(answer)}", for_now=True)
        return answer

    def _count(self, answer: tuple[int, bytes]) -> None:
        """A connection that has had its number of messages, or is closed by the server, is let go."""
        self._said += 1
        if answer[0] == CLOSING:
            self._drop()
        elif self._said >= self._settings.per_connection:
            self.close()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


class _HungUp(Exception):
    """The connection ended before the message was out: on an old one it says nothing about anybody."""

    def __init__(self, words: str, *, for_now: bool = False) -> None:
        super().__init__(words)
        self._for_now = for_now
        """The server said so itself (421): it takes nothing at all."""

    def told(self) -> DeliveryError:
        """What it means on a fresh connection."""
        return ServerUnavailable(str(self)) if self._for_now else DeliveryError(str(self))


def _accepted(answer: tuple[int, bytes], what: str) -> None:
    """Nothing when the server takes it; a refusal, whatever its code, is of us and none of the recipient's."""
    try:
        _expect(answer, what)
    except DeliveryError as error:
        raise ServerUnavailable(str(error)) from error


def _missing(error: smtplib.SMTPNotSupportedError) -> str:
    return "STARTTLS" if "STARTTLS" in str(error) else "way to log in"


def _words(answer: tuple[int, bytes]) -> str:
    return f"{answer[0]} {one_line(answer[1].decode('utf-8', 'replace'))}"


def _expect(answer: tuple[int, bytes], what: str, taken: int = 250, *, of_address: bool = False) -> str:
    """The server's words when it takes what was said.

    Raises:
        RecipientRefused: 5xx; `gone` when it was the address that it refused.
        DeliveryError: 4xx, and whatever else is no yes.
    """
    code, said = answer[0], _words(answer)
    if code == taken or (taken == 250 and code == 251):
        return said
    if 500 <= code < 600:
        raise RecipientRefused(f"{what} was refused: {said}", gone=of_address and _no_such_address(code, said))
    raise DeliveryError(f"{what} was not taken for now: {said}")


def _no_such_address(code: int, said: str) -> bool:
    """Whether a 5xx says that there is no such mailbox: not that it is full, nor that we are not liked."""
    if found := ENHANCED.search(said):
        subject, detail = int(found[1]), int(found[2])
        return subject in (0, 1) or (subject == 2 and detail in (0, 1))
    return code in NO_SUCH_ADDRESS


def quoted(content: bytes) -> bytes:
    """The message as DATA wants it: leading dots doubled, a dot alone at the end (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    dotted = re.sub(rb"(?m)^\.", b"..", lines)
    return dotted + (b"" if dotted.endswith(b"\r\n") else b"\r\n") + b".\r\n"
