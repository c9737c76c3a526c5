"""What a draft changes, article by article, as it is shown: in sentences, with as much text as rights allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from monitor.core.article import Article
from monitor.core.explanation import Passage, explain, passages
from monitor.core.explanation.words import counted, listed
from monitor.core.match import Verdict
from monitor.core.replay.by_section import Fate, Seen
from monitor.core.replay.changes import State
from monitor.core.replay.sweep import ALWAYS, Swept, Threshold, thresholds_of
from monitor.errors import UnknownRecord
from monitor.web.agreements import Room
from monitor.web.telling import Allowance

FATES = {
    Fate.GAINED: "Gained",
    Fate.LOST: "Lost",
    Fate.TAKEN: "Filed elsewhere",
    Fate.GIVEN: "Filed here now",
    Fate.PROOF: "Another proof",
}
NEVER = "Out: no term of the section stands in it."
UNJUDGED = "Nothing: there is no such section."
POINTS = {
    Threshold.ABOUTNESS: "{} of aboutness",
    Threshold.PROMINENCE: "its story has {} of prominence",
    Threshold.IMPACT: "{} of impact",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """An article in a section, and why it is there or not."""

    article: Article
    outlet: str
    section: str
    """Its title."""
    fate: str
    """What became of it, in a word or two."""
    other: str
    """The title of another section that has to do with it; '' for none."""
    terms: tuple[str, ...]
    now: str
    """What is in force, in a sentence."""
    then: str
    """What the draft says."""
    passages: tuple[Passage, ...]
    left: int
    """Passages that rights do not let us show."""

    def to_json(self) -> dict[str, Any]:
        """The same for a program, without the article."""
        return {
            "in_force_says": self.now,
            "draft_says": self.then,
            "passages": [passage.to_json() for passage in self.passages],
            "passages_not_shown": self.left,
        }


@dataclass(frozen=True, slots=True)
class Prover:
    """Tells proofs for a room, by the states that judged."""

    room: Room
    old: State
    new: State

    def title(self, section: str) -> str:
        """A section as the draft prints it, else as it is in force, else its id."""
        for agreement in (self.new.agreement, self.old.agreement):
            if section in agreement.order:
                return agreement.profile(section).title
        return section

    def seen(self, seen: Iterable[Seen]) -> list[Proof]:
        """What sections see otherwise, each with its proof."""
        return [self._seen(one) for one in seen]

    def swept(self, swept: Iterable[Swept], section: str) -> list[Proof]:
        """Articles of a section with thresholds, each with its points."""
        return [self._swept(one, section) for one in swept]

    def _seen(self, one: Seen) -> Proof:
        shown, left = self._passages(one.difference.article, one.after, one.before)
        return Proof(
            one.difference.article,
            self.room.outlet(one.difference.article.outlet or ""),
            self.title(one.section),
            FATES[one.fate],
            self.title(one.other) if one.other else "",
            one.terms,
            self._sentence(one.before, one.section, self.old),
            self._sentence(one.after, one.section, self.new),
            shown,
            left,
        )

    def _swept(self, one: Swept, section: str) -> Proof:
        shown, left = self._passages(one.article, one.verdict)
        terms = tuple(dict.fromkeys(hit.term for hit in one.verdict.hits))
        outlet = self.room.outlet(one.article.outlet or "")
        told = f"It names {listed(terms)}{self._points(one, section)}."
        return Proof(one.article, outlet, self.title(section), "", "", terms, "", told, shown, left)

    def _points(self, one: Swept, section: str) -> str:
        """The points of an article, the most it has of each."""
        told = []
        for threshold, words in POINTS.items():
            had = max(points.of(threshold) for points in one.points)
            if threshold in thresholds_of(self.new.agreement.profile(section)) and had < ALWAYS:
                told.append(words.format(counted(had, "point")))
        return f": {listed(told)}" if told else ""

    def _sentence(self, verdict: Verdict | None, section: str, state: State) -> str:
        there = section in state.agreement.order
        if verdict:
            return explain(verdict, state.sources, state.agreement.profile(section) if there else None)
        return NEVER if there else UNJUDGED

    def _passages(self, bare: Article, *verdicts: Verdict | None) -> tuple[tuple[Passage, ...], int]:
        """The sentences that verdicts go by, each once, as far as the outlet's rights go; how many they leave out.

        Read from the archive now: of what was purged meanwhile there are the words of the proof alone.
        """
        try:
            article = self.room.workspace.store.article(bare.id)
        except UnknownRecord:
            return (), 0
        found = dict.fromkeys(p for verdict in verdicts if verdict for p in passages(article, verdict))
        shown = Allowance.of(article.outlet, self.room).take(tuple(found))
        return shown, len(found) - len(shown)
