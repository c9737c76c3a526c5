"""Which elements of a page are called something, by their class: most share theirs with many others."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree
from lxml.etree import _Element as Element

_CLASSED = etree.XPath("descendant::*[@class]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def called(root: Element, names: re.Pattern[str], spelt: Callable[[str], str] = str.lower) -> list[Element]:
    """The elements below one whose class, as it is `spelt`, has such a name in it; in their order."""
    found: list[Element] = []
    known: dict[str, bool] = {}
    for element in _CLASSED(root):
        name = element.get("class")
        if name not in known:
            known[name] = names.search(spelt(name)) is not None
        if known[name]:
            found.append(element)
    return found


def hyphened(name: str) -> str:
    """A name in small letters, its words apart.

    >>> hyphened("moreStories")
    'more-stories'
    """
    return name if name.islower() else _CAMEL.sub("-", name).lower()
