"""Looks: themes and templates as they are on disk, or the last copy without a fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from monitor.core.fault import Fault
from monitor.core.look import Files, Look
from monitor.jobs.ports import Clock

Made = TypeVar("Made")


class Shelf(Protocol):
    """`adapters.store.Looks`."""

    def look(self, name: str) -> Look | None:
        """The look of that name that was kept last."""

    def keep_look(self, look: Look, at: datetime) -> None:
        """Keep a look unless the last one of its name is the same."""


def settled(
    look: Look, check: Callable[[Files], tuple[Made | None, Sequence[Fault]]], shelf: Shelf, clock: Clock
) -> tuple[Made | None, tuple[Fault, ...]]:
    """What is made of a look without faults, which is kept; else of the last one kept, with every fault told.

    None when there never was one without faults.
    """
    made, faults = check(look.files)
    if made is not None and not faults:
        shelf.keep_look(look, clock())
        return made, ()
    last = shelf.look(look.name)
    old = check(last.files)[0] if last else None
    instead = "the last good one stays in force" if old is not None else "the mail goes out as we ship it"
    return old, tuple(replace(fault, remedy=_joined(fault.remedy, f"until then {instead}")) for fault in faults)


def _joined(remedy: str, instead: str) -> str:
    return f"{remedy}; {instead}" if remedy else instead
