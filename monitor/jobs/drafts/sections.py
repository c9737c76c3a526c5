"""Sections as a draft adds them, takes them away and brings them back: several files that go together.

A section is a file of its own, a line of `agreement.yaml`, and maybe lines of `digests.yaml`. They are drafted
together or not at all, so that nothing is drafted that could not be published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.core.draft import DraftFile
from monitor.core.editing.sections import (
    AGREEMENT,
    DIGESTS,
    can_be_id,
    carried_by,
    carried_by_none,
    choosing,
    file_of,
    listed,
    section_of,
    with_section,
    without_section,
)
from monitor.core.editing.values import Values, Way, same
from monitor.core.fault import Fault
from monitor.core.revision import Revision
from monitor.errors import InputError, RevisionConflict, UnknownRecord
from monitor.jobs.drafts.drafting import Changed, Drafter, draft_of, drop, keep, opened, put_back_change
from monitor.jobs.vetting import faults_of


@dataclass(frozen=True, slots=True)
class NewSection:
    """A section that is to be added."""

    id: str
    values: Values
    """As in its file; `section` is put in."""
    place: int | None = None
    """In the order, from 1; None: at the end."""
    digests: tuple[str, ...] = ()
    """Ids of the digests that name their sections and are to carry it."""


def add_section(drafter: Drafter, agreement: str, author: str, new: NewSection) -> tuple[Fault, ...]:
    """Draft a section: its file, its place in the order, the digests that carry it; the faults that keep it out.

    Raises:
        InputError: it cannot be called so, or there is or was one of that name.
        RevisionConflict: the editor changed the draft meanwhile, in another window.
    """
    _must_be_free(drafter, agreement, author, new.id)
    drawn = _Drawn(drafter, agreement, author)
    values: Values = {"section": new.id, **{k: v for k, v in new.values.items() if k != "section"}}
    made = DraftFile(agreement, file_of(new.id), author, "", drafter.library.new_section(values), drafter.clock())
    head = drawn.head(with_section(drawn.head_values, new.id, new.place))
    return drawn.kept([made, head, *drawn.digests(carried_by(drawn.digest_values, new.id, new.digests))])


def bring_back(drafter: Drafter, agreement: str, author: str, section: str) -> tuple[Fault, ...]:
    """Draft a section that was taken away, as it was last published, at the end of the order.

    Raises:
        RevisionConflict: the editor changed the draft meanwhile, in another window.
        UnknownRecord: there was none, or it is there.
    """
    last = next((one for one in gone_sections(drafter, agreement, author) if one.file == file_of(section)), None)
    if last is None:
        raise UnknownRecord(f"{agreement}: no section {section} was taken away, or it is there again")
    drawn = _Drawn(drafter, agreement, author)
    file = DraftFile(agreement, last.file, author, last.fingerprint, last.content, drafter.clock())
    there = drafter.library.text(agreement, last.file) is not None
    return drawn.kept([*([] if there else [file]), drawn.head(with_section(drawn.head_values, section))])


def take_section_away(drafter: Drafter, agreement: str, author: str, section: str) -> tuple[Fault, ...]:
    """Draft an agreement without a section, in its order and its digests; what was drafted of it is dropped.

    Its revisions stay, and so does whatever was found under it.

    Raises:
        InputError: it is the only one, or a digest would be left with none.
        RevisionConflict: the editor changed the draft meanwhile, in another window.
        UnknownRecord: the agreement has no such section.
    """
    drawn = _Drawn(drafter, agreement, author)
    if section not in listed(drawn.head_values):
        raise UnknownRecord(f"{agreement} has no section {section}")
    if len(listed(drawn.head_values)) == 1:
        raise InputError("it is the only section: an agreement has at least one")
    if alone := [name for name, chosen in choosing(drawn.digest_values).items() if chosen == (section,)]:
        raise InputError(f"the digest {alone[0]} is of this section alone: give it another first, or take it away")
    drafted = draft_of(drafter.records, agreement, author).of(file_of(section))
    files = [drawn.head(without_section(drawn.head_values, section))]
    faults = drawn.kept([*files, *drawn.digests(carried_by_none(drawn.digest_values, section))], [section])
    if drafted and not faults:
        drafter.records.drop_draft(agreement, author, drafted.file)
    return faults


def gone_sections(drafter: Drafter, agreement: str, author: str) -> tuple[Revision, ...]:
    """The last revision of each section that the editor's agreement lists no more, by file."""
    there = listed(_Drawn(drafter, agreement, author).head_values)
    in_force = [one for one in drafter.records.revisions_in_force() if one.agreement == agreement]
    gone = (one for one in in_force if (section := section_of(one.file)) and section not in there)
    return tuple(sorted(gone, key=lambda one: one.file))


# --------------------------------------------------------------- out of the draft


