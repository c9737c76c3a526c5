"""OICW: whether the hits stand in connection with a context word, and how near the nearest is (section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from monitor.core.json import Json
from monitor.core.match import Finding, Rule
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase, context_phrases
from monitor.core.matching.reach import BEFORE, HEAD, Neighbours, holds_within, near
from monitor.core.matching.scan import Cover, Found, Scan
from monitor.core.profile import ContextRule, ContextWord, ScopeUnit


class WordList:
    """Words looked for together, each with blockers of its own. Terms never take them away."""

    def __init__(self, words: Sequence[ContextWord], lexicon: Lexicon) -> None:
        self._all = lexicon.sought(phrase for word in words for phrase in context_phrases(word))
        self._words = [(w.word, lexicon.sought(context_phrases(w)), _blockers(w, lexicon)) for w in words]
        self._asking: dict[int, set[int]] = {}
        """By number of the pattern: the numbers of the words that ask for it."""
        for number, (_, word, _) in enumerate(self._words):
            for pattern in word.numbers:
                self._asking.setdefault(pattern, set()).add(number)

    def find(self, scan: Scan) -> list[tuple[str, Found]]:
        """Each place where a word of the list stands and counts, with the word as written."""
        seen: set[int] = set()
        for pattern in self._all.numbers & scan.ends.keys():
            seen |= self._asking[pattern]
        found = []
        for number in sorted(seen):
            name, word, blockers = self._words[number]
            for place in scan.of(word):
                if place.case_holds and not (scan.of(blockers) and scan.cover(blockers).longer(place)):
                    found.append((name, place))
        return found


def _blockers(word: ContextWord, lexicon: Lexicon) -> Sought:
    return lexicon.sought(Phrase(blocker) for blocker in word.blockers)


def word_phrases(words: Iterable[ContextWord]) -> Iterator[Phrase]:
    """Everything such a list asks for."""
    for word in words:
        yield from context_phrases(word)
        yield from (Phrase(blocker) for blocker in word.blockers)


Link: TypeAlias = tuple[Found, str, Found, int | None]
"""A hit, a context word as the list has it and where it stands, and the words between; None: in another field."""


class ContextJudge:
    """Judges one OICW rule of a section."""

    def __init__(self, rule: ContextRule, words: WordList) -> None:
        self.rule = rule
        self.words = words

    def judge(self, hits: Sequence[Found], scan: Scan) -> tuple[bool, dict[str, Json]]:
        """Whether it holds, and the nearest context word that makes it hold, or that came nearest."""
        links = self._links(hits, scan)
        within = self.rule.within
        holding = [k for k in links if holds_within(k[0], k[2], within, scan)]
        best = min(holding or links, key=_order, default=None)
        evidence: dict[str, Json] = {"scope": str(within), "word": None, "distance": None}
        if best:
            evidence |= {"word": best[1], **scan.span(best[2]).to_json(), "distance": best[3]}
        if holding and best:
            evidence["by"] = self._by(best, scan)
        return bool(holding), evidence

    def _links(self, hits: Sequence[Found], scan: Scan) -> list[Link]:
        """Each hit with the words that may be nearest to it."""
        words = scan.memo(self.words, self.words.find)
        if not self.rule.self_context:
            covered = Cover(hits)
            words = [(name, word) for name, word in words if not covered.around(word)]
        if len(words) <= BEFORE:
            return [(hit, name, word, scan.words_between(hit, word)) for hit in hits for name, word in words]
        around = Neighbours(words)
        return [(hit, name, word, scan.words_between(hit, word)) for hit in hits for name, word in around.of(hit)]

    def _by(self, link: Link, scan: Scan) -> str:
        hit, _, word, _ = link
        if word.inside(hit):
            return "self"
        scope = self.rule.within
        if scope.unit not in (ScopeUnit.HEADLINE, ScopeUnit.WORDS_OR_HEADLINE):
            return "within"
        if scope.unit is ScopeUnit.WORDS_OR_HEADLINE and near(hit, word, scope.words, scan):
            return "within"
        return "headline" if word.field in HEAD else "term in headline"


def _order(link: Link) -> tuple[bool, int, int, int]:
    hit, _, word, distance = link
    return (distance is None, distance or 0, hit.first, word.first)


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
