"""The outlets of the articles that are judged, numbered as they are met."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.core.matching.tables import Column, column
from monitor.core.source import Outlet, Sources

UNKNOWN = 0
"""The number of an outlet that is not known."""


class Outlets:
    """Outlets by number, counted from one."""

    def __init__(self, sources: Sources) -> None:
        self._known = sources.outlets
        self._numbers: dict[str, int] = {}
        self._outlets: list[Outlet] = []

    def __getitem__(self, number: int) -> Outlet:
        return self._outlets[number - 1]

    def numbers(self, ids: Iterable[str | None]) -> Column:
        """The number of each, `UNKNOWN` where none is known by that id."""
        return column(map(self._number, ids))

    def _number(self, outlet: str | None) -> int:
        known = self._known.get(outlet or "")
        if known is None:
            return UNKNOWN
        number = self._numbers.setdefault(known.id, len(self._outlets) + 1)
        if number > len(self._outlets):
            self._outlets.append(known)
        return number
