"""`monitor stories`: what is folded as one story, and an editor's word against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import typer

from monitor import app as house
from monitor.cli.options import HERE, AsJson, Author, Home, Reason
from monitor.cli.output import count, finish, print_json, table, tell
from monitor.core.article import Article
from monitor.core.dates import in_london
from monitor.core.json import Json
from monitor.core.source import Sources
from monitor.core.story import StoryDecision, Verb
from monitor.errors import InputError
from monitor.jobs import curate
from monitor.jobs.curate import Shown

app = typer.Typer(help="Stories: list, show, join, split.", no_args_is_help=True, rich_markup_mode=None)
ArticleName = Annotated[str, typer.Argument(help="The beginning of an article's id, or its address.")]
_SAID = {Verb.JOIN: "joined", Verb.SPLIT: "split"}


@app.callback()
def _group() -> None:
    """Stories: list, show, join, split."""


@app.command("list")
def list_(
    hours: Annotated[int, typer.Option("--hours", min=1, help="How far back: first seen since then.")] = 72,
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """List the stories of several articles, and those that an editor decided on, the largest first."""
    with house.open_workspace(home) as workspace:
        until = workspace.clock()
        found = curate.between(workspace.curator(), until - timedelta(hours=hours), until)
    sources = house.read_library(home).sources
    found.sort(key=lambda shown: (-len(shown.story.articles), shown.story.id))
    if as_json:
        for shown in found:
            print_json(_to_json(shown, sources))
    else:
        table(("story", "articles", "owners", "outlets", "headline", "decided"), [_row(s, sources) for s in found])
        tell(f"{count(len(found), 'story', 'stories')} in {count(hours, 'hour')}")
    finish()


@app.command()
def show(article: ArticleName, home: Home = HERE, as_json: AsJson = False) -> None:
    """Show the story that an article is in: its articles, their owners, and what editors decided."""
    with house.open_workspace(home) as workspace:
        [found] = _articles(workspace, [article])
        shown = curate.show(workspace.curator(), found)
    _tell(shown, house.read_library(home).sources, as_json=as_json)


@app.command()
def join(
    articles: Annotated[list[str], typer.Argument(help="Two articles or more: ids or addresses.")],
    author: Author = "",
    reason: Reason = "",
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Make one story of articles and all that is folded with them; copies that come later follow."""
    with house.open_workspace(home) as workspace:
        found = _articles(workspace, articles)
        shown = curate.join(workspace.curator(), found, author, reason)
    _tell(shown, house.read_library(home).sources, as_json=as_json)


@app.command()
def split(
    article: ArticleName, author: Author = "", reason: Reason = "", home: Home = HERE, as_json: AsJson = False
) -> None:
    """Take an article out of its story; a copy that comes later goes with what it is likest."""
    with house.open_workspace(home) as workspace:
        [found] = _articles(workspace, [article])
        before = curate.show(workspace.curator(), found).story.articles
        shown = curate.split(workspace.curator(), found, author, reason)
    if not as_json:
        were = count(len(before), "article")
        tell(f"“{found.headline}” was one of {were} of a story, and is apart from them now:")
    _tell(shown, house.read_library(home).sources, as_json=as_json)


def _articles(workspace: house.Workspace, names: Sequence[str]) -> list[Article]:
    """The stored articles of these names, or the reason for each that there is none."""
    found = [(name, workspace.store.find_article(name)) for name in names]
    missing = ", ".join(name for name, article in found if article is None)
    if missing:
        raise InputError(f"no such article is stored: {missing}: give the beginning of its id, or its address")
    return [article for _, article in found if article is not None]


def _tell(shown: Shown, sources: Sources, *, as_json: bool) -> None:
    if as_json:
        print_json(_to_json(shown, sources))
        finish()
    story = shown.story
    tell(f"story {story.id}: {count(len(story.articles), 'article')}, {count(_owners(shown, sources), 'owner')}")
    rows = [(a.id[:10], _when(a), a.outlet, _owner(a, sources), a.headline) for a in story.articles]
    table(("article", "first seen (London)", "outlet", "owner", "headline"), rows)
    for decision in shown.decisions:
        tell(_sentence(decision))
    finish()


def _when(article: Article) -> str:
    return in_london(article.first_seen, "%a %d %b %H:%M")


def _sentence(decision: StoryDecision) -> str:
    lines = " and ".join(sorted(line[:10] for line in decision.lines))
    at = in_london(decision.at, "%d %b %Y %H:%M")
    return f"{at}, {decision.author} {_SAID[decision.verb]} {lines}: {decision.reason}"


def _row(shown: Shown, sources: Sources) -> tuple[object, ...]:
    articles = shown.story.articles
    outlets = ", ".join(dict.fromkeys(a.outlet or "?" for a in articles))
    decided = ", ".join(dict.fromkeys(f"{_SAID[d.verb]} by {d.author}" for d in shown.decisions))
    return shown.story.id, len(articles), _owners(shown, sources), outlets, articles[0].headline, decided


def _owners(shown: Shown, sources: Sources) -> int:
    return len({_owner(article, sources) for article in shown.story.articles})


def _owner(article: Article, sources: Sources) -> str:
    outlet = sources.outlets.get(article.outlet or "")
    return outlet.owner if outlet else article.outlet or ""


def _to_json(shown: Shown, sources: Sources) -> Json:
    return {
        "story": shown.story.id,
        "articles": [{**a.named(), "owner": _owner(a, sources)} for a in shown.story.articles],
        "decisions": [
            {
                "verb": str(d.verb),
                "pairs": [list(pair) for pair in d.pairs],
                "author": d.author,
                "reason": d.reason,
                "at": d.at.isoformat(),
            }
            for d in shown.decisions
        ],
    }
