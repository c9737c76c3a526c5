"""`monitor init`: a workspace to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.app import new_workspace
from monitor.cli.options import AsJson
from monitor.cli.output import print_json, tell

WITH_OURS = (
    ("monitor profiles list", "what is monitored"),
    ("monitor sources check", "which addresses answer"),
    ("monitor run", "read, match, and make the edition that is owed, into var/outbox"),
)
WITH_NONE = (
    ("monitor users add NAME --role administrator", "prints the password for your first visit"),
    ("monitor serve", "sign in, and hand your agreement in on the page Import"),
)
"""What comes next: a command, and what it brings."""


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it may exist, and keeps its files.")],
    no_agreement: Annotated[
        bool, typer.Option("--no-agreement", help="Without the agreement that we ship: yours is the first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a workspace: settings, the profiles of an agreement, sources. Mail stays off until you turn it on."""
    made = new_workspace(folder, agreement=not no_agreement)
    if as_json:
        print_json({"workspace": str(folder), "files": [str(path) for path in made]})
        return
    tell(f"{folder} has {len(made)} new files: monitor.toml, holidays.yaml, profiles/, sources/")
    tell("Next:")
    tell(f"  cd {folder}")
    steps = WITH_NONE if no_agreement else WITH_OURS
    width = max(len(command) for command, _ in steps)
    for command, brings in steps:
        tell(f"  {command:<{width}}  {brings}")
