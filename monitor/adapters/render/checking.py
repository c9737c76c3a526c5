"""Tries templates before they are used: every fault of every file, with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from monitor.adapters.render import Renderer
from monitor.core.digest import HOSTILE, EditionContent, trials
from monitor.core.fault import Fault
from monitor.errors import RenderError

FOLDER = "templates/digest"
_FROM_OUTSIDE = re.compile(
    r"""<(?:script|link|iframe|object|embed|form|base|video|audio)\b|\b(?:src|background|srcset|poster)\s*=\s*["']?(?!["']?cid:)"""
    r"""|url\s*\(|@import""",
    re.IGNORECASE,
)
"""What would be loaded or run when the mail is opened."""
_SAID = re.compile(r"([^:]+):(\d+): (.*)", re.DOTALL)


def template_faults(texts: Mapping[str, str]) -> tuple[Fault, ...]:
    """Everything that is wrong with the templates: they cannot be read, break on an edition, or let harm in."""
    renderer = Renderer(texts)
    faults = [*_unreadable(renderer), *_outside(texts)]
    if not faults:
        faults = [fault for content in trials() for fault in _broken(renderer, content)]
    return tuple(dict.fromkeys(faults))


def _unreadable(renderer: Renderer) -> Iterator[Fault]:
    for name in renderer.names():
        yield from _fault_of(lambda name=name: renderer.compile(name))  # type: ignore[misc]


def _outside(texts: Mapping[str, str]) -> Iterator[Fault]:
    for name, text in texts.items():
        for found in _FROM_OUTSIDE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            what = f"“{found[0].strip()}” would load or run something when the mail is opened"
            yield Fault(f"{FOLDER}/{name}", what, "take it away; a logo belongs into a theme", line)


def _broken(renderer: Renderer, content: EditionContent) -> Iterator[Fault]:
    yield from _fault_of(lambda: renderer.subject(content))
    yield from _fault_of(lambda: renderer.text(content))
    html: list[str] = []
    yield from _fault_of(lambda: html.append(renderer.html(content, "A trial")))
    if html and HOSTILE in html[0]:
        what = "a page lets others' words through as HTML"
        yield Fault(FOLDER, what, "take `| safe` away, and import words as words.html.j2")


def _fault_of(act: Callable[[], object]) -> Iterator[Fault]:
    try:
        act()
    except RenderError as error:
        said = _SAID.fullmatch(str(error))
        if said:
            yield Fault(f"{FOLDER}/{said[1]}", said[3], "mend the template", int(said[2]))
        else:
            yield Fault(FOLDER, str(error), "mend the template")
