"""Individuals in a section's file: each with a role and a decision, and without a public office only by two.

Checked, and not demanded by the form, so that a revision from before the register stays in force until its file is
completed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitor.adapters.library.page import Page, Steps
from monitor.core.fault import Fault
from monitor.core.matching.text import comparable
from monitor.core.profile import Standing

_WHO = {Standing.JOURNALIST: "journalist", Standing.PRIVATE_PERSON: "private person"}
_SETTING = {Standing.JOURNALIST: "journalists", Standing.PRIVATE_PERSON: "private_persons"}


def individuals(page: Page, allowed: frozenset[str] | None) -> Iterator[Fault]:
    """A fault for each individual that is named without what the register needs; `allowed` None: not known."""
    for path, term in page.each("terms", "*"):
        if isinstance(term, dict) and term.get("kind") == "person":
            yield from _term(page, path, term, allowed)
    for path, byline in page.each("bylines", "*"):
        if isinstance(byline, dict):
            yield from _decided_by_two(page, path, byline, Standing.JOURNALIST, allowed)
        else:
            remedy = "write `name`, `purpose`, `approved_by`, `second_approval` and `review_by`"
            what = "a journalist is named, and nothing says what for and who decided it"
            yield page.fault(path, what, remedy, f"{what}: fill in the fields")


def _term(page: Page, path: Steps, term: Mapping[str, object], allowed: frozenset[str] | None) -> Iterator[Fault]:
    person = term.get("person")
    if person is None:
        what = f"{term.get('term')} is a person, and nothing says who that is and who decided to look for the name"
        remedy = "write `person:` with `class`, `role`, `purpose`, `approved_by`, `review_by`"
        yield page.fault(path, what, remedy, f"{what}: fill in the fields of the person")
    elif isinstance(person, dict) and person.get("class") in _WHO:
        standing = Standing(str(person["class"]))
        yield from _decided_by_two(page, (*path, "person"), person, standing, allowed)


def _decided_by_two(
    page: Page, path: Steps, said: Mapping[str, object], standing: Standing, allowed: frozenset[str] | None
) -> Iterator[Fault]:
    if allowed is not None and standing not in allowed:
        remedy = f"take the name away, or write `people: {{{_SETTING[standing]}: true}}` in agreement.yaml"
        what = f"a {_WHO[standing]} is named, and this agreement takes none"
        yield page.fault(path, what, remedy, f"{what}: take the name away, or let the agreement take them first")
    first, second = (comparable(str(said.get(key) or "")) for key in ("approved_by", "second_approval"))
    if not second:
        what, remedy = (
            f"a {_WHO[standing]} is named on one approval",
            "write `second_approval:`, who else decided it",
        )
        yield page.fault(path, what, remedy, f"{what}: say who else decided it")
    elif first == second:
        remedy = "somebody else has to approve it, too"
        yield page.fault((*path, "second_approval"), "both approvals are by the same", remedy)
