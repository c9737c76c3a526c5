"""An agreement as its own table says it: what each section looks for, by which rules, in whose pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.profile import Profile
from monitor.core.query import written
from monitor.core.source import Sources


@dataclass(frozen=True, slots=True)
class ContractSection:
    """A section, in the agreement's words."""

    title: str
    before: tuple[str, ...]
    """Rules that stand before the terms: `Subject of:`."""
    terms: tuple[str, ...]
    rules: tuple[str, ...]
    """Rules that stand after them, printed in italics."""
    groups: tuple[str, ...]
    plus: tuple[str, ...]
    any_monitored: bool = False
    """No sources are named: every outlet there is."""


@dataclass(frozen=True, slots=True)
class Contract:
    """The table of an agreement."""

    client: str
    name: str
    sections: tuple[ContractSection, ...]
    fingerprint: str
    """Of the state it prints."""


def contract(agreement: Agreement, sources: Sources) -> Contract:
    """The table of the agreement as it is in force, in the wording that `drafting` reads back."""
    return Contract(
        agreement.client,
        agreement.name,
        tuple(_section(profile, sources) for profile in agreement.profiles),
        agreement.fingerprint,
    )


def _section(profile: Profile, sources: Sources) -> ContractSection:
    query = (f"Query: {written(profile.query)}",) if profile.query else ()
    return ContractSection(
        profile.title,
        ("Subject of:",) if profile.aboutness else (),
        (*(term.name for term in profile.terms), *query),
        tuple(_rules(profile)),
        tuple(sources.groups[group].name for group in profile.sources.groups),
        tuple(sources.outlets[outlet].name for outlet in profile.sources.plus),
        profile.sources.any_monitored,
    )


def _rules(profile: Profile) -> Iterator[str]:
    for rule in profile.context:
        yield f"All OICW {', '.join(word.word for word in rule.any)}"
    if profile.significance:
        yield "Major Significant Stories ONLY"
    for place in profile.place:
        yield f"OICW {place.place.area}"
    if profile.recategorise:
        yield "Coverage to be recategorized into the relevant section"
