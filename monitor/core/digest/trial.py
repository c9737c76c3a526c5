"""Invented editions with everything that a template may meet: templates are tried on them before they are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.core.agreement import Layout
from monitor.core.digest.content import (
    CATCH_UP,
    CopyGroup,
    CopyLine,
    CutLine,
    DayCount,
    Development,
    EditionContent,
    EditorsPart,
    Elsewhere,
    Item,
    Mark,
    Piece,
    SectionPart,
    TopStory,
    Update,
    Usual,
)
from monitor.core.digest.heard import Completeness, GapLine, SilentSource
from monitor.core.edition import Window
from monitor.core.ways_back import Pages, WaysBack

HOSTILE = "<script>a trial & no more</script>"
"""Stands where others' words stand: a page that lets it through would let anything through."""
_END = datetime(2026, 3, 2, 7, tzinfo=UTC)
_WINDOW = Window(_END - timedelta(days=3), _END)
_COPIES = (
    CopyGroup("Ledger Group", (CopyLine("The Ledger", "https://ledger.example/1"), CopyLine("The Daybook")), True),
    CopyGroup("", (CopyLine(HOSTILE),)),
)
_WHY = (Piece("Harbour Dues", Mark.TERM), Piece(" · in connection with "), Piece("Skerry", Mark.CONTEXT))


def trials() -> Iterator[EditionContent]:
    """An edition with nothing in it and one with everything, in each layout."""
    for layout in Layout:
        yield replace(_nothing(), layout=layout)
        yield replace(_everything(), layout=layout)


def _nothing() -> EditionContent:
    return EditionContent(
        agreement="trial",
        client="A client",
        title="A trial",
        window=_WINDOW,
        made_at=_END,
        until=_END,
        delayed=False,
        sections=(
            SectionPart("empty", "EMPTY", usual=Usual(0, 0, 2, 9, same_day=True)),
            SectionPart("held", "HELD", held=2),
        ),
        completeness=Completeness(0, 0),
        articles=0,
        back=WaysBack(ask="editors@client.example"),
    )


def _everything() -> EditionContent:
    part = SectionPart(
        "harbours",
        f"HARBOURS {HOSTILE}",
        (
            _item(),
            replace(
                _item(), story="2", url="", published_at=None, extract=(), why=(), evidence="headline", copies=()
            ),
        ),
        count=5,
        major=1,
        elsewhere=(Elsewhere("ferries", "FERRIES", 1), Elsewhere(CATCH_UP, "CATCH-UP", 1)),
        held=3,
        cut=(CutLine(HOSTILE, "https://ledger.example/3", "The Ledger"), CutLine("Cut", "", "The Ledger")),
        unnamed=1,
        developments=(replace(_item(), development=Development(_END - timedelta(days=4), 1, _COPIES[0].copies)),),
        usual=Usual(5, 1, 2, 16, same_day=True, full=True),
    )
    missed = SectionPart(CATCH_UP, "CATCH-UP", (_item(),), count=1)
    return replace(
        _nothing(),
        delayed=True,
        early=True,
        sections=(
            part,
            SectionPart("low", "LOW", usual=Usual(0, 2, 4, 9, same_day=False, empty=True)),
            missed,
        ),
        completeness=_completeness(),
        articles=1234,
        stories=6,
        major=1,
        lead="Harbour Dues",
        updates=(Update("1", HOSTILE, "https://ledger.example/1", "The Ledger", "HARBOURS", ("a word is gone",)),),
        unassigned=2,
        top=(TopStory("1", HOSTILE, "https://ledger.example/1", "The Ledger", "HARBOURS", _WHY, 3),),
        days=tuple(DayCount(date(2026, 2, 27 + n), n) for n in range(2)),
        editors=EditorsPart(**dict.fromkeys(EditorsPart.__dataclass_fields__, 1)),
        unjudged=("ferries",),
        missed=(_END - timedelta(days=1),),
        lost=_END - timedelta(hours=20),
        back=Pages("https://monitor.example", leaving=True).ways_back("trial/morning/20260302T070000Z"),
    )


def _item() -> Item:
    return Item(
        story="1",
        article="1",
        headline=HOSTILE,
        url="https://ledger.example/1",
        outlet="The Ledger",
        byline=HOSTILE,
        published_at=_END - timedelta(hours=30),
        first_seen=_END - timedelta(hours=29),
        term="Harbour Dues",
        extract=(Piece("The "), Piece("Harbour Dues", Mark.TERM), Piece(HOSTILE)),
        why=_WHY,
        copies=_COPIES,
        also=("FERRIES",),
        major=True,
        evidence="summary",
        note="now major",
        page="page 7",
        publishers=3,
        editors_line=HOSTILE,
        pinned=True,
    )


def _completeness() -> Completeness:
    since = _END - timedelta(hours=40)
    silent = tuple(SilentSource(f"Outlet {n}", f"o{n}", since, "HTTP 503", usual=n) for n in range(6))
    never = SilentSource(HOSTILE, "never", None, HOSTILE)
    gaps = [
        GapLine("The Ledger", "ledger", since, _END - timedelta(hours=9), 4, whole=whole, ours=ours, usual=7)
        for whole in (True, False)
        for ours in (True, False)
    ]
    quiet = SilentSource("The Daybook", "daybook", since, long=True)
    return Completeness(40, 33, (*silent, never), (quiet,), ("Nowhere", HOSTILE), tuple(gaps))
