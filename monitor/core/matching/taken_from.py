"""Sources: whether a section takes articles of an outlet (section 6)."""

from __future__ import annotations

from monitor.core.match import Finding, Rule, as_json
from monitor.core.matching.outlets import Outlets
from monitor.core.matching.ready import Ready
from monitor.core.matching.tables import Column, Grid, Growing
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
    """What source rules find of outlets: each, however many sections have it, is asked once of each outlet."""

    def __init__(self, sources: Sources, outlets: Outlets) -> None:
        self._sources, self._outlets = sources, outlets
        self._rules: list[SourceRule] = []
        self._rule_numbers: dict[SourceRule, int] = {}
        self._known = Grid(self._find)
        self._holds = Growing()
        self.findings = Ready()
        """What was found, as JSON."""

    def rule(self, rule: SourceRule) -> int:
        """The number of a rule; the same for the same rule."""
        number = self._rule_numbers.setdefault(rule, len(self._rules))
        if number == len(self._rules):
            self._rules.append(rule)
        return number

    def found(self, rules: Column, outlets: Column) -> Column:
        """The number of what each rule finds of an outlet."""
        return self._known.of(rules, outlets)

    @property
    def holds(self) -> Column:
        """For each finding whether the section takes the outlet's articles."""
        return self._holds.column

    def _find(self, rule: int, outlet: int) -> int:
        finding = judge_source(self._rules[rule], self._outlets[outlet], self._sources)
        number = self.findings.number(as_json(finding))
        if number == len(self._holds):
            self._holds.add(finding.holds)
        return number
