"""What is no content wherever it stands in a page: navigation, related stories, newsletter boxes, cookie text."""

from __future__ import annotations

import re
from collections import Counter

from lxml.etree import _Element as Element

NEVER = ("script", "style", "noscript", "template", "iframe", "nav", "button")
"""Elements that hold no words of the article (contract, section 1)."""
SELDOM = ("aside", "form", "footer", "dialog")
"""Elements that hold none, but where a publisher put the whole article into one."""
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:"
    r"related|recirc\w*|recommend(?:ed|ations?)|outbrain|taboola|trending"
    r"|most-?(?:read|popular|viewed|shared)|more-?(?:on|from|stories|news)|read-?(?:more|next|also)|also-?read"
    r"|news-?letters?|sign-?up|subscribe|cookies?|consent|gdpr"
    r"|comments?|breadcrumbs?|social|share|sharing|tags|author-?bio|skip-?link"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WHOLE = frozenset({"html", "body", "main", "article"})
_MAIN_SHARE = 0.3
"""An element with more of the page's running text than this is the article, whatever it is called."""
_LINE = 60
"""Characters from which a paragraph is running text."""


def prune(root: Element, *, fragment: bool = False) -> None:
    """Take what is no content out of a tree; the text that follows each element stays where it was.

    In a page an element with much of its running text stays, whatever it is called; in a fragment nothing does.
    """
    for element in list(root.iter(*NEVER)):
        _empty(element)
    running = Counter() if fragment else _running_text(root)
    most = running.get(root, 0) * _MAIN_SHARE
    for element in list(root.iter(*SELDOM)) + [e for e in root.iterfind(".//*[@class]") if _is_named(e)]:
        if element.tag not in _WHOLE and (fragment or running.get(element, 0) <= most):
            _empty(element)


def _is_named(element: Element) -> bool:
    return _NAMED.search(_CAMEL.sub("-", str(element.get("class")))) is not None


def _empty(element: Element) -> None:
    """Leave nothing of it but the text behind it: taking it out joins texts, which is slow thousands of times."""
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = "span"


def _running_text(root: Element) -> Counter[Element]:
    """Characters of the paragraphs inside each element that are more than a line: boxes have none."""
    inside: Counter[Element] = Counter()
    for element in reversed(list(root.iter())):
        if element.tag == "p":
            length = sum(len(text) for text in element.itertext())
            inside[element] += length if length >= _LINE else 0
        parent = element.getparent()
        if parent is not None and inside[element]:
            inside[parent] += inside[element]
    return inside
