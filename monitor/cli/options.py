"""Options that several commands share, and what they mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor.core.dates import london_time
from monitor.errors import InputError

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
Since = Annotated[
    str | None, typer.Option("--since", help="First day, such as 2026-11-01; without it 30 days ago.")
]
Until = Annotated[str | None, typer.Option("--until", help="Last day, itself included; without it, now.")]
AgreementId = Annotated[
    str | None, typer.Option("--agreement", help="Which agreement (its id), where there are several.")
]

DigestId = Annotated[str | None, typer.Option("--digest", help="Which digest, where there are several.")]
Author = Annotated[
    str, typer.Option("--author", envvar="MONITOR_AUTHOR", help="Who decides; or set MONITOR_AUTHOR.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why, for whoever asks later.")]


def day(said: str | None, option: str, *, end: bool = False) -> datetime | None:
    """The start of a day in London, or of the day after for an end that is included.

    Raises:
        InputError: it is no date.
    """
    if said is None:
        return None
    try:
        date = datetime.strptime(said, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone; London's is given below)
        date += timedelta(days=end)
        return london_time(date)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{option}: {said!r} is no date we can use: write it as 2026-11-23") from error


def period(
    since: str | None, until: str | None, now: datetime, usual: timedelta = timedelta(days=30)
) -> tuple[datetime, datetime]:
    """From the first day to the end of the last, both in London; without them up to now, and as long as is usual.

    Raises:
        InputError: one is no date, or it ends before it begins.
    """
    last = day(until, "--until", end=True) or now
    first = day(since, "--since") or last - usual
    if first >= last:
        raise InputError("--since is later than --until: swap them")
    return first, last
