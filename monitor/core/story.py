"""Stories: articles of several outlets that tell the same news, as copies of one text or by an editor's word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.core.article import Article
from monitor.core.dates import in_london

Pair = tuple[str, str]
"""Two ids, or two lines."""


class Verb(StrEnum):
    """What an editor said of some articles."""

    JOIN = "join"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """An editor's word: which articles are one story, or are not. Never changed; a later one may say otherwise."""

    verb: Verb
    pairs: tuple[Pair, ...]
    """Lines of articles, the smaller first: told of texts that come later as well as of those that were there."""
    author: str
    reason: str
    at: datetime

    @property
    def lines(self) -> frozenset[str]:
        """All lines it speaks of."""
        return frozenset(line for pair in self.pairs for line in pair)

    def sentence(self, line: str) -> str:
        """What it says of one article: `joined with 46e0a5cecb by J. Editor on 25 Nov 2026: one announcement`."""
        others = sorted(other[:10] for pair in self.pairs if line in pair for other in pair if other != line)
        verb = "joined with" if self.verb is Verb.JOIN else "split from"
        return f"{verb} {', '.join(others)} by {self.author} on {in_london(self.at, '%d %b %Y')}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that are copies of one another or were joined, the oldest first."""

    id: str
    """The smallest line of its articles: the same whatever the order of arrival."""
    articles: tuple[Article, ...]


def stories(
    articles: Iterable[Article], copies: Iterable[Pair], decisions: Iterable[StoryDecision] = ()
) -> tuple[Story, ...]:
    """Every article in exactly one story; copies are pairs of article ids, joined transitively.

    What an editor joined is together and what an editor split is apart, whatever the texts say. A copy that comes
    later goes with what it is likest: `copies` come with the likest first, which matters where some are apart.
    """
    by_id = {a.id: a for a in articles}
    groups = _Groups({i: a.line for i, a in by_id.items()}, _ruled(decisions))
    groups.join_as_told()
    for left, right in copies:
        groups.join(left, right)
    folded: dict[str, list[Article]] = {}
    for i, article in by_id.items():
        folded.setdefault(groups.root(i), []).append(article)
    return tuple(sorted((_story(group) for group in folded.values()), key=lambda story: story.id))


def paired(lines: Iterable[str], others: Iterable[str]) -> tuple[Pair, ...]:
    """Each of the lines with each of the others, as a decision has them."""
    others = list(others)
    return tuple(sorted({(min(a, b), max(a, b)) for a in lines for b in others if a != b}))


def apart(decisions: Iterable[StoryDecision]) -> frozenset[Pair]:
    """The pairs of lines of which an editor said last that they are two stories."""
    return frozenset(pair for pair, verb in _ruled(decisions).items() if verb is Verb.SPLIT)


def standing(decision: StoryDecision, decisions: Iterable[StoryDecision]) -> tuple[Pair, ...]:
    """The pairs of a decision of which nothing else was said since."""
    later = {pair for one in decisions if one.at > decision.at for pair in one.pairs}
    return tuple(pair for pair in decision.pairs if pair not in later)


def _story(articles: list[Article]) -> Story:
    ordered = sorted(articles, key=lambda a: (a.when is None, a.when.timestamp() if a.when else 0, a.id))
    return Story(min(a.line for a in articles), tuple(ordered))


def _ruled(decisions: Iterable[StoryDecision]) -> dict[Pair, Verb]:
    """What was said last of each pair of lines, in the order it was said."""
    said: dict[Pair, Verb] = {}
    for decision in sorted(decisions, key=lambda d: d.at):
        for pair in decision.pairs:
            said.pop(pair, None)
            said[pair] = decision.verb
    return said


class _Groups:
    """Ids that are joined one after another; none that are apart come together."""

    def __init__(self, lines: Mapping[str, str], said: Mapping[Pair, Verb]) -> None:
        self._lines = lines
        self._said = said
        self._apart = {pair for pair, verb in said.items() if verb is Verb.SPLIT}
        self._above = {i: i for i in lines}
        self._members = {i: [i] for i in lines}

    def root(self, i: str) -> str:
        """The id that stands for its group."""
        while self._above[i] != i:
            self._above[i] = self._above[self._above[i]]
            i = self._above[i]
        return i

    def join_as_told(self) -> None:
        """Bring together what was joined, the last word first."""
        ids: dict[str, list[str]] = {}
        for i, line in self._lines.items():
            ids.setdefault(line, []).append(i)
        told = [pair for pair, verb in self._said.items() if verb is Verb.JOIN]
        for one, other in reversed(told):
            for i in ids.get(one, ()):
                for j in ids.get(other, ()):
                    self.join(i, j)

    def join(self, left: str, right: str) -> None:
        """Bring two groups together, unless something of the one is apart from something of the other."""
        if left not in self._above or right not in self._above:
            return
        a, b = sorted((self.root(left), self.root(right)))
        if a == b or (self._apart and any(pair in self._apart for pair in self._between(a, b))):
            return
        self._above[b] = a
        self._members[a] += self._members.pop(b)

    def _between(self, a: str, b: str) -> Iterator[Pair]:
        lines = [{self._lines[i] for i in self._members[root]} for root in (a, b)]
        return ((min(x, y), max(x, y)) for x in lines[0] for y in lines[1])
