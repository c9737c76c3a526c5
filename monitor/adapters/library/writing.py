"""New outlets and sources into the files of `sources/`: lines are put in, and every other line stays as it is."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from monitor.adapters.library import check
from monitor.adapters.library.check import Known
from monitor.adapters.library.desk import judge
from monitor.adapters.library.outlets import OutletsForm
from monitor.adapters.library.page import Page, read_page
from monitor.adapters.library.replacing import replace_text
from monitor.errors import InputError

HEAD = "# yaml-language-server: $schema=../profiles/schema/outlets.json\n# {}\n\noutlets:\n"
Values = Mapping[str, object]
"""Keys and values as they are to stand in the file; texts, numbers, lists of them, in order."""
_NOTHING = re.compile(r"^(\s*)sources:\s*\[\s*\]\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class Written:
    """What was put where."""

    file: Path
    lines: str


class SourcesWriter:
    """The folder `sources/`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add_source(self, outlet: str, source: Values) -> Written:
        """Put a source to those of an outlet; in the place of one of `kind: none`, which said that none is known.

        Raises:
            InputError: no file has the outlet, its sources are written in a way we do not add to, or what is to be
                added would be a fault.
        """
        for file in sorted(self._folder.glob("*.yaml")):
            page = read_page(file.name, file.read_bytes())
            for path, name in page.texts("outlets", "*", "id"):
                if name == outlet:
                    return self._write(file, *_with_source(page, int(path[1]), source))
        raise InputError(f"no file of {self._folder} has an outlet {outlet}")

    def add_outlets(self, file_name: str, outlets: Sequence[Values], about: str) -> Written:
        """Put outlets at the end of a file, which is made when it is not there: `about` is its first line then.

        Raises:
            InputError: the file has faults, or an outlet would be one.
        """
        file = self._folder / file_name
        if not re.fullmatch(r"[\w.-]+\.yaml", file_name) or file_name == "groups.yaml":
            raise InputError(f"{file_name} is no name for a file of outlets: write letters and .yaml")
        text = file.read_text("utf-8") if file.exists() else HEAD.format(about)
        lines = "\n".join(_dumped([outlet], "  ") for outlet in outlets)
        apart = "" if text.endswith("outlets:\n") else "\n" if text.endswith("\n") else "\n\n"
        return self._write(file, f"{text}{apart}{lines}", lines)

    def _write(self, file: Path, text: str, lines: str) -> Written:
        page = read_page(f"{self._folder.name}/{file.name}", text.encode("utf-8"))
        _, faults = judge(page, OutletsForm, check.outlets(Known()))
        if faults:
            raise InputError("\n".join(str(fault) for fault in faults))
        replace_text(file, text)
        return Written(file, lines)


def _with_source(page: Page, outlet: int, source: Values) -> tuple[str, str]:
    """The file's text with one more source, and the lines that are new."""
    lines = page.text.splitlines(keepends=True)
    there = [(path, value) for path, value in page.each("outlets", "*", "sources", "*") if path[1] == outlet]
    if not there:
        return _first_source(page, outlet, source, lines)
    last = (page.line(there[-1][0]) or 1) - 1
    dash = re.match(r"(\s*)- ", lines[last])
    if dash is None:
        raise InputError(f"{page.name}:{last + 1}: these sources are written in brackets: add yours by hand")
    added = _dumped([source], dash[1])
    end = _end(lines, last, len(dash[1]))
    alone = len(there) == 1 and isinstance(there[0][1], dict) and there[0][1].get("kind") == "none"
    kept = lines[:last] if alone else lines[:end]
    return "".join([*kept, added, *lines[end:]]), added


def _first_source(page: Page, outlet: int, source: Values, lines: list[str]) -> tuple[str, str]:
    at = (page.line(("outlets", outlet, "sources")) or 1) - 1
    empty = _NOTHING.match(lines[at].rstrip("\n"))
    if empty is None:
        raise InputError(f"{page.name}:{at + 1}: these sources are written in brackets: add yours by hand")
    added = _dumped([source], f"{empty[1]}  ")
    comment = f"  {empty[2]}" if empty[2] else ""
    return "".join([*lines[:at], f"{empty[1]}sources:{comment}\n", added, *lines[at + 1 :]]), added


def _end(lines: list[str], start: int, indent: int) -> int:
    """Behind the item that starts in a line: the next that is no deeper than its dash, or is empty."""
    for number in range(start + 1, len(lines)):
        text = lines[number]
        if not text.strip() or len(text) - len(text.lstrip(" ")) <= indent:
            return number
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return len(lines)


def _dumped(items: Sequence[Values], indent: str) -> str:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    out = io.StringIO()
    yaml.dump({"x": [_plain(item) for item in items]}, out)
    lines = out.getvalue().splitlines()[1:]
    return "".join(f"{indent}{line[2:]}\n" for line in lines)


def _plain(item: Values) -> dict[str, object]:
    return {
        key: [_plain(v) if isinstance(v, Mapping) else v for v in value] if isinstance(value, list) else value
        for key, value in item.items()
    }
