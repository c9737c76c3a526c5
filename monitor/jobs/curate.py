"""Curate: an editor joins articles to one story, or takes one out of it; both are remembered with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import Article
from monitor.core.story import Story, StoryDecision, Verb, paired, standing
from monitor.errors import InputError, RevisionConflict
from monitor.jobs.folding import Records, folded, story_of
from monitor.jobs.ports import Clock, Clusterer
from monitor.jobs.signing import must_be_signed


@dataclass(frozen=True, slots=True)
class Curator:
    """What curating needs."""

    records: Records
    copies: Clusterer
    clock: Clock


@dataclass(frozen=True, slots=True)
class Shown:
    """A story with what editors said of its articles, the oldest decision first."""

    story: Story
    decisions: tuple[StoryDecision, ...]


def join(
    curator: Curator, articles: Sequence[Article], author: str, reason: str, looked: datetime | None = None
) -> Shown:
    """Make one story of the articles and all that is folded with them, from now on.

    Raises:
        InputError: they are one story already, or there is no author or reason.
        RevisionConflict: somebody decided on one of the stories after `looked`.
    """
    must_be_signed(author, reason)
    found = [story_of(article, curator.records, curator.copies) for article in articles]
    groups = list({story.id: story for story in found}.values())
    if len(groups) < 2:
        raise InputError("these are one story already: nothing to join")
    for story in groups:
        _must_be_as_seen(curator, story, looked)
    lines = [[a.line for a in story.articles] for story in groups]
    pairs = {pair for n, mine in enumerate(lines) for other in lines[n + 1 :] for pair in paired(mine, other)}
    curator.records.decide_story(StoryDecision(Verb.JOIN, tuple(sorted(pairs)), author, reason, curator.clock()))
    return show(curator, articles[0])


def split(curator: Curator, article: Article, author: str, reason: str, looked: datetime | None = None) -> Shown:
    """Take the article out of its story, from now on; what it is then part of.

    Raises:
        InputError: it is alone in its story, or there is no author or reason.
        RevisionConflict: somebody decided on the story after `looked`.
    """
    must_be_signed(author, reason)
    story = story_of(article, curator.records, curator.copies)
    others = [a.line for a in story.articles if a.line != article.line]
    if not others:
        raise InputError(f"{article.id} is alone in its story: nothing to split")
    _must_be_as_seen(curator, story, looked)
    decision = StoryDecision(Verb.SPLIT, paired([article.line], others), author, reason, curator.clock())
    curator.records.decide_story(decision)
    return show(curator, article)


def undo(curator: Curator, article: Article, at: datetime, author: str, reason: str) -> Shown:
    """Say the contrary of what was decided on the article at that moment, where it still is the last word.

    Raises:
        InputError: nothing was, or it counts no longer, or there is no author or reason.
    """
    must_be_signed(author, reason)
    decisions = curator.records.story_decisions()
    found = next((d for d in decisions if d.at == at and article.line in d.lines), None)
    if found is None:
        raise InputError(f"nothing was decided on {article.id[:10]} at {at.isoformat()}: nothing to undo")
    pairs = standing(found, decisions)
    if not pairs:
        raise InputError(f"something else was decided since, it counts no longer: {found.sentence(article.line)}")
    contrary = Verb.SPLIT if found.verb is Verb.JOIN else Verb.JOIN
    curator.records.decide_story(StoryDecision(contrary, pairs, author, reason, curator.clock()))
    return show(curator, article)


def show(curator: Curator, article: Article) -> Shown:
    """The story of an article, and what editors said of it."""
    story = story_of(article, curator.records, curator.copies)
    return Shown(story, _about(story, curator.records.story_decisions()))


def told_with(curator: Curator, article: Article) -> set[str]:
    """The lines of all that are one story with the article, its own among them."""
    return {one.line for one in story_of(article, curator.records, curator.copies).articles}


def between(curator: Curator, since: datetime, until: datetime) -> list[Shown]:
    """The stories of what was first seen in `[since, until)` that are of several articles, or were decided on."""
    decisions = curator.records.story_decisions()
    found = folded(curator.records.articles(since, until), curator.records, curator.copies)
    shown = (Shown(story, _about(story, decisions)) for story in found)
    return [one for one in shown if len(one.story.articles) > 1 or one.decisions]


def _must_be_as_seen(curator: Curator, story: Story, looked: datetime | None) -> None:
    """Refuses a word on a story that somebody decided on since the editor looked.

    Raises:
        RevisionConflict: naming who decided what.
    """
    since = [d for d in _about(story, curator.records.story_decisions()) if looked and d.at > looked]
    if since:
        line = next(a.line for a in story.articles if a.line in since[-1].lines)
        raise RevisionConflict(
            f"the story has changed since you looked: {line[:10]} was {since[-1].sentence(line)}. "
            "Nothing was done: look at it, and say it again if you still want it"
        )


def _about(story: Story, decisions: Sequence[StoryDecision]) -> tuple[StoryDecision, ...]:
    lines = {a.line for a in story.articles}
    return tuple(d for d in decisions if lines & d.lines)
