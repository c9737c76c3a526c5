"""What was asked of coverage and of the archive, read from an address: the same for pages and the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from monitor.app import lossy_gaps
from monitor.core.access import Right
from monitor.core.agreement import Agreement
from monitor.core.coverage import CoverageQuestion
from monitor.jobs.ports import ShelfQuestion
from monitor.web.access import Answerer
from monitor.web.agreements import InRoom, Room
from monitor.web.words import read_days

LONGEST = 200
Values = Annotated[list[str], Query(max_length=500)]
Text = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class AskedCoverage:
    """A question of coverage, as it was typed and as it was understood."""

    question: CoverageQuestion
    typed: tuple[tuple[str, str], ...]
    """Name and value of every field that says something, to ask the same again."""
    faults: tuple[tuple[str, str], ...] = ()
    """What cannot be read, by field."""
    unknown: tuple[str, ...] = ()
    """What is not known today; it is looked for all the same: it may have been monitored once."""
    values: Mapping[str, str | list[str] | bool] = field(default_factory=dict)
    """By field, for the form."""


def asked_coverage(
    visitor: Answerer,
    room: InRoom,
    section: Values = [],  # noqa: B006 (FastAPI copies it)
    outlet: Values = [],  # noqa: B006
    term: Values = [],  # noqa: B006
    words: Text = "",
    since: Text = "",
    until: Text = "",
    near: bool = False,
) -> AskedCoverage:
    """The question; near misses are for editors, and left out for others."""
    typed: dict[str, str | list[str]] = {
        "section": section,
        "outlet": outlet,
        "term": term,
        "words": words,
        "since": since,
        "until": until,
    }
    days, faults = _days(since, until)
    if words.strip() and not any(c.isalnum() for c in words):
        faults.append(("words", "There is no word in it: give words that stand in the article"))
    near = near and visitor.user.may(Right.EDIT, room.agreement.id)
    question = CoverageQuestion(
        room.agreement.id,
        since=days["since"],
        until=days["until"],
        sections=_said(section),
        outlets=_said(outlet),
        terms=_spelt(term, _terms(room.agreement)),
        text=words.strip(),
        near_misses=near,
    )
    never, unknown = _unknown(question, room)
    faults += never
    return AskedCoverage(question, _typed(typed, near=near), tuple(faults), unknown, {**typed, "near": near})


Asked = Annotated[AskedCoverage, Depends(asked_coverage)]


def _days(since: str, until: str) -> tuple[dict[str, datetime | None], list[tuple[str, str]]]:
    """The ends of the period, and what is wrong with them."""
    days, faults = read_days(since, until)
    first, last = days["since"], days["until"]
    if first and last and first >= last:
        faults.append(("until", "The last day is before the first: swap them"))
    return days, faults


def _said(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _terms(agreement: Agreement) -> list[str]:
    return list(dict.fromkeys(name for profile in agreement.profiles for name in profile.sought))


def _spelt(values: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    folded = {name.casefold(): name for name in known}
    return tuple(folded.get(value.casefold(), value) for value in _said(values))


def _unknown(question: CoverageQuestion, room: Room) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """What was asked for that there never was, by field; and what to say of what is there no more."""
    known = {"section": room.agreement.order, "outlet": room.sources.outlets, "term": _terms(room.agreement)}
    said = {"section": question.sections, "outlet": question.outlets, "term": question.terms}
    missing = [(noun, value) for noun, values in said.items() for value in values if value not in known[noun]]
    ever = room.workspace.store.names_found(room.agreement.id) if missing else set()
    never = [
        (noun, f"There is no {noun} “{value}”, and nothing was ever found under it: choose one of the list")
        for noun, value in missing
        if value not in ever
    ]
    gone = [
        f"There is no {noun} “{value}” today; only what was found under it earlier is listed."
        for noun, value in missing
        if value in ever
    ]
    return never, tuple(gone)


def _typed(values: Mapping[str, str | list[str]], *, near: bool) -> tuple[tuple[str, str], ...]:
    said = []
    for name, value in values.items():
        said += [(name, str(one)) for one in (value if isinstance(value, list) else [value]) if one]
    return (*said, *([("near", "true")] if near else []))


def notes(room: Room, asked: AskedCoverage) -> list[str]:
    """What must be said beside an answer, for it to be true."""
    store, question = room.workspace.store, asked.question
    said = list(asked.unknown)
    if lossy := lossy_gaps(room.workspace, question, room.sources):
        gaps = "one coverage gap" if lossy == 1 else f"{lossy} coverage gaps"
        said.append(f"After {gaps} of this period articles may be missing: the page of sources says more.")
    if question.text and (unsearched := store.without_words(question)):
        said.append(
            f"{unsearched} of these articles were searched by their headline alone: text and words are purged."
        )
    if question.text and (unindexed := store.unindexed()):
        said.append(f"{unindexed} stored articles were not searched: monitor coverage --text indexes their words.")
    if store.unjudged(room.agreement.id, 1):
        said.append("Some stored articles are not judged yet; the service judges them within minutes.")
    return said


# --------------------------------------------------------------- of the archive


def asked_editions(room: Room, asked: Mapping[str, str]) -> tuple[ShelfQuestion, list[tuple[str, str]]]:
    """What was asked of the archive, and what cannot be read of it, by field."""
    days, faults = read_days(asked["since"], asked["until"])
    if asked["digest"] and asked["digest"] not in [d.id for d in room.agreement.digests]:
        faults.append(("digest", f"There is no digest {asked['digest']}"))
    return ShelfQuestion(room.agreement.id, asked["words"].strip(), asked["digest"], **days), faults
