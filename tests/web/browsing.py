"""Somebody who visits the pages over a real socket, as a browser without scripts does."""

from __future__ import annotations

import http.client
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from monitor.adapters.store import Store
from monitor.app import Workspace, open_workspace
from monitor.core.access import Granted, Role
from monitor.core.edition import Edition
from monitor.jobs.users import add_user, choose_password, known, make_token

AGREEMENT = "social-security-scotland"
PASSWORD = "kelp teapot gravel nine"
BOUNDARY = "----pier"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def words(self) -> str:
        """What a page says, without its marks."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())


@dataclass
class Visitor:
    """Asks an address, and keeps its cookies."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    name: str = ""

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """The answer, whatever it is; nothing is followed."""
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.hostname or "", place.port or 80, timeout=60)
        told = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        connection.request(method, path, body or None, {**told, **(headers or {})})
        answer = connection.getresponse()
        found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            if value in ("", '""'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        connection.close()
        return found

    @property
    def form_key(self) -> str:
        """What the forms of this visitor's session carry back; '' when nobody is signed in."""
        found = re.search(r'name="form_key" value="([^"]+)"', self.get("/account/password").text)
        return found[1] if found else ""

    def sign_in(self, name: str, password: str) -> Answer:
        return self.post("/sign-in", name=name, password=password)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def follow(self, path: str) -> Answer:
        """What a browser ends at; which place of the page is for itself to know."""
        answer = self.get(path.partition("#")[0])
        for _ in range(10):
            if answer.status != 303:
                return answer
            answer = self.get(answer.headers["location"])
        raise AssertionError(f"{path}: it leads in circles")

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form, with what a page of ours puts into each."""
        if "form_key" not in fields and (key := self.form_key):
            fields["form_key"] = key
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields, doseq=True).encode(), kind)


def handed_in(someone: Visitor, body: bytes, name: str = "piers.txt", at: str = "/import") -> Answer:
    """What comes back to a document, sent as its form does."""
    lines = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="form_key"\r\n\r\n{someone.form_key}\r\n'.encode(),
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n'.encode(),
        b"Content-Type: application/octet-stream\r\n\r\n",
        body,
        f"\r\n--{BOUNDARY}--\r\n".encode(),
    ]
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return someone.ask("POST", at, b"".join(lines), kind)


def morning_edition(store: Store) -> Edition:
    """The edition of the sample morning; other tests of the session make editions of their own beside it."""
    return max(store.editions(), key=lambda edition: len(edition.content))


def two_editors(workspace: Workspace, address: str) -> list[Visitor]:
    """Editors of all agreements with accounts of their own, signed in."""
    accounts, found = workspace.accounts("tests", "here"), []
    for name in ("first-editor", "second-editor"):
        add_user(accounts, name, (Granted(Role.EDITOR),))
        choose_password(accounts, known(accounts, name), PASSWORD)
        found.append(Visitor(address, name=name))
        assert found[-1].sign_in(name, PASSWORD).status == 303
    return found


def program(workspace: Workspace, address: str, name: str) -> Callable[..., Any]:
    """A program of an editor of its own: asks by method and path, sends JSON, and gives what is answered."""
    accounts = workspace.accounts("tests", "here")
    add_user(accounts, name, [Granted(Role.EDITOR)], elsewhere=True)
    key = make_token(accounts, name, "tests", 1)

    def ask(method: str, path: str, body: object = None, status: int = 200) -> Any:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        answer = Visitor(address).ask(method, path, json.dumps(body).encode() if body else b"", headers)
        assert answer.status == status, answer.text
        return json.loads(answer.text)

    return ask


@contextmanager
def asking_a_second_person(made: Path, home: Path) -> Iterator[Workspace]:
    """A copy of a workspace whose agreement asks for a second person."""
    shutil.copytree(made, home)
    with open_workspace(home) as workspace:
        workspace.publish()
        head = home / "profiles" / AGREEMENT / "agreement.yaml"
        head.write_text(head.read_text("utf-8") + "\nsecond_person: true\n", "utf-8")
        workspace.publish()
        yield workspace
