"""Hyperscan: all phrases as one database of literals, each reported once a text."""

from __future__ import annotations

from collections.abc import Iterator

import hyperscan

from benchmarks.documents import Decider
from benchmarks.engines import Engine, Job, Match


class Hyperscan(Engine):
    """Block mode; a phrase with a space before and after it."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._decider = Decider(job.questions)
        phrases = self._decider.phrases
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[f" {phrase} ".encode() for phrase in phrases],
            ids=list(range(len(phrases))),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(phrases),
        )
        self._texts = [f" {text} ".encode() for text in job.texts]

    def matches(self) -> Iterator[Match]:
        found: set[int] = set()

        def see(number: int, start: int, end: int, flags: int, context: object) -> None:
            found.add(number)

        for article, text in enumerate(self._texts):
            found.clear()
            self._database.scan(text, match_event_handler=see)
            yield from ((article, question) for question in self._decider.decide(found))
