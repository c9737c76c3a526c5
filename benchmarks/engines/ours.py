"""Monitor itself, from raw articles: like its peers it says which questions hold, and gives no proof."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.engines import Engine, Job, Match
from monitor.core.matching.automaton import ENGINES
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.panel import Panel


class Ours(Engine):
    """All agreements of the job at one panel."""

    automaton = ENGINES[0]

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._numbers = {(q.agreement, q.section): q.number for q in job.questions}
        self._panel = Panel(job.agreements, job.sources, Compiled.of(job.agreements, self.automaton))

    def matches(self) -> Iterator[Match]:
        for number, found in enumerate(self._panel.sections(self.job.articles)):
            for agreement, sections in found.items():
                for section in sections:
                    yield number, self._numbers[agreement, section]


class OursOnPyahocorasick(Ours):
    """The same on an automaton that takes a step for each letter."""

    automaton = "ahocorasick"


class OursOnDaachorse(Ours):
    """The same on one that is denser in memory."""

    automaton = "daachorse"
