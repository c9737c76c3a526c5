"""A YAML file as plain values, with the line of everything in it, and its faults as YAML in plain words.

YAML 1.2 as editors' plug-ins read it: dates and yes/no are texts. Anchors, tags and a second document are refused,
so that a file means the same to every reader, and ten lines cannot unfold into a million. Nothing here knows what
the values are for (forms.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from monitor.core.fault import Fault

Steps: TypeAlias = "tuple[str | int, ...]"
"""The way to a value: `("terms", 3, "only_with")`."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

_NULL = re.compile(r"|~|null|Null|NULL")
_TRUE, _FALSE = re.compile("true|True|TRUE"), re.compile("false|False|FALSE")
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_NUMBER = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+|[-+]?\.(inf|nan)"
)
_PADDED = re.compile(r"[-+]?0[0-9]+")
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ALIAS = re.compile(r"\*([^\s,\[\]{}]+)")
_LINE = re.compile(r"\r\n|\r|\n")

_IN_QUOTES = 'put the whole text in quotes: "..."'
_SPACES = "indent with spaces"
_SYNTAX = (
    (r"'\t'", "a tab is used where only spaces may stand", _SPACES),
    ("found a tab", "a tab is used where only spaces may stand", _SPACES),
    ("mapping values", "a colon and a space stand inside a text, or a line is indented too far", _IN_QUOTES),
    ("unexpected end of stream", "a quote is opened here and never closed", "close it"),
    ("expected <block end>", "this line does not fit the lines above it", "indent it like its neighbours"),
    ("expected ',' or", "a list in [ ] or { } is not closed, or lacks a comma", "close it, or put a comma"),
    ("expected ':'", "this line has no colon", "write `key: value`, or begin a list item with `- `"),
    ("cannot start any token", "a text may not begin with this character", _IN_QUOTES),
    ("expected alphabetic", "a text that begins with & or * is not read as text", _IN_QUOTES),
    ("escape", "a backslash in double quotes is not read as text", "write \\\\, or use single quotes"),
)
"""Part of what YAML's reader says -> what is wrong, and the remedy."""
_OPENED = ("unexpected end of stream", "expected ',' or", "expected ':'")
"""Told where it began, not where YAML's reader noticed."""


def dotted(path: Steps) -> str:
    """The path as editors read it.

    >>> dotted(("terms", 3, "only_with", "within"))
    'terms[3].only_with.within'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


@dataclass(frozen=True, slots=True)
class Page:
    """One file as read."""

    name: str
    """Path below the library's root: `profiles/x/benefits.yaml`."""
    text: str
    data: object = None
    """Mappings, lists, texts, numbers, true, false, None; keys are texts."""
    lines: Mapping[Steps, int] | None = None
    written: Mapping[Steps, str] | None = None
    """Scalars that are not texts, as they stand in the file: `010`."""
    spoilt: frozenset[Steps] = frozenset()
    """Where a fault of YAML has been told already."""
    faults: tuple[Fault, ...] = ()

    def line(self, path: Steps) -> int | None:
        """The line of a value, or of what it should stand in."""
        lines = self.lines or {}
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path)

    def fault(self, path: Steps, what: str, remedy: str = "", on_page: str = "") -> Fault:
        """A fault of this file; `on_page` says it without keys and lines."""
        return Fault(self.name, what, remedy, self.line(path), dotted(path), on_page)

    def each(self, *pattern: str) -> Iterator[tuple[Steps, object]]:
        """Every value at a pattern such as `terms, *, term`, whatever else is wrong with the file."""
        return _each(self.data, (), pattern)

    def texts(self, *pattern: str) -> Iterator[tuple[Steps, str]]:
        """The same, texts only, spaces in order."""
        for path, value in self.each(*pattern):
            if isinstance(value, str):
                yield path, " ".join(value.split())


def _each(value: object, path: Steps, pattern: tuple[str, ...]) -> Iterator[tuple[Steps, object]]:
    if not pattern:
        yield path, value
    elif isinstance(value, list) and pattern[0] == "*":
        for number, item in enumerate(value):
            yield from _each(item, (*path, number), pattern[1:])
    elif isinstance(value, dict):
        for key in value if pattern[0] == "*" else [pattern[0]] if pattern[0] in value else []:
            yield from _each(value[key], (*path, key), pattern[1:])


