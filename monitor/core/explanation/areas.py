"""Outlets of a section's groups that are not taken, as the group is of one area and they are of another."""

from __future__ import annotations

from msgspec.structs import replace

from monitor.core.digest.completeness import taken_from
from monitor.core.explanation.words import group_name, outlet_name
from monitor.core.json import Json
from monitor.core.match import Rule, Verdict
from monitor.core.profile import Profile
from monitor.core.source import Sources


def groups_elsewhere(outlet: Json, profile: Profile, sources: Sources) -> list[str]:
    """The ids of the section's groups that have the outlet and not its area; none where the section takes it."""
    known = sources.outlets.get(str(outlet))
    if known is None or known in taken_from([profile], sources):
        return []
    return [group for group in profile.sources.groups if group in known.groups and group in sources.groups]


def not_of_area(outlet: Json, groups: list[str], sources: Sources) -> str:
    """The clause that says so: `Tyne Times is in the group UK regionals, but not from Scotland`."""
    said = [
        f"in the group {group_name(group, sources)}, but not from {sources.groups[group].area}"
        for group in groups
        if group in sources.groups
    ]
    return f"{outlet_name(outlet, sources)} is {', and '.join(said)}"


def with_groups(verdict: Verdict, profile: Profile | None, sources: Sources) -> Verdict:
    """The verdict with those groups in what it found of the sources.

    A stored verdict says only that the section does not take the outlet: which groups have it is told by the
    section and the groups as they are, where these do not take it either.
    """
    finding = verdict.finding(Rule.SOURCE)
    if profile is None or finding is None or finding.holds:
        return verdict
    groups = groups_elsewhere(finding.evidence.get("outlet"), profile, sources)
    told = replace(finding, evidence={**finding.evidence, "groups": groups})
    return replace(verdict, findings=tuple(told if f is finding else f for f in verdict.findings))
