"""The way of an article into one edition: all that is known of it, its links, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.curation import NOTHING_SAID, Said
from monitor.core.digest.composing import sections_of
from monitor.core.digest.filing import Filed
from monitor.core.edition import Delivery, Edition, EditionItem
from monitor.core.explanation.account import Account
from monitor.core.json import Json
from monitor.core.match import Finding, Judgement
from monitor.core.source import Sources
from monitor.core.story import StoryDecision

NAMED = "named"
"""The mail had room for no more than its headline."""
COUNTED = "counted"
"""Nor for that."""


@dataclass(frozen=True, slots=True)
class Link:
    """One step on the way from the outlet to the reader."""

    name: str
    """`fetched`, `text`, `window`, `judged`, `section`, `curation`, `earlier`, `significance`, `story`, `edition`,
    `mail`, `delivery`."""
    holds: bool
    sentence: str
    evidence: Mapping[str, Json] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """`{"link", "holds", "sentence", ...evidence}`."""
        return {"link": self.name, "holds": self.holds, "sentence": self.sentence, **self.evidence}


@dataclass(frozen=True, slots=True)
class Fate:
    """The chain for one article and one edition."""

    digest: str
    """Its id."""
    title: str
    """Its title."""
    edition: str | None
    """Its id; None for the one that is made next."""
    closes: datetime
    """The end of its window."""
    links: tuple[Link, ...]

    @property
    def is_in(self) -> bool:
        """Whether the article reached the readers."""
        return all(link.holds for link in self.links)

    @property
    def answer(self) -> Link:
        """The link that broke; where none did, the last."""
        return next((link for link in self.links if not link.holds), self.links[-1])

    def to_json(self) -> dict[str, Json]:
        """`{"digest", "edition", "closes", "in", "answer", "because", "chain"}`."""
        return {
            "digest": self.digest,
            "edition": self.edition,
            "closes": self.closes.isoformat(),
            "in": self.is_in,
            "stopped_at": None if self.is_in else self.answer.name,
            "answer": self.answer.sentence,
            "chain": [link.to_json() for link in self.links],
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """The article that a story is shown by, and the edition that does."""

    edition: str
    article: Article


@dataclass(frozen=True, slots=True)
class Way:
    """All that is known of one article and one edition."""

    article: Article
    agreement: Agreement
    digest: Digest
    sources: Sources
    looks_from: datetime
    """The edition looks at what was first seen from here on: its window, and the 72 hours before it."""
    closes: datetime
    """The end of its window."""
    edition: Edition | None = None
    """None: it is not made yet."""
    judgement: Judgement | None = None
    """As it is stored, significance apart."""
    judged_at: datetime | None = None
    accounts: tuple[Account, ...] = ()
    later: Article | None = None
    """A later text of the article that the edition had in its place."""
    item: EditionItem | None = None
    """What the edition did with the article."""
    filed: Filed | None = None
    """Where its story stands, as far as was known then."""
    said: Said = NOTHING_SAID
    """What editors said of its story, as far as it counts for the edition."""
    finding: Finding | None = None
    """What significance found for the section the story is filed in."""
    shown: Shown | None = None
    """How this edition or an earlier one shows the story."""
    joined: StoryDecision | None = None
    """The editor's word that made the article part of its story, where one did."""
    brought: bool = False
    """Editors added it, or held it for this edition: it is looked at however old it is."""
    again_until: datetime | None = None
    """The slot of the last edition after this one that looks so far back; None: none does."""
    went_to: str = ""
    """Where an article goes that came too late: an edition's id, or when the next one closes."""
    mail: str = ""
    """`named` or `counted` where the mail had no room for the whole item."""
    deliveries: Sequence[Delivery] = ()

    @property
    def in_reach(self) -> bool:
        """Whether the edition looks back as far as to where the article was first seen."""
        seen = self.article.first_seen
        return self.brought or seen is None or seen >= self.looks_from

    @property
    def made_at(self) -> datetime | None:
        """When the edition was made."""
        return self.edition.made_at if self.edition else None

    @property
    def sections(self) -> tuple[str, ...]:
        """Ids of the digest's sections that the article is in by itself."""
        order = {p.section for p in sections_of(self.agreement, self.digest)}
        return tuple(s for s in self.judgement.sections if s in order) if self.judgement else ()
