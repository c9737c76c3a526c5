"""Replay: judge stored articles by two states of an agreement, and see what is gained and lost; stores nothing.

Only articles are read that hold words which a change is about (`core/replay`): of the others the index of words
knows that they are judged as before. The index must be whole (`jobs/index_words.py`). With `everything` each
article is judged, to the same answer. Where very many are read, most of them only have another proof: whoever does
not ask for those has what comes, goes and moves much sooner.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple, Protocol

from monitor.core.article import Article
from monitor.core.edition import Window
from monitor.core.fault import Fault
from monitor.core.match import Judgement
from monitor.core.matching.panel import Panel
from monitor.core.replay.changes import (
    Change,
    State,
    changes,
    concerned,
    judged_on_stories,
    moving,
    significance_differs,
)
from monitor.core.replay.outcome import Day, Difference, Kind, TermYield, by_day, by_term, differ
from monitor.core.replay.settling import on_its_story, settled_alone, settled_in
from monitor.core.replay.words import EVERYTHING, NOTHING, Words
from monitor.core.significance import WITHIN
from monitor.jobs.around import Around, Unsifted
from monitor.jobs.judging import Crew, Crews, Here, cannot_be_judged, guarded, pages, unjudged
from monitor.jobs.ports import Archive, Clusterer, Progress, Sieve, StoryDecisions, WordIndex, Wordings

BOTH = ("before", "after")
NEVER = datetime.min.replace(tzinfo=UTC)
PAGE = 500
"""Articles judged between two signs of progress."""


class Records(Archive, WordIndex, Wordings, StoryDecisions, Protocol):
    """What a replay reads."""


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a change would do to the articles of a stretch of time."""

    window: Window
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    """In order of `first_seen`, id."""
    terms: tuple[TermYield, ...]
    days: tuple[Day, ...]
    articles: int
    """How many there are in the window."""
    could_change: int
    """Of these, how many hold words that a change is about, and were judged."""
    looked_at: int
    """How many were judged, those that tell the same stories included."""
    purged: int
    """Of those that could have changed, how many have no text any more, so that nobody can judge them again."""
    otherwise: int
    """Of those stored as matched, how many by another state than the old one; `days` takes them as stored."""
    proofs: bool = True
    """Whether articles that only have another proof were looked for; else there are none in `differences`."""
    faults: tuple[Fault, ...] = ()
    """Articles that could not be judged, and stopped no other; processes that died."""


