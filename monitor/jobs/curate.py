"""Curate: an editor joins articles to one story, or takes one out of it; both are remembered with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.core.article import Article
from monitor.core.story import Story, StoryDecision, Verb, paired
from monitor.errors import InputError
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


def join(curator: Curator, articles: Sequence[Article], author: str, reason: str) -> Shown:
    """Make one story of the articles and all that is folded with them, from now on.

    Raises:
        InputError: they are one story already, or there is no author or reason.
    """
    must_be_signed(author, reason)
    found = [story_of(article, curator.records, curator.copies) for article in articles]
    groups = list({story.id: story for story in found}.values())
    if len(groups) < 2:
        raise InputError("these are one story already: nothing to join")
    lines = [[a.line for a in story.articles] for story in groups]
    pairs = {pair for n, mine in enumerate(lines) for other in lines[n + 1 :] for pair in paired(mine, other)}
    curator.records.decide_story(StoryDecision(Verb.JOIN, tuple(sorted(pairs)), author, reason, curator.clock()))
    return show(curator, articles[0])


def split(curator: Curator, article: Article, author: str, reason: str) -> Shown:
    """Take the article out of its story, from now on; what it is then part of.

    Raises:
        InputError: it is alone in its story, or there is no author or reason.
    """
    must_be_signed(author, reason)
    story = story_of(article, curator.records, curator.copies)
    others = [a.line for a in story.articles if a.line != article.line]
    if not others:
        raise InputError(f"{article.id} is alone in its story: nothing to split")
    decision = StoryDecision(Verb.SPLIT, paired([article.line], others), author, reason, curator.clock())
    curator.records.decide_story(decision)
    return show(curator, article)


def show(curator: Curator, article: Article) -> Shown:
    """The story of an article, and what editors said of it."""
    story = story_of(article, curator.records, curator.copies)
    return Shown(story, _about(story, curator.records.story_decisions()))


def between(curator: Curator, since: datetime, until: datetime) -> list[Shown]:
    """The stories of what was first seen in `[since, until)` that are of several articles, or were decided on."""
    decisions = curator.records.story_decisions()
    found = folded(curator.records.articles(since, until), curator.records, curator.copies)
    shown = (Shown(story, _about(story, decisions)) for story in found)
    return [one for one in shown if len(one.story.articles) > 1 or one.decisions]


def _about(story: Story, decisions: Sequence[StoryDecision]) -> tuple[StoryDecision, ...]:
    lines = {a.line for a in story.articles}
    return tuple(d for d in decisions if lines & d.lines)
