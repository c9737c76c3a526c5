"""Files drafted, changed, merged with what was published meanwhile, put back, dropped.

A draft is of one editor and one agreement, file by file, each made from the revision that was in force. Another
editor's draft can be seen, and not changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from monitor.core.draft import Draft, DraftFile
from monitor.core.editing.changes import changes
from monitor.core.editing.merging import Merged, Side, merge
from monitor.core.editing.putting_back import put_back
from monitor.core.editing.saying import Change
from monitor.core.editing.values import Values, Way, same
from monitor.core.fault import Fault
from monitor.core.revision import Revision
from monitor.errors import InputError, RevisionConflict, UnknownRecord
from monitor.jobs.ports import Clock, Drafts, Library, Revisions
from monitor.jobs.vetting import faults_of


class Records(Drafts, Revisions, Protocol):
    """What drafting reads and writes."""


@dataclass(frozen=True, slots=True)
class Drafter:
    """What drafting needs."""

    library: Library
    records: Records
    clock: Clock


def drafts_of(records: Drafts, agreement: str) -> tuple[Draft, ...]:
    """Every editor's draft of an agreement, by the editor's name."""
    by_author = groupby(records.draft_files(agreement), lambda one: one.author)
    return tuple(Draft(agreement, author, tuple(files)) for author, files in by_author)


def draft_of(records: Drafts, agreement: str, author: str) -> Draft:
    """An editor's draft of an agreement; without a file when nothing is drafted."""
    found = (draft for draft in drafts_of(records, agreement) if draft.author == author)
    return next(found, Draft(agreement, author))


def opened(drafter: Drafter, agreement: str, file: str, author: str) -> DraftFile:
    """The file as the editor drafted it; as it is in force, when nothing is drafted; stores nothing.

    A file that was never published is taken as it stands in the library; one that an agreement may do without, and
    does, as it would say nothing.

    Raises:
        UnknownRecord: there is no such file.
    """
    drafted = draft_of(drafter.records, agreement, author).of(file)
    if drafted:
        return drafted
    for one in drafter.records.revisions_in_force():
        if (one.agreement, one.file) == (agreement, file):
            return DraftFile(agreement, file, author, one.fingerprint, one.content, drafter.clock())
    content = drafter.library.text(agreement, file) or drafter.library.blank(file)
    if content is None:
        raise UnknownRecord(f"{agreement}/{file}: there is no such file")
    return DraftFile(agreement, file, author, "", content, drafter.clock())


def save(drafter: Drafter, seen: DraftFile, content: str, *, base: str | None = None) -> DraftFile:
    """The file as it is drafted now, stored; `seen` is what was changed, as `opened` gave it.

    `base` is the revision it counts as made from by now, when it was merged with a later one.

    Raises:
        InputError: nothing was changed.
        RevisionConflict: the editor changed it meanwhile, in another window.
    """
    made = replace(seen, content=content, at=drafter.clock(), base=seen.base if base is None else base)
    if (made.content, made.base) == (seen.content, seen.base):
        raise InputError("nothing was changed")
    drafted = draft_of(drafter.records, seen.agreement, seen.author).of(seen.file)
    if drafted and drafted.fingerprint != seen.fingerprint:
        raise _elsewhere(drafted)
    if not drafter.records.save_draft(made, drafted.fingerprint if drafted else ""):
        raise _elsewhere(opened(drafter, seen.agreement, seen.file, seen.author))
    return made


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of a change."""

    file: DraftFile
    """As it is drafted now."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with what was asked for. Nothing of it was stored."""


def change(drafter: Drafter, seen: DraftFile, values: Values) -> Changed:
    """The file with other values, drafted; not where they bring a fault that was not there before.

    A draft that says what it was made from again is dropped.

    Raises:
        InputError: the values are there already, or the file is written in a way that we do not change.
        RevisionConflict: the editor changed it meanwhile, in another window.
    """
    content = drafter.library.rewritten(seen.content, values)
    if faults := _new_faults(drafter, seen, content):
        return Changed(seen, faults)
    return Changed(keep(drafter, seen, content, seen.base))


