"""Numbers, lists and times as sentences have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.core.dates import LONDON
from monitor.core.json import Json
from monitor.core.source import Sources

NOBODY = Sources()
"""Where no outlet is known: they are called by their ids."""


def counted(number: Json, noun: str) -> str:
    """The number with its noun.

    >>> counted(1, "word"), counted(3, "word")
    ('1 word', '3 words')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(names: Sequence[str], last: str = "and", most: int | None = None) -> str:
    """The names as a sentence lists them; those past the most are counted.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], most=1)
    ('a, b and c', 'a and 2 more')
    """
    shown = list(names)
    if most is not None and len(names) > most:
        shown = [*names[:most], f"{len(names) - most} more"]
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}" if len(shown) > 1 else "".join(shown)


def told(moment: datetime) -> str:
    """The moment by London's clock.

    >>> from datetime import UTC
    >>> told(datetime(2026, 7, 1, 6, 0, tzinfo=UTC))
    'Wed 1 Jul 2026 07:00'
    """
    local = moment.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def outlet_name(outlet: Json, sources: Sources) -> str:
    """The name readers know, else the id."""
    known = sources.outlets.get(str(outlet))
    return known.name if known else str(outlet)


def group_name(group: Json, sources: Sources) -> str:
    """The agreement's words for a group, else the id."""
    known = sources.groups.get(str(group))
    return known.name if known else str(group)


def sentence(clause: str) -> str:
    """The clause with a capital and a full stop."""
    return f"{clause[:1].upper()}{clause[1:].rstrip('.')}." if clause else ""
