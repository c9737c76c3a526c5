"""Editions by other ways than mail: what a feed of a digest, or of one of its sections, has in it.

Taken from what editions were frozen with, so that nothing leaves that no mail has shown: extracts are within the
outlets' rights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import fingerprint, line_of
from monitor.core.digest import CutLine, EditionContent, Item, SectionPart
from monitor.core.digest.composing import sections_of
from monitor.core.edition import Edition

LASTS = timedelta(days=30)
"""How far back a feed goes: readers that were away for a month have missed something, and should know."""
NAMED_SINCE = "2026"
"""Of the tag URIs (RFC 4151): never changes, or every reader would show everything again."""


@dataclass(frozen=True, slots=True)
class FeedToken:
    """Lets who holds it read the feeds of an agreement. The token itself is kept nowhere."""

    fingerprint: str
    """The hash of the token; its beginning names it."""
    agreement: str
    label: str
    """Whom it is for."""
    author: str
    made_at: datetime
    revoked_at: datetime | None = None
    revoked_by: str = ""

    @property
    def name(self) -> str:
        """How lists name it."""
        return self.fingerprint[:8]


@dataclass(frozen=True, slots=True)
class OutEntry:
    """One story of an edition."""

    id: str
    """A tag URI; the same for the same article in every edition of the digest."""
    title: str
    url: str
    outlet: str
    byline: str
    section: str
    section_title: str
    updated: datetime
    """When its edition was made."""
    published: datetime | None
    extract: str = ""
    why: str = ""
    editors_line: str = ""
    major: bool = False
    edition: str = ""


@dataclass(frozen=True, slots=True)
class OutFeed:
    """A feed of a digest, or of one of its sections."""

    id: str
    title: str
    client: str
    updated: datetime
    """When the latest edition was made; without one, the moment it was asked for."""
    entries: tuple[OutEntry, ...]
    """The latest edition first, each in its own order; a story that is told again stands once, as last told."""


def feed_of(
    agreement: Agreement,
    digest: Digest,
    section: str,
    editions: Sequence[tuple[Edition, EditionContent]],
    domain: str,
    now: datetime,
) -> OutFeed:
    """The feed of these editions, the latest first; `section` empty: of all sections.

    `domain` is the right-hand side of Message-IDs, which never changes either.
    """
    name = f"{agreement.id}/{digest.id}" + (f"/{section}" if section else "")
    head = f"{digest.title}, {agreement.client}"
    entries: dict[str, OutEntry] = {}
    for edition, content in editions:
        for entry in _entries(edition, content, section, domain):
            entries.setdefault(entry.id, entry)
    return OutFeed(
        id=_tag(domain, name),
        title=f"{agreement.profile(section).title}: {head}" if section else head,
        client=agreement.client,
        updated=max((edition.made_at for edition, _ in editions), default=now),
        entries=tuple(entries.values()),
    )


def sections_out(agreement: Agreement, digest: Digest) -> list[str]:
    """Ids of the sections that have a feed of their own."""
    return [p.section for p in sections_of(agreement, digest)]


def _entries(edition: Edition, content: EditionContent, section: str, domain: str) -> Iterator[OutEntry]:
    for part in content.sections:
        if section in ("", part.id):
            yield from (_entry(edition, part, item, domain) for item in part.told)
            # of these the edition had room for no more than the name
            yield from (_named(edition, part, cut, _key(cut), domain) for cut in part.cut)


def _entry(edition: Edition, part: SectionPart, item: Item, domain: str) -> OutEntry:
    return replace(
        _named(edition, part, item, line_of(item.article), domain),
        byline=item.byline,
        published=item.at,
        extract="".join(piece.text for piece in item.extract),
        why="".join(piece.text for piece in item.why),
        editors_line=item.editors_line,
        major=item.major,
    )


def _key(cut: CutLine) -> str:
    """What a story's id ends with: the same whether an edition had room for all of it or for its name alone."""
    return line_of(cut.article) if cut.article else fingerprint(cut.url, cut.headline)[:12]


def _named(edition: Edition, part: SectionPart, story: Item | CutLine, key: str, domain: str) -> OutEntry:
    """A story by its name alone; `key` is what its id ends with."""
    return OutEntry(
        id=_tag(domain, f"{edition.agreement}/{edition.digest}/{key}"),
        title=story.headline,
        url=story.url,
        outlet=story.outlet,
        byline="",
        section=part.id,
        section_title=part.title,
        updated=edition.made_at,
        published=None,
        edition=edition.id,
    )


def _tag(domain: str, name: str) -> str:
    return f"tag:{domain},{NAMED_SINCE}:{name}"
