"""What is known of each source's health: what it brought and when, its rhythm, gaps in hearing it, alarms.

Reading order: `days` (what a day brought; London hours, bank holidays) · `gaps` · `chance` (how unlikely a number
is) · `rhythm` (what is usual, learned) · `alarms` · `month` (the report).
"""

from monitor.core.health.alarms import (
    LEAST_WEEKLY,
    Alarm,
    AlarmKind,
    Noticed,
    abandoned,
    days_of,
    noticed,
    settled,
)
from monitor.core.health.chance import at_least
from monitor.core.health.days import DayTally, Poll, hour_in_london
from monitor.core.health.gaps import (
    ALLOWED,
    CoverageGap,
    allowed,
    begun,
    closed,
    dated_before,
    given_up,
    reaches_back,
    unrecorded,
)
from monitor.core.health.month import Month, MonthLine, month_of, report
from monitor.core.health.rhythm import LEARN_DAYS, LEAST_DAYS, Rhythm, learn

__all__ = [
    "ALLOWED",
    "LEARN_DAYS",
    "LEAST_DAYS",
    "LEAST_WEEKLY",
    "Alarm",
    "AlarmKind",
    "CoverageGap",
    "DayTally",
    "Month",
    "MonthLine",
    "Noticed",
    "Poll",
    "Rhythm",
    "abandoned",
    "allowed",
    "at_least",
    "begun",
    "closed",
    "dated_before",
    "days_of",
    "given_up",
    "hour_in_london",
    "learn",
    "month_of",
    "noticed",
    "reaches_back",
    "report",
    "settled",
    "unrecorded",
]
