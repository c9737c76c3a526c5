"""The library: every file of `profiles/` and `sources/`, and holidays.yaml, read with all its faults at once.

A file with a fault is not used. Its last published state is, if there is one; if not, that section or file of
outlets is left out, and the rest goes on.

What was read last is kept under the very bytes it was read of: every page that is answered reads the library, and
the files change a few times a day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from monitor.adapters.library import build, check, digests, forms, outlets
from monitor.adapters.library.build import Shared
from monitor.adapters.library.check import Known
from monitor.adapters.library.desk import Desk, Key, Settled, judge
from monitor.adapters.library.faults import AnyForm
from monitor.adapters.library.page import Page, read_file
from monitor.adapters.library.replacing import remove_text, replace_text
from monitor.adapters.library.rewriting import rewrite, values_of
from monitor.adapters.library.shelf import CALENDAR, HOLIDAYS, SOURCES, Shelf, look, path_of
from monitor.core.agreement import Agreement, Digest
from monitor.core.editing.sections import AGREEMENT, DIGESTS
from monitor.core.editing.values import Values
from monitor.core.fault import Fault
from monitor.core.profile import Standing
from monitor.core.revision import Revision
from monitor.core.source import Outlet, Sources
from monitor.jobs.ports import LibraryRead

GROUPS = "groups.yaml"
MOST_KEPT = 16
"""Libraries as they were read last: that of the files, and those with drafts that are worked on."""
BLANKS = {
    DIGESTS: "# yaml-language-server: $schema=../schema/digests.json\n# The mails of this agreement.\n\n{}\n"
}
NEW_SECTION = """\
# yaml-language-server: $schema=../schema/section.json
# A term that is only a name is a line of text; options make it `- term: ...`. Beside a change, add an example.
# Check with: monitor profiles test

