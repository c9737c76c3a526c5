"""What a page shows of walls and menus, looked at before anything is cut out of it; judged in `core.quality`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element as Element

from monitor.adapters.pages.called import called
from monitor.core.quality import asks_to_pay

_NAMED = re.compile(
    r"pay-?wall|reg-?wall|(?:subscri\w+|member|premium|meter\w*|content|inline|full)-?(?:wall|barrier|gate|only)"
    r"|(?:^|[\s_-])(?:barrier|piano-\w+|tp-container)"
)
MAX_LINKS, MAX_LOOK = 1_000, 20_000
"""Links of a page, and characters of its text, that are compared."""
SHORTEST_LINK = 10
"""Characters; shorter ones stand in any text by chance."""
MAX_BOX = 1_500
"""Characters of a box that asks for something; one that holds more is the article itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What tells a text apart that is not the article."""

    asks: str
    """What a paywall's box says; empty when there is none, or it asks for nothing."""
    links: frozenset[str]
    """Texts of the page's links."""

    def linked(self, text: str) -> float:
        """Share of a text's characters that are links of the page, each counted once."""
        looked_at = " ".join(text[:MAX_LOOK].split())
        linked = sum(len(link) for link in self.links if link in looked_at)
        return min(1.0, linked / len(looked_at)) if looked_at else 0.0


def shown(root: Element) -> Shown:
    """What a page shows of walls and menus."""
    boxes = called(root, _NAMED)
    asks = next((said for box in boxes if len(text := _text(box)) <= MAX_BOX and (said := asks_to_pay(text))), "")
    links = (_text(link) for link in islice(root.iter("a"), MAX_LINKS))
    return Shown(asks, frozenset(text for text in links if len(text) >= SHORTEST_LINK))


def _text(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())
