"""`monitor metrics`: what a monitoring system is told, once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor import app
from monitor.cli.options import HERE, Home
from monitor.cli.output import finish
from monitor.errors import InputError


def metrics(
    write: Annotated[
        Path | None,
        typer.Option("--write", help="Into this file, whole at any moment, for a textfile collector (*.prom)."),
    ] = None,
    home: Home = HERE,
) -> None:
    """Print measures of sources, digests and texts in the form that Prometheus reads."""
    with app.open_workspace(home) as workspace:
        library = workspace.read()
        if write is None:
            sys.stdout.write(app.metrics_page(workspace, library))
        else:
            try:
                app.write_metrics(workspace, library, write)
            except OSError as error:
                raise InputError(f"--write: {write} cannot be written: {error.strerror}") from error
    finish(library.faults)
