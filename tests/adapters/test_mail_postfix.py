"""Debian's postfix takes our mail, and what it sends back is understood.

Marked `postfix`: it needs root and postfix, and says so where they are not. The instance is its own, below a
temporary folder; the machine's is left alone.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.adapters.bounces import bounced_mails
from monitor.adapters.mail import Sender, Smtp, SmtpSettings
from monitor.core.bounce import bounces_of
from monitor.core.edition import Delivery, Edition, Mail, Window, message_id
from monitor.errors import RecipientRefused

pytestmark = [
    pytest.mark.postfix,
    pytest.mark.skipif(not shutil.which("postfix"), reason="no postfix here: apt-get install postfix"),
    pytest.mark.skipif(os.geteuid() != 0, reason="postfix is started by root alone"),
]
END = datetime(2026, 11, 25, 7, tzinfo=UTC)
EDITION = Edition(
    "sss/morning/1",
    "sss",
    "morning",
    Window(END - timedelta(days=1), END),
    END,
    "f",
    Mail("Carer’s Allowance leads", "Text – part\n.\nFrom here\n", "<p>HTML – part" + "x" * 3000),
    "{}",
)
SECONDS = 30


@dataclass(frozen=True)
class Postfix:
    """A running instance."""

    port: int
    boxes: Path
    """Maildirs of its users."""

    def mails(self, name: str, number: int = 1) -> list[bytes]:
        """So many messages of a mailbox, when they have come."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            found = [f.read_bytes() for f in sorted((self.boxes / name / "new").glob("*"))]
            if len(found) >= number:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{name} got no mail")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


SETTINGS = """\
compatibility_level = 3.6
queue_directory = {here}/queue
data_directory = {here}/data
maillog_file = /dev/stdout
maillog_file_prefixes = /dev, {here}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mx.reader.example
mydestination =
virtual_mailbox_domains = reader.example, monitor.example
virtual_mailbox_base = {boxes}
virtual_mailbox_maps = hash:{here}/boxes
virtual_alias_maps =
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_recipient_restrictions = permit_mynetworks
smtpd_reject_unlisted_recipient = {strict}
"""
SERVICES = """\
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@pytest.fixture(params=["yes", "no"], ids=["refuses at once", "bounces later"])
def postfix(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postfix]:
    """An instance that knows `ann@reader.example` and the sender's mailbox, and nobody else."""
    here = tmp_path_factory.mktemp("postfix")
    for folder in (here, *here.parents):  # postfix's own user must come through
        if folder != folder.parent and str(folder).startswith("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o755)
    user, port = pwd.getpwnam("postfix"), free_port()
    boxes = here / "boxes.d"
    for folder in (boxes, here / "data"):
        folder.mkdir()
        os.chown(folder, user.pw_uid, user.pw_gid)
    (here / "queue").mkdir()
    etc = here / "etc"
    etc.mkdir()
    known = {"here": here, "boxes": boxes, "uid": user.pw_uid, "gid": user.pw_gid, "strict": request.param}
    (etc / "main.cf").write_text(SETTINGS.format(**known))
    (etc / "master.cf").write_text(SERVICES.format(port=f"127.0.0.1:{port}"))
    (here / "boxes").write_text("ann@reader.example ann/\nmonitor@monitor.example bounces/\n")
    command = ["postfix", "-c", str(etc)]
    subprocess.run(["postmap", "-c", str(etc), f"hash:{here / 'boxes'}"], check=True)
    _start(command)
    try:
        _wait_for(port)
        yield Postfix(port, boxes)
    finally:
        subprocess.run([*command, "stop"], capture_output=True, timeout=60, check=False)


def _start(command: list[str]) -> None:
    """Start it; on a busy machine its own wait for itself is too short, so it is asked again."""
    for _ in range(4):
        said = subprocess.run([*command, "start"], capture_output=True, text=True, timeout=60, check=False)
        if said.returncode == 0:
            return
        time.sleep(1)
    pytest.skip(f"postfix does not start here: {said.stdout}{said.stderr}"[:500])


def _wait_for(port: int) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("postfix does not listen")


def test_it_takes_our_mail_and_what_it_sends_back_is_understood(postfix, request):
    settings = SmtpSettings("127.0.0.1", ("reader.example",), postfix.port, starttls=False)
    post = Smtp(settings, Sender("monitor@monitor.example", domain="monitor.example"))
    ann, gone = (
        Delivery(EDITION.id, a, message_id(EDITION.id, a, "monitor.example"))
        for a in ("ann@reader.example", "gone@reader.example")
    )
    assert post.deliver(EDITION, ann).startswith("250 2.0.0 Ok: queued")
    if "refuses" in request.node.name:
        with pytest.raises(RecipientRefused, match=r"550 5\.1\.1") as raised:
            post.deliver(EDITION, gone)
        assert raised.value.gone
    else:
        assert post.deliver(EDITION, gone).startswith("250")
        postfix.mails("bounces")
        (content,) = bounced_mails(postfix.boxes / "bounces")
        (bounce,) = bounces_of(content)
        assert (bounce.message_id, bounce.status, bounce.hard) == (gone.message_id, "5.1.1", True)
    post.close()
    (mail,) = postfix.mails("ann")
    assert f"Message-ID: {ann.message_id}".encode() in mail
    assert b"\n.\n" in mail
