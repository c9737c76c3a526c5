"""The desk, for programs: the next edition as it will go, an editor's word on a story, and what is one story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query, Request

from monitor.app import show_desk
from monitor.jobs import curate
from monitor.jobs.curate import Shown
from monitor.jobs.desk import DeskItem, Seen
from monitor.web.access import Editor, write_act
from monitor.web.agreements import InRoom, Room
from monitor.web.at_desk import StoryWord, Word, decide, digest_of, say, stored
from monitor.web.described import api_router

router = api_router()
Article = Annotated[str, Query(min_length=1, max_length=2000, description="Id or address of a stored article.")]


@dataclass(frozen=True, slots=True)
class DeskSuggestion:
    """A section in which a story stands nearly as high, or that a key journalist's article came nearest to."""

    section: str
    act: str
    """`move` or `add`: say it of the story, with this section, to take the suggestion."""
    why: str


@dataclass(frozen=True, slots=True)
class DeskStory:
    """A story on the desk."""

    no: int
    standing: str
    """`in`, `told again`, `held`, `excluded`, `not major`, `unassigned` or `near miss`."""
    article: str
    """By which to name it."""
    headline: str
    url: str
    outlet: str
    section: str
    others: int
    """Other articles of the story."""
    major: bool
    new: bool
    first_seen: datetime | None
    why: str
    acts: list[dict[str, Any]]
    """What editors say of it, as far as it counts."""
    suggestion: DeskSuggestion | None


@dataclass(frozen=True, slots=True)
class DeskState:
    """The next edition as it will go."""

    digest: str
    edition: str
    """Say which one you saw with every act."""
    last_act: int
    """And this with it: an act on what changed since is refused (409)."""
    subject: str
    goes_at: datetime
    closes_at: datetime | None
    is_open: bool
    stories: list[DeskStory]


@router.get("/agreements/{agreement}/desk")
def desk(visitor: Editor, room: InRoom, digest: str = "") -> DeskState:
    """The desk of a digest, of the first when none is named."""
    of = digest_of(room, digest)
    view, draft = show_desk(room.workspace, room.library, room.agreement, of)
    closes = view.hours.closes if view.hours else None
    stories = [_story(item) for item in view.items]
    told = (of.id, view.edition, view.last_act, draft.mail.subject, view.window.end, closes, view.is_open)
    return DeskState(*told, stories)


def _story(item: DeskItem) -> DeskStory:
    acts = [act.to_json() for act in item.acts]
    named = (item.no, str(item.standing), item.article, item.headline, item.url, item.outlet, item.section)
    return DeskStory(*named, item.others, item.major, item.new, item.first_seen, item.why, acts, _suggestion(item))


def _suggestion(item: DeskItem) -> DeskSuggestion | None:
    found = item.suggestion
    return DeskSuggestion(found.section, str(found.act), found.why) if found else None


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of a story."""

    act: str
    """`exclude`, `hold`, `add`, `move`, `pin`, `note`, `include` or `undo`."""
    name: str
    """The article's id; of `undo` the number of the act; of `add` an address will do."""
    reason: str
    edition: str
    last_act: int
    digest: str = ""
    section: str = ""
    """Of `move` and `add`: where it is filed."""
    text: str = ""
    """Of `note`: the line above it."""


@router.post("/agreements/{agreement}/desk")
def act(request: Request, visitor: Editor, room: InRoom, said: Saying) -> list[dict[str, Any]]:
    """Say so of a story; the acts that it came to."""
    of = digest_of(room, said.digest)
    seen = Seen(said.edition, said.last_act)
    word = Word(said.act, said.name.strip(), said.reason, said.section, said.text, seen)
    acts = say(room, of, visitor.user.name, word)
    write_act(request, visitor, f"desk: {word.what}", f"{of.id} {word.name}".strip())
    return [one.to_json() for one in acts]


# --------------------------------------------------------------- what is one story


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story."""

    article: str
    headline: str
    url: str
    outlet: str
    first_seen: datetime | None


@dataclass(frozen=True, slots=True)
class StoryDecided:
    """What an editor decided on it."""

    verb: str
    pairs: list[list[str]]
    """Of which articles it is said, by their lines."""
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoryState:
    """What is told as one."""

    story: str
    looked: datetime
    """Say it with every decision: what somebody decided since is told (409)."""
    articles: list[StoryArticle]
    decisions: list[StoryDecided]


@router.get("/agreements/{agreement}/desk/story")
def story(visitor: Editor, room: InRoom, article: Article) -> StoryState:
    """The story that an article is in."""
    curator = room.workspace.curator()
    looked = curator.clock()
    return _state(room, curate.show(curator, stored(room, article)), looked)


@dataclass(frozen=True, slots=True)
class Deciding:
    """What is said of articles being one story."""

    act: str
    """`join`, `split` or `undo`."""
    articles: list[str]
    """Ids or addresses; a split and an undo are of the first."""
    reason: str
    looked: datetime
    at: datetime | None = None
    """Of `undo`: the moment of the decision."""


@router.post("/agreements/{agreement}/desk/story")
def decision(request: Request, visitor: Editor, room: InRoom, said: Deciding) -> StoryState:
    """Join stories, split an article off, or undo either; the story of the first article then."""
    word = StoryWord(said.act, tuple(said.articles), said.reason, said.looked, said.at)
    shown = decide(room, visitor.user.name, word)
    write_act(request, visitor, f"story: {said.act}", " ".join(said.articles))
    return _state(room, shown, room.workspace.clock())


def _state(room: Room, shown: Shown, looked: datetime) -> StoryState:
    articles = [
        StoryArticle(a.id, a.headline, a.url, room.outlet(a.outlet or ""), a.first_seen)
        for a in shown.story.articles
    ]
    decisions = [
        StoryDecided(str(d.verb), [list(pair) for pair in d.pairs], d.author, d.reason, d.at)
        for d in shown.decisions
    ]
    return StoryState(shown.story.id, looked, articles, decisions)
