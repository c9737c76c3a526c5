"""Leave: a reader stops or pauses a list by the link in a mail, without telling who they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from monitor.core.dates import london_day, london_time
from monitor.core.edition import ALERT, Edition
from monitor.core.recipient import RecipientAct, RecipientVerb, all_standing
from monitor.core.unsubscribing import address_of
from monitor.errors import InputError, UnknownRecord
from monitor.jobs.ports import Clock, Ledger, RecipientActs

READER = "the reader"
REASON = "the link in the mail"
LONGEST = timedelta(days=366)
"""Of a pause: who is away for longer leaves the list."""


class Records(Ledger, RecipientActs, Protocol):
    """What is read and written."""


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who leaves by links: the records, the secret that links are made with, the clock."""

    records: Records
    secret: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class OwnList:
    """A list as the reader of a link stands on it."""

    address: str
    listed: str
    """`<agreement>/<digest>`."""
    title: str
    """What its last mail was called, and for whom it is."""
    paused: RecipientAct | None = None
    """Their own pause, when it is in force."""
    stopped: bool = False
    """Whether they have left it."""


def own_list(leaver: Leaver, listed: str, token: str) -> OwnList:
    """What a link was made for, among the addresses that a list was ever sent to; changes nothing.

    Raises:
        UnknownRecord: it is nobody's, or links are not made here.
    """
    records = leaver.records
    address = address_of(leaver.secret, listed, token, records.written_to(listed)) if leaver.secret else None
    last = records.last_edition(*listed.partition("/")[::2])
    if address is None or last is None:
        raise UnknownRecord("no such link")
    standing = all_standing(records.recipient_acts().get(address, ()), listed, leaver.clock())
    pause = standing.get(RecipientVerb.PAUSE)
    own = pause if pause and pause.digest == listed else None
    return OwnList(address, listed, _called(last), own, RecipientVerb.UNSUBSCRIBE in standing)


def unsubscribe(leaver: Leaver, listed: str, token: str) -> OwnList:
    """The list, of which its reader gets nothing more; written down once.

    Raises:
        UnknownRecord: the link is nobody's.
    """
    found = own_list(leaver, listed, token)
    if not found.stopped:
        _act(leaver, found, RecipientVerb.UNSUBSCRIBE)
    return own_list(leaver, listed, token)


def pause(leaver: Leaver, listed: str, token: str, back: date) -> OwnList:
    """The list, of which nothing is sent before that day in London, nor what waits to be sent.

    Raises:
        UnknownRecord: the link is nobody's.
        InputError: the day is over, or too far off.
    """
    found, today = own_list(leaver, listed, token), london_day(leaver.clock())
    if back <= today:
        raise InputError("give a day that is still to come")
    if back - today > LONGEST:
        raise InputError("give a day within a year; for longer, stop the mails")
    _act(leaver, found, RecipientVerb.PAUSE, london_time(back))
    return own_list(leaver, listed, token)


def resume(leaver: Leaver, listed: str, token: str) -> OwnList:
    """The list, which is sent again from now on; what an editor said of the address stays in force.

    Raises:
        UnknownRecord: the link is nobody's.
    """
    found = own_list(leaver, listed, token)
    if found.paused:
        _act(leaver, found, RecipientVerb.RESUME)
    return own_list(leaver, listed, token)


def _called(edition: Edition) -> str:
    """`Morning digest for Social Security Scotland`."""
    content = json.loads(edition.content)
    title, client = content.get("title") or edition.digest, content.get("client")
    alerts = "the alerts of " if edition.digest.endswith(ALERT) else ""
    return f"{alerts}{title}{f' for {client}' if client else ''}"


def _act(leaver: Leaver, of: OwnList, verb: RecipientVerb, until: datetime | None = None) -> None:
    act = RecipientAct(verb, of.address, READER, REASON, leaver.clock(), of.listed, until)
    leaver.records.act_on_recipient(act)
