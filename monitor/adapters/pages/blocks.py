"""What is no content wherever it stands in a page: navigation, related stories, newsletter boxes, cookie text."""

from __future__ import annotations

import re
from collections import Counter

from lxml.etree import _Element as Element

from monitor.adapters.pages.called import called, hyphened

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
    r")(?:$|[\s_-])"
)
_WHOLE = frozenset({"html", "body", "main", "article"})
_MAIN_SHARE = 0.3
"""An element with more of the page's running text than this is the article, whatever it is called."""
_CAPTION = re.compile(r"(?:^|[\s_-])(?:caption-?text|(?<!wp-)(?<!no-)caption)(?:$|\s)")
_SAID_FIRST = re.compile(r"^(?:(?:image|media|picture) caption,?:?|image:)\s*", re.IGNORECASE)
SHORTEST_CAPTION = 25
"""Characters; less is a credit."""
LINKED = 0.8
"""Share of a caption in links, from which it is a teaser."""
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
    for element in list(root.iter(*SELDOM)) + called(root, _NAMED, hyphened):
        if element.tag not in _WHOLE and (fragment or running.get(element, 0) <= most):
            _empty(element)


def keep_captions(root: Element) -> None:
    """Make each caption a paragraph in the place of its figure: they are content (contract, section 1)."""
    seen: set[str] = set()
    for caption in list(root.iter("figcaption")) + [e for e in called(root, _CAPTION) if _is_by_a_picture(e)]:
        place = next((a for a in caption.iterancestors() if _is_figure(a)), caption)
        text = _SAID_FIRST.sub("", " ".join(" ".join(str(part) for part in caption.itertext()).split()))
        if place.getparent() is None:
            continue
        if _is_teaser(caption, text):
            _empty(place)
            continue
        place.clear(keep_tail=True)
        place.tag, place.text = "p", "" if text in seen or len(text) < SHORTEST_CAPTION else text
        seen.add(text)


def _is_figure(element: Element) -> bool:
    return element.tag == "figure" or "wp-caption" in (element.get("class") or "").split()


def _is_by_a_picture(element: Element) -> bool:
    around = element.getparent()
    return around is not None and next(around.iter("img", "picture", "video"), None) is not None


def _is_teaser(caption: Element, text: str) -> bool:
    """Whether it is the headline of another article: all of it is a link."""
    linked = next(caption.iterancestors("a"), None) is not None
    inside = " ".join(str(part) for link in caption.iter("a") for part in link.itertext())
    return linked or (len(text) > 0 and len(" ".join(inside.split())) >= LINKED * len(text))


def _empty(element: Element) -> None:
    """Leave nothing of it but the text behind it: taking it out joins texts, which is slow thousands of times."""
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = "span"


def _running_text(root: Element) -> Counter[Element]:
    """Characters of the paragraphs inside each element that are more than a line: boxes have none."""
    inside: Counter[Element] = Counter()
    beside: Counter[Element] = Counter()
    for paragraph in root.iter("p"):
        length = sum(map(len, paragraph.itertext()))
        if length >= _LINE and (around := paragraph.getparent()) is not None:
            inside[paragraph] += length
            beside[around] += length
    for around, length in beside.items():
        for element in (around, *around.iterancestors()):
            inside[element] += length
    return inside
