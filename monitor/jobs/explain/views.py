"""What was known of an article and its story at some moment, and what is said of each text by that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.core.agreement import Digest
from monitor.core.article import Article
from monitor.core.digest import judged_for
from monitor.core.digest.filing import Filed, Findings, file_story
from monitor.core.explanation import accounts
from monitor.core.match import Finding, Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.significance import WITHIN, judge_stories, settle
from monitor.core.source import Sources
from monitor.core.story import Story
from monitor.errors import UnknownRecord
from monitor.jobs.explain.told import Explainer, Told
from monitor.jobs.folding import folded

AT_ONCE = timedelta.resolution
"""The smallest step of time: what is first seen at the moment itself is known then."""


@dataclass(frozen=True, slots=True)
class View:
    """The story of an article as it was known at some moment, and what was said of its articles."""

    story: Story
    judgements: dict[str, Judgement]
    """By article id, significance apart."""
    findings: Findings
    """What significance found, by story id and section; none where a text of the story is purged."""

    def has(self, article: Article) -> bool:
        """Whether this text of the article was known."""
        return any(a.id == article.id for a in self.story.articles)

    def filed(self, sections: Sequence[str], sources: Sources) -> Filed | None:
        """Where the story stands among these sections."""
        return file_story(self.story, self.judgements, self.findings, tuple(sections), sources)

    def finding(self, filed: Filed | None) -> Finding | None:
        """What significance found for the section the story is filed in; else for the one that found it."""
        if filed is None:
            return None
        of = (self.findings.get((self.story.id, section)) for section in (filed.section, filed.proved))
        return next((finding for finding in of if finding), None)


@dataclass(frozen=True, slots=True)
class Views:
    """Looks at one article, as of different moments."""

    explainer: Explainer
    article: Article
    digest: Digest | None = None
    """By whose thresholds its story is judged; None: by the sections' own."""

    def around(self) -> View:
        """As the archive stands, 72 hours before and after the article."""
        when = self.article.when
        return self.between(when - WITHIN, when + WITHIN) if when else self.alone(self.article)

    def between(self, since: datetime, until: datetime, decided: datetime | None = None) -> View:
        """As it was known at `until`, of what was first seen since; by what people had decided of stories then."""
        seen = self.explainer.records.articles(since, until)
        if not any(a.id == self.article.id for a in seen):
            seen = [*(a for a in seen if a.line != self.article.line), self.article]
        return self._of(seen, self.article, decided)

    def alone(self, article: Article) -> View:
        """A text by itself."""
        return self._of([article], article, None)

    def told(self, article: Article, view: View) -> Told:
        """What is known of a text, with the significance of the story as the view has it."""
        agreement, sources, records = self.explainer.agreement, self.explainer.sources, self.explainer.records
        judged = view.judgements
        if view.findings:
            judged = settle(agreement, sources, [view.story], judged)
        items = records.items_of(agreement.id, [article.line])
        return Told(
            article,
            judged[article.id],
            accounts(article, judged[article.id], agreement, sources),
            records.recorded(agreement.id, article.id),
            tuple((edition, item) for edition, item in reversed(items) if item.article == article.id),
        )

    def other(self, article: Article) -> Told:
        """The same of another text, by itself, as it was judged: how major its story was is not reckoned anew.

        Nothing is said of one that was purged before it was judged.
        """
        if article.purged and not self.explainer.records.recorded(self.explainer.agreement.id, article.id):
            return Told(article, Judgement(article.url, None, evidence=article.evidence), ())
        return self.told(article, replace(self.alone(article), findings={}))

    def _of(self, seen: list[Article], article: Article, decided: datetime | None) -> View:
        agreement, records = self.explainer.agreement, self.explainer.records
        found = folded(seen, records, self.explainer.copies, decided)
        story = next(s for s in found if any(a.id == article.id for a in s.articles))
        judgements = records.judgements(agreement.id, [a.id for a in story.articles])
        if article.id not in judgements:
            judgements[article.id] = self._judged_now(article)
        there = not any(a.purged for a in story.articles)
        return View(story, judgements, self._findings(story, judgements) if there else {})

    def _findings(self, story: Story, judgements: Mapping[str, Judgement]) -> Findings:
        agreement, sources = self.explainer.agreement, self.explainer.sources
        if self.digest is None:
            return judge_stories(agreement, [story], judgements, sources)
        return judged_for(agreement, self.digest, [story], judgements, sources)

    def _judged_now(self, article: Article) -> Judgement:
        if article.purged_at:
            raise UnknownRecord(
                f"article {article.id} was never judged by this agreement, and its text was purged on "
                f"{article.purged_at:%d %B %Y}: nothing can be said of it"
            )
        return Matcher(self.explainer.agreement, self.explainer.sources).judge(article)
