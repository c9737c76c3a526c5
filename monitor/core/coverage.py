"""Coverage: the matched articles of sections in a period - the answer to an FOI question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import Article
from monitor.core.match import Verdict


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """What is asked. An empty field asks nothing; several values of one field are alternatives."""

    agreement: str
    since: datetime | None = None
    until: datetime | None = None
    """Half-open: `[since, until)`, by when our clock first saw the article."""
    sections: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Terms as the agreement writes them; any hit of one."""
    text: str = ""
    """Words that stand in headline, standfirst or body, or stood there while it was stored; case folded."""
    as_of: datetime | None = None
    """As it was known at this moment: the texts of then, what was judged by then, the editions made by then."""
    near_misses: bool = False
    """Also what was near: for editors, not for readers."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Where a digest showed an article: its story is filed once, maybe under another section than the row's."""

    edition: str
    """Id of the edition."""
    section: str
    """Id of the section it stood under."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One article in one section, with its proof."""

    article: Article
    verdict: Verdict
    fingerprint: str
    """The agreement's, when it was judged."""
    editions: tuple[Showing, ...] = ()
    """The editions that showed it, itself or as a copy, or told of the edit that it is; the oldest first."""
    replaced_at: datetime | None = None
    """When our clock saw another text of the article; None while this is the latest."""
