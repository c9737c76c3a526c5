"""Sources: whether a section takes articles of an outlet (section 6)."""

from __future__ import annotations

from monitor.core.match import Finding, Rule
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
