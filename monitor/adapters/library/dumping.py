"""Values as lines of YAML, as in the files that we ship: short lists in brackets, texts without quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

WIDTH = 110
_BEGINS = r"([0-9]+ (?=[^\W\d_]))?[^\W\d_]"
_PLAIN = re.compile(_BEGINS + r"[\w '’‘“”&/().%£+;!?–—…*@€$^-]*")
_PROSE = re.compile(_BEGINS + r"([\w '’‘“”\"&/().%£+;!?–—…*@€$^,\[\]{}-]|:(?=\S))*")
"""The same where no bracket is open."""
_TAKEN = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What some reader of YAML takes for something else than a text."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
GROWING = ("terms", "sections")
"""Lists of a whole file, which grow: an item a line, however short they are."""


def inline(value: object) -> str:
    """The value on one line, as it may stand in brackets, too."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{inline(key)}: {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(inline(one) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else _text(str(value))


def alone(value: object) -> str:
    """The value on one line, behind a key or a dash."""
    prose = isinstance(value, str) and _PROSE.fullmatch(value) and _is_safe(value)
    return str(value) if prose else inline(value)


def entry(key: str, value: object, indent: int) -> list[str]:
    """The lines of `key: value`."""
    margin = " " * indent
    if block := _literal(value):
        return [f"{margin}{inline(key)}: |-", *(f"{margin}  {line}" if line else "" for line in block)]
    grows = not indent and key in GROWING and isinstance(value, list) and value
    if _fits(value, indent + len(key) + 2) and not grows:
        return [f"{margin}{inline(key)}: {alone(value)}"]
    return [f"{margin}{inline(key)}:", *inside(value, indent + 2)]


def item(value: object, indent: int) -> list[str]:
    """The lines of `- value`."""
    margin = " " * indent
    if isinstance(value, Mapping) and value:
        lines = inside(value, indent + 2)
        return [f"{margin}- {lines[0].lstrip(' ')}", *lines[1:]]
    return [f"{margin}- {alone(value)}"]


def inside(value: object, indent: int) -> list[str]:
    """The lines of a list, or of keys and values."""
    if isinstance(value, Mapping):
        return [line for key, one in value.items() for line in entry(str(key), one, indent)]
    assert isinstance(value, Sequence)
    return [line for one in value for line in item(one, indent)]


def _fits(value: object, column: int) -> bool:
    """Whether it stands on the line of its key."""
    if not isinstance(value, Mapping | list | tuple) or not value:
        return True
    values = list(value.values()) if isinstance(value, Mapping) else list(value)
    if any(isinstance(one, Mapping | list | tuple) for one in values):
        return False
    flat = not isinstance(value, Mapping) or len(value) <= 1
    return flat and column + len(inline(value)) <= WIDTH


def _literal(value: object) -> list[str]:
    """The lines of a text of several; none where quotes are needed."""
    if not isinstance(value, str) or "\n" not in value:
        return []
    lines = value.split("\n")
    odd = not lines[0].strip() or lines[0][0] == " " or not lines[-1] or any(_is_odd(line) for line in lines)
    return [] if odd else lines


def _is_odd(line: str) -> bool:
    return line != line.rstrip() or not all(one.isprintable() or one == "\t" for one in line)


def _text(value: str) -> str:
    plain = _PLAIN.fullmatch(value) and _is_safe(value)
    return value if plain else '"' + "".join(_escaped(one) for one in value) + '"'


def _is_safe(value: str) -> bool:
    return " ".join(value.split()) == value and value.lower() not in _TAKEN


def _escaped(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    return one if one.isprintable() or one == " " else f"\\U{ord(one):08X}"
