"""Revise: a file of the library is published under a name and a reason, or taken back to an earlier revision.

The file and its revision change together or not at all, and only over the state that the editor saw: what somebody
else published or wrote meanwhile is neither lost nor passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.core.article import fingerprint
from monitor.core.asking import same_person
from monitor.core.draft import Draft, DraftFile
from monitor.core.editing.sections import AGREEMENT
from monitor.core.fault import Fault
from monitor.core.revision import Numbered, Revision, numbered
from monitor.errors import InputError, LibraryError, RevisionConflict, UnknownRecord
from monitor.jobs.ports import Clock, Drafts, Library, Revisions
from monitor.jobs.section_files import STAYING, Moved, moved
from monitor.jobs.signing import must_be_signed
from monitor.jobs.vetting import faults_of


@dataclass(frozen=True, slots=True)
class Reviser:
    """What revising needs."""

    library: Library
    revisions: Revisions
    clock: Clock


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the library."""

    agreement: str
    """Agreement id, or `sources`."""
    file: str

    def __str__(self) -> str:
        return f"{self.agreement}/{self.file}"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who publishes, and why.

    Raises:
        InputError: nobody does, or the reason says nothing.
    """

    author: str
    reason: str
    confirmed_by: str = ""
    """The second person, who is never the author; empty: nobody was asked."""

    def __post_init__(self) -> None:
        must_be_signed(self.author, self.reason)
        if same_person(self.author, self.confirmed_by):
            raise InputError("nobody confirms what they asked for themselves: another editor must")


def history(revisions: Revisions, place: Place) -> tuple[Numbered, ...]:
    """Every revision of a file, the oldest first.

    Raises:
        UnknownRecord: it was never published.
    """
    found = tuple(n for n in numbered(revisions.revisions(place.agreement)) if n.revision.file == place.file)
    if not found:
        raise UnknownRecord(f"{place} was never published: `monitor profiles history` lists what was")
    return found


def publish_file(reviser: Reviser, place: Place, signed: Signed) -> Revision:
    """What stands in the file now becomes the revision in force, signed.

    Raises:
        InputError: there is no such file, or it says what is in force already.
        LibraryError: it has faults, all of which are told.
        RevisionConflict: somebody else published it meanwhile.
    """
    _must_be_confirmed(reviser, place.agreement, signed)
    in_force = _in_force(reviser, place)
    content = reviser.library.text(place.agreement, place.file)
    if content is None:
        raise InputError(f"{place}: there is no such file, or it is empty")
    if in_force and content == in_force.content:
        raise InputError(f"{place} says what is in force already: nothing to publish")
    return _published(reviser, place, content, in_force, signed)


def publish_draft(reviser: Reviser, place: Place, content: str, seen: str, signed: Signed) -> Revision:
    """A draft becomes the revision in force, and is written into its file.

    `seen` is the fingerprint of the revision it was made from; empty: there was none.

    Raises:
        InputError: it says what is in force already.
        LibraryError: it has faults, all of which are told.
        RevisionConflict: another revision is in force by now, or the file was changed on disk and not published.
    """
    _must_be_confirmed(reviser, place.agreement, signed)
    in_force = _publishable(reviser, place, content, seen)
    files = _moved(reviser, place, content, in_force)
    return _published(reviser, place, content, in_force, signed, files)


def _publishable(reviser: Reviser, place: Place, content: str, seen: str) -> Revision | None:
    """The revision that the draft goes over; None where there is none yet."""
    in_force = _in_force(reviser, place)
    if seen != (in_force.fingerprint if in_force else ""):
        raise _superseded(place, in_force)
    on_disk = reviser.library.text(place.agreement, place.file)
    if in_force and on_disk is not None and on_disk not in (in_force.content, content):
        raise RevisionConflict(
            f"{place} was changed on disk since it was last published: publish that (`monitor profiles publish`) "
            "or undo it there, and make yours from what is then in force",
            theirs=on_disk,
        )
    if in_force and content == in_force.content and on_disk is not None:
        raise InputError(f"{place} says that already: nothing to publish")
    return in_force


def restore(reviser: Reviser, place: Place, number: int, signed: Signed) -> Revision:
    """An earlier revision's content in force again, as a new revision; nothing is erased.

    Raises:
        InputError: it is in force.
        LibraryError: what was sound then has faults by today's rules, or beside today's other files.
        RevisionConflict: the file was changed on disk and not published.
        UnknownRecord: the file has no revision of that number.
    """
    content, seen = earlier(reviser.revisions, place, number)
    return publish_draft(reviser, place, content, seen, signed)


def earlier(revisions: Revisions, place: Place, number: int) -> tuple[str, str]:
    """What an earlier revision says, and the fingerprint of the latest, which it would go over.

    Raises:
        UnknownRecord: the file has no revision of that number.
    """
    past = history(revisions, place)
    if not 1 <= number <= len(past):
        raise UnknownRecord(f"{place} has no revision {number}: its revisions are 1 to {len(past)}")
    return past[number - 1].revision.content, past[-1].revision.fingerprint


def publish_drafted(reviser: Reviser, drafts: Drafts, draft: Draft, signed: Signed) -> tuple[Revision, ...]:
    """Every file of an editor's draft becomes the revision in force; what is published leaves the draft.

    Nothing is published while one of them cannot be. The agreement's own file goes first: others use its lists.

    Raises:
        InputError: there is nothing in the draft, or it says what is in force already.
        LibraryError: files have faults, all of which are told.
        RevisionConflict: another revision of one is in force by now, or it was changed on disk and not published.
    """
    _must_be_confirmed(reviser, draft.agreement, signed)
    must_be_publishable(reviser, draft)
    made = []
    for one in _in_order(draft):
        if one.fingerprint != one.base:  # else a section that came back with the list of sections, as it was
            place = Place(one.agreement, one.file)
            in_force = _publishable(reviser, place, one.content, one.base)
            files = _moved(reviser, place, one.content, in_force)
            made.append(_published(reviser, place, one.content, in_force, signed, files, draft.texts))
        drafts.drop_draft(one.agreement, one.author, one.file)
    return tuple(made)


def must_be_publishable(reviser: Reviser, draft: Draft) -> None:
    """Nothing, when every file of a draft can be published over what is in force.

    Raises:
        InputError: there is nothing in the draft, or it says what is in force already.
        LibraryError: files have faults, all of which are told.
        RevisionConflict: another revision of one is in force by now, or it was changed on disk and not published.
    """
    if not draft.files:
        raise InputError(f"{draft.author} has no draft of {draft.agreement}: nothing to publish")
    faults: list[Fault] = []
    beside = dict(draft.texts)
    for one in _in_order(draft):
        place = Place(one.agreement, one.file)
        in_force = _publishable(reviser, place, one.content, one.base)
        beside = {**_moved(reviser, place, one.content, in_force).texts(one.agreement), **beside}
        faults += faults_of(reviser.library, reviser.revisions, (one.agreement, one.file), one.content, beside)
    if faults:
        raise _unsound(f"the draft of {draft.agreement}", faults)


def _in_order(draft: Draft) -> list[DraftFile]:
    return sorted(draft.files, key=lambda one: (one.file != AGREEMENT, one.file))


def asks_second_person(reviser: Reviser, agreement: str) -> bool:
    """Whether the agreement, as it is in force, wants a second person to confirm what is published."""
    head = _in_force(reviser, Place(agreement, AGREEMENT))
    return head is not None and reviser.library.values(head.content).get("second_person") is True


def _must_be_confirmed(reviser: Reviser, agreement: str, signed: Signed) -> None:
    if not signed.confirmed_by and asks_second_person(reviser, agreement):
        raise InputError(
            f"{agreement} asks for a second person: ask for publication on the page of your draft, or by "
            "`monitor profiles publish`, and another editor confirms it"
        )


def _moved(reviser: Reviser, place: Place, content: str, over: Revision | None) -> Moved:
    of = place.agreement, place.file
    return moved(reviser.library, reviser.revisions, of, over.content if over else "", content)


def _published(
    reviser: Reviser,
    place: Place,
    content: str,
    over: Revision | None,
    signed: Signed,
    files: Moved = STAYING,
    drafted: Mapping[tuple[str, str], str] | None = None,
) -> Revision:
    """`files` go and come with this one; `drafted` are other files as they are about to be."""
    beside = {**files.texts(place.agreement), **(drafted or {})}
    faults = faults_of(reviser.library, reviser.revisions, (place.agreement, place.file), content, beside)
    if faults:
        raise _unsound(str(place), faults)
    revision = Revision(
        place.agreement,
        place.file,
        fingerprint(content),
        content,
        signed.author.strip(),
        signed.reason.strip(),
        reviser.clock(),
        signed.confirmed_by.strip(),
    )

    def write() -> None:
        reviser.library.write(place.agreement, place.file, content)
        files.carry_out(reviser.library, place.agreement)

    stored = reviser.revisions.publish(revision, over=over.fingerprint if over else "", write=write)
    if not stored:
        raise _superseded(place, _in_force(reviser, place))
    return revision


def _unsound(what: str, faults: Iterable[Fault]) -> LibraryError:
    told = "\n".join(f"  {fault}" for fault in faults)
    return LibraryError(f"{what} has faults, nothing was published\n{told}")


def _in_force(reviser: Reviser, place: Place) -> Revision | None:
    known = reviser.revisions.revisions_in_force()
    return next((r for r in known if (r.agreement, r.file) == (place.agreement, place.file)), None)


def _superseded(place: Place, theirs: Revision | None) -> RevisionConflict:
    who = f"{theirs.author} published {place} meanwhile: {theirs.reason}" if theirs else f"{place} is gone"
    return RevisionConflict(
        f"{who}; yours is not in force, and is kept as it was", theirs=theirs.content if theirs else ""
    )
