"""When the page of an article is looked at once more: an edit of the page alone is in no feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.core.article import Article
from monitor.core.likeness import words_of

Plan = Sequence[timedelta]
"""After how long a page is looked at again, counted from when it was read first; nothing: never."""
SHRUNK = 0.5
"""A page that gives less of the text than this is not believed: a wall, a page that has moved on."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A look that is to be taken at an article's page."""

    key: str
    """The entry's, by which its source shows the article."""
    url: str
    began: datetime
    """When the page was read first."""
    taken: int
    """Rereads that were taken since."""
    due: datetime
    etag: str = ""
    last_modified: str = ""
    body_print: str = ""
    """Fingerprint of the answer's bytes."""


def first_reread(key: str, url: str, now: datetime, plan: Plan) -> Reread | None:
    """The first look at a page that was read just now; None: there is to be none."""
    return Reread(key, url, now, 0, now + plan[0]) if plan else None


def next_reread(look: Reread, plan: Plan, now: datetime) -> Reread | None:
    """The look after this one, which was taken now; None: it was the last. What was missed is not made up for."""
    for number, after in enumerate(plan[look.taken + 1 :], look.taken + 1):
        if look.began + after > now:
            return replace(look, taken=number, due=look.began + after)
    return None


def says_something_else(known: Article, found: Article) -> bool:
    """Whether a page that was read again has edited its article: other words, and not a mere rest of them."""
    was, now = words_of(known.body), words_of(found.body)
    return was != now and len(now) >= SHRUNK * len(was)
