"""KEY JOURNALIST: whether a byline names a journalist of the list (section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile

from monitor.core.article import Article
from monitor.core.matching.terms import TITLES
from monitor.core.matching.text import read

_SPLIT = re.compile(r",|&|\||\band\b", re.IGNORECASE)
"""White space around a name does not count: looked for here, it would be run over again and again."""
_BY = re.compile(r"^\s*by:?\s+", re.IGNORECASE)
BY_LINE_WORDS = 12
"""A first paragraph that starts with *By* and is no longer is a byline."""


def journalist_of(article: Article, names: Iterable[str]) -> str | None:
    """The first name of the list that the byline, or a "By ..." line at the body's head, gives in full."""
    wanted = {_plain(name): name for name in names}
    if not wanted:
        return None
    for byline in (article.byline, _by_line(article.body)):
        for part in _SPLIT.split(_BY.sub("", byline)):
            if _plain(part) in wanted:
                return wanted[_plain(part)]
    return None


def _by_line(body: str) -> str:
    line = body.lstrip().partition("\n")[0]
    return line if _BY.match(line) and len(line.split()) <= BY_LINE_WORDS else ""


def _plain(name: str) -> tuple[str, ...]:
    """A name as compared: folded words, the titles before it dropped (Jane Lord keeps her surname)."""
    return tuple(dropwhile(lambda w: w in TITLES, read(name).words))
