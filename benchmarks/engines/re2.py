"""RE2: all phrases as one set of literals."""

from __future__ import annotations

from collections.abc import Iterator

import re2

from benchmarks.documents import Decider
from benchmarks.engines import Engine, Job, Match

MEMORY = 8 << 30
"""Bytes its automaton may take before it gives up."""


class Re2(Engine):
    """A phrase with a space before and after it."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._decider = Decider(job.questions)
        options = re2.Options()
        options.max_mem = MEMORY
        self._set = re2.Set.SearchSet(options)
        for phrase in self._decider.phrases:
            self._set.Add(f" {phrase} ")
        self._set.Compile()
        self._texts = [f" {text} " for text in job.texts]

    def matches(self) -> Iterator[Match]:
        for article, text in enumerate(self._texts):
            yield from ((article, question) for question in self._decider.decide(set(self._set.Match(text) or ())))
