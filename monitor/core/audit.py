"""Audit: where a match is, for one digest. In one edition, or in none for a reason; else something is wrong.

Everything is told from what the ledger keeps: when a text was seen, stored and judged, which editions were made
when, and what each did with it. What the rules say is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.edition import ItemState, Window
from monitor.core.significance import WITHIN

AT_WORK = timedelta(minutes=15)
"""A text judged so shortly before an edition was made may have been too late for it: the next one has it."""


class Whereabouts(StrEnum):
    """Where a match is. Those of `WRONG` are what an audit looks for; every other one is accounted for."""

    SHOWN = "shown"
    FOLDED = "folded"
    """Under another article of its story, in this edition or an earlier one."""
    UPDATED = "updated"
    """Told among the updates, as another text of what was shown."""
    DEVELOPED = "developed"
    """Told as a development of a story that was sent before."""
    EXPIRED = "expired"
    """An edition has it that reached nobody: every delivery expired or failed."""
    BELOW_SIGNIFICANCE = "below significance"
    """Its section asks for major stories, and its story was not major while it was new."""
    EXCLUDED = "excluded"
    """By an editor."""
    HELD = "held"
    """By an editor, for the next edition."""
    WAITING = "waiting"
    """For the edition that is made next."""
    REPLACED = "replaced"
    """Its text changed before an edition was made: the later text is a match of its own, or is none."""
    TOO_OLD = "too old"
    """First seen before what any edition looked back to: of an archive, or of before the digest was there."""
    NOT_ASKED_FOR = "not asked for"
    """The digest did not have its section then."""
    TWICE = "twice"
    """Two editions have it."""
    LOST = "lost"
    """It should be in an edition, and is in none."""


WRONG = (Whereabouts.TWICE, Whereabouts.LOST)
MEANING = {
    Whereabouts.SHOWN: "an edition shows it",
    Whereabouts.FOLDED: "folded into its story, which an edition shows by another article",
    Whereabouts.UPDATED: "told among the updates of an edition",
    Whereabouts.DEVELOPED: "an edition tells it as a development of a story that was sent before",
    Whereabouts.EXPIRED: "in an edition that reached nobody",
    Whereabouts.BELOW_SIGNIFICANCE: "not a major story, where the section asks for major ones",
    Whereabouts.EXCLUDED: "kept out by an editor",
    Whereabouts.HELD: "kept by an editor for the next edition",
    Whereabouts.WAITING: "waits for the next edition",
    Whereabouts.REPLACED: "its text changed before an edition was made: the later text counts",
    Whereabouts.TOO_OLD: "first seen before what any edition looked back to",
    Whereabouts.NOT_ASKED_FOR: "the digest did not have its section then",
    Whereabouts.TWICE: "in two editions",
    Whereabouts.LOST: "in no edition, and nothing says why",
}
"""Each in words that an FOI officer can pass on."""
_TAKEN = {
    ItemState.SHOWN: Whereabouts.SHOWN,
    ItemState.COPY: Whereabouts.FOLDED,
    ItemState.UPDATED: Whereabouts.UPDATED,
}
"""Of these an article has one, in one edition."""
_NOT_TAKEN = {
    ItemState.HELD: Whereabouts.BELOW_SIGNIFICANCE,
    ItemState.EXCLUDED: Whereabouts.EXCLUDED,
    ItemState.HELD_OVER: Whereabouts.HELD,
}


@dataclass(frozen=True, slots=True)
class AuditedMatch:
    """One text of an article that is in a section, as far as an audit asks."""

    article: str
    line: str
    first_seen: datetime
    stored_at: datetime
    judged_at: datetime
    sections: tuple[str, ...]
    """Those it was in when it was judged."""
    replaced_at: datetime | None = None
    """When the next text of its line was seen."""

    @property
    def ready(self) -> datetime:
        """From when on an edition could have it."""
        return max(self.first_seen, self.stored_at, self.judged_at)


@dataclass(frozen=True, slots=True)
class AuditedEdition:
    """An edition without its mail."""

    id: str
    digest: str
    window: Window
    made_at: datetime
    reached_nobody: bool = False
    """It had recipients, and every delivery expired or failed."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a match is, and which editions say so."""

    match: AuditedMatch
    where: Whereabouts
    editions: tuple[str, ...] = ()
    """Their ids; of one that is lost, the edition that should have it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The editions of one digest, the oldest first."""

    editions: Sequence[AuditedEdition]
    sections_of: Callable[[str], Collection[str]]
    """The sections that an edition had, by its id."""
    looks_from: datetime | None
    """The edition that is made next looks at what was first seen from here on; None: none is made any more."""

    def locate(self, match: AuditedMatch, did: Iterable[tuple[str, ItemState]]) -> Located:
        """Where a match is; `did` says which editions of this digest did something with it, and what."""
        states: dict[str, ItemState] = {}
        for edition, state in did:
            if state is not ItemState.DEVELOPED:
                states[edition] = state
            states.setdefault(edition, state)
        here = [(e, states[e.id]) for e in self.editions if e.id in states]
        taken = [(e, _TAKEN[state]) for e, state in here if state in _TAKEN]
        if len(taken) > 1:
            return Located(match, Whereabouts.TWICE, tuple(e.id for e, _ in taken))
        told = taken or [(e, Whereabouts.DEVELOPED) for e, state in here if state is ItemState.DEVELOPED]
        if told:
            first, where = told[0]
            return Located(match, Whereabouts.EXPIRED if first.reached_nobody else where, (first.id,))
        if not here:
            return self._in_none(match)
        last, state = here[-1]
        return self._passed_over(match, last, _NOT_TAKEN[state])

    def _passed_over(self, match: AuditedMatch, last: AuditedEdition, where: Whereabouts) -> Located:
        """What an editor holds must come back: the edition after the last that held it has it, or it is lost."""
        later = next((e for e in self.editions if e.window.end > last.window.end), None)
        if where is Whereabouts.HELD and later and not self._was_replaced(match, later):
            return Located(match, Whereabouts.LOST, (later.id,))
        return Located(match, where, (last.id,))

    def _in_none(self, match: AuditedMatch) -> Located:
        """Of a match that no edition did anything with."""
        after = [e for e in self.editions if e.made_at >= match.ready + AT_WORK]
        asked = [e for e in after if set(match.sections) & set(self.sections_of(e.id))]
        reaches = [e for e in asked if match.first_seen >= e.window.start - WITHIN]
        if asked and self._was_replaced(match, asked[0]):
            return Located(match, Whereabouts.REPLACED)
        if reaches:
            return Located(match, Whereabouts.LOST, (reaches[0].id,))
        if (after and not asked) or self.looks_from is None:
            return Located(match, Whereabouts.NOT_ASKED_FOR)
        if match.first_seen < self.looks_from:
            return Located(match, Whereabouts.TOO_OLD)
        return Located(match, Whereabouts.REPLACED if match.replaced_at else Whereabouts.WAITING)

    @staticmethod
    def _was_replaced(match: AuditedMatch, edition: AuditedEdition) -> bool:
        return match.replaced_at is not None and match.replaced_at <= edition.made_at