{}
"""

Contents: TypeAlias = "tuple[tuple[Key, str], ...]"
"""Texts by whose and which file they are, in order."""

_AN_ID = re.compile(r"^[\s{-]*id:\s*[\"']?([\w-]+)", re.MULTILINE)


class Library:
    """The working copy: `profiles/` and `sources/` below a folder.

    `agreement` reads that one agreement's folder alone, `sources` the outlets of that folder, wherever they are.
    """

    def __init__(self, root: Path, *, agreement: Path | None = None, sources: Path | None = None) -> None:
        self.root = root
        self._agreement, self._sources = agreement, sources

    def read(
        self, in_force: Iterable[Revision] = (), drafts: Mapping[tuple[str, str], str] | None = None
    ) -> LibraryRead:
        """Everything that can be read; a file with faults is replaced by its revision in force, if any.

        `drafts` are read in place of files, or beside them, by (agreement id, file).
        """
        return read_shelf(look(self.root, self._sources, self._agreement), in_force, drafts or {})

    def text(self, agreement: str, file: str) -> str | None:
        """What stands in a file now; None when it is not there, or is no text."""
        return read_file(file, self._place(agreement, file)).text or None

    def blank(self, file: str) -> str | None:
        """What a file that an agreement may do without says before anybody wrote it; None of any other."""
        return BLANKS.get(file)

    def new_section(self, values: Values) -> str:
        """What the file of a new section says that has these values.

        Raises:
            InputError: they cannot be written.
        """
        return rewrite(NEW_SECTION, values)

    def remove(self, agreement: str, file: str) -> None:
        """Take a file away; one that is not there is away.

        Raises:
            InputError: it cannot be taken away.
        """
        remove_text(self._place(agreement, file))

    def write(self, agreement: str, file: str, content: str) -> None:
        """Put a file's content in its place, all of it or nothing.

        Raises:
            InputError: it cannot be written.
        """
        replace_text(self._place(agreement, file), content)

    def values(self, content: str) -> Values:
        """What a file's content says, key by key.

        Raises:
            InputError: it cannot be read as keys and values.
        """
        return values_of(content)

    def rewritten(self, content: str, values: Values) -> str:
        """The content, saying these values: only the lines of what changed are others, comments stay.

        Raises:
            InputError: it cannot be read, or is written in a way that we do not change.
        """
        return rewrite(content, values)

    def _place(self, owner: str, file: str) -> Path:
        """Where a file really is."""
        if owner == SOURCES and self._sources:
            return self._sources / file
        if self._agreement and owner == self._agreement.name:
            return self._agreement / file
        return self.root / path_of(owner, file)


def read_shelf(
    shelf: Shelf, in_force: Iterable[Revision] = (), drafts: Mapping[tuple[str, str], str] | None = None
) -> LibraryRead:
    """The same of a shelf that was looked at."""
    published = tuple(sorted(((r.agreement, r.file), r.content) for r in in_force))
    return _read(shelf, published, tuple(sorted((drafts or {}).items())))


@lru_cache(maxsize=MOST_KEPT)
def _read(shelf: Shelf, in_force: Contents, drafts: Contents) -> LibraryRead:
    desk = Desk(shelf, dict(in_force), dict(drafts))
    sources, known = _read_sources(desk)
    read = [_read_agreement(desk, folder, sources, known) for folder in desk.agreements()]
    said = _read_calendar(desk)
    overrides = build.overrides(said) if said else ()
    checked = date.fromisoformat(said.checked) if said and said.checked else None
    agreements = tuple(a for a in read if a)
    return LibraryRead(agreements, sources, tuple(desk.faults), tuple(desk.good), overrides, checked)


# --------------------------------------------------------------- sources


def _read_sources(desk: Desk) -> tuple[Sources, Known]:
    if not desk.has(SOURCES):
        desk.faults.append(Fault(SOURCES, "there is no such folder", "monitor init makes one"))
        return Sources(), Known()
    desk.wrong_endings(SOURCES)
    groups = desk.settle(SOURCES, GROUPS, outlets.GroupsForm, check.groups)
    listed = groups.form.groups if groups.form else []
    there = frozenset(group.id for group in listed)
    known = Known(groups=there | _named_in(groups))
    found: list[Outlet] = []
    unread: dict[str, str] = {}
    for name in desk.names(SOURCES):
        if name != GROUPS:
            known = _read_outlets(desk, name, known, there, found)
            unread |= dict.fromkeys(_ids_in(desk.page(SOURCES, name)), path_of(SOURCES, name))
    used = {outlet.id for outlet in found}
    unread = {outlet: file for outlet, file in unread.items() if outlet not in used}
    return Sources.of(found, (build.group(form) for form in listed), unread), known


def _read_outlets(desk: Desk, name: str, known: Known, groups: frozenset[str], found: list[Outlet]) -> Known:
    """Adds the file's outlets to those found; gives back what is known after it."""
    file = desk.settle(SOURCES, name, outlets.OutletsForm, check.outlets(known))
    listed = file.form.outlets if file.form else []
    found += [build.outlet(form, groups) for form in listed]
    taken = check.taken_by(file.page) if file.form else {}
    names = frozenset(form.id for form in listed) | _named_in(file)
    return replace(known, outlets=(known.outlets or frozenset()) | names, taken={**taken, **known.taken})


def _named_in(file: Settled[AnyForm]) -> frozenset[str]:
    """Ids that a file left out would have defined: that they are missing is no fault of those who use them."""
    return frozenset() if file.form else _ids_in(file.page)


def _ids_in(page: Page) -> frozenset[str]:
    """The ids that a file defines, whatever is wrong with it."""
    found = [name for key in ("groups", "outlets") for _, name in page.texts(key, "*", "id")]
    return frozenset(found or _AN_ID.findall(page.text))


# --------------------------------------------------------------- an agreement


def _read_agreement(desk: Desk, folder: str, sources: Sources, known: Known) -> Agreement | None:
    """The agreement with those of its sections that can be used; None without an agreement.yaml."""
    desk.wrong_endings(f"profiles/{folder}")
    files = _section_files(desk, folder)
    head = desk.settle(folder, AGREEMENT, forms.AgreementForm, check.agreement(files), use_anyway=True)
    listed = tuple(dict.fromkeys(head.form.sections)) if head.form else tuple(sorted(files))
    shared = _shared(head.form, sources)
    known = _known(known, head.form, listed)
    sections = _read_sections(desk, folder, listed, known)
    _refuse_unlisted(desk, folder, files - set(listed), known)
    profiles = tuple(
        build.profile(file.form, shared, _sha256(head.page.text, file.page.text))
        for file in sections
        if file.form and build.can_be_built(file.form, shared)
    )
    digests = _read_digests(desk, folder, known, [profile.section for profile in profiles])
    if head.form is None:
        return None
    return Agreement(
        id=folder,
        client=head.form.client,
        name=head.form.name,
        profiles=profiles,
        blockers=tuple(head.form.blockers),
        minor=build.minor_forms(head.form),
        digests=digests,
        second_person=head.form.second_person,
        claims=tuple(build.claim(form) for form in head.form.claims),
        left_out=tuple(s for s in listed if s not in {profile.section for profile in profiles}),
        fingerprint=_sha256(head.page.text, *(profile.fingerprint for profile in profiles)),
    )


