"""Mail: the message, the outbox, and a real server (aiosmtpd) that answers well, badly and not at all."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from hypothesis import given
from hypothesis import strategies as st

from monitor.adapters.mail import Outbox, Pace, Sender, Smtp, SmtpSettings, file_name, message, quoted
from monitor.core.edition import Delivery, Edition, Image, Mail, Window, message_id
from monitor.core.recipient import mail_address
from monitor.core.ways_back import Pages
from monitor.errors import DeliveryError, RecipientRefused, ServerUnavailable, SettingsError

END = dt.datetime(2023, 11, 27, 7, tzinfo=dt.UTC)
EDITION = Edition(
    "sss/morning/20231127T070000Z",
    "social-security-scotland",
    "morning",
    Window(END - dt.timedelta(days=3), END),
    END,
    "f",
    Mail(
        "Carer’s Allowance leads: 2 stories - Mon 27 Nov",
        "Text – part\n.\n.. dots\nFrom here\n",
        "<!doctype html><p>HTML – part",
    ),
    "{}",
)
SENDER = Sender("monitor@monitor.example", "Monitor – mornings", "monitor.example")


def delivery(recipient: str = "a@example.org") -> Delivery:
    return Delivery(EDITION.id, recipient, message_id(EDITION.id, recipient, "monitor.example"))


def parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=default)  # type: ignore[return-value]


# --------------------------------------------------------------- the message


def test_the_message_has_what_a_digest_needs():
    made = parsed(message(EDITION, delivery(), SENDER).as_bytes())
    assert made["Subject"] == "Carer’s Allowance leads: 2 stories - Mon 27 Nov"
    assert made["From"] == "Monitor – mornings <monitor@monitor.example>"
    assert made["To"] == "a@example.org"
    assert made["Date"].datetime == END
    assert made["Message-ID"] == delivery().message_id
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["List-Id"] == "<morning.social-security-scotland.monitor.example>"
    assert made.get_content_type() == "multipart/alternative"
    text, html = made.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == EDITION.mail.text
    assert html.get_content().strip() == EDITION.mail.html


def test_a_subject_begins_where_it_stands():
    long = "Nothing in what was heard: 2 of 5 sources - Morning digest, Thu 26 Mar"
    edition = replace(EDITION, mail=replace(EDITION.mail, subject=long))
    assert f"\r\nSubject: {long}\r\n".encode() in b"\r\n" + message(edition, delivery(), SENDER).as_bytes()


def test_the_message_is_the_same_each_time_and_seven_bit():
    first, second = (message(EDITION, delivery(), SENDER).as_bytes() for _ in range(2))
    assert first == second
    assert first.isascii()
    assert all(len(line) <= 998 for line in first.splitlines())


LINKED = replace(SENDER, web="https://monitor.your-body.example", secret="what our links are made with")


def test_a_mail_says_how_to_leave_its_list_in_one_line():
    content = message(EDITION, delivery(), LINKED).as_bytes()
    link = "https://monitor.your-body.example/unsubscribe/social-security-scotland/morning/"
    (line,) = [one for one in content.split(b"\r\n") if one.lower().startswith(b"list-unsubscribe:")]
    assert line.startswith(f"List-Unsubscribe: <{link}".encode())
    assert line.endswith(b">")
    assert b"a@example.org" not in line
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content


@pytest.mark.parametrize("sender", [replace(LINKED, web=""), replace(LINKED, secret="")])
def test_without_an_address_or_a_secret_there_is_no_such_header(sender):
    assert parsed(message(EDITION, delivery(), sender).as_bytes())["List-Unsubscribe"] is None


def test_each_reader_gets_their_own_link_in_both_parts_and_nothing_else_changes(tmp_path):
    """An article that has the frozen link within an address of its own learns no token."""
    nobodys = Pages(LINKED.web, leaving=True).ways_back(f"{EDITION.agreement}/morning/1").leave
    thief = f"https://thief.example/?{nobodys}"
    text = f"Leave:\n  {nobodys}\n  {thief}\n"
    html = f'<a href="{nobodys}">Pause</a><a href="{nobodys}#stop">Stop</a><a href="{thief}">News</a>'
    edition = replace(EDITION, mail=Mail("S", text, html))
    mails = {}
    for name in ("a@example.org", "b@example.org"):
        made = parsed(message(edition, delivery(name), LINKED).as_bytes())
        own = made["List-Unsubscribe"].strip("<>")
        assert len(own) == len(nobodys)
        plain, page = (part.get_content().replace("\r\n", "\n") for part in made.iter_parts())
        assert plain == f"Leave:\n  {own}\n  {thief}\n"
        assert page.strip() == f'<a href="{own}">Pause</a><a href="{own}#stop">Stop</a><a href="{thief}">News</a>'
        mails[own] = (
            Path(Outbox(tmp_path, LINKED).deliver(edition, delivery(name))).with_suffix(".html").read_text()
        )
        assert own in mails[own]
    assert len(mails) == 2
    unlinked = parsed(message(edition, delivery(), replace(LINKED, secret="")).as_bytes())
    assert nobodys in unlinked.get_body(("plain",)).get_content()


def test_answers_go_to_who_reads_them():
    answered = replace(SENDER, reply_to="editors@your-body.example")
    assert parsed(message(EDITION, delivery(), answered).as_bytes())["Reply-To"] == "editors@your-body.example"
    assert parsed(message(EDITION, delivery(), SENDER).as_bytes())["Reply-To"] is None


def test_a_long_domain_stays_readable():
    domain = "a-very-long-name-of-a-public-body.agencies.scotland.example"
    known = Delivery(EDITION.id, "a@example.org", message_id(EDITION.id, "a@example.org", domain))
    content = message(EDITION, known, replace(SENDER, domain=domain)).as_bytes()
    assert f"Message-ID: {known.message_id}\r\n".encode() in content
    assert b"List-Id: <morning.social-security-scotland." + domain.encode() + b">\r\n" in content


@given(st.text(max_size=200))
def test_no_subject_reaches_another_header(subject):
    hostile = replace(EDITION, mail=replace(EDITION.mail, subject=f"x\r\nBcc: evil@example.org\n{subject}"))
    made = parsed(message(hostile, delivery(), SENDER).as_bytes())
    assert made["Bcc"] is None
    assert made["To"] == "a@example.org"
    assert len(made.get_all("Subject")) == 1


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "nobody",
        "@example.org",
        "a@",
        "a@example.org\r\nBcc: b@example.org",
        "a b@example.org",
        "ä@example.org",
        "<a@example.org>",
        "a@example.org, b@example.org",
        "a@@example.org",
        "a@exa mple.org",
        "a@" + "x" * 70 + ".org",
    ],
)
def test_what_is_no_address_is_refused(recipient):
    with pytest.raises(RecipientRefused):
        message(EDITION, delivery(recipient), SENDER)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    try:
        found = mail_address(text)
    except RecipientRefused:
        return
    assert found.addr_spec.isascii()
    assert not set(found.addr_spec) & set("\r\n\x00")


def test_a_domain_in_another_script_is_written_in_ascii():
    assert mail_address("a@bücher.example").addr_spec == "a@xn--bcher-kva.example"


def test_a_sender_that_is_no_address_is_a_setting_at_fault():
    with pytest.raises(SettingsError, match="sender"):
        Sender("nobody at all")


# --------------------------------------------------------------- the outbox


def test_the_outbox_holds_files_to_open(tmp_path):
    path = Path(Outbox(tmp_path, SENDER).deliver(EDITION, delivery()))
    assert path == tmp_path / "sss-morning-20231127T070000Z" / "a@example.org.eml"
    assert parsed(path.read_bytes())["To"] == "a@example.org"
    assert path.with_suffix(".html").read_text() == EDITION.mail.html
    assert path.with_suffix(".txt").read_text() == EDITION.mail.text


def test_what_is_delivered_twice_is_one_file(tmp_path):
    outbox = Outbox(tmp_path, SENDER)
    before = Path(outbox.deliver(EDITION, delivery())).read_bytes()
    assert Path(outbox.deliver(EDITION, delivery())).read_bytes() == before
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 3


def test_an_outbox_that_cannot_be_written_is_tried_again_later(tmp_path):
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(DeliveryError) as raised:
        Outbox(tmp_path / "outbox", SENDER).deliver(EDITION, delivery())
    assert not isinstance(raised.value, RecipientRefused)


@given(st.text())
def test_names_stay_inside_the_folder(text):
    name = file_name(text)
    assert name
    assert not set(name) & set("/\\:\x00")
    assert name.strip(".") == name


# --------------------------------------------------------------- the server


class Inbox:
    """Takes mail; answers as its tables say."""

    def __init__(
        self, rcpt: dict[str, str] | None = None, data: str = "250 taken as 1", sender: str = "250 OK"
    ) -> None:
        self.rcpt, self.data, self.sender = rcpt or {}, data, sender
        self.taken: list[tuple[str, bytes]] = []

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        envelope.mail_from = address
        return self.sender

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.data == "close":
            self.taken.append((envelope.rcpt_tos[0], envelope.content))
            server.transport.abort()
            return "250 never said"
        if self.data == "wait":
            await asyncio.sleep(30)
        if self.data.startswith("250"):
            self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return self.data


@contextmanager
def serving(inbox: Inbox, **options: object) -> Iterator[int]:
    class Local(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, hostname="mx.example", **options)

    controller = Local(inbox, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post(port: int, **more: object) -> Smtp:
    known = {
        "host": "127.0.0.1",
        "port": port,
        "allowed_domains": ("example.org",),
        "starttls": False,
        "timeout": 30,
    }
    return Smtp(SmtpSettings(**{**known, **more}), SENDER)  # type: ignore[arg-type]


def test_the_server_gets_what_was_frozen():
    with serving(inbox := Inbox()) as port:
        answer = post(port).deliver(EDITION, delivery())
    assert answer == "250 taken as 1"
    ((recipient, content),) = inbox.taken
    assert recipient == "a@example.org"
    assert parsed(content).get_body(("plain",)).get_content().replace("\r\n", "\n") == EDITION.mail.text


def test_each_recipient_has_an_answer_of_its_own():
    answers = {"later@example.org": "450 greylisted", "never@example.org": "550 no such user"}
    with serving(inbox := Inbox(answers)) as port:
        server = post(port)
        assert server.deliver(EDITION, delivery("ok@example.org")).startswith("250")
        with pytest.raises(DeliveryError, match="450 greylisted") as later:
            server.deliver(EDITION, delivery("later@example.org"))
        with pytest.raises(RecipientRefused, match="550 no such user"):
            server.deliver(EDITION, delivery("never@example.org"))
    assert not isinstance(later.value, RecipientRefused)
    assert not later.value.unknown
    assert [r for r, _ in inbox.taken] == ["ok@example.org"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 try later", DeliveryError), ("552 too big", RecipientRefused), ("421 closing", DeliveryError)],
)
def test_the_message_itself_can_be_refused(answer, kind):
    with serving(Inbox(data=answer)) as port, pytest.raises(kind, match=answer) as raised:
        post(port).deliver(EDITION, delivery())
    assert not raised.value.unknown
    assert isinstance(raised.value, RecipientRefused) is (kind is RecipientRefused)


def test_a_sender_refused_is_no_fault_of_the_recipient():
    with (
        serving(Inbox(sender="550 who are you")) as port,
        pytest.raises(DeliveryError, match="who are you") as raised,
    ):
        post(port).deliver(EDITION, delivery())
    assert not isinstance(raised.value, RecipientRefused)


@pytest.mark.parametrize("how", ["close", "wait"])
def test_no_answer_after_all_was_said_is_unknown(how):
    with serving(Inbox(data=how)) as port, pytest.raises(DeliveryError) as raised:
        post(port, timeout=2).deliver(EDITION, delivery())
    assert raised.value.unknown


def test_a_server_that_never_greets_times_out():
    with (
        socket.create_server(("127.0.0.1", 0)) as hole,
        pytest.raises(DeliveryError, match="no connection") as raised,
    ):
        post(hole.getsockname()[1], timeout=2).deliver(EDITION, delivery())
    assert not raised.value.unknown


def test_no_server_is_tried_again_later():
    with pytest.raises(DeliveryError, match="no connection") as raised:
        post(_free_port()).deliver(EDITION, delivery())
    assert not isinstance(raised.value, RecipientRefused)


@pytest.mark.parametrize("recipient", ["a@elsewhere.org", "a@sub.example.org", "a@example.org.evil.com"])
def test_nobody_off_the_allow_list_is_even_asked_for(recipient):
    with pytest.raises(RecipientRefused, match="allow-list"):
        post(_free_port()).deliver(EDITION, delivery(recipient))


def test_the_allow_list_knows_no_case():
    with serving(inbox := Inbox()) as port:
        post(port, allowed_domains=("Example.ORG",)).deliver(EDITION, delivery("A@EXAMPLE.org"))
    assert len(inbox.taken) == 1


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        ("550 no such user", True),
        ("550 5.1.1 unknown", True),
        ("553 5.1.3 bad syntax", True),
        ("550 5.2.1 mailbox disabled", True),
        ("550 5.2.2 mailbox full", False),
        ("550 5.7.1 relaying denied", False),
        ("552 over quota", False),
        ("554 no", False),
    ],
)
def test_only_an_address_that_does_not_exist_is_gone(answer, gone):
    with serving(Inbox({"a@example.org": answer})) as port, pytest.raises(RecipientRefused) as raised:
        post(port).deliver(EDITION, delivery())
    assert raised.value.gone is gone


def test_a_message_that_is_refused_says_nothing_of_its_recipient():
    with serving(Inbox(data="550 5.1.1 looks like spam")) as port, pytest.raises(RecipientRefused) as raised:
        post(port).deliver(EDITION, delivery())
    assert not raised.value.gone


# --------------------------------------------------------------- the connection


class Counting(Inbox):
    """Also counts connections, and hangs up as told."""

    def __init__(self, *, most: int = 0, **more: object) -> None:
        super().__init__(**more)
        self.connections: set[tuple] = set()
        self.most = most
        """Messages of a connection before it answers 421; 0: any number."""
        self.said: dict[tuple, int] = {}

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        self.connections.add(session.peer)
        self.said[session.peer] = self.said.get(session.peer, 0) + 1
        if self.most and self.said[session.peer] > self.most:
            return "421 4.7.0 too many messages in this connection"
        return await super().handle_MAIL(server, session, envelope, address, options)


def names(number: int) -> list[str]:
    return [f"r{n}@example.org" for n in range(number)]


def test_one_connection_serves_many_and_is_left_in_time():
    with serving(inbox := Counting()) as port, closing(post(port, per_connection=3)) as server:
        for name in names(7):
            server.deliver(EDITION, delivery(name))
    assert [r for r, _ in inbox.taken] == names(7)
    assert len(inbox.connections) == 3


def test_a_server_that_has_had_enough_of_a_connection_gets_a_new_one():
    with serving(inbox := Counting(most=2)) as port, closing(post(port)) as server:
        for name in names(5):
            server.deliver(EDITION, delivery(name))
    assert [r for r, _ in inbox.taken] == names(5)
    assert len(inbox.connections) == 3


def test_a_connection_that_was_closed_while_it_was_idle_is_made_anew():
    with serving(inbox := Counting()) as port, closing(post(port)) as server:
        server.deliver(EDITION, delivery("a@example.org"))
        server._server.sock.shutdown(socket.SHUT_RDWR)
        server.deliver(EDITION, delivery("b@example.org"))
    assert [r for r, _ in inbox.taken] == ["a@example.org", "b@example.org"]


def test_after_a_refusal_the_connection_serves_the_next():
    answers = {"never@example.org": "550 no such user"}
    with serving(inbox := Counting(rcpt=answers)) as port, closing(post(port)) as server:
        with pytest.raises(RecipientRefused):
            server.deliver(EDITION, delivery("never@example.org"))
        server.deliver(EDITION, delivery("ok@example.org"))
    assert [r for r, _ in inbox.taken] == ["ok@example.org"]
    assert len(inbox.connections) == 1


def test_no_answer_on_an_old_connection_is_unknown_too_and_said_once():
    with serving(inbox := Inbox()) as port, closing(post(port, timeout=2)) as server:
        server.deliver(EDITION, delivery("a@example.org"))
        inbox.data = "close"
        with pytest.raises(DeliveryError) as raised:
            server.deliver(EDITION, delivery("b@example.org"))
    assert raised.value.unknown
    assert [r for r, _ in inbox.taken] == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize("how", ["nobody", "421", "sender", "starttls"])
def test_a_server_that_takes_nothing_at_all_says_so(how):
    inbox = Counting(sender="550 5.7.1 who are you" if how == "sender" else "250 OK")
    inbox.most = 0
    if how == "421":
        inbox.sender = "421 4.3.2 not now"
    with serving(inbox) as port:
        asked = _free_port() if how == "nobody" else port
        with pytest.raises(ServerUnavailable):
            post(asked, starttls=how == "starttls").deliver(EDITION, delivery())
    assert inbox.taken == []


def test_messages_go_evenly_and_time_lost_is_not_made_up_for():
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(60, lambda: now[0], sleep)
    for _ in range(3):
        pace.wait()
    now[0] += 100
    pace.wait()
    pace.wait()
    assert slept == [1.0, 1.0, 1.0]


def test_without_a_number_nobody_waits():
    pace = Pace(0, lambda: 0.0, lambda seconds: pytest.fail("slept"))
    for _ in range(3):
        pace.wait()


def test_a_file_of_certificates_that_is_not_there_is_a_setting_at_fault(tmp_path):
    with pytest.raises(SettingsError, match="ca_file"):
        post(25, ca_file=tmp_path / "none.pem")


# --------------------------------------------------------------- encryption


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    )
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    return cert, key


def encrypted(certificate: tuple[Path, Path]) -> dict[str, object]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)

    def login(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"monitor", b"secret"))

    return {"tls_context": context, "require_starttls": True, "authenticator": login, "auth_required": True}


def test_with_starttls_and_a_login_it_is_taken(certificate):
    with serving(inbox := Inbox(), **encrypted(certificate)) as port:
        server = post(
            port, host="localhost", starttls=True, username="monitor", password="secret", ca_file=certificate[0]
        )
        assert server.deliver(EDITION, delivery()).startswith("250")
    assert len(inbox.taken) == 1


def test_a_certificate_nobody_vouches_for_gets_nothing(certificate):
    with (
        serving(inbox := Inbox(), **encrypted(certificate)) as port,
        pytest.raises(DeliveryError, match="certificate"),
    ):
        post(port, host="localhost", starttls=True, username="monitor", password="secret").deliver(
            EDITION, delivery()
        )
    assert inbox.taken == []


def test_a_wrong_password_is_tried_again_later_and_not_told(certificate):
    login = {"username": "monitor", "password": "wr0ng", "ca_file": certificate[0]}
    with serving(Inbox(), **encrypted(certificate)) as port, pytest.raises(DeliveryError) as raised:
        post(port, host="localhost", starttls=True, timeout=5, **login).deliver(EDITION, delivery())
    assert not isinstance(raised.value, RecipientRefused)
    assert "wr0ng" not in str(raised.value)


@contextmanager
def encrypted_from_the_first_word(inbox: Inbox, certificate: tuple[Path, Path]) -> Iterator[int]:
    class Local(Controller):
        def factory(self) -> SMTP:
            return SMTP(self.handler, hostname="mx.example")

        def _trigger_server(self) -> None:  # aiosmtpd's own would call it with the server's context
            trusting = ssl.create_default_context(cafile=str(certificate[0]))
            with socket.create_connection(("127.0.0.1", self.port)) as plain:
                trusting.wrap_socket(plain, server_hostname="localhost").recv(1)

    context = encrypted(certificate)["tls_context"]
    controller = Local(inbox, hostname="127.0.0.1", port=_free_port(), ssl_context=context)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def test_a_server_that_is_encrypted_from_the_first_word_takes_it(certificate):
    with encrypted_from_the_first_word(inbox := Inbox(), certificate) as port:
        server = post(port, host="localhost", tls=True, ca_file=certificate[0])
        assert [server.deliver(EDITION, delivery(to))[:3] for to in ("a@example.org", "b@example.org")] == [
            "250",
            "250",
        ]
        server.close()
    assert [r for r, _ in inbox.taken] == ["a@example.org", "b@example.org"]


def test_from_the_first_word_too_somebody_must_vouch_for_it(certificate):
    with (
        encrypted_from_the_first_word(inbox := Inbox(), certificate) as port,
        pytest.raises(ServerUnavailable, match="certificate"),
    ):
        post(port, host="localhost", tls=True).deliver(EDITION, delivery())
    assert inbox.taken == []


def test_a_server_that_speaks_in_the_open_gets_nothing_when_it_should_not():
    with serving(inbox := Inbox()) as port, pytest.raises(ServerUnavailable):
        post(port, tls=True).deliver(EDITION, delivery())
    assert inbox.taken == []


def test_encrypted_from_the_first_word_needs_no_starttls():
    assert SmtpSettings("mail.example.org", ("example.org",), 465, tls=True, starttls=False).tls


def test_a_server_without_starttls_gets_nothing():
    with serving(inbox := Inbox()) as port, pytest.raises(DeliveryError, match="STARTTLS"):
        post(port, starttls=True).deliver(EDITION, delivery())
    assert inbox.taken == []


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "localhost.evil.com"])
def test_encryption_is_off_for_this_machine_alone(host):
    with pytest.raises(SettingsError, match="open"):
        SmtpSettings(host, ("example.org",), starttls=False)


def test_a_server_needs_an_allow_list():
    with pytest.raises(SettingsError, match="allowed_domains"):
        SmtpSettings("mail.example.org", ())


def test_the_password_is_not_printed():
    assert "secret" not in repr(SmtpSettings("h.example", ("example.org",), username="u", password="secret"))


@given(st.binary(max_size=300))
def test_no_line_of_a_message_ends_it(content):
    lines = quoted(content).split(b"\r\n")
    assert lines[-2:] == [b".", b""]
    assert b"." not in lines[:-2]


def test_the_outbox_never_writes_over_another_mail(tmp_path):
    outbox = Outbox(tmp_path, SENDER)
    delivery = Delivery(EDITION.id, "a@body.example", "<1@x>")
    first = Path(outbox.deliver(EDITION, delivery))
    kept = first.read_bytes()
    assert outbox.deliver(EDITION, delivery) == str(first)
    other = replace(EDITION, mail=replace(EDITION.mail, subject="Another", text="other words"))
    second, third = (
        outbox.deliver(other, delivery),
        outbox.deliver(replace(other, made_at=END + dt.timedelta(days=1)), delivery),
    )
    assert [Path(p).stem for p in (second, third)] == ["a@body.example-2", "a@body.example-3"]
    assert first.read_bytes() == kept


# --------------------------------------------------------------- pictures


def test_pictures_travel_beside_the_page_that_calls_them():
    cid, png = "chart@digest.monitor", b"\x89PNG\r\n\x1a\nrest"
    letter = Mail("A week", "Text", f'<p><img src="cid:{cid}" alt="1, 2"></p>', (Image(cid, png),))
    drawn = replace(EDITION, mail=letter)
    first, second = (message(drawn, delivery(), SENDER).as_bytes() for _ in range(2))
    assert first == second
    made = parsed(first)
    text, related = made.iter_parts()
    assert (text.get_content_type(), related.get_content_type()) == ("text/plain", "multipart/related")
    page, picture = related.iter_parts()
    assert (page.get_content_type(), picture.get_content_type()) == ("text/html", "image/png")
    assert (picture["Content-ID"], picture.get_content()) == (f"<{cid}>", png)
    assert picture.get_content_disposition() == "inline"
