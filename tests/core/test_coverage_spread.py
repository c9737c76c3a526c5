"""Counts over time: by day, week or month, whichever can be drawn, no day left out and none counted twice."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.coverage import MOST_BARS, spread

FIRST = date(2026, 1, 1)


def test_few_days_are_days_and_those_with_none_are_there():
    assert spread([(FIRST, 2), (FIRST + timedelta(days=2), 1)]) == (
        "day",
        ((FIRST, 2), (FIRST + timedelta(days=1), 0), (FIRST + timedelta(days=2), 1)),
    )


def test_a_year_is_weeks_from_monday_and_ten_years_are_months():
    unit, weeks = spread([(FIRST, 1), (FIRST + timedelta(days=364), 1)])
    assert (unit, weeks[0][0], len(weeks)) == ("week", date(2025, 12, 29), 53)
    unit, months = spread([(FIRST, 1), (date(2035, 12, 31), 1)])
    assert (unit, months[0][0], months[-1][0], len(months)) == ("month", FIRST, date(2035, 12, 1), 120)


def test_nothing_is_nothing():
    assert spread([]) == ("day", ())


@given(st.dictionaries(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 99), min_size=1))
def test_every_article_is_counted_once_at_even_steps(days):
    unit, counts = spread(sorted(days.items()))
    assert sum(number for _, number in counts) == sum(days.values())
    assert [day for day, _ in counts] == sorted({day for day, _ in counts})
    assert unit == "month" or len(counts) <= MOST_BARS
    assert counts[0][1] > 0
    assert counts[-1][1] > 0
