"""A form that came when its session was over: kept on a page, in the words of its labels, to be sent again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import Request

from monitor.web.words import capital

SECRET = ("/account", "/sign-in", "/users")
"""Forms below these are not kept: a password or code that was typed stands on no page."""
OF_THE_SESSION = "form_key"
OURS = frozenset(
    "after article author digest edition file last_act looked number revision seal seen session version".split()
)
"""Fields that nobody typed: what a form brings along of the page that it stood on."""
NAMED = {
    "act": "What you asked for",
    "agreement": "Agreement",
    "any_monitored": "From every outlet that is monitored",
    "at": "At what time",
    "days": "Days",
    "name": "Which one",
    "remove": "Take it away",
    "role": "Role",
    "section": "Section",
    "sections": "Sections",
    "sections.of": "Sections",
    "sources.groups": "Groups of outlets",
    "sources.plus": "Outlets besides",
    "title": "Heading",
    "to": "To whom",
    "to.more": "To whom",
}
"""What fields are called that have no label, one for each of their choices, or another on each page."""
_MACROS = "area|choice|field|number|pick|reach|several|tick"
_ASKED = re.compile(rf'\b(?:show|ask)\.(?:{_MACROS})\((?:id ~ )?"\.?([\w.]+)", "([^"]+)"')
"""A field of a form as templates ask for it: its name, or how its name ends, and its label."""
_ID = re.compile(r"[0-9a-f]{40,}")
"""An article, as pages name it to us."""
_ITEM = re.compile(r"^\w+\[(\d+)\]\.?")
"""One of several alike: `oicw[2].any`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent and not taken: nothing of it was done, and nothing is lost."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    """Names of fields whose file must be chosen again."""

    def told(self, labels: Mapping[str, str]) -> list[tuple[str, str]]:
        """What somebody typed or chose, each with its label; several of one label in a list."""
        said: dict[str, list[str]] = {}
        for name, value in self.fields:
            if name not in OURS and value.strip() and not _ID.fullmatch(value):
                said.setdefault(label_of(name, labels), []).append(_plainly(name, value))
        return [(label, ", ".join(values)) for label, values in said.items()]


def labels_in(templates: Iterable[str]) -> dict[str, str]:
    """The label of each field by its name, as the forms in these templates call it."""
    return {name: label for template in templates for name, label in _ASKED.findall(template)} | NAMED


def label_of(name: str, labels: Mapping[str, str]) -> str:
    """What a field is called; one of several alike by its number.

    >>> label_of("oicw[1].any", {"any": "Words"})
    'Words (2)'
    """
    item = _ITEM.match(name)
    number = f" ({int(item[1]) + 1})" if item else ""
    parts = (name[item.end() :] if item else name).split(".")
    tails = (".".join(parts[start:]) for start in range(len(parts)))
    known = next((labels[tail] for tail in tails if tail in labels), capital(parts[-1].replace("_", " ")))
    return f"{capital(known)}{number}"


def _plainly(name: str, value: str) -> str:
    """The value; what a button says as words."""
    return capital(value.replace("_", " ")) if name == "act" or value == "yes" else value


async def kept_of(request: Request) -> Kept | None:
    """What a form held, to be shown and sent again; None of one with secrets, or with nothing in it."""
    if request.url.path.startswith(SECRET):
        return None
    items = [(name, value) for name, value in (await request.form()).multi_items() if name != OF_THE_SESSION]
    if not items:
        return None
    fields = tuple((name, value) for name, value in items if isinstance(value, str))
    return Kept(request.url.path, fields, tuple(name for name, value in items if not isinstance(value, str)))
