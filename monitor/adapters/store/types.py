"""Column types: the same values in and out on both databases.

Nothing else decides how an instant, a key or a text is stored.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL refuses NUL in a text; no database takes half of a surrogate pair."""

INDEXABLE = 500
"""Characters of a key; an index entry of PostgreSQL holds 2,704 bytes."""


def clean(text: str) -> str:
    r"""The text with every NUL and lone surrogate replaced by U+FFFD, as all text is stored.

    >>> clean("a\x00b")
    'a\ufffdb'
    """
    return UNSTORABLE.sub("\ufffd", text) if UNSTORABLE.search(text) else text


def indexable(text: str) -> str:
    """The text as a key: clean, and with its end replaced by its SHA-256 when it is too long for an index."""
    key = clean(text)
    if len(key) <= INDEXABLE:
        return key
    return key[: INDEXABLE - 64] + hashlib.sha256(key.encode()).hexdigest()


class CleanText(TypeDecorator[str]):
    """Text for people, to the letter but for `clean`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text that can be stored."""
        return None if value is None else clean(value)


class Key(CleanText):
    """Text that is compared and sorted by its code points, whatever the database's language."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """PostgreSQL sorts by its own language unless told."""
        return Text(collation="C" if dialect.name == "postgresql" else None)


class Instant(TypeDecorator[datetime]):
    """An aware instant, UTC out: `timestamptz`; on SQLite ISO 8601 of fixed width, whose order is that of time."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        """The database's own type where it has one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """The instant in UTC.

        Raises:
            ValueError: it says no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.isoformat(timespec="microseconds")

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        """The instant, aware UTC."""
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return None if value is None else value.astimezone(UTC)
