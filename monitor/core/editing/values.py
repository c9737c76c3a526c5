"""What a file says, key by key, and which item of a list is which."""

from __future__ import annotations

from typing import TypeAlias

from monitor.core.json import Json

Values: TypeAlias = "dict[str, Json]"
"""A file's content without its comments."""
Way: TypeAlias = "tuple[str, ...]"
"""The way to a value by names: `("terms", "Universal Credit", "case")`."""
NAMES = ("term", "word", "byline", "place", "text", "name", "id", "says")
"""Keys that say which item of a list it is, the first that is there."""


def item_name(item: Json) -> str:
    """Which item of a list it is, so that one that has only changed is known again.

    >>> item_name("Universal Credit") == item_name({"term": "Universal Credit", "kind": "benefit"})
    True
    """
    if isinstance(item, dict):
        named = next((item[key] for key in NAMES if key in item), None)
        return str(named) if isinstance(named, str) else repr(sorted(item.items(), key=str))
    return str(item)


def has_name(item: Json) -> bool:
    """Whether it can be known again when it has changed."""
    return not isinstance(item, dict) or any(isinstance(item.get(key), str) for key in NAMES)


def same(one: Json, other: Json) -> bool:
    """Whether both say the same: the order of keys says nothing, and true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def joined_order(theirs: list[str], mine: list[str]) -> list[str]:
    """Their order; what only I have stands behind what it stands behind in mine.

    >>> joined_order(["a", "c"], ["a", "b", "c"])
    ['a', 'b', 'c']
    """
    order = list(theirs)
    for number, name in enumerate(mine):
        if name not in order:
            before = mine[number - 1] if number else None
            order.insert(order.index(before) + 1 if before else 0, name)
    return order
