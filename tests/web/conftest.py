"""The web service on a real socket, over a workspace of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from browsing import AGREEMENT, PASSWORD, Visitor

from monitor import app, web
from monitor.app.workspace import DEMO_MARK
from monitor.config import SETTINGS_FILE
from monitor.core.access import Granted
from monitor.jobs.users import add_user, choose_password, known
from monitor.sample import SampleSite, load_morning

NUMBERS = count(1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, quick_hashes: None) -> Path:
    """A workspace after the sample morning, that everybody must sign in to."""
    home = tmp_path_factory.mktemp("web") / "workspace"
    seven = app.shipped_slot(AGREEMENT, "morning", app.now())
    morning = load_morning(seven)
    with SampleSite(morning, slow_seconds=0) as site:
        app.demo_workspace(home, site.url, morning)
        started = app.now()
        with app.open_workspace(home, lambda: seven + (app.now() - started)) as opened:
            app.run_once(opened, app.Unseen())
            app.index_words(opened, app.Unseen())
    (home / DEMO_MARK).unlink()  # else whoever comes is the demo's editor
    settings(home)
    return home


def settings(home: Path, *lines: str) -> None:
    """Give a workspace these settings and no others; it listens on any free port."""
    (home / SETTINGS_FILE).write_text("\n".join(['[web]\nlisten = "127.0.0.1:0"', *lines]), "utf-8")


@pytest.fixture(scope="session")
def serving(made: Path) -> Iterator[Callable[..., Visitor]]:
    """Starts the service on the workspace, with these lines below `[web]`; gives who has not signed in."""
    with ExitStack() as open_now:

        def serve(*lines: str) -> Visitor:
            settings(made, *lines)
            opened = open_now.enter_context(app.open_workspace(made))
            address = open_now.enter_context(web.served(opened))
            assert address
            return Visitor(address)

        yield serve


@pytest.fixture(scope="session")
def member(made: Path, visitor: Visitor) -> Callable[..., Visitor]:
    """Somebody new with these roles, signed in with a password of their own."""

    def enter(*roles: Granted) -> Visitor:
        name = f"user-{next(NUMBERS)}"
        with app.open_workspace(made) as opened:
            accounts = opened.accounts("tests", "here")
            add_user(accounts, name, roles)
            choose_password(accounts, known(accounts, name), PASSWORD)
        someone = Visitor(visitor.address, name=name)
        assert someone.sign_in(name, PASSWORD).status == 303
        return someone

    return enter


@pytest.fixture(scope="session")
def visitor(serving: Callable[..., Visitor]) -> Visitor:
    """Somebody who has not signed in."""
    return serving()
