"""How the sources are heard: now, in a month, and as measures for a monitoring system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor import __version__
from monitor.adapters import metrics
from monitor.app.library import founded
from monitor.app.workspace import Workspace
from monitor.core.health import Month, MonthLine
from monitor.jobs.health import SourceHealth, health, month_report
from monitor.jobs.measure import measure
from monitor.jobs.ports import LibraryRead, Measure, Measured, MeasureKind


def health_now(workspace: Workspace, library: LibraryRead) -> tuple[SourceHealth, ...]:
    """How every source is heard now."""
    return health(library.sources, workspace.store, workspace.clock, workspace.every)


def month_of_sources(workspace: Workspace, library: LibraryRead, month: Month) -> tuple[MonthLine, ...]:
    """How a month of every source was."""
    return month_report(library.sources, workspace.store, month, workspace.clock, workspace.every)


def measures(workspace: Workspace, library: LibraryRead) -> tuple[Measure, ...]:
    """Everything a monitoring system is told."""
    labels = {"version": __version__}
    build = Measure("monitor_build_info", "The version of Monitor.", MeasureKind.GAUGE, (Measured(labels, 1.0),))
    return (build, *measure(library.sources, library.agreements, workspace.store, workspace.clock))


def metrics_page(workspace: Workspace, library: LibraryRead) -> str:
    """The measures in Prometheus' text format."""
    return metrics.page(measures(workspace, library)).decode()


def write_metrics(workspace: Workspace, library: LibraryRead, file: Path) -> None:
    """The same into a file, whole at any moment."""
    metrics.write(measures(workspace, library), file)


@contextmanager
def metrics_served(workspace: Workspace) -> Iterator[int | None]:
    """Answer `/metrics` on the loopback while the block runs, where settings say so; the port.

    Raises:
        SettingsError: the port cannot be had.
    """
    if not workspace.settings.metrics.port:
        yield None
        return

    def read() -> tuple[Measure, ...]:
        library = workspace.read()
        founded(library, workspace.store)
        return measures(workspace, library)

    with metrics.serving(workspace.settings.metrics.port, read) as port:
        yield port
