"""Ours and its peers on the same questions and articles: what each costs, and whether all say the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from benchmarks.engines import Engine, Job, engine
from benchmarks.rounds import Measured

JUDGE = "Monitor"
"""Whose answer the others must give."""


class Asking:
    """One engine at the job."""

    def __init__(self, name: str, job: Job) -> None:
        self._questions = len(job.questions)
        self._engine: Engine = engine(name)(job)

    def once(self) -> None:
        deque(self._engine.matches(), maxlen=0)

    def answer(self) -> list[int]:
        """Every match as one number, article by article."""
        return sorted(article * self._questions + question for article, question in self._engine.matches())

    def elsewhere(self) -> tuple[float, int]:
        return self._engine.elsewhere()

    def close(self) -> None:
        self._engine.close()


def share_found(measured: Measured, judge: Measured) -> float:
    """Which share of the matches an engine found."""
    return len(measured.answer) / len(judge.answer) if judge.answer else 1.0


def differences(measured: Mapping[str, Measured], job: Job) -> list[str]:
    """Where engines say otherwise than ours, in words; empty when all agree.

    An engine that cannot find all may say less, but nothing else.
    """
    expected = set(measured[JUDGE].answer)
    found = []
    for name, one in measured.items():
        if one.fault:
            continue
        answer = set(one.answer)
        missing = expected - answer if engine(name).complete else set()
        for what, matches in (("does not find", missing), ("finds besides", answer - expected)):
            if matches:
                article, question = divmod(min(matches), len(job.questions))
                asked = job.questions[question]
                found.append(
                    f"{name} {what} {len(matches)} of {len(expected)} matches, such as {asked.agreement} "
                    f"{asked.section} in {job.articles[article].url or article}"
                )
    return found
