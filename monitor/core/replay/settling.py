"""Significance in a replay: an article that is major by itself is settled at once, any other in its story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from monitor.core.article import Article
from monitor.core.match import Judgement, Outcome, Rule
from monitor.core.replay.changes import State
from monitor.core.significance import settle
from monitor.core.story import Story


def on_its_story(state: State, judgement: Judgement) -> bool:
    """Whether the story decides: it is in a section that takes major stories only, by all other rules."""
    rules = {p.section for p in state.agreement.profiles if p.significance}
    within = (v.section for v in judgement.verdicts if v.outcome is Outcome.IN)
    return not judgement.recategorised and not rules.isdisjoint(within)


def settled_alone(state: State, article: Article, judgement: Judgement) -> Judgement | None:
    """The judgement with significance, as if nobody else told the story; None when that is not enough to be in.

    Who is major alone is major in every story: prominence and impact only grow with it (the contract, section 8).
    """
    if not on_its_story(state, judgement):
        return judgement
    alone = settled_in(state, Story(article.line, (article,)), article, {article.id: judgement})
    return None if any(v.decided_by == Rule.SIGNIFICANCE for v in alone.verdicts) else alone


def settled_in(state: State, story: Story, article: Article, judgements: Mapping[str, Judgement]) -> Judgement:
    """The judgement of an article of a story, with what its significance decides."""
    return settle(state.agreement, state.sources, [story], judgements)[article.id]


def with_draft_of(old: State, new: State, section: str) -> State:
    """The old state with one section as in the new one: what would change if that alone were published."""
    names = [s for s in old.agreement.order if s != section]
    if section in new.agreement.order:
        names.insert(_place(section, new.agreement.order, names), section)
    profiles = [(new if name == section else old).agreement.profile(name) for name in names]
    return replace(old, agreement=replace(old.agreement, profiles=tuple(profiles)))


def _place(section: str, order: Iterable[str], names: list[str]) -> int:
    """Behind the last of the names that stands before the section in the order."""
    before = list(order)
    before = before[: before.index(section)]
    return max((names.index(name) + 1 for name in before if name in names), default=0)
