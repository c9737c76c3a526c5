"""The sections of an agreement, where its own file lists them and where its digests name them."""

from __future__ import annotations

import re
from collections.abc import Collection

from monitor.core.editing.values import Values
from monitor.core.json import Json

YAML = ".yaml"
AGREEMENT, DIGESTS = f"agreement{YAML}", f"digests{YAML}"
RESERVED = frozenset({"agreement", "digests"})
"""Names of files beside the sections'."""
LONGEST_ID = 60
_ID = re.compile(r"[a-z][a-z0-9_]*")


def can_be_id(name: str) -> bool:
    """Whether a section may be called so in files.

    >>> [can_be_id(name) for name in ("ferry_fares", "Ferries", "../x", "agreement")]
    [True, False, False, False]
    """
    return bool(_ID.fullmatch(name)) and len(name) <= LONGEST_ID and name not in RESERVED


def file_of(section: str) -> str:
    """The name of a section's file."""
    return f"{section}{YAML}"


def section_of(file: str) -> str:
    """The section that a file is of; empty: it is of none."""
    section = file.removesuffix(YAML)
    return "" if section in RESERVED or section == file else section


# --------------------------------------------------------------- in the agreement's own file


def listed(head: Values) -> tuple[str, ...]:
    """The sections that agreement.yaml lists, in their order."""
    return tuple(str(one) for one in _list(head.get("sections")))


def with_section(head: Values, section: str, place: int | None = None) -> Values:
    """The values with a section at a place of the order, from 1; at the end without one.

    >>> with_section({"sections": ["a", "b"]}, "new", 2)
    {'sections': ['a', 'new', 'b']}
    """
    order: list[Json] = list(listed(head))
    at = len(order) if place is None else min(max(place - 1, 0), len(order))
    order.insert(at, section)
    return {**head, "sections": order}


def without_section(head: Values, section: str) -> Values:
    """The values without a section."""
    return {**head, "sections": [one for one in listed(head) if one != section]}


# --------------------------------------------------------------- in the digests


def choosing(digests: Values) -> dict[str, tuple[str, ...]]:
    """The digests that name their sections one by one, by id; the others carry all there are."""
    return {
        name: tuple(map(str, chosen))
        for name, of in digests.items()
        if isinstance(of, dict) and isinstance(chosen := of.get("sections"), list)
    }


def carried_by(digests: Values, section: str, names: Collection[str]) -> Values:
    """The digests' values, those of these names carrying a section, too."""
    return {
        name: {**of, "sections": [*_list(of.get("sections")), section]}
        if isinstance(of, dict) and name in names and section not in _list(of.get("sections"))
        else of
        for name, of in digests.items()
    }


def carried_by_none(digests: Values, section: str) -> Values:
    """The digests' values, none of them naming a section."""
    naming = {name for name, chosen in choosing(digests).items() if section in chosen}
    return {
        name: {**of, "sections": [one for one in _list(of.get("sections")) if one != section]}
        if isinstance(of, dict) and name in naming
        else of
        for name, of in digests.items()
    }


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
