"""OICW: whether the hits stand in connection with a context word, and how near the nearest is (section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.core.json import Json
from monitor.core.match import Finding, Rule
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase, context_phrases
from monitor.core.matching.reach import HEAD, Neighbours, holds_within, near
from monitor.core.matching.scan import Cover, Found, Scan
from monitor.core.profile import ContextRule, ContextWord, ScopeUnit


class WordList:
    """Words looked for together, each with blockers of its own. Terms never take them away."""

    def __init__(self, words: Sequence[ContextWord], lexicon: Lexicon) -> None:
        self._all = lexicon.sought(phrase for word in words for phrase in context_phrases(word))
        self._words = [(w.word, lexicon.sought(context_phrases(w)), _blockers(w, lexicon)) for w in words]

    def find(self, scan: Scan) -> list[tuple[str, Found]]:
        """Each place where a word of the list stands and counts, with the word as written."""
        if self._all.numbers.isdisjoint(scan.ends):
            return []
        return [
            (name, place)
            for name, word, blockers in self._words
            for place in scan.of(word)
            if place.case_holds and not (scan.of(blockers) and scan.cover(blockers).longer(place))
        ]


def _blockers(word: ContextWord, lexicon: Lexicon) -> Sought:
    return lexicon.sought(Phrase(blocker) for blocker in word.blockers)


def word_phrases(words: Iterable[ContextWord]) -> Iterator[Phrase]:
    """Everything such a list asks for."""
    for word in words:
        yield from context_phrases(word)
        yield from (Phrase(blocker) for blocker in word.blockers)


@dataclass(frozen=True)
class _Link:
    """A hit and a context word, and the way between them."""

    hit: Found
    name: str
    word: Found
    distance: int | None

    @property
    def order(self) -> tuple[bool, int, int, int]:
        return (self.distance is None, self.distance or 0, self.hit.first, self.word.first)


@dataclass(frozen=True)
class ContextJudge:
    """Judges one OICW rule of a section."""

    rule: ContextRule
    words: WordList

    def judge(self, hits: Sequence[Found], scan: Scan) -> tuple[bool, dict[str, Json]]:
        """Whether it holds, and the nearest context word that makes it hold, or that came nearest."""
        covered = Cover() if self.rule.self_context else Cover(hits)
        words = Neighbours((name, word) for name, word in self.words.find(scan) if not covered.around(word))
        links = [
            _Link(hit, name, word, scan.words_between(hit, word)) for hit in hits for name, word in words.of(hit)
        ]
        holding = [k for k in links if holds_within(k.hit, k.word, self.rule.within, scan)]
        best = min(holding or links, key=lambda k: k.order, default=None)
        evidence: dict[str, Json] = {"scope": str(self.rule.within), "word": None, "distance": None}
        if best:
            evidence |= {"word": best.name, **scan.span(best.word).to_json(), "distance": best.distance}
        if holding and best:
            evidence["by"] = self._by(best, scan)
        return bool(holding), evidence

    def _by(self, link: _Link, scan: Scan) -> str:
        if link.word.inside(link.hit):
            return "self"
        scope = self.rule.within
        if scope.unit not in (ScopeUnit.HEADLINE, ScopeUnit.WORDS_OR_HEADLINE):
            return "within"
        if scope.unit is ScopeUnit.WORDS_OR_HEADLINE and near(link.hit, link.word, scope.words, scan):
            return "within"
        return "headline" if link.word.field in HEAD else "term in headline"


def judge_context(judges: Sequence[ContextJudge], hits: Sequence[Found], scan: Scan) -> Finding | None:
    """All OICW rules of a section together: all must hold. None when it has none.

    The evidence is that of the first rule that fails, else of the first; `all` has each when there are several.
    """
    if not judges:
        return None
    found = [judge.judge(hits, scan) for judge in judges]
    holds, evidence = next((f for f in found if not f[0]), found[0])
    if len(found) > 1:
        evidence = {**evidence, "all": [{"holds": h, **e} for h, e in found]}
    return Finding(Rule.CONTEXT, holds, evidence)
