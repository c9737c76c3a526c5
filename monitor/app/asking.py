"""Where an agreement asks for a second person: a draft asked for, confirmed or refused, all in the log of acts."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.app.revising import reviser
from monitor.app.workspace import Workspace
from monitor.core.access import Act, Right
from monitor.core.asking import Asking, same_person
from monitor.core.draft import Draft, DraftFile
from monitor.core.revision import Revision
from monitor.errors import InputError, RevisionConflict
from monitor.jobs.ask import Asked, ask, asked, refuse, to_answer
from monitor.jobs.drafts import draft_of, drafts_of, drop
from monitor.jobs.revise import Place, Signed, asks_second_person, must_be_publishable, publish_drafted


def wants_second_person(workspace: Workspace, agreement: str) -> bool:
    """Whether what is published in the agreement must be confirmed by another editor."""
    return asks_second_person(reviser(workspace), agreement)


def asked_of(workspace: Workspace, agreement: str) -> tuple[Asked, ...]:
    """Every asking of an agreement, by author, those refused and withdrawn among them."""
    return asked(workspace.store, agreement, drafts_of(workspace.store, agreement))


def ask_for_draft(workspace: Workspace, agreement: str, signed: Signed, origin: str) -> Asking:
    """The author's draft, asked to be published.

    Raises:
        InputError: there is nothing to publish, or it is asked already.
        LibraryError: files have faults, all of which are told.
        RevisionConflict: somebody else published or wrote a file meanwhile.
    """
    draft = draft_of(workspace.store, agreement, signed.author.strip())
    must_be_publishable(reviser(workspace), draft)
    return _asked(workspace, draft, signed, origin)


def ask_for_file(
    workspace: Workspace, place: Place, content: str, seen: str, signed: Signed, origin: str
) -> Asking:
    """A file's content, drafted in the author's name and asked to be published; `seen` is what it goes over.

    Raises:
        InputError: the author has another draft in that agreement, or the content is in force already.
        LibraryError: it has faults, all of which are told.
        RevisionConflict: somebody else published or wrote the file meanwhile.
    """
    author, store = signed.author.strip(), workspace.store
    drafted = draft_of(store, place.agreement, author)
    made = DraftFile(place.agreement, place.file, author, seen, content, workspace.clock())
    same = [(one.file, one.base, one.content) for one in drafted.files] == [(place.file, seen, content)]
    if drafted.files and not same:
        raise InputError(
            f"{author} has a draft of {place.agreement} already: ask for that or drop it on its page first, or "
            "`monitor profiles withdraw`"
        )
    draft = drafted if same else Draft(place.agreement, author, (made,))
    must_be_publishable(reviser(workspace), draft)
    if not same and not store.save_draft(made, ""):
        raise RevisionConflict(f"{author} began a draft of {place} meanwhile: nothing was stored")
    return _asked(workspace, draft, signed, origin)


def _asked(workspace: Workspace, draft: Draft, signed: Signed, origin: str) -> Asking:
    made = ask(workspace.store, workspace.clock, draft, signed.reason)
    _write_act(workspace, made.author, origin, "publication asked for", made)
    return made


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers which asking."""

    agreement: str
    author: str
    """Of the asking."""
    seal: str
    """Of the asking that was looked at."""
    by: str
    origin: str
    """From where."""


def confirm(workspace: Workspace, answer: Answer) -> tuple[Revision, ...]:
    """What was asked for is in force, signed by both.

    Raises:
        InputError: it is their own.
        LibraryError: files have faults by now, all of which are told.
        RevisionConflict: the draft was changed since, it was answered, or somebody else published meanwhile.
        UnknownRecord: that editor asks for nothing.
    """
    found = _to_answer(workspace, answer)
    signed = Signed(found.asking.author, found.asking.reason, answer.by)
    made = publish_drafted(reviser(workspace), workspace.store, found.draft, signed)
    workspace.store.drop_asking(found.asking)
    _write_act(workspace, answer.by, answer.origin, "publication confirmed", found.asking)
    return made


def refuse_asked(workspace: Workspace, answer: Answer, reason: str) -> Asking:
    """What was asked for is refused, with a reason that its author reads; the draft stays.

    Raises:
        InputError: it is their own, or nobody says why.
        RevisionConflict: the draft was changed since, or it was answered.
        UnknownRecord: that editor asks for nothing.
    """
    found = _to_answer(workspace, answer)
    refuse(workspace.store, found, answer.by, reason)
    _write_act(workspace, answer.by, answer.origin, "publication refused", found.asking)
    return found.asking


def withdraw(workspace: Workspace, agreement: str, author: str, origin: str) -> tuple[str, ...]:
    """The files of an editor's draft, dropped with what was asked for it.

    Raises:
        UnknownRecord: there is none.
    """
    dropped = drop(workspace.store, agreement, author.strip())
    about = f"{agreement}: {', '.join(dropped)}"
    workspace.store.write_act(Act(workspace.clock(), author.strip(), origin, "draft dropped", about))
    return dropped


def who_may_confirm(workspace: Workspace, asking: Asking) -> tuple[str, ...]:
    """The accounts that may answer an asking, by name; its author never."""
    return tuple(
        user.name
        for user in sorted(workspace.store.users(), key=lambda user: user.name)
        if user.disabled_at is None
        and user.may(Right.EDIT, asking.agreement)
        and not same_person(user.name, asking.author)
    )


def _to_answer(workspace: Workspace, answer: Answer) -> Asked:
    return to_answer(asked_of(workspace, answer.agreement), answer.author, answer.seal, answer.by)


def _write_act(workspace: Workspace, who: str, origin: str, what: str, asking: Asking) -> None:
    files = ", ".join(one.file for one in asking.files)
    about = f"{asking.agreement}: {files}, asked by {asking.author}"
    workspace.store.write_act(Act(workspace.clock(), who.strip(), origin, what, about))
