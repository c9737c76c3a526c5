"""A progress bar on standard error, for people; silent where nobody looks."""

from __future__ import annotations

import sys

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from monitor.cli.output import err


class Bar:
    """Fits `jobs.ports.Progress`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def start(self, what: str, total: int | None) -> None:
        """Show a bar; one without end when the total is not known."""
        if self._quiet:
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=err)
        self._task = self._progress.add_task(what, total=total, counts="")
        self._progress.start()

    def advance(self, count: int = 1, **counts: int) -> None:
        """Move on, with running totals: `articles 12, failures 1`."""
        if self._progress is not None and self._task is not None:
            said = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in counts.items())
            self._progress.update(self._task, advance=count, counts=said)

    def finish(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
