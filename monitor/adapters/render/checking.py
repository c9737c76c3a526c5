"""Tries templates before they are used: every fault of every file, with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from monitor.adapters.render import SHEET, Renderer
from monitor.core.digest import HOSTILE, EditionContent, trials
from monitor.core.fault import Fault
from monitor.errors import RenderError

FOLDER, ALERTS = "templates/digest", "templates/alert"
_FROM_OUTSIDE = re.compile(
    r"""<(?:script|link|iframe|object|embed|form|base|video|audio)\b|\b(?:src|background|srcset|poster)\s*=\s*["']?(?!["']?cid:)"""
    r"""|url\s*\(|@import""",
    re.IGNORECASE,
)
"""What would be loaded or run when the mail is opened."""
_SAID = re.compile(r"([^:]+):(\d+): (.*)", re.DOTALL)


def template_faults(texts: Mapping[str, str], folder: str = FOLDER) -> tuple[Fault, ...]:
    """Everything that is wrong with the templates: they cannot be read, break on an edition, or let harm in.

    Those of alerts are tried on editions with stories: there is no alert without.
    """
    renderer = Renderer(texts)
    faults = [*_unreadable(renderer, folder), *_outside(texts, folder)]
    if not faults:
        contents = (content for content in trials() if content.stories or folder != ALERTS)
        faults = [fault for content in contents for fault in _broken(renderer, content, folder)]
    return tuple(dict.fromkeys(faults))


def _unreadable(renderer: Renderer, folder: str) -> Iterator[Fault]:
    for name in renderer.names():
        yield from _fault_of(lambda name=name: renderer.compile(name), folder)  # type: ignore[misc]


def _outside(texts: Mapping[str, str], folder: str) -> Iterator[Fault]:
    for name, text in texts.items():
        for found in _FROM_OUTSIDE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            what = f"“{found[0].strip()}” would load or run something when the mail is opened"
            yield Fault(f"{folder}/{name}", what, "take it away; a logo belongs into a theme", line)


def _broken(renderer: Renderer, content: EditionContent, folder: str) -> Iterator[Fault]:
    yield from _fault_of(lambda: renderer.subject(content), folder)
    yield from _fault_of(lambda: renderer.text(content), folder)
    pages: list[str] = []
    yield from _fault_of(lambda: pages.append(renderer.html(content, "A trial")), folder)
    if SHEET in renderer.names():
        yield from _fault_of(lambda: pages.append(renderer.sheet(content)), folder)
    if any(HOSTILE in page for page in pages):
        what = "a page lets others' words through as HTML"
        yield Fault(folder, what, "take `| safe` away, and import words as words.html.j2")


def _fault_of(act: Callable[[], object], folder: str) -> Iterator[Fault]:
    try:
        act()
    except RenderError as error:
        said = _SAID.fullmatch(str(error))
        if said:
            yield Fault(f"{folder}/{said[1]}", said[3], "mend the template", int(said[2]))
        else:
            yield Fault(folder, str(error), "mend the template")
