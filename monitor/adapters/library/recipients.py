"""`recipients.yaml` of a workspace: who the names in digests are, and what each of them wants.

Addresses are personal data: the file stands beside the settings, is never published as a revision, and its last
sound state is kept in `var/`, which is ours to delete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from monitor.adapters.library.desk import judge
from monitor.adapters.library.faults import did_you_mean
from monitor.adapters.library.forms import Form
from monitor.adapters.library.page import Page, Steps, read_file
from monitor.adapters.library.replacing import replace_text
from monitor.adapters.library.texts import Date, Id, refused
from monitor.core.dates import london_time
from monitor.core.fault import Fault
from monitor.core.recipient import Recipient, key_of, mail_address
from monitor.errors import InputError, RecipientRefused

RECIPIENTS = "recipients.yaml"


def _address(value: str) -> str:
    try:
        mail_address(value)
    except RecipientRefused as error:
        raise refused(str(error), "write one address: name@your-body.example") from None
    return value.strip()


MailAddress: TypeAlias = Annotated[str, AfterValidator(_address)]


class PersonForm(Form):
    """What somebody wants of the digests that are sent to them."""

    sections: list[Id] = Field(
        default_factory=list, description="The only sections they get: [benefits]. Without it: all of a digest."
    )
    back: Date | None = Field(
        None, description="On leave: nothing is sent before this day, 2026-12-08. It ends by itself."
    )
    note: str = Field("", description="A note for editors. It changes nothing.")


class RecipientsForm(Form):
    """Who the names in digests are."""

    groups: dict[str, list[MailAddress]] = Field(
        default_factory=dict, description="The names that `to` in digests.yaml uses, each with its addresses."
    )
    people: dict[MailAddress, PersonForm] = Field(
        default_factory=dict,
        description="What some of these addresses want. Who is not named here gets everything.",
    )


@dataclass(frozen=True, slots=True)
class RecipientsRead:
    """What was read of the file, or of its last sound state."""

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, Recipient] = field(default_factory=dict)
    """By address, as `key_of` gives it."""
    faults: tuple[Fault, ...] = ()


def read_recipients(home: Path, sections: Iterable[str], settings: Iterable[str] = ()) -> RecipientsRead:
    """The recipients of a workspace; none without the file. With faults its last sound state is in force.

    `sections` are those that somebody may ask for, `settings` the names that the settings give addresses to.
    """
    path, kept = home / RECIPIENTS, home / "var" / f"sound-{RECIPIENTS}"
    if not path.exists():
        return RecipientsRead()
    page, known, taken = read_file(RECIPIENTS, path), frozenset(sections), frozenset(settings)
    form, faults = judge(page, RecipientsForm, lambda page: _checks(page, known, taken))
    if form and not faults:
        return replace(_read(form), faults=_keep(kept, page.text))
    old = judge(read_file(RECIPIENTS, kept), RecipientsForm, lambda _: iter(()))[0] if kept.exists() else None
    return replace(_read(old) if old else RecipientsRead(), faults=tuple(faults))


def _checks(page: Page, sections: frozenset[str], settings: frozenset[str]) -> Iterator[Fault]:
    """What one value alone does not show: unknown sections, groups given twice, people in no group."""
    for path, section in page.texts("people", "*", "sections", "*"):
        if sections and section not in sections:
            known = f"known are: {', '.join(sorted(sections))}"
            yield page.fault(path, f"there is no section `{section}`", did_you_mean(section, sections, known))
    for path, _ in page.each("groups", "*"):
        if path[-1] in settings:
            yield page.fault(path, f"`{path[-1]}` is also in [recipients] of monitor.toml", "keep one of them")
    listed = {key_of(address) for _, address in page.texts("groups", "*", "*")}
    yield from _strangers(page, listed, settings)
    yield from _twice(page)


def _strangers(page: Page, listed: set[str], settings: frozenset[str]) -> Iterator[Fault]:
    """People whose address stands in no group: a slip of the pen would have no effect, and nobody would know."""
    for path, _ in page.each("people", "*"):
        if not settings and key_of(str(path[-1])) not in listed:
            remedy = did_you_mean(key_of(str(path[-1])), listed, "put the address into a group")
            yield page.fault(path, f"{path[-1]} is in no group", remedy)


def _twice(page: Page) -> Iterator[Fault]:
    """Addresses that stand in one group, or among the people, in two spellings of one."""
    named = [(path, str(path[-1])) for path, _ in page.each("people", "*")]
    listed = list(page.texts("groups", "*", "*"))
    for group in [named, *([f for f in listed if f[0][:2] == path] for path, _ in page.each("groups", "*"))]:
        first: dict[str, Steps] = {}
        for path, address in group:
            if (key := key_of(address)) in first:
                what = f"`{address}` stands in line {page.line(first[key])} already"
                yield page.fault(path, what, "keep one of them")
            first.setdefault(key, path)


def _read(form: RecipientsForm) -> RecipientsRead:
    people = {
        key_of(address): Recipient(address, tuple(person.sections), _morning(person.back))
        for address, person in form.people.items()
    }
    return RecipientsRead({name: tuple(addresses) for name, addresses in form.groups.items()}, people)


def _morning(day: str | None) -> datetime | None:
    """The beginning of a day in London."""
    return london_time(date.fromisoformat(day)) if day else None


def _keep(path: Path, text: str) -> tuple[Fault, ...]:
    """Keep the last sound state, readable by us alone, unless it is there already; a fault where that fails."""
    try:
        if path.exists() and path.read_text("utf-8") == text:
            return ()
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, text, mode=0o600)
    except (OSError, InputError) as error:
        what = f"its sound state cannot be kept: {error}"
        return (Fault(RECIPIENTS, what, "mend that: until then a slip in the file leaves nobody to write to"),)
    return ()