def replay(
    old: State,
    new: State,
    window: Window,
    records: Records,
    copies: Clusterer,
    progress: Progress,
    *,
    sieve: Sieve | None = None,
    crews: Crews = Here,
    sections: tuple[str, ...] = (),
    everything: bool = False,
    proofs_up_to: int | None = None,
) -> ReplayReport:
    """What would change from the old state to the new one for the articles first seen in the window.

    Significance is judged as if an edition were made now, on the story among what was seen within 72 hours of
    the article; of one that is major alone nobody asks for the others. `days` count the articles that are in any
    section, or in one of `sections`; as they are stored, but for what comes or goes. Without a
    sieve all that was seen around an article is compared: slow, and the same answer. Where more articles than
    `proofs_up_to` hold words of the changes, those alone are looked at that may come, go or move.
    """
    total = records.count_articles(window.start, window.end)
    around = Around(records, copies, sieve or Unsifted())
    with closing(_Run(old, new, window, records, around, crews)) as run:
        if not everything and proofs_up_to is not None:
            run.leave_out_proofs(proofs_up_to)
        progress.start("replay", total if everything else run.number)
        for page in run.concerned(everything=everything):
            run.look_at(page)
            progress.advance(len(page), differ=len(run.differ))
        suspects = run.suspects(everything=everything)
        progress.finish()
        differences = [d for d in run.settled(suspects, progress) if run.proofs or d.kind is not Kind.PROOF]
    matched = records.matched(new.agreement.id, window.start, window.end, sections)
    return ReplayReport(
        window=window,
        changes=run.changes,
        differences=tuple(sorted(differences, key=lambda d: (str(d.article.first_seen), d.article.id))),
        terms=by_term(differences, run.changes),
        days=by_day(matched, (difference.again(sections) for difference in differences)),
        articles=total,
        could_change=run.count,
        looked_at=len(run.judged),
        purged=run.purged,
        otherwise=sum(m.fingerprint != old.agreement.fingerprint for m in matched),
        proofs=run.proofs,
        faults=run.faults,
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """An article judged by both states, significance apart."""

    article: Article
    before: Judgement
    after: Judgement


class _Said(NamedTuple):
    """What both states say of an article."""

    before: Judgement
    after: Judgement


class _Judges:
    """Both states, each text read once where they judge by the same outlets."""

    def __init__(self, old: State, new: State) -> None:
        before, after = (replace(s.agreement, id=name) for s, name in zip((old, new), BOTH, strict=True))
        if old.sources == new.sources:
            self._panels = [Panel([before, after], old.sources)]
        else:
            self._panels = [Panel([before], old.sources), Panel([after], new.sources)]

    def judge(self, articles: Sequence[Article]) -> Iterator[_Said]:
        """What both say of each article."""
        found = zip(*(panel.judge(articles) for panel in self._panels), strict=True)
        for article, said in zip(articles, found, strict=True):
            unseen = Judgement(article.url, primary=None, evidence=article.evidence)
            judged = {name: judgement for one in said for name, judgement in one.items()}
            yield _Said(*(judged.get(name, unseen) for name in BOTH))


def _neither(article: Article, why: str) -> _Said:
    nothing = cannot_be_judged(article, why)
    return _Said(nothing, nothing)


class _Run:
    """One replay: the articles of its window, and those around them that tell the same stories."""

    def __init__(
        self, old: State, new: State, window: Window, records: Records, around: Around, crews: Crews
    ) -> None:
        self._old, self._new = old, new
        self._window = window
        self._records = records
        self._around = around
        self._crews = crews
        self._open = ExitStack()
        self._unjudged: dict[Fault, None] = {}
        self.changes = changes(old, new)
        self.proofs = True
        """Whether what can only have another proof is looked at, too."""
        self._asked = concerned(self.changes)
        self._counted: dict[Words, int] = {}
        self.count = self.purged = 0
        self.judged: set[str] = set()
        self.differ: dict[str, _Pair] = {}
        """What is judged otherwise, significance apart."""
        self._on_stories: dict[str, _Pair] = {}
        """What is not, and is in by the one story and maybe not by the other."""

    def leave_out_proofs(self, limit: int) -> None:
        """Do not look at what can only have another proof, unless articles are few or all of them can move."""
        every, movers = self._asked, moving(self.changes, self._old, self._new)
        if self._count(every, limit + 1) > limit:
            number = self._count(movers)
            self.proofs = number > limit and number == self._count(every, number + 1)
            self._asked = every if self.proofs else movers

    @property
    def number(self) -> int:
        """How many articles of the window hold words of what is asked for."""
        return self._count(self._asked)

    def _count(self, words: Words, at_most: int | None = None) -> int:
        """How many articles of the window hold these words; `at_most` or more where there are as many."""
        if words not in self._counted:
            found = self._records.count_with(words, self._window.start, self._window.end, at_most=at_most)
            if found == at_most:
                return found
            self._counted[words] = found
        return self._counted[words]

    def _words(self, found: Iterable[Change]) -> Words:
        """What an article must hold for any of these changes to do something to it that is asked for."""
        return concerned(found) if self.proofs else moving(found, self._old, self._new)

    def concerned(self, *, everything: bool) -> Iterator[list[Article]]:
        """The articles of the window that a change can concern, page by page."""
        words = EVERYTHING if everything else self._asked
        return pages(self._records.articles_with(words, self._window.start, self._window.end), PAGE)

    def look_at(self, articles: Sequence[Article]) -> None:
        """Judge articles of the window, and keep those that differ, or may in their story."""
        there = [article for article in articles if not article.purged]
        self.count += len(articles)
        self.purged += len(articles) - len(there)
        for pair in self._judge(there):
            if differ(pair.before, pair.after):
                self.differ[pair.article.id] = pair
            elif self._on_its_story(pair):
                self._on_stories[pair.article.id] = pair

    def close(self) -> None:
        """Let go of who judges."""
        self._open.close()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What could not be judged, and which processes died."""
        return *self._unjudged, *(self._crew.faults if self.judged else ())

    @cached_property
    def _crew(self) -> Crew[_Said]:
        judges = _Judges(self._old, self._new)
        return self._open.enter_context(self._crews(guarded(judges.judge, _neither), _neither, _Said))

    def _judge(self, articles: Sequence[Article]) -> Iterator[_Pair]:
        self.judged.update(article.id for article in articles)
        for article, (before, after) in zip(articles, self._crew.judge(articles), strict=True):
            self._unjudged |= unjudged(before)
            yield _Pair(article, before, after)

    def _on_its_story(self, pair: _Pair) -> bool:
        return on_its_story(self._old, pair.before) or on_its_story(self._new, pair.after)

    # ----------------------------------------------------------- significance

    def suspects(self, *, everything: bool) -> list[_Pair]:
        """What may differ, significance included, in order of time."""
        if not everything:
            if not significance_differs(self._old, self._new):
                self._on_stories.clear()
            self._on_stories |= {pair.article.id: pair for pair in self._moved_by_others()}
        found = [*self.differ.values(), *self._on_stories.values()]
        return sorted(found, key=lambda pair: pair.article.first_seen or NEVER)

    def _moved_by_others(self) -> Iterator[_Pair]:
        """Articles of which no word changed, and whose story may have another by one that differs."""
        on_stories = {p.section for s in (self._old, self._new) for p in s.agreement.profiles if p.significance}
        words_of_movers = self._words(c for c in self.changes if not c.section or c.section in on_stories)
        if not on_stories or words_of_movers == NOTHING:
            return
        moved_at = sorted(pair.article.first_seen or NEVER for pair in self._movers(words_of_movers))
        joined = {line for d in self._records.story_decisions() for pair in d.pairs for line in pair}
        if not moved_at and not joined:
            return
        words = judged_on_stories(self._old, self._new)
        told = self._records.articles_with(words, self._window.start, self._window.end)
        there = (a for a in told if a.id not in self.differ and not a.purged)
        near = [a for a in there if a.line in joined or _is_near(a, moved_at)]
        yield from filter(self._on_its_story, self._judge(near))

    def _movers(self, words: Words) -> Iterator[_Pair]:
        """What differs in a section that goes by stories: in the window, in the days around, in an older text."""
        yield from filter(self._on_its_story, self.differ.values())
        start, end = self._window.start - WITHIN, self._window.end + WITHIN
        around = self._records.articles_with(words, start, end, every_text=True)
        for pair in self._judge([a for a in around if a.id not in self.judged and not a.purged]):
            if differ(pair.before, pair.after) and self._on_its_story(pair):
                yield pair

    def settled(self, suspects: Sequence[_Pair], progress: Progress) -> Iterator[Difference]:
        """What differs of these, significance included."""
        progress.start("stories", len(suspects))
        for pair in suspects:
            progress.advance()
            if difference := self.difference(pair):
                yield difference
        progress.finish()

    def difference(self, pair: _Pair) -> Difference | None:
        """What differs of an article, significance included; None when nothing does."""
        article = pair.article
        before = settled_alone(self._old, article, pair.before)
        after = settled_alone(self._new, article, pair.after)
        if before is None or after is None:
            before, after = self._settled_in_story(article)
        return Difference(article, before, after) if differ(before, after) else None

    def _settled_in_story(self, article: Article) -> tuple[Judgement, Judgement]:
        story = self._around.story_of(article)
        pairs = list(self._judge(story.articles))
        return (
            settled_in(self._old, story, article, {p.article.id: p.before for p in pairs}),
            settled_in(self._new, story, article, {p.article.id: p.after for p in pairs}),
        )


def _is_near(article: Article, moved_at: Sequence[datetime]) -> bool:
    """Whether one of these moments, which are in order, is within 72 hours of when it was first seen."""
    seen = article.first_seen or NEVER
    at = bisect_left(moved_at, seen - WITHIN) if article.first_seen else len(moved_at)
    return at < len(moved_at) and moved_at[at] <= seen + WITHIN
