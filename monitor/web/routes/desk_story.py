"""A story of the desk, article by article: another is joined to it, one is split off, either is undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Form, Request, Response
from starlette.exceptions import HTTPException

from monitor.app import show_desk
from monitor.core.agreement import Digest
from monitor.core.story import StoryDecision, Verb, standing
from monitor.errors import InputError, MonitorError, RevisionConflict
from monitor.jobs import curate
from monitor.jobs.curate import Shown
from monitor.web.access import Editor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.at_desk import StoryWord, decide, digest_of, unsigned
from monitor.web.pages import page, status_of
from monitor.web.said import said_before, then_said
from monitor.web.words import capital

router = APIRouter()
NO_OTHER = "Choose what to join it with, or give the address of an article of the other story"
DONE = {"join": "They are one story now", "split": "It is a story of its own now", "undo": "That is undone"}
Fields: TypeAlias = dict[tuple[str, str | datetime | None], str]
"""The field of a form's reason, by what the form does, and to which article or decision."""
SAID = {Verb.JOIN: "joined", Verb.SPLIT: "set apart"}


@router.get("/a/{agreement}/desk/story")
def story(request: Request, visitor: Editor, room: InRoom, article: str, digest: str = "") -> Response:
    """The story that an article is in."""
    return _story_page(request, room, digest_of(room, digest), article, done=said_before(request))


@router.post("/a/{agreement}/desk/story")
def decision(
    request: Request,
    visitor: Editor,
    room: InRoom,
    what: Annotated[str, Form(alias="act")],
    article: Annotated[str, Form(max_length=2000)],
    reason: Annotated[str, Form(max_length=1000)] = "",
    other: Annotated[str, Form(max_length=2000)] = "",
    address: Annotated[str, Form(max_length=2000)] = "",
    at: Annotated[datetime | None, Form()] = None,
    looked: Annotated[datetime | None, Form()] = None,
    digest: Annotated[str, Form()] = "",
) -> Response:
    """Say what is one story and what is not, and look at it again; what cannot be said is told above it."""
    of = digest_of(room, digest)
    joined = address.strip() or other
    names = (article, joined) if what == "join" else (article,)
    word = StoryWord(what, names, reason, looked, at)
    try:
        decide(room, visitor.user.name, word)
    except (InputError, RevisionConflict) as error:
        return _story_page(request, room, of, article, fault=error, asked=word)
    write_act(request, visitor, f"story: {what}", " ".join(names))
    path = f"{room.path}/desk/story"
    return then_said(request, path, DONE[what], place="done", article=article, digest=of.id)


def _story_page(
    request: Request,
    room: Room,
    digest: Digest,
    name: str,
    *,
    done: str = "",
    fault: MonitorError | None = None,
    asked: StoryWord | None = None,
) -> Response:
    article = room.workspace.store.find_article(name)
    if article is None:
        raise HTTPException(404)
    curator = room.workspace.curator()
    looked = curator.clock()
    shown = curate.show(curator, article)
    decisions = curator.records.story_decisions()
    ids = {a.id for a in shown.story.articles}
    view, _ = show_desk(room.workspace, room.library, room.agreement, digest)
    return page(
        request,
        "desk_story.html.j2",
        status_of(fault),
        agreement=room.agreement,
        digest=digest,
        article=article,
        articles=[(a, room.outlet(a.outlet or "")) for a in shown.story.articles],
        decisions=[(d, SAID[d.verb], _headlines(room, d.lines), standing(d, decisions)) for d in shown.decisions],
        others=[(i.article, f"{i.no}. {i.headline} ({i.outlet})") for i in view.items if i.article not in ids],
        looked=looked,
        done=done,
        faults=_faults(fault, asked, _forms(shown, decisions)) if fault and asked else [],
        asked=asked or StoryWord("", (), ""),
    )


def _faults(fault: MonitorError, asked: StoryWord, forms: Fields) -> list[tuple[str, str]]:
    """What is wrong, by the field to mend; of a form that is not on the page any more, by the story itself."""
    if asked.what == "join":
        other = asked.names[1]
        alone = "" if other else NO_OTHER
        missing = [(field, what) for field, what in (("other", alone), ("reason", unsigned(asked.reason))) if what]
        return missing or [("address" if "/" in other else "other", capital(fault))]
    of = asked.at if asked.what == "undo" else asked.names[0]
    return [(forms.get((asked.what, of), "story"), capital(fault))]


def _forms(shown: Shown, decisions: Sequence[StoryDecision]) -> Fields:
    """Of each form on the page that splits or undoes."""
    articles, latest_first = shown.story.articles, reversed(shown.decisions)
    split: Fields = {("split", one.id): f"split-{n}" for n, one in enumerate(articles, 1) if len(articles) > 1}
    undo: Fields = {
        ("undo", one.at): f"undo-{n}" for n, one in enumerate(latest_first, 1) if standing(one, decisions)
    }
    return split | undo


def _headlines(room: Room, lines: frozenset[str]) -> list[str]:
    """Of what these lines are of, in the order of their names; by its line what is not stored any more."""
    latest = [(line, room.workspace.store.texts(line)) for line in sorted(lines)]
    return [texts[-1].headline or texts[-1].url if texts else line[:10] for line, texts in latest]
