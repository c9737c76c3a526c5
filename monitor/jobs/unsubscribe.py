"""Unsubscribe: a reader leaves a list by the link in a mail's header, without telling who they are."""

from __future__ import annotations

from typing import Protocol

from monitor.core.recipient import RecipientAct, RecipientVerb, all_standing
from monitor.core.unsubscribing import address_of
from monitor.errors import UnknownRecord
from monitor.jobs.ports import Clock, Ledger, RecipientActs

READER = "the reader"
REASON = "the link in the mail's header"


class Records(Ledger, RecipientActs, Protocol):
    """What is read and written."""


def whose(records: Records, secret: str, listed: str, token: str) -> str:
    """The address that a link was made for, among those that a list was ever sent to.

    Raises:
        UnknownRecord: it is nobody's, or links are not made here.
    """
    address = address_of(secret, listed, token, records.written_to(listed)) if secret else None
    if address is None:
        raise UnknownRecord("no such link")
    return address


def unsubscribe(records: Records, secret: str, listed: str, token: str, clock: Clock) -> str:
    """The address, which gets nothing more of that list (`<agreement>/<digest>`); written down once.

    Raises:
        UnknownRecord: the link is nobody's.
    """
    address = whose(records, secret, listed, token)
    stopped = all_standing(records.recipient_acts().get(address, ()), listed, clock())
    if RecipientVerb.UNSUBSCRIBE not in stopped:
        act = RecipientAct(RecipientVerb.UNSUBSCRIBE, address, READER, REASON, clock(), listed)
        records.act_on_recipient(act)
    return address
