"""A draft seen before it is saved, as pages and the API ask for it: whose, over which days, worked out beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from monitor.app import Draft, Preview, SweepPreview, draft, draft_of_texts, preview_draft, sweep_draft
from monitor.core.dates import london_day, london_time
from monitor.core.edition import Window
from monitor.core.replay.by_section import Fate, Seen
from monitor.jobs.drafts import draft_of
from monitor.jobs.ports import Progress
from monitor.web.access import Editor
from monitor.web.agreements import InRoom, Room
from monitor.web.background import Background, Piece
from monitor.web.pages import page
from monitor.web.words import read_days

T = TypeVar("T")
DAYS = 30
PREVIEW, PROOFS = "preview", "proofs"
"""What is worked out of a draft: what moves, and then what stays where it is by another proof."""
SAID = {"index words": "Indexed", "stories": "Settled, with the stories around them,"}
"""What is done to articles in a stretch of the work; in the others they are looked at."""
LONGEST = 200
WAIT_SECONDS = 2.0
"""How long a page is kept waiting for what it asks; longer, and it shows how far it is."""
STRETCHES = ((7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "365 days"))
"""Days to choose from: how many, and what is said of them."""
Said = Annotated[str, Query(max_length=LONGEST)]


@dataclass(frozen=True, slots=True)
class Look:
    """Whose draft is looked at, and over which days."""

    room: Room
    background: Background
    visitor: str
    author: str
    """Whose draft; '' where they have none, and it is what the files say."""
    texts: Mapping[tuple[str, str], str]
    """Of the draft."""
    window: Window
    typed: tuple[tuple[str, str], ...]
    """Name and value of what was said, to ask the same again."""
    faults: tuple[tuple[str, str], ...] = ()
    """What cannot be read, by field."""

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"{self.room.path}/draft/preview"

    @property
    def is_own(self) -> bool:
        """Whether it is the visitor's own draft."""
        return self.author == self.visitor

    @property
    def threshold(self) -> str:
        """The address of the page of thresholds."""
        return f"{self.room.path}/draft/threshold"

    @property
    def first(self) -> str:
        """The first day, or what was typed for it."""
        return dict(self.typed).get("since", london_day(self.window.start).isoformat())

    @property
    def last(self) -> str:
        """The last day, or what was typed for it."""
        return dict(self.typed).get("until", london_day(self.window.end - timedelta.resolution).isoformat())

    def ago(self, days: int) -> str:
        """The first of so many days that end today."""
        return (london_day(self.room.workspace.clock()) - timedelta(days=days - 1)).isoformat()

    def query(self, **more: str) -> str:
        """What was asked, as an address has it, with these fields in place of those of their names."""
        return urlencode({name: value for name, value in {**dict(self.typed), **more}.items() if value})

    def preview(self) -> Piece[Preview]:
        """What the draft changes; where it concerns very many articles, what comes, goes and moves."""
        workspace, window = self.room.workspace, self.window
        self.background.give_up(self._place(PROOFS), but=self._asked)
        return self._piece(PREVIEW, lambda p: preview_draft(workspace, self._compared(), window, p))

    def proofs(self) -> Piece[Preview]:
        """The same, and what stays where it is by another proof, whatever time that takes."""
        workspace, window = self.room.workspace, self.window
        return self._piece(PROOFS, lambda p: preview_draft(workspace, self._compared(), window, p, proofs=True))

    def sweep(self, section: str) -> Piece[SweepPreview]:
        """What other thresholds of a section would let in."""
        workspace, window = self.room.workspace, self.window
        return self._piece(
            f"sweep {section}", lambda p: sweep_draft(workspace, self._compared(), section, window, p)
        )

    def known(self, what: str) -> Piece[Any] | None:
        """What was asked for last: `preview`, `proofs`, or `sweep` and a section."""
        return self.background.known(self._place(what))

    def _place(self, what: str) -> tuple[str, ...]:
        return self.visitor, self.room.agreement.id, self.author, what

    def _compared(self) -> Draft:
        workspace, agreement = self.room.workspace, self.room.agreement.id
        return draft_of_texts(workspace, agreement, self.texts) if self.texts else draft(workspace, agreement)

    def _piece(self, what: str, work: Callable[[Progress], T]) -> Piece[T]:
        return self.background.piece(self._place(what), self._asked, work)

    @property
    def _asked(self) -> object:
        """What the answer depends on, but for articles that arrive."""
        in_force = self.room.workspace.store.revisions_in_force()
        return (
            tuple(sorted(self.texts.items())) or self.room.library.files,
            sorted((r.agreement, r.file, r.fingerprint) for r in in_force),
            [value for name, value in self.typed if name in ("since", "until")],
            london_day(self.room.workspace.clock()),
        )


