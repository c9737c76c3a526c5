"""A sweep: what each value of a section's thresholds would let in, from one look at every article.

Thresholds only ever compare points with what is needed. So an article is judged once, with nothing needed, and its
points say for which values it is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.json import Json
from monitor.core.match import Judgement, Rule, Verdict
from monitor.core.profile import AboutnessRule, Profile, SignificanceRule
from monitor.core.replay.changes import State
from monitor.core.significance import judge_story
from monitor.core.story import Story


class Threshold(StrEnum):
    """A number of points that a section asks for."""

    ABOUTNESS = "aboutness"
    """`subject_of: points`."""
    PROMINENCE = "prominence"
    IMPACT = "impact"
    """Both of `significance`."""


ALWAYS = 1_000
"""More points than any rule can ask for: of what no rule on significance is asked about."""
_NOTHING_NEEDED = {"aboutness": AboutnessRule(0), "significance": SignificanceRule(0, 0)}


@dataclass(frozen=True, slots=True)
class Points:
    """What a section needs, or an article has."""

    aboutness: int = 0
    prominence: int = 0
    impact: int = 0

    def reach(self, needed: Points) -> bool:
        """Whether they are enough."""
        return all(self.of(name) >= needed.of(name) for name in Threshold)

    def of(self, threshold: Threshold) -> int:
        """Those of one threshold."""
        number: int = getattr(self, threshold)
        return number

    def put(self, threshold: Threshold, value: int) -> Points:
        """The same, but for one of them."""
        return replace(self, **{str(threshold): value})


@dataclass(frozen=True, slots=True)
class Swept:
    """An article that is in the section by all its rules but those with thresholds."""

    article: Article
    verdict: Verdict
    """What the section says of it, with its points and nothing needed."""
    points: tuple[Points, ...]
    """What it has. Several where more aboutness leaves fewer articles to make its story prominent."""

    def to_json(self, thresholds: Iterable[Threshold]) -> dict[str, Json]:
        """The article, what the section says of it, and its points; null: it is in whatever is needed."""
        shown = tuple(thresholds)
        article = self.article
        return {
            **article.named(),
            "points": [{str(t): had if (had := p.of(t)) < ALWAYS else None for t in shown} for p in self.points],
            "verdict": self.verdict.to_json(),
        }

    def is_in(self, needed: Points) -> bool:
        """Whether the section takes it when it needs so much."""
        return any(points.reach(needed) for points in self.points)

    def turn(self, needed: Points) -> int:
        """By how many points thresholds must be turned, at least, for the article to come in or go."""
        apart = [[points.of(t) - needed.of(t) for t in Threshold] for points in self.points]
        if self.is_in(needed):
            return 1 + max(min(spare) for spare in apart)
        return min(-sum(lack for lack in of if lack < 0) for of in apart)


@dataclass(frozen=True, slots=True)
class Step:
    """One value of a threshold, the others as they are."""

    value: int
    count: int
    """Articles that are in with it."""
    more: int
    """Of these, how many are not in now."""
    fewer: int
    """How many are in now and would go."""

    def to_json(self) -> dict[str, Json]:
        """`{"value", "in", "would_come", "would_go"}`."""
        return {"value": self.value, "in": self.count, "would_come": self.more, "would_go": self.fewer}


@dataclass(frozen=True, slots=True)
class Sweep:
    """The articles of a section by their points."""

    section: str
    thresholds: tuple[Threshold, ...]
    """Those that the section has."""
    needed: Points
    """What it needs now."""
    articles: tuple[Swept, ...]
    """In order of `first_seen`, id."""
    purged: int
    """Articles that may have been in, whose text is gone, so that nobody can judge them."""
    faults: tuple[Fault, ...] = ()
    """Articles that could not be judged, and stopped no other."""

    def values(self, threshold: Threshold) -> tuple[int, ...]:
        """The values that make a difference, and the one in force, lowest first: with others nothing changes."""
        had = {points.of(threshold) for one in self.articles for points in one.points} - {ALWAYS}
        return tuple(sorted({least(threshold), self.needed.of(threshold), *(had - {0}), *_after(had)}))

    def steps(self, threshold: Threshold) -> tuple[Step, ...]:
        """What each of these values would let in."""
        return tuple(self.step(threshold, value) for value in self.values(threshold))

    def step(self, threshold: Threshold, value: int) -> Step:
        """What one value would let in."""
        came, went = self.moved(self.needed.put(threshold, value))
        now = sum(one.is_in(self.needed) for one in self.articles)
        return Step(value, now + len(came) - len(went), len(came), len(went))

    def moved(self, needed: Points) -> tuple[tuple[Swept, ...], tuple[Swept, ...]]:
        """What would come, and what would go, if so much were needed."""
        came = tuple(a for a in self.articles if a.is_in(needed) and not a.is_in(self.needed))
        went = tuple(a for a in self.articles if a.is_in(self.needed) and not a.is_in(needed))
        return came, went

    def to_json(self) -> dict[str, Json]:
        """What it needs now, what each value of a threshold would let in, and the articles with their points."""
        return {
            "section": self.section,
            "needed": {str(t): self.needed.of(t) for t in self.thresholds},
            "thresholds": {str(t): [step.to_json() for step in self.steps(t)] for t in self.thresholds},
            "articles": [one.to_json(self.thresholds) for one in self.articles],
            "purged": self.purged,
        }


def least(threshold: Threshold) -> int:
    """The lowest value that a profile may ask for: no points of aboutness would be no rule at all."""
    return 1 if threshold is Threshold.ABOUTNESS else 0


def _after(had: Iterable[int]) -> set[int]:
    """The first value that nothing reaches: where the section takes no article any more."""
    return {max(had) + 1} if had else set()


# --------------------------------------------------------------- how points are found


def thresholds_of(profile: Profile) -> tuple[Threshold, ...]:
    """The thresholds that a section has."""
    of_stories = (Threshold.PROMINENCE, Threshold.IMPACT) if profile.significance else ()
    return (*((Threshold.ABOUTNESS,) if profile.aboutness else ()), *of_stories)


def needed_by(profile: Profile) -> Points:
    """What the section needs; nothing where it has no such rule."""
    about, major = profile.aboutness, profile.significance
    return Points(about.points if about else 0, major.prominence if major else 0, major.impact if major else 0)


def with_nothing_needed(state: State, section: str) -> State:
    """The same state, but that the rules of the section that have thresholds need no points."""
    profile = state.agreement.profile(section)
    loose = {name: rule for name, rule in _NOTHING_NEEDED.items() if getattr(profile, name)}
    profiles = tuple(replace(p, **loose) if p is profile else p for p in state.agreement.profiles)  # type: ignore[arg-type]
    return replace(state, agreement=replace(state.agreement, profiles=profiles))


def points_alone(judgement: Judgement, section: str) -> Points:
    """What an article has that is not judged on its story."""
    return Points(_about(judgement.verdict(section)), ALWAYS, ALWAYS)


def points_in_story(
    state: State, section: str, story: Story, judgements: Mapping[str, Judgement], article: Article
) -> tuple[Points, ...]:
    """What an article has as one of its story; `state` needs no points.

    The story is as prominent as the best of its articles that the section takes, and the more aboutness is needed
    the fewer these are. What no value could tell from other points is left out.
    """
    rule = state.agreement.profile(section).significance
    assert rule
    taken = {
        one.id: verdict
        for one in story.articles
        if (judgement := judgements.get(one.id)) and section in judgement.sections
        if (verdict := judgement.verdict(section))
    }
    own = _about(taken[article.id])
    found: list[Points] = []
    for level in sorted({had for v in taken.values() if (had := _about(v)) <= own}, reverse=True):
        counting = {i: v for i, v in taken.items() if _about(v) >= level}
        evidence = judge_story(rule, story, counting, state.sources, state.agreement.minor).evidence
        points = Points(level, evidence["prominence"], evidence["impact"])
        if not any(other.reach(points) for other in found):
            found.append(points)
    return tuple(found)


def _about(verdict: Verdict | None) -> int:
    finding = verdict.finding(Rule.ABOUTNESS) if verdict else None
    return int(finding.evidence["points"]) if finding else 0
