"""`monitor init`: a workspace to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.app import new_workspace
from monitor.cli.options import AsJson
from monitor.cli.output import print_json, tell


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it may exist, and keeps its files.")],
    as_json: AsJson = False,
) -> None:
    """Make a workspace: settings, the profiles of an agreement, sources. Mail stays off until you turn it on."""
    made = new_workspace(folder)
    if as_json:
        print_json({"workspace": str(folder), "files": [str(path) for path in made]})
        return
    tell(f"{folder} has {len(made)} new files: monitor.toml, holidays.yaml, profiles/, sources/")
    tell("Next:")
    tell(f"  cd {folder}")
    tell("  monitor profiles list      what is monitored")
    tell("  monitor sources check      which addresses answer")
    tell("  monitor run                read, match, and make the edition that is owed, into var/outbox")
