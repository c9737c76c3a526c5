"""Ask: where an agreement asks for a second person, a draft waits until one has confirmed or refused it.

What is confirmed is exactly what was asked: the fingerprints of its files are kept, and any change of the draft
withdraws the asking. Publishing is the job `revise`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.core.asking import Asking, asked_files, same_person
from monitor.core.draft import Draft
from monitor.errors import InputError, RevisionConflict, UnknownRecord
from monitor.jobs.ports import Askings, Clock
from monitor.jobs.signing import must_be_signed


@dataclass(frozen=True, slots=True)
class Asked:
    """An asking, and the draft of its author as it is now."""

    asking: Asking
    draft: Draft

    @property
    def stands(self) -> bool:
        """Whether it waits for a second person."""
        return self.asking.stands(self.draft)

    @property
    def withdrawn(self) -> bool:
        """Whether the draft was changed since."""
        return not self.asking.refused_by and not self.asking.is_of(self.draft)


def ask(askings: Askings, clock: Clock, draft: Draft, reason: str) -> Asking:
    """The draft as it is, to be confirmed by somebody else, stored in place of what its author asked before.

    Raises:
        InputError: nobody says why, or just that is asked already.
    """
    must_be_signed(draft.author, reason)
    for one in askings.askings(draft.agreement):
        if one.author == draft.author and one.stands(draft):
            raise InputError(
                "that is asked already, and waits for a second person: change or drop the draft to undo it"
            )
    made = Asking(draft.agreement, draft.author, reason.strip(), clock(), asked_files(draft))
    askings.save_asking(made)
    return made


def asked(askings: Askings, agreement: str, drafts: Iterable[Draft]) -> tuple[Asked, ...]:
    """Every asking of an agreement, by author, those refused and withdrawn among them."""
    by_author = {draft.author: draft for draft in drafts}
    return tuple(
        Asked(one, by_author.get(one.author, Draft(agreement, one.author))) for one in askings.askings(agreement)
    )


def to_answer(known: Iterable[Asked], author: str, seal: str, by: str) -> Asked:
    """The asking that a second person answers; `seal` says which they looked at.

    Raises:
        InputError: it is their own, or nobody answers.
        RevisionConflict: its draft was changed since, or it was answered.
        UnknownRecord: that editor asks for nothing.
    """
    if not by.strip():
        raise InputError("nobody says who decides: give --author")
    found = next((one for one in known if same_person(one.asking.author, author)), None)
    if found is None:
        raise UnknownRecord(f"{author} asks for nothing: it was published or answered meanwhile")
    if same_person(found.asking.author, by):
        raise InputError("nobody confirms or refuses what they asked for themselves: another editor must")
    if found.asking.refused_by:
        raise RevisionConflict(f"{found.asking.refused_by} refused it: {found.asking.refusal}")
    if found.withdrawn or found.asking.seal != seal:
        raise RevisionConflict(f"{found.asking.author} changed the draft since: that asking is withdrawn")
    return found


def refuse(askings: Askings, found: Asked, by: str, reason: str) -> None:
    """Write down that a second person refuses; the draft stays as it is, for its author to go on from.

    Raises:
        InputError: nobody says why.
        RevisionConflict: it was answered meanwhile.
    """
    must_be_signed(by, reason)
    if not askings.answer_asking(found.asking, by.strip(), reason.strip()):
        raise RevisionConflict(f"what {found.asking.author} asked for was answered or changed meanwhile")
