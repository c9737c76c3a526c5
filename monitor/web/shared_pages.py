"""The pages of what sections share: shown, drafted, and which sections go by a list or a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Request, Response

from monitor.core.editing.sections import file_of
from monitor.core.json import Json
from monitor.web.access import write_act
from monitor.web.pages import WRONG
from monitor.web.said import then_said
from monitor.web.sheets import Sheet, open_sheet, sheet_page, titles_of

Faults = list[tuple[str, str]]
LISTS, PLACES = "context_lists", "places"


def shared_page(request: Request, sheet: Sheet, tab: str, faults: Faults | None = None, **values: Any) -> Response:
    """One of the pages of what sections share."""
    return sheet_page(request, sheet, tab, WRONG if faults else 200, faults=faults or [], called=called, **values)


def drafted(request: Request, sheet: Sheet, below: str, done: str) -> Response:
    """Write down what was drafted, and lead to the page below, which says so."""
    write_act(request, sheet.visitor, "draft: agreement changed", f"{sheet.room.agreement.id}: {done}")
    return then_said(request, f"{sheet.path}{below}", done)


def called(name: str) -> str:
    """A list or place as a page calls it."""
    return name.replace("_", " ").capitalize()


def going_by(sheet: Sheet, key: str, name: str) -> Iterator[str]:
    """The titles of the sections that go by a list or place, as the editor has them."""
    for section, title in titles_of(sheet.visitor, sheet.room).items():
        rules = open_sheet(sheet.visitor, sheet.room, file_of(section)).values.get("oicw")
        if any(_goes_by(rule, key, name) for rule in (rules if isinstance(rules, list) else [])):
            yield title


def _goes_by(rule: Json, key: str, name: str) -> bool:
    of = rule if isinstance(rule, dict) else {}
    words = of.get("any")
    return of.get("place") == name if key == PLACES else isinstance(words, dict) and words.get("list") == name