def asked_look(
    request: Request, visitor: Editor, room: InRoom, of: Said = "", since: Said = "", until: Said = ""
) -> Look:
    """The look that an address asks for: of the visitor's own draft, over the last 30 days, if it says no more."""
    window, faults = _window(room.workspace.clock(), since, until)
    named = of or visitor.user.name
    texts = draft_of(room.workspace.store, room.agreement.id, named).texts
    typed = [(n, v.strip()) for n, v in (("of", of), ("since", since), ("until", until)) if v.strip()]
    return Look(
        room,
        request.app.state.background,
        visitor.user.name,
        named if texts else "",
        texts,
        window,
        tuple(typed),
        faults,
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the articles are listed."""

    section: str = ""
    fate: str = ""
    """A fate; '' for all by which an article comes, goes or stands elsewhere."""
    term: str = ""

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each field."""
        return ("section", self.section), ("fate", self.fate), ("term", self.term)

    def of(self, seen: Iterable[Seen]) -> list[Seen]:
        """Those that are listed, in their order."""
        return [one for one in seen if self._takes(one)]

    def _takes(self, one: Seen) -> bool:
        wanted = one.fate == self.fate if self.fate else one.fate is not Fate.PROOF
        return wanted and self.section in ("", one.section) and (not self.term or self.term in one.terms)


def narrowed(section: Said = "", fate: Said = "", term: Said = "") -> Filter:
    """Which of the articles an address asks for."""
    return Filter(section, fate, term)


Narrowed = Annotated[Filter, Depends(narrowed)]
"""What a route asks for that lists articles: `asked: Narrowed`."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a draft's changes."""

    what: str
    """What was asked for: `preview` or `proofs`."""
    piece: Piece[Preview]
    found: Preview | None
    """None: it takes longer than a page is kept waiting."""


def known_of(look: Look, asked: Filter) -> Known:
    """What the draft changes, as far as it is known: first what moves, then what has another proof."""
    first = Known(PREVIEW, piece := look.preview(), waited(piece))
    if first.found is None or first.found.report.proofs:
        return first
    proofs = look.proofs()
    if asked.fate == Fate.PROOF:
        return Known(PROOFS, proofs, waited(proofs))
    return Known(PREVIEW, piece, proofs.wait(0) or first.found)


def said_of(piece: Piece[Any]) -> str:
    """How far it is, in a sentence."""
    watch = piece.watch
    if not watch.what:
        return "It waits until other work is done."
    of_all = f" of {watch.total:,}" if watch.total else ""
    return f"{SAID.get(watch.what, 'Looked at')} {watch.done:,}{of_all} articles so far."


def waited(piece: Piece[T]) -> T | None:
    """What was worked out; None when it takes longer than a page is kept waiting."""
    return piece.wait(WAIT_SECONDS)


def waiting_page(request: Request, look: Look, piece: Piece[Any], title: str, what: str) -> Response:
    """How far it is, where it takes long: a script looks again by itself, and whoever has none by a link."""
    again = f"{request.url.path}?{request.url.query}"
    told = {"title": title, "said": said_of(piece), "what": what, "again": again}
    return page(request, "preview_waiting.html.j2", 202, agreement=look.room.agreement, look=look, **told)


Looked = Annotated[Look, Depends(asked_look)]
"""What a route below `/a/{agreement}/draft` asks for: `look: Looked`."""


def _window(now: datetime, since: str, until: str) -> tuple[Window, tuple[tuple[str, str], ...]]:
    """From the start of the first day to now, or to the end of the last; the usual one where they say no days."""
    days, faults = read_days(since, until)
    end = days["until"] or now
    start = days["since"] or london_time(london_day(end - timedelta.resolution) - timedelta(days=DAYS - 1))
    if start >= end and not faults:
        faults.append(("since", "The first day is later than the last: swap them"))
    return Window(start, end) if not faults else Window(now - timedelta(days=1), now), tuple(faults)
