"""Recall: an edition as it was frozen, with what it was made of, and whether it still is what was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from monitor.core.edition import Delivery, Edition, EditionItem, Variant
from monitor.core.revision import Numbered, numbered
from monitor.jobs.ports import Ledger, Revisions, Seals


class Seal(StrEnum):
    """What the seal of an edition says."""

    HOLDS = "holds"
    """It is, to the letter, what was frozen."""
    BROKEN = "broken"
    """Something of it was changed in the database since."""
    NONE = "none"
    """It was made before editions were sealed."""


class Records(Ledger, Seals, Revisions, Protocol):
    """What recalling reads."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """An edition with everything that belongs to it."""

    edition: Edition
    items: tuple[EditionItem, ...]
    """What it did with each matched article."""
    variants: tuple[Variant, ...]
    deliveries: tuple[Delivery, ...]
    revisions: tuple[Numbered, ...]
    """The states of the agreement's files that were in force when it was made."""
    seal: str
    """SHA-256, as put on it when it was frozen; empty if there was none."""
    sealed: Seal


def recall(records: Records, edition_id: str) -> Recalled:
    """The edition of that id, as it was frozen.

    Raises:
        UnknownRecord: there is none.
    """
    edition = records.edition(edition_id)
    then, now = records.seals(edition_id)
    published = (n for n in numbered(records.revisions(edition.agreement)) if n.revision.at <= edition.made_at)
    return Recalled(
        edition,
        tuple(records.items(edition_id)),
        tuple(records.variants(edition_id)),
        tuple(records.deliveries(edition_id)),
        tuple({n.revision.file: n for n in published}.values()),
        then,
        Seal.NONE if not then else Seal.HOLDS if then == now else Seal.BROKEN,
    )
