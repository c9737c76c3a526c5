"""Where in a page its headings can be led to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from lxml.etree import _Element as Element

from monitor.core.parts import Part

NEAR = 4
"""How many elements around a heading may carry its name."""
HEADINGS = ("h2", "h3", "h4")


def anchors(root: Element) -> Mapping[str, str]:
    """The text of each heading -> the name that leads to it; without those that have none."""
    found: dict[str, str] = {}
    single: dict[Element, bool] = {}
    for heading in root.iter(*HEADINGS):
        text = _key("".join(str(part) for part in heading.itertext()))
        if text and (name := _name(heading, single)):
            found.setdefault(text, name)
    return found


def anchored(part: Part, names: Mapping[str, str]) -> Part:
    """The part with the name its heading is led to by."""
    return replace(part, anchor=part.anchor or names.get(_key(part.heading), ""))


def _name(heading: Element, single: dict[Element, bool]) -> str:
    """Its own, of a link in it, or of what is around it and no other heading."""
    if own := heading.get("id"):
        return str(own)
    for link in heading.iter("a"):
        if name := link.get("id") or link.get("name"):
            return str(name)
    for around in islice(heading.iterancestors(), NEAR):
        if around not in single:
            single[around] = sum(1 for _ in islice(around.iter(*HEADINGS), 2)) == 1
        if not single[around]:
            return ""
        if name := around.get("id"):
            return str(name)
    return ""


def _key(text: str) -> str:
    return " ".join(text.split())
