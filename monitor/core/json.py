"""What JSON can hold, shared by everything that leaves as JSON; where a text stops being JSON."""

from __future__ import annotations

from json import JSONDecodeError
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def texts_only(value: Json) -> Json:
    """The value with U+FFFD for each half of a surrogate pair: JSON can spell one, and no text holds it."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case dict():
            return {key: texts_only(inner) for key, inner in value.items()}
        case list() | tuple():
            return [texts_only(inner) for inner in value]
        case _:
            return value


def broken_at(error: JSONDecodeError) -> str:
    """What is wrong with a text that is no JSON, and where, counted from 1.

    >>> broken_at(JSONDecodeError("Invalid control character at", "", 4))
    'invalid control character at character 5'
    """
    return f"{error.msg.lower().removesuffix(' at')} at character {error.pos + 1}"
