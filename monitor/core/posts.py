"""Posts of social accounts: what they say as words.

Hashtags are no content elsewhere (the contract, section 1); in a post they are what it says: they are spelled out
where they stand, and kept as they were posted in a last paragraph, where they are shown and not searched.
"""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.core.article import Entry

HEADLINE_CHARS = 100
"""A post without a title gets its beginning for a headline."""

_HASHTAG = re.compile(r"(?<![\w/&])#(?=\w*[^\W\d_])(\w+)")
_WORDS = re.compile(
    r"(?<=[^\W\d_])(?=\d)"  # Budget|2026
    r"|(?<=\d)(?=[A-Z][^\W\d_])"  # 2026|Budget
    r"|(?<=[a-z\u00df-\u00f6\u00f8-\u00ff])(?=[A-Z\u00c0-\u00de])"  # Child|Payment
    r"|(?<=[A-Z])(?=[A-Z][a-z])"  # DWP|Cuts
    r"|_+"
)
_NAME = re.compile(r"\b(Mc|Mac) (?=[A-Z])")
"""McNair is one word."""
_ACRONYM = re.compile(r"\b([A-Z]{2,}) (?=\d)")
"""COP26 is one word."""


def spelled_out(text: str) -> str:
    """The text with its hashtags as the words they are made of.

    >>> spelled_out("#ScottishChildPayment is up, says #DWP on #poverty")
    'Scottish Child Payment is up, says DWP on poverty'
    """
    return _HASHTAG.sub(lambda found: _words(found[1]), text)


def hashtags(*texts: str) -> tuple[str, ...]:
    """The hashtags of texts, each once, as they stand."""
    return tuple(dict.fromkeys(found[0] for text in texts for found in _HASHTAG.finditer(text)))


def as_post(entry: Entry) -> Entry:
    """The entry as a post: all it says is its body, and whole; its hashtags are words, and kept below."""
    said = entry.body or entry.standfirst or entry.headline
    tags = hashtags(entry.headline, said)
    body = "\n\n".join(part for part in (spelled_out(said), " ".join(tags)) if part)
    headline = entry.headline or _beginning(said)
    return replace(entry, headline=spelled_out(headline), standfirst="", body=body, whole=True)


def _words(tag: str) -> str:
    parted = " ".join(_WORDS.sub(" ", tag).split())
    return _ACRONYM.sub(r"\1", _NAME.sub(r"\1", parted))


def _beginning(text: str) -> str:
    """The first line, or as many of its whole words as a headline holds."""
    line = " ".join(text.partition("\n\n")[0].split())
    if len(line) <= HEADLINE_CHARS:
        return line
    return f"{line[:HEADLINE_CHARS].rpartition(' ')[0] or line[:HEADLINE_CHARS]}…"
