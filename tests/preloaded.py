"""What the fork server of the tests has done before the first fork, and no process that is forked does again.

Imported there, and nowhere else. No thread may be left running: a fork would not have it.
"""

from __future__ import annotations

import gc
import importlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typer.main

from monitor.app import demo_workspace
from monitor.app.workspace import open_workspace
from monitor.cli import main

LATE = (
    "aiosmtpd.controller",
    "alembic.command",
    "monitor.schedule",
    "monitor.web",
    "psycopg",
    "sqlalchemy.dialects.postgresql",
)
"""What is loaded when it is needed, or by tests alone."""


def load() -> None:
    """The modules and the commands; a workspace's files as read, its templates compiled."""
    for name in LATE:
        importlib.import_module(name)
    typer.main.get_command = cache(typer.main.get_command)  # type: ignore[assignment]
    typer.main.get_command(main.app)
    with TemporaryDirectory() as folder:
        home = Path(folder) / "workspace"
        demo_workspace(home, "http://127.0.0.1:9")
        with open_workspace(home) as workspace:
            renderer, _ = workspace.look(workspace.read())
            for name in renderer.names():
                renderer.compile(name)
    gc.freeze()


load()
