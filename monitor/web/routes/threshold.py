"""What another threshold of a section would let in or keep out, by the draft, over a stretch of days."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from monitor.core.replay.sweep import Points, Step, Sweep, Swept, Threshold
from monitor.web.access import Editor
from monitor.web.pages import page
from monitor.web.previews import STRETCHES, Looked, waited, waiting_page
from monitor.web.proving import Proof, Prover
from monitor.web.words import Pager

router = APIRouter()
PAGE = 50
MOST_AT_HAND = 200
"""Articles that a page holds besides, for a script to show as a threshold moves; of more it shows how many."""
KNOBS = {
    Threshold.ABOUTNESS: (
        "Points of aboutness",
        "Subject of: 50 for the term in the headline, 30 for the lead, 5 or 10 for each hit further down.",
    ),
    Threshold.PROMINENCE: (
        "Points of prominence",
        "Major story: 2 for the term in a headline, 1 for a lead, 1 for three hits or more.",
    ),
    Threshold.IMPACT: (
        "Points of impact",
        "Major story: 1 to 3 for the publishers that carry it, 1 or 2 for the outlet's tier, 1 for a long text.",
    ),
}
Value = Annotated[int | None, Query(ge=0, le=1000)]


@dataclass(frozen=True, slots=True)
class Knob:
    """One threshold, to be turned."""

    name: str
    label: str
    hint: str
    steps: tuple[Step, ...]
    drafted: int
    chosen: int


@router.get("/a/{agreement}/draft/threshold")
def threshold(
    request: Request,
    visitor: Editor,
    look: Looked,
    section: Annotated[str, Query(max_length=200)] = "",
    aboutness: Value = None,
    prominence: Value = None,
    impact: Value = None,
    at: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """What would come and go with these values; how far it is, while it is worked out."""
    shared: dict[str, Any] = {"agreement": look.room.agreement, "look": look, "section": section}
    if look.faults:
        return page(request, "threshold.html.j2", 422, sweep=None, stretches=STRETCHES, **shared)
    piece = look.sweep(section)
    found = waited(piece)
    if found is None:
        return waiting_page(request, look, piece, "Thresholds", f"sweep {section}")
    turned = {Threshold.ABOUTNESS: aboutness, Threshold.PROMINENCE: prominence, Threshold.IMPACT: impact}
    needed = _needed(found.sweep, turned)
    came, went = found.sweep.moved(needed)
    moved = sorted((*came, *went), key=found.sweep.articles.index)
    typed = [(str(t), str(needed.of(t))) for t in found.sweep.thresholds]
    pager = Pager(len(moved), at, PAGE, look.threshold, (*look.typed, ("section", section), *typed))
    listed = moved[pager.skip : pager.skip + PAGE]
    held = _at_hand(found.sweep, listed)
    prover = Prover(look.room, found.draft.old, found.draft.new)
    return page(
        request,
        "threshold.html.j2",
        stretches=STRETCHES,
        title=prover.title(section),
        sweep=found.sweep,
        at=found.at,
        knobs=[_knob(found.sweep, t, needed) for t in found.sweep.thresholds],
        came=len(came),
        went=len(went),
        count=sum(one.is_in(needed) for one in found.sweep.articles),
        rows=_rows(found.sweep, prover, [*listed, *held], shown=len(listed), came=came),
        data=_data(found.sweep),
        pager=pager,
        **shared,
    )


def _needed(sweep: Sweep, turned: Mapping[Threshold, int | None]) -> Points:
    """What would be needed: what the draft needs, but for the thresholds that were turned."""
    needed = sweep.needed
    for name in sweep.thresholds:
        value = turned[name]
        needed = needed if value is None else needed.put(name, value)
    return needed


def _knob(sweep: Sweep, name: Threshold, needed: Points) -> Knob:
    said, hint = KNOBS[name]
    steps = sweep.steps(name)
    if needed.of(name) not in {step.value for step in steps}:
        steps = tuple(sorted((*steps, sweep.step(name, needed.of(name))), key=lambda step: step.value))
    return Knob(str(name), said, hint, steps, sweep.needed.of(name), needed.of(name))


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list, or held ready for it."""

    number: int
    """Its place in the sweep."""
    proof: Proof
    comes: bool
    shown: bool


def _rows(
    sweep: Sweep, prover: Prover, articles: list[Swept], *, shown: int, came: tuple[Swept, ...]
) -> list[Row]:
    numbers = {one.article.id: number for number, one in enumerate(sweep.articles)}
    coming = {one.article.id for one in came}
    proofs = prover.swept(articles, sweep.section)
    return [Row(numbers[p.article.id], p, p.article.id in coming, place < shown) for place, p in enumerate(proofs)]


def _at_hand(sweep: Sweep, listed: list[Swept]) -> list[Swept]:
    """Articles nearest to where the draft draws the line, without those that are listed."""
    there = {one.article.id for one in listed}
    others = [one for one in sweep.articles if one.article.id not in there]
    return sorted(others, key=lambda one: one.turn(sweep.needed))[:MOST_AT_HAND]


def _data(sweep: Sweep) -> dict[str, str]:
    """The points of every article, and what the draft needs, for a script."""
    points = [[[p.of(t) for t in sweep.thresholds] for p in one.points] for one in sweep.articles]
    return {
        "articles": json.dumps(points, separators=(",", ":")),
        "needed": json.dumps([sweep.needed.of(t) for t in sweep.thresholds]),
    }
