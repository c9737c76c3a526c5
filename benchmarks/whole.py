"""The whole way, from raw articles to stored verdicts, and beside it a bare automaton on ready text."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Sequence
from typing import Any

import ahocorasick

from benchmarks.machine import cpu_of, descendants, peak_of
from monitor.adapters.crew import Crew
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import Judgement, Outcome
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.folding import folded
from monitor.core.matching.panel import Panel
from monitor.core.source import Sources


class Whole:
    """All rules of all agreements, on one of the two automata."""

    def __init__(
        self, agreements: Sequence[Agreement], sources: Sources, articles: Sequence[Article], automaton: str
    ) -> None:
        compiled = Compiled.of(agreements, automaton)
        self._articles = articles
        self._agreements = len(agreements)
        self._patterns = len(compiled.patterns)
        self._panel = Panel(agreements, sources, compiled)

    def once(self) -> None:
        self.judge(self._articles)

    def judge(self, articles: Sequence[Article]) -> None:
        """Every judgement, in its stored form."""
        deque(self._panel.written(articles), maxlen=0)

    def answer(self) -> dict[str, Any]:
        """A fingerprint over all that is stored, and what was seen."""
        digest = hashlib.sha256()
        seen = within = verdicts = 0
        for judgements in self._panel.written(self._articles):
            for agreement, stored in judgements.items():
                digest.update(agreement.encode())
                digest.update(stored)
                judgement = Judgement.read(stored)
                seen += 1
                within += any(v.outcome is Outcome.IN for v in judgement.verdicts)
                verdicts += len(judgement.verdicts)
        each = len(self._articles)
        return {
            "fingerprint": digest.hexdigest(),
            "patterns": self._patterns,
            "verdicts": verdicts / each,
            "seen": seen / each / self._agreements,
            "in": within / each / self._agreements,
        }

    def elsewhere(self) -> tuple[float, int]:
        return 0.0, 0

    def close(self) -> None:
        pass


class Together(Whole):
    """The same by a crew of so many processes, as `monitor match --processes` has it: all answers at once.

    A crew of one is the process that asks; beside it the others are measured, for it keeps all answers, too.
    """

    def __init__(
        self,
        agreements: Sequence[Agreement],
        sources: Sources,
        articles: Sequence[Article],
        automaton: str,
        processes: int,
    ) -> None:
        super().__init__(agreements, sources, articles, automaton)
        self._crew = Crew(self._stored, _given_up, dict[str, bytes], processes)

    def once(self) -> None:
        self._crew.judge(self._articles)

    def _stored(self, articles: Sequence[Article]) -> list[dict[str, bytes]]:
        return list(self._panel.written(articles))

    def answer(self) -> dict[str, Any]:
        """A fingerprint over all that is stored."""
        digest = hashlib.sha256()
        for stored in self._crew.judge(self._articles):
            for agreement, judgement in stored.items():
                digest.update(agreement.encode())
                digest.update(judgement)
        return {"fingerprint": digest.hexdigest()}

    def elsewhere(self) -> tuple[float, int]:
        """What its processes have cost so far: they are children that have not ended."""
        children = descendants(os.getpid())[1:]
        return sum(map(cpu_of, children)), sum(map(peak_of, children))

    def close(self) -> None:
        self._crew.__exit__(None, None, None)


def _given_up(article: Article, why: str) -> dict[str, bytes]:
    raise RuntimeError(f"{article.url}: {why}")


class Bare:
    """pyahocorasick's `iter` over texts that are folded already, with the patterns of the agreements."""

    def __init__(self, agreements: Sequence[Agreement], articles: Sequence[Article]) -> None:
        self._texts = [text.stream for text in folded([(a.headline, a.standfirst, a.body) for a in articles])]
        self._articles = len(articles)
        made = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, pattern in enumerate(Compiled.of(agreements, "ahocorasick").patterns):
            made.add_word(pattern, number)
        made.make_automaton()
        # From its packed state it is a fifth faster than as built; ours is made so, and no slower one is measured.
        self._automaton = ahocorasick.Automaton(*made.__reduce__()[1])

    def once(self) -> None:
        for text in self._texts:
            for _ in self._automaton.iter(text):
                pass

    def answer(self) -> dict[str, Any]:
        """How many hits an article has."""
        hits = sum(1 for text in self._texts for _ in self._automaton.iter(text))
        return {"hits": hits / self._articles}

    def elsewhere(self) -> tuple[float, int]:
        return 0.0, 0

    def close(self) -> None:
        pass
