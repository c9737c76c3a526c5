"""What a reader is shown: the types of an edition's content. How it comes about is in `composing`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import msgspec

from monitor.core.agreement import Layout
from monitor.core.digest.heard import Completeness
from monitor.core.edition import Window
from monitor.core.json import Json
from monitor.core.ways_back import NO_WAY, WaysBack


class Mark(StrEnum):
    """What a marked piece of text is."""

    NONE = ""
    TERM = "term"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text that is shown, marked or not."""

    text: str
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class CopyLine:
    """Another outlet that carries the story."""

    outlet: str
    url: str = ""
    """Empty when only its name is known."""


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """The copies of one owner."""

    owner: str
    """Empty when nobody knows."""
    copies: tuple[CopyLine, ...]
    same_owner: bool = False
    """It also owns the outlet that the story is shown by."""


@dataclass(frozen=True, slots=True)
class Development:
    """How a story has grown that an earlier edition has shown."""

    sent: datetime
    """When the edition that first showed it was made."""
    publishers: int
    """How many carried it when readers were last told."""
    new: tuple[CopyLine, ...]
    """Outlets that have come since."""


@dataclass(frozen=True, slots=True)
class Item:
    """One story, shown by the outlet of the highest tier."""

    story: str
    article: str
    """Id of the article shown."""
    headline: str
    url: str
    outlet: str
    byline: str
    published_at: datetime | None
    """The feed's word."""
    first_seen: datetime | None
    """Our clock's."""
    term: str
    """The term that stands highest in it, as the agreement writes it."""
    extract: tuple[Piece, ...]
    """Within the outlet's rights; empty when they allow none."""
    why: tuple[Piece, ...]
    """Why it is here, in a sentence: `Adult Disability Payment · in connection with Scotland`."""
    copies: tuple[CopyGroup, ...] = ()
    also: tuple[str, ...] = ()
    """Titles of the other sections it belongs to, in the agreement's order."""
    major: bool = False
    evidence: str = "full"
    """`summary` or `headline`: judged without the full text, and the mail says so."""
    note: str = ""
    """`now major`, `recategorised` ..."""
    weight: tuple[int | bool, ...] = ()
    """By which stories are ordered, the weightiest first; never shown."""
    page: str = ""
    """Where it stands in print, as far as its outlet says: `page 7, Scottish edition`."""
    publishers: int = 1
    """Distinct owners that carry it, the one of the outlet shown among them."""
    editors_line: str = ""
    """An editor's words, set above it."""
    pinned: bool = False
    """An editor put it before the others."""
    development: Development | None = None
    """Set when an earlier edition has shown it and it has grown since."""

    @property
    def at(self) -> datetime | None:
        """When it was published, as far as anybody says; else when we saw it."""
        return self.published_at or self.first_seen


@dataclass(frozen=True, slots=True)
class TopStory:
    """One of the weightiest stories, named at the head; it stands in its section, too."""

    story: str
    headline: str
    url: str
    outlet: str
    section: str
    """Title of the section it is filed in."""
    why: tuple[Piece, ...]
    publishers: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many stories are of one day."""

    day: date
    """In London."""
    stories: int


@dataclass(frozen=True, slots=True)
class CutLine:
    """A story that did not fit into the mail."""

    headline: str
    url: str
    outlet: str
    article: str = ""
    """Id of the article; empty in editions of before it was kept."""


@dataclass(frozen=True, slots=True)
class Update:
    """An article that an earlier edition showed, and whose text is another now."""

    article: str
    """Id of the text as it is now."""
    headline: str
    url: str
    outlet: str
    section: str
    """Title of the section it was shown under."""
    what: tuple[str, ...]
    """What changed, in sentences: `no longer in BENEFITS: Universal Credit is gone`."""
    gone: bool = False
    """It is no longer in that section."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Stories of a section that are filed in another."""

    section: str
    title: str
    stories: int


@dataclass(frozen=True, slots=True)
class Usual:
    """How many stories a section has, and had in earlier editions."""

    filed: int
    """How many this edition files there."""
    low: int
    high: int
    """Four fifths of the editions had from `low` to `high`."""
    editions: int
    """How many it was counted in."""
    same_day: bool
    """Whether these all fell on the same weekday."""
    full: bool = False
    """This edition has more than chance brings once in 200 editions."""
    empty: bool = False
    """The same of fewer."""


