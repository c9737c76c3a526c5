"""A workspace without an agreement: it is served, says so, and comes to its first by the page."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import pytest
from browsing import PASSWORD, Visitor, handed_in

from monitor import app, schedule, web
from monitor.adapters.library.addresses import silence
from monitor.core.access import Granted, Role
from monitor.errors import LibraryError
from monitor.jobs.users import add_user, choose_password, known

FERRIES = b"""Client: Pier Council
FERRIES
SEARCH TERMS:
Pier Fund, Harbour Board
OICW Scotland
SOURCES:
UK Nationals
"""


@pytest.fixture
def home(tmp_path: Path, quick_hashes: None) -> Path:
    """Made by `monitor init --no-agreement`; no outlet is asked, and any free port listened on."""
    app.new_workspace(tmp_path / "home", agreement=False)
    for file in (tmp_path / "home" / "sources").glob("*.yaml"):
        if file.name != "groups.yaml":
            silence(file)
    (tmp_path / "home" / "monitor.toml").write_text('[web]\nlisten = "127.0.0.1:0"', "utf-8")
    return tmp_path / "home"


def signed_in(workspace: app.Workspace, address: str, role: Role) -> Visitor:
    accounts = workspace.accounts("tests", "here")
    add_user(accounts, str(role), [Granted(role)])
    choose_password(accounts, known(accounts, str(role)), PASSWORD)
    visitor = Visitor(address)
    assert visitor.sign_in(str(role), PASSWORD).status == 303
    return visitor


def beaten(workspace: app.Workspace) -> None:
    """One beat of each of the schedule's jobs that work on agreements."""
    service = schedule.Service(workspace)
    for job in (service._poll, service._editions, service._alerts, service._purge):
        job()


def test_the_first_agreement_is_made_on_a_page(home: Path) -> None:
    with app.open_workspace(home) as workspace, web.served(workspace) as address:
        assert address
        reader, administrator = (signed_in(workspace, address, r) for r in (Role.READER, Role.ADMINISTRATOR))
        beaten(workspace)
        assert "no agreement yet" in reader.get("/readyz").text
        assert "monitor_build_info" in app.metrics_page(workspace, workspace.read())
        assert "Whoever looks after Monitor" in reader.get("/").words
        assert json.loads(administrator.get("/api/v1/agreements").text) == []
        assert administrator.follow("/why?article=ferry").text == administrator.get("/").text
        assert administrator.get("/a/pier-council").status == 404

        assert '<a href="/import">' in administrator.get("/").text
        draft = handed_in(administrator, FERRIES).headers["location"]
        page = administrator.get(draft).text
        named = {"client": "Pier Council", "name": "Piers", "short_name": "pier-council", "reason": "The first"}
        version = re.search(r'name="version" value="(\d+)"', page)
        made = administrator.post(f"{draft}/save", version=version[1] if version else "", **named)
        today = administrator.get(made.headers["location"])
        assert "The agreement is published" in today.words
        assert '<a href="/a/pier-council/digests">add the first</a>' in today.text
        beaten(workspace)
        assert reader.get("/readyz").text == "ready\n"
        (agreement,) = workspace.read().agreements
        (scotland,) = agreement.profile("ferries").place
        assert "Glasgow" in scotland.place.places, "proven as in the agreement that we ship"

        rmtree(home / "profiles" / "pier-council")
        with pytest.raises(LibraryError, match="put back the files of pier-council"):
            beaten(workspace)
        assert "put back the files" in administrator.get("/").words


def test_serving_says_that_there_is_nothing_to_do_yet(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    @contextmanager
    def ended_at_once(_: app.Workspace) -> Iterator[None]:
        signal.raise_signal(signal.SIGTERM)
        yield

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        schedule.serve(home, ended_at_once)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert "nothing to do yet" in capsys.readouterr().err
