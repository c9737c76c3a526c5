"""OICW: whether the hits stand in connection with a context word, and how near the nearest is (section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from monitor.core.json import Json
from monitor.core.match import Finding, Rule
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase, context_phrases
from monitor.core.matching.reach import BEFORE, HEAD, HOLDS, Neighbours, near
from monitor.core.matching.scan import Cover, Found, Scan
from monitor.core.profile import ContextRule, ContextWord, ScopeUnit


class WordList:
    """Words looked for together, each with blockers of its own. Terms never take them away."""

    def __init__(self, words: Sequence[ContextWord], lexicon: Lexicon) -> None:
        self._words = [(w.word, lexicon.sought(context_phrases(w)), _blockers(w, lexicon)) for w in words]
        self._asking: dict[int, list[int]] = {}
        """By number of the pattern: the numbers of the words that ask for it."""
        for number, (_, word, _) in enumerate(self._words):
            for pattern in word.numbers:
                self._asking.setdefault(pattern, []).append(number)
        self._all = frozenset(self._asking)

    def find(self, scan: Scan) -> list[tuple[str, Found]]:
        """Each place where a word of the list stands and counts, with the word as written."""
        seen = scan.seen & self._all
        found = []
        for number in sorted({number for pattern in seen for number in self._asking[pattern]}):
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
FARTHEST = (True, 1, 0, 0)
"""Behind every pair of a hit and a word, as they are ordered: words between them, then which comes first."""
Link: TypeAlias = tuple[Found, str, Found]
"""A hit, a context word as the list has it, and where that stands."""


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
        hit, name, word = link
        span = scan.span(word)
        evidence: dict[str, Json] = {
            "scope": self._scope,
            "word": name,
            "distance": scan.words_between(hit, word),
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
        best: Link | None = None
        least, holding = FARTHEST, False
        for link in self._links(hits, scan):
            hit, _, word = link
            distance = scan.words_between(hit, word)
            order = (distance is None, distance or 0, hit.first, word.first)
            if holding and order >= least:
                continue
            holds = self._holds(hit, word, self._words_within, scan)
            if holds > holding or (holds == holding and order < least):
                best, least, holding = link, order, holds
        return holding, best

    def _links(self, hits: Sequence[Found], scan: Scan) -> Iterable[Link]:
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
