"""flashtext2: a trie of words. It never sees a phrase that overlaps one it has taken, so it cannot find all."""

from __future__ import annotations

from collections.abc import Iterator

from flashtext2 import KeywordProcessor

from benchmarks.documents import Decider
from benchmarks.engines import Engine, Job, Match


class FlashText(Engine):
    """Keywords in one trie."""

    complete = False

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._decider = Decider(job.questions)
        self._numbers = {phrase: number for number, phrase in enumerate(self._decider.phrases)}
        self._keywords = KeywordProcessor(case_sensitive=True)
        for phrase in self._decider.phrases:
            self._keywords.add_keyword(phrase)

    def matches(self) -> Iterator[Match]:
        for article, text in enumerate(self.job.texts):
            found = {self._numbers[phrase] for phrase in self._keywords.extract_keywords(text)}
            yield from ((article, question) for question in self._decider.decide(found))
