"""Whether a site speaks to its reader in a paragraph, or a report tells of others.

`Subscribe to continue reading` is a wall's own voice; `pupils who sign up to the scheme for reading get a book` is
news that has the same words. What the words are is in `walls`; here is who says them.
"""

from __future__ import annotations

import re
from enum import IntEnum

RUNNING, LONG = 60, 200
"""Characters from which a paragraph is prose: when it ends as a sentence does, and when it does not."""

_ENDS = re.compile(r"[.!?:\u2026\u3002\uff01\uff1f][\"'\u2019\u201d)\]]*$")
_STOP = re.compile(r"[.!?:\u2026]\s")
_QUOTED = re.compile(r"[\u201c\u201e\"][^\u201c\u201d\u201e\"]*[\u201d\u201c\"]|\u00ab[^\u00bb]*\u00bb")
_REPORTS = re.compile(
    r"\b(?:said|says|told|warned|claimed|thuirt|dywedodd|meddai|a d\u00e9clar\u00e9|a dit|a affirm\u00e9"
    r"|sagte|erkl\u00e4rte|teilte|stellte|dijo|afirm\u00f3|anunci\u00f3|record\u00f3)\b",
    re.IGNORECASE,
)
"""What says who said it: a wall has nobody to quote."""
_ADDRESSES = re.compile(
    r"\b(?:(?i:you|your|yours|we|us|our|please|(?:this|our) (?:article|story|content|page|site|website|newspaper)"
    r"|agad|agaibh|thu|sibh|againn|an l\u00e0rach seo|chi|eich|ein|(?:y|r) wefan hon|erthygl hon"
    r"|vous|votre|vos|nous|notre|nos|cet article|ce site|cette page"
    r"|du|dein\w*|wir|unser\w*|diese[rs]? (?:artikel|seite|website)"
    r"|usted|su|sus|tu|tus|te|nuestr\w+|este (?:art\u00edculo|sitio|portal))|Sie|Ihr\w*)\b"
)
"""Words by which a site speaks to its reader, of itself, or of the page that it shows."""


class Voice(IntEnum):
    """How sure it is that words are the site's own."""

    REPORT = 0
    """Told of others, and by whom."""
    TOLD = 1
    """A running sentence that speaks to nobody."""
    SITE = 2
    """A line that is no sentence, a sentence to the reader, or an order that it begins with."""


def voice_of(paragraph: str, found: re.Match[str]) -> Voice:
    """Who says the words `found` in a paragraph.

    >>> said = "Parents must register for full access to nursery places from the first day of August."
    >>> voice_of(said, re.search("register", said))
    <Voice.TOLD: 1>
    """
    if not is_prose(paragraph):
        return Voice.SITE
    before = _STOP.split(paragraph[: found.start()])[-1]
    sentence = before + found[0] + _STOP.split(paragraph[found.end() :])[0]
    if _REPORTS.search(sentence):
        return Voice.REPORT
    addressed = _ADDRESSES.search(_QUOTED.sub(" ", sentence))
    return Voice.SITE if addressed or not before.strip() else Voice.TOLD


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph is running text, and no line, link or heading."""
    return len(paragraph) >= LONG or (len(paragraph) >= RUNNING and _ENDS.search(paragraph) is not None)


def spoken(paragraphs: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Words of a pattern that stand in paragraphs as the site's own, one of each such paragraph.

    A sentence that speaks to nobody counts only where there is no more other prose than its paragraphs: a wall is
    all there is. One that reports what somebody said never counts.
    """
    hits = [(p, found, voice_of(p, found)) for p in paragraphs if (found := pattern.search(p))]
    told = [p for p, _, voice in hits if voice is Voice.TOLD]
    others = sum(len(p) for p in paragraphs if is_prose(p)) - sum(len(p) for p, _, _ in hits if is_prose(p))
    least = Voice.SITE if others > sum(map(len, told)) else Voice.TOLD
    return [found[0] for _, found, voice in hits if voice >= least]
