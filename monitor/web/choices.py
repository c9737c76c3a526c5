"""What the rules and sources of a section can be chosen from: shared lists, places, groups, outlets."""

from __future__ import annotations

from typing import Any

from monitor.core.editing.sections import AGREEMENT
from monitor.core.editing.values import Values, item_name
from monitor.core.source import Sources
from monitor.web.access import Visitor
from monitor.web.agreements import Room
from monitor.web.forms import REACHES
from monitor.web.sheets import open_sheet


def rule_choices(visitor: Visitor, room: Room) -> dict[str, Any]:
    """What a rule can name of what the agreement shares, as the visitor has it."""
    shared = open_sheet(visitor, room, AGREEMENT).values
    lists, places = (_keys(shared, key) for key in ("context_lists", "places"))
    return {
        "shared": [(name, _words(shared, name)) for name in lists],
        "lists": [(name, name.replace("_", " ")) for name in lists],
        "places": [(name, name.replace("_", " ").capitalize()) for name in places],
        "reaches": REACHES,
    }


def source_choices(room: Room, values: Values) -> dict[str, Any]:
    """All groups with their outlets, all outlets, and those that a section's values choose."""
    said, known = values.get("sources"), room.sources
    chosen = said if isinstance(said, dict) else {}
    return {
        "any_monitored": said == "any_monitored",
        "groups": [
            {
                "id": group.id,
                "name": group.name,
                "outlets": _members(known, group.id),
            }
            for group in known.groups.values()
        ],
        "outlets": sorted(known.outlets.values(), key=lambda one: one.name.casefold()),
        "chosen": {key: chosen.get(key) or [] for key in ("groups", "plus")},
    }


def _members(known: Sources, group: str) -> list[str]:
    return sorted((one.name for one in known.outlets.values() if group in one.groups), key=str.casefold)


def _words(values: Values, name: str) -> list[str]:
    lists = values.get("context_lists")
    words = lists.get(name) if isinstance(lists, dict) else None
    return [item_name(word) for word in words] if isinstance(words, list) else []


def _keys(values: Values, key: str) -> list[str]:
    found = values.get(key)
    return list(found) if isinstance(found, dict) else []