def _section_files(desk: Desk, folder: str) -> frozenset[str]:
    """The sections that have a file, by id."""
    names = set(desk.names(f"profiles/{folder}")) - {AGREEMENT, DIGESTS}
    return frozenset(name.removesuffix(".yaml") for name in names)


def _shared(form: forms.AgreementForm | None, sources: Sources) -> Shared:
    """The lists of agreement.yaml, and the outlets and groups there are."""
    groups, outlets = frozenset(sources.groups), frozenset(sources.outlets)
    if form is None:
        return Shared(groups=groups, outlets=outlets)
    lists = {name: build.context_words(lines) for name, lines in form.context_lists.items()}
    places = {name: build.place_list(name, place) for name, place in form.places.items()}
    return Shared(lists, places, groups, outlets)


def _known(known: Known, form: forms.AgreementForm | None, listed: Sequence[str]) -> Known:
    """What is known, with the names that agreement.yaml defines."""
    if form is None:
        return replace(known, sections=frozenset(listed))
    lists = {
        name: frozenset(word.word for word in build.context_words(lines))
        for name, lines in form.context_lists.items()
    }
    allowed = form.people
    people = [Standing.JOURNALIST] * allowed.journalists + [Standing.PRIVATE_PERSON] * allowed.private_persons
    return replace(
        known, lists=lists, places=frozenset(form.places), sections=frozenset(listed), people=frozenset(people)
    )


def _read_sections(
    desk: Desk, folder: str, listed: Sequence[str], known: Known
) -> list[Settled[forms.SectionForm]]:
    """The files of the sections listed; one that is not there has been told in agreement.yaml."""
    there = _section_files(desk, folder)
    names = [f"{name}.yaml" for name in listed if name in there or (folder, f"{name}.yaml") in desk.in_force]
    return [desk.settle(folder, name, forms.SectionForm, check.section(known)) for name in names]


def _refuse_unlisted(desk: Desk, folder: str, names: Iterable[str], known: Known) -> None:
    """Tells of files that the agreement does not list, and of what is wrong with them besides."""
    for name in sorted(names):
        page = desk.page(folder, f"{name}.yaml")
        if desk.drafts.get((folder, f"{name}.yaml")) == desk.in_force.get((folder, f"{name}.yaml"), ""):
            continue  # of a section that is gone: what was last published of it stays in the record
        desk.faults += judge(page, forms.SectionForm, check.section(known))[1]
        remedy = f"add {name} to `sections` in agreement.yaml, or delete the file"
        desk.faults.append(page.fault((), "the agreement does not list this section, so it is not used", remedy))


def _read_digests(desk: Desk, folder: str, known: Known, usable: Sequence[str]) -> tuple[Digest, ...]:
    """The digests of an agreement; having none is no fault."""
    there = DIGESTS in desk.names(f"profiles/{folder}")
    if not there and (folder, DIGESTS) not in desk.in_force:
        return ()
    file = desk.settle(folder, DIGESTS, digests.DigestsForm, check.digests(known))
    listed = file.form.root if file.form else {}
    made = (build.digest(name, form, usable) for name, form in listed.items())
    return tuple(digest for digest in made if digest)


# --------------------------------------------------------------- the calendar


def _read_calendar(desk: Desk) -> digests.HolidaysForm | None:
    """What the workspace says of bank holidays; saying nothing is no fault."""
    if not desk.has(HOLIDAYS) and (CALENDAR, HOLIDAYS) not in desk.in_force:
        return None
    return desk.settle(CALENDAR, HOLIDAYS, digests.HolidaysForm, check.holidays).form


def _sha256(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
