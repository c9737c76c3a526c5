"""JSON that others wrote: read whole or refused, its values taken only when they are what they should be."""

from __future__ import annotations

import json
from collections.abc import Mapping

from monitor.core.charset import decode
from monitor.core.json import broken_at
from monitor.errors import FeedError, NotAFeed


def loaded(body: bytes) -> object:
    """The values of an answer.

    Raises:
        FeedError: it is empty, not JSON, or nested too deeply.
    """
    if not body.strip():
        raise NotAFeed("the answer is empty")
    try:
        return json.loads(decode(body, "application/json").lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        if body.lstrip()[:1] == b"<":
            raise NotAFeed("this is a web page, not JSON") from error
        raise FeedError(f"this is not JSON: {broken_at(error)}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; brackets 10,000 deep
        raise FeedError("this is not JSON that can be read") from error


def text_of(values: Mapping[str, object], key: str) -> str:
    """The text at a key; a number as it is written, anything else is none."""
    value = values.get(key)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