def drop_file(drafter: Drafter, agreement: str, author: str, file: str) -> tuple[str, ...]:
    """Take a file out of an editor's draft, a section that is new there as a whole; which files it was.

    Raises:
        InputError: the order of sections is to be dropped, and a section of the draft stands in it alone.
        UnknownRecord: it is not in the draft.
    """
    new = new_sections(drafter, agreement, author)
    if section_of(file) in new:
        take_section_away(drafter, agreement, author, section_of(file))
        return (file,)
    if file == AGREEMENT and new:
        names = ", ".join(file_of(one) for one in new)
        raise InputError(f"sections that are new in your draft stand in it: drop {names} first, or publish them")
    return drop(drafter.records, agreement, author, file)


def put_back_in_draft(drafter: Drafter, mine: DraftFile, way: Way) -> Changed:
    """A drafted file with one of its changes put back; a section that was added goes with its file.

    Raises:
        InputError: that is put back already, or the file is written in a way that we do not change.
        RevisionConflict: the editor changed it meanwhile, in another window.
    """
    added = mine.file == AGREEMENT and way[:1] == ("sections",) and way[1:2]
    if added and added[0] in new_sections(drafter, mine.agreement, mine.author):
        return Changed(mine, take_section_away(drafter, mine.agreement, mine.author, added[0]))
    return put_back_change(drafter, mine, way)


def new_sections(drafter: Drafter, agreement: str, author: str) -> tuple[str, ...]:
    """The sections of an editor's draft that the agreement in force does not list."""
    in_force = drafter.records.revisions_in_force()
    head = next((one for one in in_force if (one.agreement, one.file) == (agreement, AGREEMENT)), None)
    text = head.content if head else drafter.library.text(agreement, AGREEMENT) or ""
    there = listed(drafter.library.values(text)) if text else ()
    files = draft_of(drafter.records, agreement, author).files
    return tuple(section for one in files if (section := section_of(one.file)) and section not in there)


# --------------------------------------------------------------- what they share


class _Drawn:
    """The files of an editor's draft that say which sections there are, as they would be."""

    def __init__(self, drafter: Drafter, agreement: str, author: str) -> None:
        self._drafter = drafter
        self._head = opened(drafter, agreement, AGREEMENT, author)
        self._digests = opened(drafter, agreement, DIGESTS, author)
        self._draft = draft_of(drafter.records, agreement, author)
        self.head_values = drafter.library.values(self._head.content)
        self.digest_values = drafter.library.values(self._digests.content)

    def head(self, values: Values) -> DraftFile:
        """The agreement's own file with these values."""
        return self._with(self._head, values)

    def digests(self, values: Values) -> Iterator[DraftFile]:
        """The digests with these values; nothing where they are the same."""
        if not same(values, self.digest_values):
            yield self._with(self._digests, values)

    def kept(self, files: Sequence[DraftFile], leaving: Sequence[str] = ()) -> tuple[Fault, ...]:
        """Store the files in the draft, unless they bring faults; which. Sections that leave have no file."""
        if faults := tuple(self._faults(files, leaving)):
            return faults
        stored: list[DraftFile] = []
        try:
            for one in files:
                stored.append(keep(self._drafter, self._was(one), one.content, one.base))
        except RevisionConflict:
            for one in stored:
                if section_of(one.file):  # without its line in agreement.yaml it is nothing
                    self._drafter.records.drop_draft(one.agreement, one.author, one.file)
            raise
        return ()

    def _with(self, file: DraftFile, values: Values) -> DraftFile:
        return replace(file, content=self._drafter.library.rewritten(file.content, values))

    def _was(self, one: DraftFile) -> DraftFile:
        """What a file is changed from; of one that is new nothing."""
        known = {AGREEMENT: self._head, DIGESTS: self._digests}
        return known.get(one.file, replace(one, content=""))

    def _faults(self, files: Sequence[DraftFile], leaving: Sequence[str]) -> Iterator[Fault]:
        """What is wrong with the files beside one another, and was not before."""
        gone = {file_of(section) for section in leaving}
        was = {of: text for of, text in self._draft.texts.items() if of[1] not in gone}
        beside = was | {(one.agreement, one.file): one.content for one in files}
        for one in files:
            of = (one.agreement, one.file)
            before = {(f.field, f.what) for f in self._vetted(of, was.get(of) or self._was(one).content, was)}
            yield from (f for f in self._vetted(of, one.content, beside) if (f.field, f.what) not in before)

    def _vetted(self, of: tuple[str, str], content: str, beside: dict[tuple[str, str], str]) -> list[Fault]:
        if not content:
            return []
        return faults_of(self._drafter.library, self._drafter.records, of, content, beside)


def _must_be_free(drafter: Drafter, agreement: str, author: str, section: str) -> None:
    """Whether a new section may be called so.

    Raises:
        InputError: it may not.
    """
    if not can_be_id(section):
        raise InputError(
            f"{section!r} cannot be a section's short name: write small letters, figures and _, "
            "such as ferry_fares"
        )
    if section in listed(_Drawn(drafter, agreement, author).head_values):
        raise InputError(f"there is a section {section} already: give another short name")
    if any(one.file == file_of(section) for one in drafter.records.revisions(agreement)):
        raise InputError(f"there was a section {section}: bring it back, or give another short name")
    if drafter.library.text(agreement, file_of(section)) is not None:
        raise InputError(f"there is a file {file_of(section)} that the agreement does not list: list or delete it")
