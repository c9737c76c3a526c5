"""Try examples: judge the texts that stand beside a profile, and see whether they come out as they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import Outcome, Verdict
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Example
from monitor.core.source import Sources


@dataclass(frozen=True, slots=True)
class Tried:
    """One example, judged."""

    section: str
    number: int
    """From 1, in the order of the file."""
    example: Example
    verdict: Verdict | None
    wrong: tuple[str, ...]
    """What did not come out as it says; empty when all did."""

    @property
    def holds(self) -> bool:
        """Whether it comes out as it says."""
        return not self.wrong


def try_examples(agreement: Agreement, sources: Sources) -> Iterator[Tried]:
    """Every example of every section, judged by all rules but significance, which needs a story."""
    matcher = Matcher(agreement, sources)
    for profile in agreement.profiles:
        for number, example in enumerate(profile.examples, 1):
            judgement = matcher.judge(_article(example))
            verdict = judgement.verdict(profile.section)
            wrong = (*(fault.what for fault in judgement.faults), *_wrong(example, verdict))
            yield Tried(profile.section, number, example, verdict, wrong)


def _article(example: Example) -> Article:
    return Article(example.url, headline=example.headline, body=example.text, outlet=example.outlet)


def _wrong(example: Example, verdict: Verdict | None) -> Iterator[str]:
    if example.hits is not None:
        hits = {h.term for h in verdict.hits} if verdict else set()
        for missing in sorted(set(example.hits) - hits):
            yield f"{missing!r} should hit, and does not"
        for extra in sorted(hits - set(example.hits)):
            yield f"{extra!r} hits, and should not"
    if example.verdict is not None:
        outcome = verdict.outcome if verdict else Outcome.OUT
        if outcome != example.verdict:
            yield f"it is {outcome}, and should be {example.verdict}"
