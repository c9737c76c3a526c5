"""Curation: what editors say of the articles of a digest, beside what the rules say and never in their place.

An act names the line of an article and bears on the story that the line is in: edited texts follow, copies follow.
Which acts count for an edition, and until when editors may act, is said here; what an edition makes of them, in
`digest`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.agreement import Digest
from monitor.core.dates import in_london, london_day, london_time
from monitor.core.json import Json
from monitor.core.story import Story


class Act(StrEnum):
    """What an editor does with a story."""

    EXCLUDE = "exclude"
    """It goes into no edition from now on."""
    HOLD = "hold"
    """It is not in this edition: it waits for the next."""
    ADD = "add"
    """It is in, though the rules left it out."""
    MOVE = "move"
    """It is filed in another section."""
    PIN = "pin"
    """It stands before all others in this edition."""
    NOTE = "note"
    """A line of the editor stands above it in this edition."""
    UNDO = "undo"
    """An earlier act counts no longer."""


DECIDES = (Act.EXCLUDE, Act.HOLD, Act.ADD)
"""Of these the last word on a story says whether it goes."""
ONE_EDITION = (Act.HOLD, Act.PIN, Act.NOTE)
"""These are said of one edition; the others from now on."""
PAST = {
    Act.EXCLUDE: "excluded",
    Act.HOLD: "held for the next edition",
    Act.ADD: "added",
    Act.MOVE: "moved",
    Act.PIN: "pinned",
    Act.NOTE: "given a line",
    Act.UNDO: "undone",
}


@dataclass(frozen=True, slots=True)
class Curation:
    """One act of an editor. Never changed; a later one may say otherwise."""

    act: Act
    agreement: str
    digest: str
    """Empty: every digest of the agreement."""
    edition: str
    """Id of the one edition it is said of; empty: every one from then on."""
    line: str
    """Of the article it is about; empty for an undo."""
    author: str
    reason: str
    at: datetime
    section: str = ""
    """Where it is filed: by a move, or an addition that says so."""
    text: str = ""
    """The line above it, of a note."""
    undoes: int | None = None
    """The number of the act that counts no longer."""
    no: int = 0
    """Its number, given when it is stored; acts are numbered in their order."""

    def to_json(self) -> dict[str, Json]:
        """All of it that says something."""
        return {
            "no": self.no,
            "act": str(self.act),
            "digest": self.digest or None,
            "edition": self.edition or None,
            "line": self.line or None,
            "section": self.section or None,
            "text": self.text or None,
            "undoes": self.undoes,
            "author": self.author,
            "reason": self.reason,
            "at": self.at.isoformat(),
        }

    def sentence(self, title: Callable[[str], str] = str) -> str:
        """`moved to MINISTERIAL by J. Editor on 27 Nov 2023 06:20: the minister spoke`, in London's time.

        `title` gives a section's heading for its id, as `Agreement.title` does.
        """
        into = f" to {title(self.section)}" if self.section else ""
        at = in_london(self.at, "%d %b %Y %H:%M")
        return f"{PAST[self.act]}{into} by {self.author} on {at}: {self.reason}"


# --------------------------------------------------------------- which acts count


def in_force(curations: Iterable[Curation], digest: str, edition: str, until: datetime) -> list[Curation]:
    """The acts that count for an edition, said before `until` and not undone by then, the oldest first."""
    said = [c for c in curations if c.digest in ("", digest) and c.at < until]
    undone = {c.undoes for c in said if c.act is Act.UNDO}
    return [c for c in said if c.act is not Act.UNDO and c.no not in undone and c.edition in ("", edition)]


@dataclass(frozen=True, slots=True)
class Said:
    """What editors say of one story in one edition: the last word of each kind."""

    decided: Curation | None = None
    """Whether it goes."""
    filed: Curation | None = None
    """In which section, when it is not the one the rules say."""
    pinned: Curation | None = None
    noted: Curation | None = None

    @property
    def act(self) -> Act | None:
        """Exclude, hold or add; None when the rules decide."""
        return self.decided.act if self.decided else None

    @property
    def goes(self) -> bool:
        """Whether no editor keeps it out of this edition."""
        return self.act not in (Act.EXCLUDE, Act.HOLD)

    @property
    def acts(self) -> tuple[Curation, ...]:
        """All of them, in the order they were said."""
        found = {c.no: c for c in (self.decided, self.filed, self.pinned, self.noted) if c}
        return tuple(found[no] for no in sorted(found))


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Curations:
    """The acts that count for one edition."""

    by_line: Mapping[str, tuple[Curation, ...]] = field(default_factory=dict)
    """The acts on each line, the oldest first."""

    @staticmethod
    def of(counting: Iterable[Curation]) -> Curations:
        """Those of `in_force`."""
        by_line: dict[str, list[Curation]] = {}
        for one in counting:
            by_line.setdefault(one.line, []).append(one)
        return Curations({line: tuple(acts) for line, acts in by_line.items()})

    def on(self, story: Story) -> Said:
        """What is said of a story: by acts on any of its articles."""
        return self.on_lines(article.line for article in story.articles)

    def on_lines(self, lines: Iterable[str]) -> Said:
        """What is said of what these lines are of."""
        acts = {c.no: c for line in lines for c in self.by_line.get(line, ())}
        if not acts:
            return NOTHING_SAID
        said = [acts[no] for no in sorted(acts)]
        return Said(
            decided=_last(said, lambda c: c.act in DECIDES),
            filed=_last(said, lambda c: c.act in (Act.MOVE, Act.ADD) and bool(c.section)),
            pinned=_last(said, lambda c: c.act is Act.PIN),
            noted=_last(said, lambda c: c.act is Act.NOTE),
        )

    @property
    def added(self) -> list[str]:
        """Lines that editors added, and nobody took back since."""
        return [line for line in self.by_line if self.on_lines([line]).act is Act.ADD]


NO_CURATIONS = Curations()


def _last(said: list[Curation], wanted: Callable[[Curation], bool]) -> Curation | None:
    return next((c for c in reversed(said) if wanted(c)), None)


def history(curations: Iterable[Curation], line: str, title: Callable[[str], str]) -> list[str]:
    """What editors ever said of an article, in sentences, the oldest first; what was undone says so.

    `title` gives a section's heading for its id.
    """
    said = list(curations)
    undone = {c.undoes: f" (undone by {c.author}: {c.reason})" for c in said if c.act is Act.UNDO}
    return [c.sentence(title) + undone.get(c.no, "") for c in said if c.line == line]


# --------------------------------------------------------------- the editor's hour


@dataclass(frozen=True, slots=True)
class Hours:
    """When editors may look at an edition, aware UTC."""

    opens: datetime
    """It is composed as a draft."""
    closes: datetime
    """What editors say from then on does not count for it."""
    goes: datetime
    """It is made and sent, whether anybody looked or not."""


def hours(digest: Digest, slot: datetime) -> Hours | None:
    """The editor's hour of the edition that goes out at `slot`, by London's clock that day; None without one."""
    if digest.hold is None:
        return None
    opens, closes = (london_time(london_day(slot), at) for at in (digest.hold.opens, digest.hold.closes))
    return Hours(opens, closes, slot)


def bearing_on(
    curations: Iterable[Curation], digest: Digest, edition: str, slot: datetime, now: datetime
) -> Curations:
    """What editors say of an edition that is made now: all of it or what they said in time."""
    theirs, until = hours(digest, slot), now + timedelta.resolution
    return Curations.of(in_force(curations, digest.id, edition, min(until, theirs.closes) if theirs else until))
