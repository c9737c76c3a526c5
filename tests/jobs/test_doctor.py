"""The doctor of the calendar: what is to come, and what nobody has looked at for long."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from monitor.adapters.holidays import scottish
from monitor.core.calendar import Holidays, Override
from monitor.jobs.doctor import HolidayLine, check_up

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
CUP = date(2026, 6, 15)
CHECKED = date(2026, 5, 1)


def old(day: date) -> str:
    """A library of before the holiday was proclaimed."""
    return "" if day == CUP else scottish(day)


def of(*said: Override) -> Holidays:
    return Holidays(old, {one.day: one for one in said})


def test_the_weekdays_to_come_that_are_holidays() -> None:
    found = check_up(of(), CHECKED, lambda: NOW)
    assert [f"{h.day:%m-%d}" for h in found.holidays if h.day.year == 2026] == [
        *("05-25", "08-03", "11-30", "12-25", "12-28")
    ]
    assert found.faults == ()


def test_what_the_workspace_says_is_among_them() -> None:
    open_ = Override(date(2026, 11, 30), False, "Saint Andrew's Day", "the office is open")
    found = check_up(of(Override(CUP, True, "Cup holiday", "proclaimed in spring"), open_), CHECKED, lambda: NOW)
    assert found.holidays[1] == HolidayLine(CUP, "Cup holiday", True, "proclaimed in spring")
    assert HolidayLine(open_.day, open_.name, False, open_.reason) in found.holidays
    assert found.faults == ()


@pytest.mark.parametrize(
    ("checked", "told"),
    [
        (None, "nobody has said when"),
        (date(2025, 11, 1), "last compared with the official list on 2025-11-01"),
        (date(2026, 6, 1), "which is still to come"),
    ],
)
def test_a_calendar_that_nobody_compared_for_long_is_told(checked: date | None, told: str) -> None:
    """F19: the library may be older than the latest proclamation."""
    (fault,) = check_up(of(), checked, lambda: NOW).faults
    assert (fault.where, told in fault.what) == ("holidays.yaml", True)
    assert "checked: 2026-05-20" in fault.remedy


def test_a_line_that_changes_nothing_is_told() -> None:
    slip = Override(date(2026, 12, 1), False, "Saint Andrew's Day", "the office is open")
    (fault,) = check_up(of(slip), CHECKED, lambda: NOW).faults
    assert "2026-12-01 (Saint Andrew's Day) is no holiday" in fault.what
