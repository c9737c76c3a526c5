"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="MONITOR_HOME",
        help="The workspace: the folder with monitor.toml, profiles and sources.",
        show_default="this folder",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="One JSON document, or JSON lines, and nothing else on standard output.")
]
HERE = Path()
AgreementId = Annotated[
    str | None, typer.Option("--agreement", help="Which agreement (its id), where there are several.")
]
