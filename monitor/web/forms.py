"""What a form that was sent says, field by field, as the values of a file want it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, UploadFile

from monitor.core.editing.values import Values
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.web.words import capital

UNSEEN = dict.fromkeys({*range(32), 127} - {ord("\t"), ord("\n"), ord("\r")}, " ")
"""Control characters: what is pasted out of PDFs and Word brings them along, and no file of ours can hold them."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a form; what was not sent is empty."""

    fields: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """One line, its blanks in order."""
        return " ".join(self.whole(name).split())

    def whole(self, name: str) -> str:
        """A text of several lines, with our ends of lines, nothing behind any, control characters made blanks."""
        lines = self.fields.get(name, ("",))[0].translate(UNSEEN).replace("\r\n", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n")

    def lines(self, name: str) -> list[Json]:
        """What stands in each line that is not empty."""
        return [" ".join(line.split()) for line in self.whole(name).split("\n") if line.strip()]

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.fields.get(name))

    def all(self, name: str) -> list[str]:
        """Every value that was chosen."""
        return list(self.fields.get(name, ()))

    def number(self, name: str) -> Json:
        """A whole number; what was typed, where it is none, for the file's own words about that."""
        said = self.text(name)
        return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else said

    def reach(self, name: str) -> str:
        """How near: a choice, with its number of words where it has one."""
        said = self.text(name)
        return f"{self.text(f'{name}.number')} {said}" if said.startswith("words") else said


async def posted_of(request: Request) -> Posted:
    """The form that came; files are no fields."""
    form = await request.form()
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields[name] = (*fields.get(name, ()), value)
    return Posted(fields)


InForm = Annotated[Posted, Depends(posted_of)]
"""What a route asks for the form it was sent: `form: InForm`."""


def file_name(document: UploadFile) -> str:
    """What a file that was sent is called, without the folders that some browsers name."""
    return (document.filename or "document").replace("\\", "/").rpartition("/")[2]


MEANWHILE = "This was changed meanwhile, in another window: what you see is what it says now. Change it again"
REACHES = (
    ("words or headline", "words, or in the headline with it"),
    ("words", "words"),
    ("sentence", "the same sentence"),
    ("paragraph", "the same paragraph"),
    ("headline", "the headline"),
    ("document", "the whole article"),
)
"""How near a word must stand; the first two with a number before them."""


def settle(had: Values, made: Mapping[str, Json], defaults: Mapping[str, Json]) -> Values:
    """Values as they were, with those of a form: one that says what an absent key says is left out, or stays out.

    A key that no field of the form is for is kept as it is; keys stand in the form's order.
    """
    found: Values = {}
    for key, value in made.items():
        if (key in had and had[key] == value) or value != defaults.get(key):
            found[key] = value
    return found | {key: value for key, value in had.items() if key not in made}


def split_reach(said: Json, default: str) -> tuple[str, str]:
    """The choice and the number of a reach as it stands in a file."""
    number, _, unit = str(said or default).partition(" ")
    if number.isdigit():
        return ("words" if unit == "word" else unit), number
    return str(said or default), "60" if "headline" in default else "30"


def opened_groups(
    groups: Mapping[str, tuple[str, ...]],
    fields: Mapping[str, Any],
    empty: Mapping[str, Any],
    faults: Iterable[tuple[str, str]],
) -> set[str]:
    """Which groups of a form's options stand open: those where something is said, or wrong."""
    said = {_first(name) for name, value in fields.items() if value != empty.get(name)}
    wrong = {_first(name) for name, _ in faults}
    return {group for group, keys in groups.items() if (said | wrong).intersection(keys)}


def _first(name: str) -> str:
    return re.split(r"[.\[]", name)[0]


def beside(faults: Iterable[Fault], part: str, fields: Iterable[str]) -> list[tuple[str, str]]:
    """Each fault with the field of the form that it stands beside; the form's first, where there is no such field.

    `part` is the way to what the form is of, as faults name it: `terms[3]`.
    """
    known = list(fields)
    return [(_field(fault.field.removeprefix(part).lstrip("."), known), _sentence(fault)) for fault in faults]


def at_first(faults: Iterable[tuple[str, str]], key: str) -> list[tuple[str, str]]:
    """Faults of a whole item of a list at the first of its fields: `claims[3]` at `claims[3].says`."""
    return [(f"{field}.{key}" if field.endswith("]") else field, said) for field, said in faults]


def _field(way: str, known: list[str]) -> str:
    while way:
        if way in known:
            return way
        shorter = re.sub(r"(\[\d+\]|\.?[^.\[\]]+)$", "", way)
        way = shorter if shorter != way else ""
    return known[0]


def _sentence(fault: Fault) -> str:
    return capital(fault.plainly)


def texts(value: Any) -> str:
    """A list of texts, one a line."""
    return "\n".join(str(one) for one in value) if isinstance(value, list) else ""