def _new_faults(drafter: Drafter, seen: DraftFile, content: str) -> tuple[Fault, ...]:
    texts = draft_of(drafter.records, seen.agreement, seen.author).texts

    def faults(text: str) -> list[Fault]:
        return faults_of(drafter.library, drafter.records, (seen.agreement, seen.file), text, texts)

    if not (found := faults(content)):
        return ()
    old = {(fault.field, fault.what) for fault in faults(seen.content)}
    return tuple(fault for fault in found if (fault.field, fault.what) not in old)


# --------------------------------------------------------------- what somebody else published meanwhile


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A drafted file, and the revision that was published since it was made."""

    mine: DraftFile
    theirs: Revision
    their_changes: tuple[Change, ...]
    merged: Merged


def overtaken(
    records: Records, library: Library, mine: DraftFile, choices: Mapping[str, Side]
) -> Overtaken | None:
    """How a drafted file and what is in force by now go together; None as long as it is made from that.

    `choices` settle what both changed.

    Raises:
        InputError: one of the three cannot be read as values.
    """
    past = [one for one in records.revisions(mine.agreement) if one.file == mine.file]
    if not past or past[-1].fingerprint == mine.base:
        return None
    base = next((one.content for one in past if one.fingerprint == mine.base), "")
    was = library.values(base) if base else {}
    theirs = library.values(past[-1].content)
    merged = merge(was, library.values(mine.content), theirs, choices)
    return Overtaken(mine, past[-1], changes(was, theirs, mine.file), merged)


def take_in(drafter: Drafter, found: Overtaken) -> DraftFile:
    """The draft, made from what is in force by now, with its editor's changes; dropped where none is left.

    Raises:
        InputError: something that both changed is not settled.
        RevisionConflict: the editor changed the draft meanwhile, in another window.
    """
    if found.merged.clashes:
        names = ", ".join(clash.name for clash in found.merged.clashes)
        raise InputError(f"choose whose word counts: {names}")
    content = drafter.library.rewritten(found.theirs.content, found.merged.values)
    return keep(drafter, found.mine, content, found.theirs.fingerprint)


def keep(drafter: Drafter, seen: DraftFile, content: str, base: str) -> DraftFile:
    """The file as it is drafted now; dropped where it says what it is made from, be that nothing.

    What its agreement lists no more says that, too, where it is to come back: as long as it has no file it stays.

    Raises:
        InputError: nothing was changed.
        RevisionConflict: the editor changed it meanwhile, in another window.
    """
    made = save(drafter, seen, content, base=base)
    back = made.fingerprint == made.base and drafter.library.text(made.agreement, made.file) is not None
    if back or not (made.base or drafter.library.values(content)):
        drafter.records.drop_draft(made.agreement, made.author, made.file)
    return made


def _elsewhere(theirs: DraftFile) -> RevisionConflict:
    what = (
        f"you changed {theirs.agreement}/{theirs.file} meanwhile, in another window: go on from what it says now"
    )
    return RevisionConflict(what, theirs=theirs.content)


def put_back_change(drafter: Drafter, mine: DraftFile, way: Way) -> Changed:
    """A drafted file with one of its changes put back; out of the draft where that was the last.

    Raises:
        InputError: that is put back already, or the file is written in a way that we do not change.
        RevisionConflict: the editor changed it meanwhile, in another window.
    """
    library = drafter.library
    base = made_from(drafter.records, mine)
    was = library.values(base) if base else {}
    left = put_back(was, library.values(mine.content), way)
    if not same(was, left):
        return change(drafter, mine, left)
    if not base:
        drafter.records.drop_draft(mine.agreement, mine.author, mine.file)
        return Changed(mine)
    return Changed(keep(drafter, mine, base, mine.base))


def made_from(records: Revisions, file: DraftFile) -> str:
    """The content that a drafted file was made from; empty: there was none."""
    past = records.revisions(file.agreement)
    return next((one.content for one in past if one.file == file.file and one.fingerprint == file.base), "")


def drop(records: Drafts, agreement: str, author: str, file: str | None = None) -> tuple[str, ...]:
    """Take a file, or all, out of an editor's draft; which files were in it. What is in force stays as it is.

    Raises:
        UnknownRecord: it is not in the draft.
    """
    names = [one.file for one in draft_of(records, agreement, author).files if file in (None, one.file)]
    dropped = tuple(name for name in names if records.drop_draft(agreement, author, name))
    if not dropped:
        raise UnknownRecord(f"{author} has no draft of {agreement}{f'/{file}' if file else ''}")
    return dropped
