"""Sources: whether a section takes articles of an outlet (section 6)."""

from __future__ import annotations

from collections.abc import Callable

from monitor.core.match import Finding, Rule, as_json
from monitor.core.matching.tables import HIGH, LOW, Column, Growing, column, keys
from monitor.core.profile import SourceRule
from monitor.core.source import Outlet, Sources


def judge_source(rule: SourceRule, outlet: Outlet, sources: Sources) -> Finding:
    """Whether the outlet is a Plus source or in one of the groups, its area tested."""
    if rule.any_monitored:
        return Finding(Rule.SOURCE, True, {"outlet": outlet.id, "by": "any monitored"})
    if outlet.id in rule.plus:
        return Finding(Rule.SOURCE, True, {"outlet": outlet.id, "by": "plus"})
    for group in rule.groups:
        known = sources.groups.get(group)
        if known and group in outlet.groups and known.area in (None, outlet.area):
            return Finding(Rule.SOURCE, True, {"outlet": outlet.id, "by": "group", "group": group})
    return Finding(Rule.SOURCE, False, {"outlet": outlet.id, "by": None})


class SourceRules:
    """What the source rules of seats find of outlets: each seat is asked once of each outlet."""

    def __init__(self, rule: Callable[[int], SourceRule], sources: Sources) -> None:
        """`rule`: of a seat."""
        self._rule, self._sources = rule, sources
        self._outlets: list[Outlet] = []
        self._numbers: dict[str, int] = {}
        self._known = _Once(self._find)
        self._holds = Growing()
        self.findings: list[str] = []
        """What was found, as JSON."""

    def known(self, name: str | None) -> Outlet | None:
        """The outlet of a name, if it is known."""
        return self._sources.outlets.get(name or "")

    def outlet(self, name: str | None) -> int:
        """The number of an outlet; -1 when it is not known."""
        known = self.known(name)
        if known is None:
            return -1
        number = self._numbers.setdefault(known.id, len(self._outlets))
        if number == len(self._outlets):
            self._outlets.append(known)
        return number

    def found(self, seats: Column, outlets: Column) -> Column:
        """The number of what each seat finds of an outlet."""
        return column(map(self._known.__getitem__, keys(seats, outlets).tolist()))

    @property
    def holds(self) -> Column:
        """For each finding whether the section takes the outlet's articles."""
        return self._holds.column

    def _find(self, key: int) -> int:
        finding = judge_source(self._rule(key >> HIGH), self._outlets[key & LOW], self._sources)
        self._holds.add(finding.holds)
        self.findings.append(as_json(finding))
        return len(self.findings) - 1


class _Once(dict[int, int]):
    """Numbers that are found when they are first asked for."""

    def __init__(self, find: Callable[[int], int]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: int) -> int:
        self[key] = number = self._find(key)
        return number
