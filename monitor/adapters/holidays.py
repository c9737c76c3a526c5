"""Scottish bank holidays, as the library `holidays` knows them; later proclamations stand in `holidays.yaml`."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import metadata

FIRST, LAST = 1990, 2100
"""Years that are looked up; no window reaches further."""


def scottish(day: date) -> str:
    """The name of a day's bank holiday in Scotland; empty on others.

    The days in place of holidays on a weekend are holidays; the weekend's are, too.
    """
    return _of_year(day.year).get(day, "") if FIRST <= day.year <= LAST else ""


def release() -> str:
    """The release of the library: what was proclaimed after it, it does not know."""
    return metadata.version("holidays")


@cache
def _of_year(year: int) -> dict[date, str]:
    from holidays import country_holidays  # a fifth of a second that few commands need

    return dict(country_holidays("GB", subdiv="SCT", years=year, expand=False).items())
