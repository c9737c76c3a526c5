"""The register of individuals in profiles, and the sentences that are said of what is monitored, checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.core.agreement import Agreement, Claim
from monitor.core.json import Json
from monitor.core.matching.text import comparable
from monitor.core.profile import NamedPerson, Profile

COLUMNS = (
    *("section", "name", "class", "role", "purpose", "approved_by", "second_approval", "review_by"),
    "looked_for_as",
)
"""Of the register, when it is taken out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register: an individual in a section."""

    section: str
    title: str
    person: NamedPerson

    def to_json(self) -> dict[str, Json]:
        """The line as a JSON object; None where nothing is recorded."""
        person = self.person
        return {
            "section": self.section,
            "name": person.name,
            "class": str(person.standing) if person.standing else None,
            "role": person.role or None,
            "purpose": person.purpose or None,
            "approved_by": person.approved_by or None,
            "second_approval": person.second_approval or None,
            "review_by": person.review_by.isoformat() if person.review_by else None,
            "looked_for_as": "byline" if person.byline else "term",
        }

    def record(self) -> dict[str, Json]:
        """The line with the columns of the register, in their order."""
        said = self.to_json()
        return {key: said[key] for key in COLUMNS}


def register(agreement: Agreement) -> tuple[Entry, ...]:
    """Every individual that a section names, in the agreement's order."""
    return tuple(Entry(p.section, p.title, person) for p in agreement.profiles for person in p.people)


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a sentence is true, and what decides."""

    claim: Claim
    holds: bool
    proof: tuple[tuple[str, str], ...]
    """(Section title, term) of the terms that make it true, or, of a sentence that nobody is named, untrue."""
    lacking: tuple[str, ...] = ()
    """What should be a term, and is none."""

    def to_json(self) -> dict[str, Json]:
        """The answer as a JSON object."""
        return {
            "says": self.claim.says,
            "holds": self.holds,
            "terms": [{"section": section, "term": term} for section, term in self.proof],
            "lacking": list(self.lacking),
        }


def check(agreement: Agreement) -> tuple[Checked, ...]:
    """The agreement's sentences, each true or not of its profiles."""
    return tuple(_nobody(c, agreement) if c.no_names_of else _all_there(c, agreement) for c in agreement.claims)


def _nobody(claim: Claim, agreement: Agreement) -> Checked:
    """A person of whom no class is recorded may be of any."""
    named = [e for e in register(agreement) if e.person.standing in (None, *claim.no_names_of)]
    return Checked(claim, not named, tuple((entry.title, entry.person.name) for entry in named))


def _all_there(claim: Claim, agreement: Agreement) -> Checked:
    proof, lacking = [], []
    for wanted in claim.terms_for:
        found = list(_having(agreement.profiles, comparable(wanted)))
        proof += found
        lacking += [] if found else [wanted]
    return Checked(claim, not lacking, tuple(proof), tuple(lacking))


def _having(profiles: Iterable[Profile], wanted: str) -> Iterable[tuple[str, str]]:
    for profile in profiles:
        for term in profile.terms:
            if wanted in {comparable(form) for form in term.forms}:
                yield profile.title, term.name
