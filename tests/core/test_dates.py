"""Instants as publishers write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.dates import instant

SUMMER = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)
MIDNIGHT = datetime(2024, 6, 30, 23, 0, tzinfo=UTC)
WINTER = datetime(2024, 2, 3, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024-07-01T09:30:00Z", SUMMER),
        ("2024-07-01T09:30:00.000Z", SUMMER),
        ("2024-07-01T10:30:00+01:00", SUMMER),
        ("2024-07-01T10:30:00+0100", SUMMER),
        ("2024-07-01 09:30:00+00:00", SUMMER),
        ("2024-07-01 09:30:00 UTC", SUMMER),
        ("2024-07-01T10:30:00", SUMMER),
        ("Mon, 01 Jul 2024 10:30:00 BST", SUMMER),
        ("Mon, 01 Jul 2024 10:30:00 +0100", SUMMER),
        ("Mon, 1 Jul 2024 09:30 GMT", SUMMER),
        ("01/07/2024 10:30", SUMMER),
        ("1 July 2024 10:30", SUMMER),
        ("Monday 1st July 2024 10:30 BST", SUMMER),
        ("1719826200", SUMMER),
        ("1719826200000", SUMMER),
        ("2024-07-01", MIDNIGHT),
        ("01/07/2024", MIDNIGHT),
        ("July 1, 2024", MIDNIGHT),
        ("03/02/2024 09:30", WINTER),
        ("  03/02/2024\n 09:30 ", WINTER),
    ],
)
def test_what_is_meant(text: str, meant: datetime) -> None:
    assert instant(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "NaN", "31/02/2024", "2024-13-01", "0001-01-01T00:00:00Z", "9999-12-31", "12", "2024",
     "x" * 1000, "Mon, 99 Jul 2024 99:99:99 +9999", "99999999999999999999"],
)  # fmt: skip
def test_nonsense_is_none(text: str) -> None:
    assert instant(text) is None


@given(st.text(max_size=70) | st.text(alphabet="0123456789-/:. TZ+GMTBSJulMon,", max_size=40))
def test_any_text_is_an_instant_or_none(text: str) -> None:
    found = instant(text)
    assert found is None or found.tzinfo is UTC


@given(st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC)))
def test_iso_comes_back(when: datetime) -> None:
    assert instant(when.isoformat()) == when
