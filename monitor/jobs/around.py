"""Around: the stories of many articles, each among what was seen within 72 hours of it; each day is read once.

The story is the one that `folding.story_of` finds. That reads and compares all of six days for each article; here
a sieve says which of them may be copies, and those alone are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Protocol

from monitor.core.article import Article
from monitor.core.likeness import Wording, compared
from monitor.core.significance import WITHIN
from monitor.core.story import Pair, Story, StoryDecision, Verb, stories
from monitor.jobs.ports import Archive, Clusterer, Sieve, StoryDecisions, Wordings

DAY = timedelta(days=1)


class Records(Archive, Wordings, StoryDecisions, Protocol):
    """What this reads."""


class Around:
    """Finds stories. Asked in order of time it holds a week of texts, and reads each once."""

    def __init__(self, records: Records, copies: Clusterer, sieve: Sieve) -> None:
        self._records = records
        self._copies = copies
        self._sieve = sieve
        self._days: dict[date, _Day] = {}

    def story_of(self, article: Article) -> Story:
        """The story of an article among what was seen 72 hours before and after it."""
        seen = _Seen(article, self._read(article))
        found = {a.id: a for a in (article, *self._joined_to(seen))}
        asked = list(found.values())
        while asked:  # until nothing more may be a copy of any that was found
            like = self._sieve.like(list(map(compared, asked)))
            asked = [self._records.article(i) for i in like if i not in found and seen.has(i)]
            found |= {a.id: a for a in asked}
        members = list(found.values())
        pairs = self._copies(members) if len(members) > 1 else ()
        folded = stories(members, pairs, self._decisions)
        return next(story for story in folded if any(a.id == article.id for a in story.articles))

    def _read(self, article: Article) -> list[_Day]:
        """The days around an article; those around others are let go."""
        wanted = _days_around(article.when) if article.when else []
        for day in set(self._days).difference(wanted):
            self._sieve.drop(day)
            del self._days[day]
        for day in wanted:
            if day not in self._days:
                begin = datetime.combine(day, time(), UTC)
                texts = self._records.wordings(begin, begin + DAY)
                self._days[day] = _Day(texts)
                self._sieve.put(day, {w.id: w.text for w in texts})
        return [self._days[day] for day in wanted]

    # ----------------------------------------------------------- what editors said

    @cached_property
    def _decisions(self) -> list[StoryDecision]:
        return self._records.story_decisions()

    @cached_property
    def _joined(self) -> frozenset[Pair]:
        return frozenset(pair for d in self._decisions if d.verb is Verb.JOIN for pair in d.pairs)

    def _joined_to(self, seen: _Seen) -> Iterator[Article]:
        """What was joined to anything around, whenever it was seen itself; the sieve does not know of that."""
        lines = {line for pair in self._joined if any(map(seen.knows, pair)) for line in pair}
        for line in sorted(lines - {seen.article.line}):
            if there := seen.latest(line):
                yield self._records.article(there.id)
            else:
                yield from self._records.texts(line)[-1:]


class Unsifted:
    """A sieve that lets everything through."""

    def __init__(self) -> None:
        self._days: dict[date, list[str]] = {}

    def put(self, day: date, texts: Mapping[str, str]) -> None:
        """Have these from now on."""
        self._days[day] = list(texts)

    def drop(self, day: date) -> None:
        """Have those no more."""
        del self._days[day]

    def like(self, texts: Sequence[str]) -> list[str]:
        """All that it has."""
        return [i for ids in self._days.values() for i in ids] if texts else []


class _Day:
    """What was seen on a day, texts that changed since too."""

    def __init__(self, texts: Sequence[Wording]) -> None:
        self.line_of = {w.id: w.line for w in texts}
        self.of_line: defaultdict[str, list[Wording]] = defaultdict(list)
        for wording in texts:
            self.of_line[wording.line].append(wording)


class _Seen:
    """What was seen within 72 hours of an article: of each other line the latest text as known at their end."""

    def __init__(self, article: Article, days: Sequence[_Day]) -> None:
        self.article = article
        self._days = days

    def latest(self, line: str) -> Wording | None:
        """The latest text of that line."""
        texts = (w for day in self._days for w in day.of_line.get(line, ()) if self._is_within(w.first_seen))
        return max(texts, key=lambda w: (w.first_seen, w.id), default=None)

    def knows(self, line: str) -> bool:
        """Whether it is the article's, or another of which any text was seen."""
        return line == self.article.line or self.latest(line) is not None

    def has(self, article_id: str) -> bool:
        """Whether that is the latest text of another line."""
        line = next((day.line_of[article_id] for day in self._days if article_id in day.line_of), None)
        latest = self.latest(line) if line and line != self.article.line else None
        return latest is not None and latest.id == article_id

    def _is_within(self, at: datetime) -> bool:
        when = self.article.when
        return when is not None and when - WITHIN <= at < when + WITHIN


def _days_around(when: datetime) -> list[date]:
    """Every day, in UTC, of which any moment is within 72 hours."""
    first, last = ((when + shift).astimezone(UTC).date() for shift in (-WITHIN, WITHIN))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
