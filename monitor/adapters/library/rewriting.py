"""A file's text with other values: only the lines of what changed are others, comments stay where they are.

The values before and after are compared; what differs is found in the text by YAML's own marks, and cut, replaced
or put in there. What comes out is read again: it must say what was asked for, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, TypeAlias, cast

from ruamel.yaml import YAML

from monitor.adapters.library.dumping import entry, inline, item
from monitor.adapters.library.page import MAX_DEPTH, read_page
from monitor.core.editing.values import Values, item_name, same
from monitor.errors import InputError

Edit: TypeAlias = "tuple[int, int, str]"
"""From, to, and what stands there instead."""


def values_of(text: str) -> Values:
    """What a file says, key by key.

    Raises:
        InputError: it cannot be read as keys and values.
    """
    page = read_page("the file", text.encode("utf-8", "replace"))
    if page.faults or not isinstance(page.data, dict):
        raise InputError("\n".join(str(fault) for fault in page.faults) or "the file is not a list of keys")
    return deepcopy(cast("Values", page.data))  # pages are kept: whoever changes what they get changes their own


def rewrite(text: str, values: Values) -> str:
    """The text, saying these values.

    Raises:
        InputError: it cannot be read, or is written in a way that we do not change.
    """
    _must_be_flat(values)
    had = values_of(text)
    if same(had, values):
        return text
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    edits = _Edits(ended)
    if not had or not values:
        changed = edits.from_or_to_nothing(values)
    else:
        changed = _applied(ended, edits.of(had, values))
        if not _says(changed, values):
            changed = _applied(ended, edits.roughly(had, values))
    if not _says(changed, values):
        raise InputError(
            "the file is written in a way that is not changed here: change it with an editor of texts"
        )
    return changed


def _must_be_flat(values: Values) -> None:
    """Refuses what is nested deeper than a file may be, before anything walks into it."""
    left: list[tuple[object, int]] = [(values, 0)]
    while left:
        value, depth = left.pop()
        if depth > MAX_DEPTH:
            raise InputError(f"these values are nested more than {MAX_DEPTH} deep")
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        left += [(one, depth + 1) for one in inner]


def _says(text: str, values: Values) -> bool:
    try:
        return same(values_of(text), values)
    except InputError:
        return False


def _applied(text: str, edits: Iterator[Edit]) -> str:
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        parts += [text[at:start], new]
        at = max(at, end)
    return "".join([*parts, text[at:]])


class _Edits:
    """Finds where the values of a text stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.root: Any = YAML(typ="safe", pure=True).compose(text)
        self.is_airy = bool(re.search(r"\n\r?\n\w", text))
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def of(self, had: Values, values: Values) -> Iterator[Edit]:
        """What turns one into the other, as little as it can be."""
        if self.root.flow_style:
            return
        yield from self.mapping(self.root, had, values)

    def roughly(self, had: Values, values: Values) -> Iterator[Edit]:
        """The same, with every key of the file that differs written anew."""
        if self.root.flow_style:
            return
        unchanged = {key: value for key, value in had.items() if key in values and same(value, values[key])}
        yield from self.mapping(self.root, had, unchanged | {k: v for k, v in values.items() if k not in had})
        for key, value in self.root.value:
            name = str(key.value)
            if name in values and name not in unchanged:
                yield self.lines(key, value, self.block(entry(name, values[name], key.start_mark.column)))

    def from_or_to_nothing(self, values: Values) -> str:
        """The text with all its keys where it says `{}`, or with that where it has keys; its head stays."""
        head = self.text[: self.root.start_mark.index]
        entries = [self.block(entry(name, value, 0)) for name, value in values.items()]
        return head + (self.newline.join(entries) if entries else self.block(["{}"]))

    # ----------------------------------------------------------- keys and values

    def mapping(self, node: Any, had: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Edit]:
        """Of keys below one another."""
        nodes = {str(key.value): (key, value) for key, value in node.value}
        first = node.value[0][0]
        for name, (key, value) in nodes.items():
            if name not in values:
                yield self.without(key, value, nodes)
            elif not same(had[name], values[name]):
                yield from self.value(key, value, had[name], values[name])
        above: str | None = None
        for name, new in values.items():
            if name in nodes:
                above = name
                continue
            lines = entry(name, new, first.start_mark.column)
            if above is None:
                at = first.start_mark.index
                yield at, at, self.block(lines).lstrip(" ") + " " * first.start_mark.column
            else:
                at = self.behind(nodes[above][1])
                yield at, at, self.block(["", *lines] if node is self.root and self.is_airy else lines)

    def without(self, key: Any, value: Any, nodes: Mapping[str, tuple[Any, Any]]) -> Edit:
        """One key fewer. The first of an item stands behind its dash: what follows takes its place there."""
        start, end = key.start_mark.index, self.behind(value)
        own_line = not self.text[self.starts[key.start_mark.line] : start].strip()
        later = [other.start_mark.index for other, _ in nodes.values() if other.start_mark.index > start]
        if own_line or not later:
            return self.with_the_blank_above(key.start_mark.line), end, ""
        return start, min(later), ""

    def with_the_blank_above(self, line: int) -> int:
        """Where to cut a key that begins in that line, so that no two blank lines are left."""
        start = self.starts[line]
        blank = line and not self.text[self.starts[line - 1] : start].strip()
        return self.starts[line - 1] if blank else start

    def value(self, key: Any, node: Any, had: Any, value: Any) -> Iterator[Edit]:
        """Another value of a key."""
        column = key.start_mark.column
        if inner := self.within(node, had, value):
            yield from inner
            return
        name = str(key.value)
        lines = entry(name, value, column)
        if (
            self.is_block(node)
            or getattr(node, "style", "") in ("|", ">")
            or self.last_line(node) != key.start_mark.line
        ):
            yield self.lines(key, node, self.block(lines))
            return
        first = lines[0].partition(f"{inline(name)}:")[2]
        yield self.behind_colon(key), self.end(node), first
        if len(lines) > 1:
            at = self.behind(node)
            yield at, at, self.block(lines[1:])

    def lines(self, key: Any, node: Any, new: str) -> Edit:
        """The lines of a key and its value, others in their place; a dash before the key stays."""
        if not new.strip():
            return self.starts[key.start_mark.line], self.behind(node), ""
        return key.start_mark.index, self.behind(node), new.lstrip(" ")

    # ----------------------------------------------------------- lists

    def within(self, node: Any, had: Any, value: Any) -> list[Edit]:
        """What changes inside a value that stays of its kind; nothing where it does not."""
        if isinstance(had, dict) and isinstance(value, dict) and value and not node.flow_style:
            return list(self.mapping(node, had, value)) if had.keys() & value.keys() else []
        if isinstance(had, list) and isinstance(value, list) and value and had and not node.flow_style:
            return list(self.sequence(node, had, value))
        return []

    def sequence(self, node: Any, had: Sequence[Any], values: Sequence[Any]) -> Iterator[Edit]:
        """Of items below one another."""
        names = [item_name(one) for one in had], [item_name(one) for one in values]
        dash = node.start_mark.column
        at = self.starts[node.value[0].start_mark.line] if node.value else 0
        for what, i, j, k, m in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
            pairs = zip_longest(range(i, j), range(k, m))
            for old, new in pairs if what != "equal" else zip(range(i, j), range(k, m), strict=True):
                if old is None:
                    yield at, at, self.block(item(values[new], dash))
                    continue
                one = node.value[old]
                if new is None:
                    yield self.starts[one.start_mark.line], self.behind(one), ""
                elif not same(had[old], values[new]):
                    yield from self.item(one, had[old], values[new], dash)
                at = self.behind(one)

    def item(self, node: Any, had: Any, value: Any, dash: int) -> Iterator[Edit]:
        """Another item in the place of one."""
        if inner := self.within(node, had, value):
            yield from inner
            return
        lines = item(value, dash)
        first = lines[0][dash + 2 :]
        if self.is_block(node):
            yield node.start_mark.index, self.behind(node), self.block([first, *lines[1:]])
            return
        yield node.start_mark.index, self.end(node), first
        at = self.behind(node)
        yield at, at, self.block(lines[1:])

    # ----------------------------------------------------------- where things end

    def behind_colon(self, key: Any) -> int:
        """Where what a key stands for begins, blanks before it included."""
        return self.text.index(":", key.end_mark.index) + 1

    def block(self, lines: Sequence[str]) -> str:
        """Lines with their ends."""
        return "".join(f"{line}{self.newline}" for line in lines)

    def is_block(self, node: Any) -> bool:
        """Whether it is written over lines of its own."""
        return isinstance(node.value, list) and not node.flow_style

    def end(self, node: Any) -> int:
        """Behind the last character of a value."""
        start: int = node.start_mark.index
        if self.is_block(node) and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        return start + len(self.text[start : node.end_mark.index].rstrip())

    def last_line(self, node: Any) -> int:
        """The line in which a value ends."""
        line: int = node.start_mark.line
        end = self.end(node)
        while line + 1 < len(self.starts) and self.starts[line + 1] < end:
            line += 1
        return line

    def behind(self, node: Any) -> int:
        """The beginning of the line below a value."""
        return self.starts[self.last_line(node) + 1]