CATCH_UP = "catch_up"
"""The id of the part with what earlier editions missed."""


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One section of the edition, or the part with what was caught up (`CATCH_UP`)."""

    id: str
    title: str
    """As the agreement prints it."""
    items: tuple[Item, ...] = ()
    """The stories filed here, the weightiest first; with `show_in_each` also those filed elsewhere."""
    count: int = 0
    """Stories that belong here, those filed elsewhere included."""
    major: int = 0
    """How many of these are major."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Where the others stand."""
    held: int = 0
    """Stories that matched, were not major, and were not counted as such in the last edition."""
    cut: tuple[CutLine, ...] = ()
    """The stories that did not fit into the mail."""
    unnamed: int = 0
    """How many more there were, when not even their names fitted."""
    developments: tuple[Item, ...] = ()
    """Stories of earlier editions that have grown since; not among those counted."""
    usual: Usual | None = None
    """How many were filed here in earlier editions; None without enough of these."""

    @property
    def told(self) -> tuple[Item, ...]:
        """What stands in it with more than its name: new stories, then developments."""
        return (*self.items, *self.developments)


@dataclass(frozen=True, slots=True)
class EditorsPart:
    """What editors did with the stories of an edition, counted."""

    left_out: int = 0
    """Stories kept out; one that the last edition kept out too is not counted again."""
    held_over: int = 0
    """Stories that wait for the next edition."""
    added: int = 0
    """Stories shown that the rules left out."""
    moved: int = 0
    """Stories shown in another section than the rules say."""


@dataclass(frozen=True, slots=True)
class EditionContent:
    """Everything the templates need; frozen as JSON with the edition."""

    agreement: str
    client: str
    title: str
    """The digest's: `Morning digest`."""
    window: Window
    made_at: datetime
    until: datetime
    """What was seen up to here is in it: the window's end or, made late or early, the moment it was made."""
    delayed: bool
    sections: tuple[SectionPart, ...]
    completeness: Completeness
    articles: int
    """Articles looked at in the window."""
    stories: int = 0
    """Stories shown or named, each counted once."""
    major: int = 0
    """How many of these are major."""
    lead: str = ""
    """The term of the weightiest story; empty when there is none."""
    updates: tuple[Update, ...] = ()
    """Articles of earlier editions that say something else now."""
    unassigned: int = 0
    """Key journalists' articles that fit no section: in no digest."""
    layout: Layout = Layout.FULL
    theme: str = ""
    """Whose logo, line and colours it bears; empty: none."""
    top: tuple[TopStory, ...] = ()
    """The weightiest of the major stories, three at most."""
    days: tuple[DayCount, ...] = ()
    """Stories by day, when the window spans several."""
    editors: EditorsPart = EditorsPart()
    """What editors did; readers are told."""
    unjudged: tuple[str, ...] = ()
    """Sections of the agreement whose files have faults and were never published: nothing was looked for."""
    missed: tuple[datetime, ...] = ()
    """When the editions were due that nobody was there to make: this one has what was theirs."""
    early: bool = False
    """It went before its time, which is the window's end, because of a major story."""
    lost: datetime | None = None
    """What was sent after this instant is not known any more, and may stand here again."""
    back: WaysBack = NO_WAY
    """What a reader can do from it."""

    @property
    def dated(self) -> datetime:
        """By which it is called: its slot, also while it is still laid out; made late, when that was."""
        return max(self.until, self.window.end)

    @property
    def to_come(self) -> bool:
        """Whether more may still come in for it: its window is not over."""
        return self.made_at < self.window.end

    @property
    def held(self) -> int:
        """Stories held back, summed over the sections that held them."""
        return sum(part.held for part in self.sections)

    @property
    def cut(self) -> int:
        """Stories that did not fit into the mail."""
        return sum(len(part.cut) + part.unnamed for part in self.sections)

    @property
    def developments(self) -> int:
        """Stories of earlier editions that are told again."""
        return sum(len(part.developments) for part in self.sections)

    @property
    def unusual(self) -> tuple[SectionPart, ...]:
        """Sections that are unusually full or empty."""
        return tuple(p for p in self.sections if p.usual and (p.usual.full or p.usual.empty))

    @property
    def repeats(self) -> bool:
        """Whether some stories are counted in several sections."""
        return sum(part.count for part in self.sections if part.id != CATCH_UP) > self.stories

    @property
    def items(self) -> Iterable[Item]:
        """The stories shown, in the order they stand."""
        return (item for part in self.sections for item in part.items)

    @staticmethod
    def from_json(text: str) -> EditionContent:
        """The content that was frozen so; what was not known then is as it is without."""
        return msgspec.json.decode(text, type=EditionContent)

    def to_json(self) -> str:
        """The content as one line of JSON, the same for the same content."""
        return json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"no JSON for {type(value).__name__}")
