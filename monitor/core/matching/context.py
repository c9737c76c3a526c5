"""OICW: whether the hits stand in connection with a context word, and how near the nearest is (section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from monitor.core.json import Json
from monitor.core.match import Finding, Rule
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase, context_phrases
from monitor.core.matching.reach import BEFORE, HEAD, HOLDS, Neighbours, near
from monitor.core.matching.scan import ELSEWHERE, Cover, Found, Scan
from monitor.core.profile import ContextRule, ContextWord, ScopeUnit


class WordList:
    """Words looked for together, each with blockers of its own. Terms never take them away."""

    def __init__(self, words: Sequence[ContextWord], lexicon: Lexicon) -> None:
        self._words = [(w.word, lexicon.sought(context_phrases(w)), _blockers(w, lexicon)) for w in words]
        self._asking: dict[int, tuple[int, ...]] = {}
        """By number of the pattern: the numbers of the words that ask for it."""
        for number, (_, word, _) in enumerate(self._words):
            for pattern in word.numbers:
                self._asking[pattern] = (*self._asking.get(pattern, ()), number)
        self._all = frozenset(self._asking)

    def find(self, scan: Scan) -> list[tuple[str, Found]]:
        """Each place where a word of the list stands and counts, with the word as written."""
        asked: set[int] = set()
        for pattern in scan.seen & self._all:
            asked.update(self._asking[pattern])
        found = []
        for number in sorted(asked):
            name, word, blockers = self._words[number]
            blocked = scan.of(blockers) and scan.cover(blockers)
            for place in scan.of(word):
                if place.case_holds and not (blocked and blocked.longer(place)):
                    found.append((name, place))
        return found


def _blockers(word: ContextWord, lexicon: Lexicon) -> Sought:
    return lexicon.sought(Phrase(blocker) for blocker in word.blockers)


def word_phrases(words: Iterable[ContextWord]) -> Iterator[Phrase]:
    """Everything such a list asks for."""
    for word in words:
        yield from context_phrases(word)
        yield from (Phrase(blocker) for blocker in word.blockers)


_CONTEXT = Rule.CONTEXT
Link: TypeAlias = tuple[float, int, int, int, Found, str, Found]
"""Words between a hit and a context word, where each begins, the number of the link; then the hit, the word as the
list has it, and where it stands. So the nearest is the least, and of those as near the one that comes first."""


class ContextJudge:
    """Judges one OICW rule of a section."""

    def __init__(self, rule: ContextRule, lexicon: Lexicon) -> None:
        self.rule = rule
        self.words = lexicon.once(rule.any, lambda: WordList(rule.any, lexicon))
        self._scope = str(rule.within)
        self._words_within = rule.within.words
        self._holds = HOLDS[rule.within.unit]

    def judge(self, hits: Sequence[Found], scan: Scan) -> tuple[bool, dict[str, Json]]:
        """Whether it holds, and the nearest context word that makes it hold, or that came nearest."""
        holds, link = self._nearest(hits, scan)
        if link is None:
            return False, {"scope": self._scope, "word": None, "distance": None}
        distance, _, _, _, hit, name, word = link
        span = scan.span(word)
        evidence: dict[str, Json] = {
            "scope": self._scope,
            "word": name,
            "distance": None if distance == ELSEWHERE else distance,
            "field": str(span.field),
            "start": span.start,
            "end": span.end,
            "text": span.text,
        }
        if holds:
            evidence["by"] = self._by(hit, word, scan)
        return holds, evidence

    def _nearest(self, hits: Sequence[Found], scan: Scan) -> tuple[bool, Link | None]:
        """Whether a word stands within the scope of a hit; of those that do, else of all, the nearest."""
        links: list[Link] = [
            (hit.words_between(word), hit.first, word.first, number, hit, name, word)
            for number, (hit, name, word) in enumerate(self._pairs(hits, scan))
        ]
        links.sort()
        for link in links:
            if self._holds(link[4], link[6], self._words_within, scan):
                return True, link
        return False, links[0] if links else None

    def _pairs(self, hits: Sequence[Found], scan: Scan) -> Iterable[tuple[Found, str, Found]]:
        """Each hit with the words that may be nearest to it."""
        words = scan.memo(self.words, self.words.find)
        if not self.rule.self_context and words:
            covered = Cover(hits)
            words = [(name, word) for name, word in words if not covered.around(word)]
        if len(words) <= BEFORE:
            return [(hit, name, word) for hit in hits for name, word in words]
        around = Neighbours(words)
        return [(hit, name, word) for hit in hits for name, word in around.of(hit)]

    def _by(self, hit: Found, word: Found, scan: Scan) -> str:
        if word.inside(hit):
            return "self"
        scope = self.rule.within
        if scope.unit not in (ScopeUnit.HEADLINE, ScopeUnit.WORDS_OR_HEADLINE):
            return "within"
        if scope.unit is ScopeUnit.WORDS_OR_HEADLINE and near(hit, word, scope.words, scan):
            return "within"
        return "headline" if word.field in HEAD else "term in headline"


def judge_context(judges: Sequence[ContextJudge], hits: Sequence[Found], scan: Scan) -> Finding:
    """All OICW rules of a section together: all must hold.

    The evidence is that of the first rule that fails, else of the first; `all` has each when there are several.
    """
    found = [judge.judge(hits, scan) for judge in judges]
    holds, evidence = next((f for f in found if not f[0]), found[0])
    if len(found) > 1:
        evidence = {**evidence, "all": [{"holds": h, **e} for h, e in found]}
    return Finding(_CONTEXT, holds, evidence)
