"""What somebody says of an imported draft, on its page or by the API, read as a correction of the core."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from monitor.core.drafting import Dictionary
from monitor.core.drafting import correcting as core
from monitor.core.drafting.correcting import At, Change
from monitor.core.profile import Kind, NamedPerson, Standing
from monitor.core.source import Sources
from monitor.errors import InputError

NONE_OF_OURS = "none"
ACTS = ("split", "join", "confirm", "leave_out", "take_in", "call")
"""What can be said of a term; `split` brings after how many words, `call` the kind."""


def of_term(act: str, at: At, value: str, dictionary: Dictionary) -> Change:
    """The correction of a term.

    Raises:
        InputError: there is no such act, or what it brings cannot be read.
    """
    if act == "split":
        if not value.isdigit():
            raise InputError("say after which word it is to be split")
        return partial(core.split, at=at, after=int(value), dictionary=dictionary)
    if act == "call":
        if value not in list(Kind):
            raise InputError(f"{value!r} is no kind of term: it is one of {', '.join(Kind)}")
        return partial(core.call, at=at, kind=Kind(value))
    if act in ("leave_out", "take_in"):
        return partial(core.leave_out, at=at, out=act == "leave_out")
    if act == "join":
        return partial(core.join, at=at, dictionary=dictionary)
    if act == "confirm":
        return partial(core.confirm, at=at)
    raise InputError(f"{act!r} is nothing that can be said of a term: say one of {', '.join(ACTS)}")


def of_source(section: str, name: str, means: str, sources: Sources) -> Change:
    """The correction of a name among a section's sources: a group's id, an outlet's, or `none`.

    Raises:
        InputError: there is no such group or outlet.
    """
    if means in sources.groups:
        return partial(core.say_source, section=section, name=name, group=means)
    if means in sources.outlets:
        return partial(core.say_source, section=section, name=name, outlet=means)
    if means == NONE_OF_OURS:
        return partial(core.say_source, section=section, name=name)
    raise InputError(f"choose what {name} is" if not means else f"there is no group or outlet {means}")


def of_people(
    who: Sequence[tuple[str, int, str, str]], decision: tuple[str, str, str, str], today: date
) -> tuple[Change | None, list[tuple[str, str]]]:
    """The correction that records decisions on persons, or what is wrong with what was said, by field.

    `who`: section, number, class and role of each; the decision: purpose, by whom, by whom else, reviewed by when.
    """
    purpose, first, second, by = (said.strip() for said in decision)
    faults = [(name, f"Say {what}") for name, what, said in _asked(purpose, first) if not said]
    review = _day(by)
    if review is None or review <= today:
        faults.append(("review_by", "Say when the decision is looked at again: a day to come, such as 2027-03-31"))
    for section, number, standing, role in who:
        if standing not in list(Standing):
            faults.append((f"standing-{section}-{number}", f"{standing!r} is no class of person"))
        elif not role.strip():
            faults.append((f"role-{section}-{number}", "Say in which public role the name is looked for"))
        elif standing != Standing.OFFICE_HOLDER and second in ("", first):
            faults.append(("second_approval", f"A {standing.replace('_', ' ')} takes a second person's approval"))
    if faults:
        return None, list(dict.fromkeys(faults))
    decided = {
        At(section, number): NamedPerson("", Standing(standing), role.strip(), purpose, first, second, review)
        for section, number, standing, role in who
    }
    return partial(core.decide, decisions=decided), []


def _asked(purpose: str, first: str) -> tuple[tuple[str, str, str], ...]:
    return ("purpose", "what the names are needed for", purpose), ("approved_by", "who decided it", first)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
