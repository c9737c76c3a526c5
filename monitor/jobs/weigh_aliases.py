"""Weigh aliases: what each name that nobody has approved would have added, had it been approved (section 3)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import Judgement, Outcome, Verdict
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Alias, Profile
from monitor.core.source import Sources
from monitor.jobs.days import day_by_day
from monitor.jobs.judging import Judge, judging, unjudged
from monitor.jobs.ports import Archive, Progress


@dataclass(frozen=True, slots=True)
class Stands:
    """An article in which an alias stands, and what the section would say of it."""

    article: Article
    verdict: Verdict
    """With the alias approved, significance apart."""
    was: Outcome
    """Without it."""

    @property
    def added(self) -> bool:
        """Whether the alias alone brings it in."""
        return self.verdict.outcome is Outcome.IN and self.was is not Outcome.IN


@dataclass(frozen=True, slots=True)
class AliasWeight:
    """What one alias would have added."""

    section: str
    term: str
    alias: Alias
    stands: tuple[Stands, ...] = ()
    """Every article it stands in, the oldest first."""

    @property
    def added(self) -> tuple[Stands, ...]:
        """Those that it alone brings in."""
        return tuple(s for s in self.stands if s.added)

    def count(self, outcome: Outcome) -> int:
        """Of those it does not bring in, how many have this outcome with it approved; IN: they are in anyway."""
        return sum(s.verdict.outcome is outcome and not s.added for s in self.stands)


@dataclass(frozen=True, slots=True)
class AliasReport:
    """What the aliases of an agreement would have added in a period."""

    looked_at: int
    """Articles that could be read."""
    purged: int
    """Articles whose text is gone: nothing can be said of them."""
    weights: tuple[AliasWeight, ...]
    """One for each alias that waits for approval, in the agreement's order."""
    faults: tuple[Fault, ...] = ()
    """Of the articles that cannot be judged."""


def weigh_aliases(
    agreement: Agreement, sources: Sources, archive: Archive, since: datetime, until: datetime, progress: Progress
) -> AliasReport:
    """What each alias would have added among the articles first seen in `[since, until)`; stores nothing.

    Judged by the profiles as they are now, each alias approved by itself, significance apart. Of an article whose
    text has changed the latest text in the period counts.
    """
    scale = _Scale(agreement, sources)
    texts: dict[str, bool] = {}
    """Whether the text of each line is there."""
    progress.start(f"aliases of {agreement.id}", None)
    for articles in day_by_day(archive, since, until) if scale.aliases else ():
        for article in articles:
            texts[article.line] = not article.purged
            scale.put(article)
        progress.advance(len(articles), articles=len(texts))
    progress.finish()
    there = sum(texts.values())
    return AliasReport(there, len(texts) - there, scale.weights(), tuple(scale.unjudged))


@dataclass
class _Scale:
    """Judges articles by each section that has an alias to weigh, without it and with it."""

    agreement: Agreement
    sources: Sources
    unjudged: dict[Fault, None] = field(default_factory=dict, init=False)
    """Why articles cannot be judged, each once."""
    _judges: dict[tuple[str, str], Judge[Judgement]] = field(default_factory=dict, init=False)
    _found: dict[tuple[str, str, str], dict[str, Stands]] = field(default_factory=dict, init=False)
    """By section, term and alias; then by the article's line."""

    def __post_init__(self) -> None:
        self.aliases = [
            (profile, term.name, alias)
            for profile in self.agreement.profiles
            for term in profile.terms
            for alias in term.aliases
            if not alias.approved
        ]
        profiles = tuple(dict.fromkeys(profile.section for profile, *_ in self.aliases))
        waiting = replace(self.agreement, profiles=tuple(self.agreement.profile(s) for s in profiles))
        self._as_is = judging(Matcher(waiting, self.sources))

    def put(self, article: Article) -> None:
        """Weigh every alias that stands in the article."""
        for found in self._found.values():
            found.pop(article.line, None)
        judgement = self._said(self._as_is, article)
        for section, term, text in dict.fromkeys((a.section, a.hit.term, a.alias) for a in judgement.aliases):
            before = judgement.verdict(section)
            verdict = self._said(self._approved(section, text), article).verdict(section)
            if verdict:
                was = before.outcome if before else Outcome.OUT
                self._found.setdefault((section, term, text), {})[article.line] = Stands(article, verdict, was)

    def weights(self) -> tuple[AliasWeight, ...]:
        """What was found of each alias."""
        return tuple(
            AliasWeight(p.section, term, alias, tuple(self._found.get((p.section, term, alias.text), {}).values()))
            for p, term, alias in self.aliases
        )

    def _said(self, judge: Judge[Judgement], article: Article) -> Judgement:
        (judgement,) = judge([article])
        self.unjudged |= unjudged(judgement)
        return judgement

    def _approved(self, section: str, text: str) -> Judge[Judgement]:
        """By the section with this alias approved; made when it is first needed."""
        if (section, text) not in self._judges:
            profile = _with_approved(self.agreement.profile(section), text)
            matcher = Matcher(replace(self.agreement, profiles=(profile,)), self.sources)
            self._judges[section, text] = judging(matcher)
        return self._judges[section, text]


def _with_approved(profile: Profile, text: str) -> Profile:
    terms = tuple(
        replace(t, aliases=tuple(replace(a, approved=a.approved or a.text == text) for a in t.aliases))
        for t in profile.terms
    )
    return replace(profile, terms=terms)