def content_of(name: str, file: Path) -> bytes | Fault:
    """What stands in a file that goes by that name, or why it cannot be opened."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return missing(name)
    except OSError as error:
        why = error.strerror or "no reason given"
        return Fault(name, f"the file cannot be opened: {why}", "look at its permissions")


def missing(name: str) -> Fault:
    """That a file is not there."""
    return Fault(name, "there is no such file", "write it")


def read_file(name: str, file: Path) -> Page:
    """The page of a file that goes by that name; one that cannot be opened is a fault of it."""
    return page_of(name, content_of(name, file))


def page_of(name: str, content: bytes | Fault) -> Page:
    """The page of what was read of a file, or of the fault that came instead."""
    return Page(name, "", faults=(content,)) if isinstance(content, Fault) else read_page(name, content)


@lru_cache(maxsize=512)
def read_page(name: str, content: bytes) -> Page:
    """The file's values; `data` is None when it could not be read at all, and `faults` says why.

    The pages last read are kept: a service reads the same files at every waking, at 50 kB a second.
    """
    if len(content) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        return Page(name, "", faults=(Fault(name, what, "split it into several files"),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Page(name, "", faults=(_not_utf8(name, content, error.start),))
    if hidden := _HIDDEN.search(text):
        what = f"a character that cannot be seen ({_code(hidden[0])}) stands in the file"
        return Page(name, text, faults=(Fault(name, what, "delete it", _line_of(text, hidden.start())),))
    return _Reading(name, text).page()


def _not_utf8(name: str, content: bytes, start: int) -> Fault:
    what = "the file is not saved as UTF-8"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        what += " but as UTF-16 ('Unicode')"
    line = content.count(b"\n", 0, start) + 1
    return Fault(name, what, "save it again with the encoding UTF-8", line)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _line_of(text: str, position: int) -> int:
    return len(_LINE.findall(text, 0, position)) + 1


class _UnreadableError(Exception):
    """Carries the one fault that ends the reading of a file."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _Reading:
    """Builds values from YAML's events, one call for each level of nesting."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.lines: dict[Steps, int] = {}
        self.written: dict[Steps, str] = {}
        self.faults: list[Fault] = []
        self.spoilt: set[Steps] = set()
        self.anchors: set[str] = set()
        self.repeated = set(_ALIAS.findall(text)) if "&" in text else set()
        self.events: Iterator[Any] = iter(YAML(typ="safe", pure=True).parse(text))

    def page(self) -> Page:
        """All there is to know of the file."""
        data: object = None
        try:
            data = self.document()
        except _UnreadableError as stop:
            self.faults.append(stop.fault)
        except (YAMLError, ValueError, OverflowError) as error:
            self.faults.append(_syntax_fault(self.name, self.text, error))
        return Page(
            self.name,
            self.text,
            data,
            self.lines,
            self.written,
            frozenset(self.spoilt),
            tuple(self.faults),
        )

    def document(self) -> object:
        """The values of the first and only document."""
        for event in self.events:
            kind = _kind(event)
            if kind == "StreamEnd":
                raise _UnreadableError(Fault(self.name, "the file is empty", "write it, or delete the file", 1))
            if kind not in ("StreamStart", "DocumentStart"):
                data = self.value((), event)
                self.nothing_more()
                return data
        raise AssertionError("YAML ends every stream")  # pragma: no cover

    def nothing_more(self) -> None:
        """Checks that no second document follows."""
        for event in self.events:
            if _kind(event) == "DocumentStart":
                what, remedy = "a line of --- begins a second document", "delete the line, or use a second file"
                raise _UnreadableError(Fault(self.name, what, remedy, _line(event)))

    def value(self, path: Steps, event: Any) -> object:
        """The value that begins with this event."""
        if len(path) > MAX_DEPTH:
            what = f"the lines are nested more than {MAX_DEPTH} deep"
            raise _UnreadableError(Fault(self.name, what, "indent less, and close every bracket", _line(event)))
        self.lines.setdefault(path, _line(event))
        self.refuse_shorthand(path, event)
        match _kind(event):
            case "Scalar":
                return self.scalar(path, event)
            case "SequenceStart":
                return self.sequence(path)
            case "MappingStart":
                return self.mapping(path)
        return None

    def refuse_shorthand(self, path: Steps, event: Any) -> None:
        """Refuses `*alias`, `&anchor` and `!tag`, which a text in quotes may well begin with."""
        if event.anchor and self.names(event):
            sign = "*" if _kind(event) == "Alias" else "&"
            what = f"{sign}{event.anchor} stands for lines written elsewhere, and such marks are not read"
            remedy = f"take &{event.anchor} away, and write out the same lines in place of each *{event.anchor}"
            self.spoil(path, what, remedy)
        elif _kind(event) == "Alias":
            self.spoil(path, f"*{event.anchor} is not read as text")
        elif event.anchor:
            self.spoil(path, f"&{event.anchor} is not read as text")
        elif event.tag and str(event.tag) != "!":
            self.spoil(path, f"{event.tag} is not read as text")

    def names(self, event: Any) -> bool:
        """Whether an anchor or alias is meant as one: it names a list or lines, or has its fellow in the file."""
        if _kind(event) in ("SequenceStart", "MappingStart"):
            self.anchors.add(event.anchor)
            return True
        if _kind(event) == "Alias":
            return event.anchor in self.anchors
        if event.anchor in self.repeated:
            self.anchors.add(event.anchor)
        return event.anchor in self.repeated

    def spoil(self, path: Steps, what: str, remedy: str = _IN_QUOTES) -> None:
        """Tells a fault of YAML, and that nothing more need be said of the place."""
        self.faults.append(Fault(self.name, what, remedy, self.lines[path], dotted(path)))
        self.spoilt.add(path)

    def scalar(self, path: Steps, event: Any) -> object:
        """A text, number, true, false or nothing."""
        text = str(event.value)
        if hidden := _HIDDEN.search(text):
            self.spoil(path, f"the text holds a character that cannot be seen ({_code(hidden[0])})")
        if not event.implicit[0] or event.style:
            return text
        value = _plain(text)
        if value is None:
            self.spoil(path, "nothing is written here", "write it, or take the line away")
        if not isinstance(value, str):
            self.written[path] = text
        if _PADDED.fullmatch(text):
            remedy = f'write {int(text)}, or "{text}" in quotes if it is a text'
            self.spoil(path, f"{text} starts with 0, which every program reads in its own way", remedy)
        return value

    def sequence(self, path: Steps) -> list[object]:
        """A list."""
        items: list[object] = []
        for event in self.events:
            if _kind(event) == "SequenceEnd":
                break
            items.append(self.value((*path, len(items)), event))
        return items

    def mapping(self, path: Steps) -> dict[str, object]:
        """Lines of `key: value`; of a key given twice the first counts, and the second is told."""
        entries: dict[str, object] = {}
        for event in self.events:
            if _kind(event) == "MappingEnd":
                break
            key = self.key(path, event)
            if key in entries:
                first = self.lines[(*path, key)]
                what = f"`{key}` is given twice (first in line {first})"
                self.faults.append(Fault(self.name, what, "keep one of them", _line(event), dotted((*path, key))))
                self.skip(path, event)
            else:
                self.lines[(*path, key)] = _line(event)
                entries[key] = self.value((*path, key), next(self.events))
        return entries

    def key(self, path: Steps, event: Any) -> str:
        """The key, which must be a word."""
        if _kind(event) != "Scalar":
            what = "a key must be a word before a colon, not a list or brackets"
            raise _UnreadableError(Fault(self.name, what, _IN_QUOTES, _line(event), dotted(path)))
        return str(event.value)

    def skip(self, path: Steps, event: Any) -> None:
        """Reads the value of a second key, for the faults in it, and lets it go."""
        kept = dict(self.lines), dict(self.written)
        self.value((*path, str(event.value)), next(self.events))
        self.lines, self.written = kept


def _kind(event: Any) -> str:
    return type(event).__name__.removesuffix("Event")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _plain(text: str) -> object:
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return bool(_TRUE.fullmatch(text))
    if _WHOLE.fullmatch(text):
        return int(text)
    return 0.5 if _NUMBER.fullmatch(text) else text  # no form takes a fraction: any will do


def _syntax_fault(name: str, text: str, error: Exception) -> Fault:
    if quote := _runaway_quote(text, _error_line(error, opened=False)):
        opens, closes = quote
        what = f"a quote opens in this line and closes only in line {closes}"
        return Fault(name, what, "close it where the text ends", opens)
    problem = str(getattr(error, "problem", None) or error)
    for sign, what, remedy in _SYNTAX:
        if sign in problem:
            return Fault(name, what, remedy, _error_line(error, opened=sign in _OPENED))
    plain = " ".join(problem.split())[:160]
    return Fault(name, f"this cannot be read as YAML: {plain}", _IN_QUOTES, _error_line(error, opened=False))


def _runaway_quote(text: str, error_line: int | None) -> tuple[int, int] | None:
    """Lines where a quoted text opens and closes that ends where the error is: its quote was forgotten."""
    try:
        for token in YAML(typ="safe", pure=True).scan(text):
            opens, closes = token.start_mark.line + 1, token.end_mark.line + 1
            if getattr(token, "style", None) in ("'", '"') and opens < closes == error_line:
                return opens, closes
    except (YAMLError, ValueError, OverflowError):  # told already, by whoever asks
        return None
    return None


def _error_line(error: Exception, *, opened: bool) -> int | None:
    if not isinstance(error, MarkedYAMLError):
        return None
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    return None if mark is None else int(mark.line) + 1
