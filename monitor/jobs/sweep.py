"""Sweep: what each value of a section's thresholds would let in over a stretch of time; stores nothing.

Every article that holds a term of the section is judged once, whatever the number of values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from monitor.core.article import Article
from monitor.core.edition import Window
from monitor.core.fault import Fault
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.replay.changes import State
from monitor.core.replay.sweep import (
    Points,
    Sweep,
    Swept,
    needed_by,
    points_alone,
    points_in_story,
    thresholds_of,
    with_nothing_needed,
)
from monitor.core.replay.words import of_section
from monitor.jobs.around import Around, Unsifted
from monitor.jobs.judging import judging, pages, unjudged
from monitor.jobs.ports import Archive, Clusterer, Progress, Sieve, StoryDecisions, WordIndex, Wordings

PAGE = 200
"""Articles judged between two signs of progress."""


class Records(Archive, WordIndex, Wordings, StoryDecisions, Protocol):
    """What a sweep reads."""


def sweep(
    state: State,
    section: str,
    window: Window,
    records: Records,
    copies: Clusterer,
    progress: Progress,
    sieve: Sieve | None = None,
) -> Sweep:
    """The section's articles first seen in the window, by the points that its thresholds compare.

    Significance is judged as in a replay: as if an edition were made now, on the story among what was seen within
    72 hours. The index of words must be whole (`jobs/index_words.py`).

    Raises:
        KeyError: the state has no such section.
    """
    profile = state.agreement.profile(section)
    around = Around(records, copies, sieve or Unsifted())
    sweeper = _Sweeper(with_nothing_needed(state, section), section, around)
    progress.start("sweep", None)
    found: list[Swept] = []
    there = records.articles_with(of_section(profile), window.start, window.end)
    in_order = sorted(there, key=lambda a: str(a.first_seen))  # so that `around` reads each day once
    for page in pages(in_order, PAGE):
        found += sweeper.look_at(page)
        progress.advance(len(page), within=len(found))
    progress.finish()
    return Sweep(
        section,
        thresholds_of(profile),
        needed_by(profile),
        tuple(sorted(found, key=lambda one: (str(one.article.first_seen), one.article.id))),
        sweeper.purged,
        tuple(sweeper.unjudged),
    )


class _Sweeper:
    """One sweep, by a state that needs no points."""

    def __init__(self, state: State, section: str, around: Around) -> None:
        self._state, self._section = state, section
        self._around = around
        self._judge = judging(Matcher(state.agreement, state.sources))
        self.purged = 0
        self.unjudged: dict[Fault, None] = {}

    def look_at(self, articles: Sequence[Article]) -> Iterator[Swept]:
        """Those of the articles that the section takes when it needs no points."""
        there = [article for article in articles if not article.purged]
        self.purged += len(articles) - len(there)
        for article, judgement in zip(there, self._judge(there), strict=True):
            self.unjudged |= unjudged(judgement)
            verdict = judgement.verdict(self._section)
            if verdict and self._section in judgement.sections:
                yield Swept(article, verdict, self._points(article, judgement))

    def _points(self, article: Article, judgement: Judgement) -> tuple[Points, ...]:
        profile = self._state.agreement.profile(self._section)
        if profile.significance is None or judgement.recategorised:
            return (points_alone(judgement, self._section),)
        story = self._around.story_of(article)
        judged = dict(zip((one.id for one in story.articles), self._judge(story.articles), strict=True))
        return points_in_story(self._state, self._section, story, judged, article)
