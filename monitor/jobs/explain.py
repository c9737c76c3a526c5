"""Explain: why an article is in a section or not, over the path that judged it, and what digests made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article, Field, line_of
from monitor.core.digest.composing import sections_of
from monitor.core.digest.filing import Filed, file_story
from monitor.core.edition import (
    Edition,
    EditionItem,
    ItemState,
    Window,
    current,
    next_slot,
    owed,
)
from monitor.core.explanation.account import Account, accounts
from monitor.core.explanation.fate import COUNTED, NAMED, Fate, Link, Shown, Way, fate
from monitor.core.explanation.words import told
from monitor.core.match import Finding, Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.significance import WITHIN, judge_stories, settle
from monitor.core.source import Sources
from monitor.core.story import Story
from monitor.errors import UnknownRecord
from monitor.jobs.folding import folded
from monitor.jobs.ports import Archive, Clock, Clusterer, Ledger, Recorded, StoryDecisions

AT_ONCE = timedelta.resolution


class Records(Archive, Ledger, StoryDecisions, Protocol):
    """What explaining reads."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """What every explanation is made with."""

    records: Records
    agreement: Agreement
    sources: Sources
    copies: Clusterer
    clock: Clock


@dataclass(frozen=True, slots=True)
class Asked:
    """Which digests are asked about: all of the agreement, one, or one edition of it."""

    digest: Digest | None = None
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one text of an article."""

    article: Article
    judgement: Judgement
    """With significance, as far as the last edition that is told of knew its story, or as the archive stands."""
    accounts: tuple[Account, ...]
    """What every section says; none where nothing of the article could be read."""
    recorded: Recorded | None = None
    """As it is stored; None: it is judged here and now."""
    editions: tuple[tuple[str, EditionItem], ...] = ()
    """Editions that did something with this text, by id, the oldest first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known of one article and one agreement."""

    text: Told
    """The text that was asked for."""
    stored: bool
    """False: handed in or fetched now, and judged here and now."""
    copies: tuple[Article, ...] = ()
    """The other articles of its story."""
    fates: tuple[Fate, ...] = ()
    """What the digests made of it, the oldest edition first; none when it is not stored."""
    others: tuple[Told, ...] = ()
    """The other texts that the article has had, the oldest first."""
    unseen: Link | None = None
    """Why an address is not stored."""

    @property
    def article(self) -> Article:
        """The text that was asked for."""
        return self.text.article

    @property
    def judgement(self) -> Judgement:
        """What was said of it."""
        return self.text.judgement


def explain_given(
    article: Article, agreement: Agreement, sources: Sources, unseen: Link | None = None
) -> Explanation:
    """The explanation of an article handed in, as if it were the only one there is."""
    alone = Story(article.line, (article,))
    judged = Matcher(agreement, sources).judge(article)
    judgement = settle(agreement, sources, [alone], {article.id: judged})[article.id]
    read = any(article.text_of(f).strip() for f in Field)
    told_of = accounts(article, judgement, agreement, sources) if read else ()
    return Explanation(Told(article, judgement, told_of), stored=False, unseen=unseen)


def explain_stored(article: Article, explainer: Explainer, asked: Asked) -> Explanation:
    """The explanation of a stored article: as it was judged, among what else was seen around that time.

    Significance looks at texts: where one of the story's is purged, it is not judged again, and left out.

    Raises:
        UnknownRecord: the agreement never judged it, and its text is purged.
    """
    asking = _Asking(explainer, article)
    ways = [w for digest in asking.digests(asked) for w in asking.ways(digest, asked.edition)]
    last = ways[-1] if ways else None
    view = last.view if last and last.view.has(article) else asking.around()
    return Explanation(
        asking.told(article, view),
        stored=True,
        copies=tuple(a for a in view.story.articles if a.id != article.id),
        fates=tuple(fate(w.way) for w in ways),
        others=tuple(asking.other(a) for a in explainer.records.texts(article.line) if a.id != article.id),
    )


# --------------------------------------------------------------- what was known at a moment


@dataclass(frozen=True, slots=True)
class _View:
    """The story of an article as it was known at some moment, and what was said of it."""

    story: Story
    judgements: dict[str, Judgement]
    """By article id, significance apart."""
    findings: dict[tuple[str, str], Finding]

    def has(self, article: Article) -> bool:
        return any(a.id == article.id for a in self.story.articles)

    def settled(self, agreement: Agreement, sources: Sources) -> dict[str, Judgement]:
        """The judgements with what the story's significance decides, where that could be judged."""
        return settle(agreement, sources, [self.story], self.judgements) if self.findings else self.judgements

    def filed(self, sections: Sequence[str], sources: Sources) -> Filed | None:
        return file_story(self.story, self.judgements, self.findings, tuple(sections), sources)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A way, and the view it was made of."""

    way: Way
    view: _View


@dataclass
class _Asking:
    """Looks things up for one article."""

    explainer: Explainer
    article: Article
    _editions: list[Edition] | None = field(default=None, init=False)

    @property
    def _records(self) -> Records:
        return self.explainer.records

    @property
    def _agreement(self) -> Agreement:
        return self.explainer.agreement

    def digests(self, asked: Asked) -> tuple[Digest, ...]:
        return (asked.digest,) if asked.digest else self._agreement.digests

    # ------------------------------------------------- texts

    def told(self, article: Article, view: _View) -> Told:
        """What is known of a text, with the significance of the story as the view has it."""
        agreement, sources = self._agreement, self.explainer.sources
        recorded = self._records.recorded(agreement.id, article.id)
        judgement = view.settled(agreement, sources)[article.id]
        items = self._records.items_of(agreement.id, [article.line])
        mine = tuple((e, i) for e, i in reversed(items) if i.article == article.id)
        return Told(article, judgement, accounts(article, judgement, agreement, sources), recorded, mine)

    def other(self, article: Article) -> Told:
        """The same of another text, by itself; nothing is said of one that was purged before it was judged."""
        if article.purged and not self._records.recorded(self._agreement.id, article.id):
            return Told(article, Judgement(article.url, None, evidence=article.evidence), ())
        return self.told(article, self.alone(article))

    def _judge(self, article: Article) -> Judgement:
        if article.purged_at:
            raise UnknownRecord(
                f"article {article.id} was never judged by this agreement, and its text was purged on "
                f"{article.purged_at:%d %B %Y}: nothing can be said of it"
            )
        return Matcher(self._agreement, self.explainer.sources).judge(article)

    # ------------------------------------------------- views

    def around(self) -> _View:
        """As the archive stands, 72 hours before and after the article."""
        when = self.article.when
        return self._view(when - WITHIN, when + WITHIN) if when else self.alone(self.article)

    def alone(self, article: Article) -> _View:
        """The article by itself."""
        return self._view_of([article], article)

    def _view(self, since: datetime, until: datetime, made: datetime | None = None) -> _View:
        seen = self._records.articles(since, until)
        if not any(a.id == self.article.id for a in seen):
            seen = [*(a for a in seen if a.line != self.article.line), self.article]
        return self._view_of(seen, self.article, made)

    def _view_of(self, seen: list[Article], article: Article, made: datetime | None = None) -> _View:
        found = folded(seen, self._records, self.explainer.copies, made)
        story = next(s for s in found if any(a.id == article.id for a in s.articles))
        judgements = self._records.judgements(self._agreement.id, [a.id for a in story.articles])
        if article.id not in judgements:
            judgements[article.id] = self._judge(article)
        there = not any(a.purged for a in story.articles)
        findings = judge_stories(self._agreement, [story], judgements, self.explainer.sources) if there else {}
        return _View(story, judgements, findings)

    # ------------------------------------------------- ways

    def ways(self, digest: Digest, edition: Edition | None) -> Iterator[_Seen]:
        """The way into the edition asked for; else into each that did something with the article, or would."""
        if edition:
            yield self._way(digest, edition)
            return
        for one in self._chosen(digest):
            yield self._way(digest, one)

    def _chosen(self, digest: Digest) -> list[Edition | None]:
        """Editions of the digest to tell of, the oldest first; None is the next one."""
        made = self._made(digest)
        did = {e: i.state for e, i in self._items() if i.article == self.article.id}
        took = [e for e in made if e.id in did]
        if took:
            waits = did[took[-1].id] is ItemState.HELD and made[-1] is took[-1]
            return [*took, None] if waits else [*took]
        judged = self._recorded.at if self._recorded else None
        from_when = max((t for t in (self.article.first_seen, judged) if t), default=None)
        covering = (e for e in made if self._recorded and (from_when is None or e.made_at >= from_when))
        return [next(covering, None)]

    def _made(self, digest: Digest) -> list[Edition]:
        """Editions of the digest made since the article was first seen, the oldest first."""
        if self._editions is None:
            since = self.article.first_seen
            self._editions = self._records.editions(self._agreement.id, made_since=since)[::-1]
        return [e for e in self._editions if e.digest == digest.id]

    def _items(self) -> list[tuple[str, EditionItem]]:
        return self._records.items_of(self._agreement.id, [self.article.line])

    @property
    def _recorded(self) -> Recorded | None:
        return self._records.recorded(self._agreement.id, self.article.id)

    def _way(self, digest: Digest, edition: Edition | None) -> _Seen:
        window = edition.window if edition else self._next_window(digest)
        until = edition.made_at if edition else self.explainer.clock()
        looks_from = window.start - WITHIN
        view = self._view(looks_from, until + AT_ONCE, edition.made_at if edition else None)
        sections = [p.section for p in sections_of(self._agreement, digest)]
        filed = view.filed(sections, self.explainer.sources)
        told_of = self.told(self.article, view)
        item = next((i for e, i in told_of.editions if edition and e == edition.id), None)
        way = Way(
            self.article,
            self._agreement,
            digest,
            self.explainer.sources,
            looks_from,
            window.end,
            edition,
            told_of.recorded.judgement if told_of.recorded else None,
            told_of.recorded.at if told_of.recorded else None,
            told_of.accounts,
            self._later_text(until),
            item,
            filed,
            view.findings.get((view.story.id, filed.section)) if filed else None,
            self._shown_with(edition, item) or self._shown(digest, edition, view.story),
        )
        return _Seen(self._in_edition(way), view)

    def _in_edition(self, way: Way) -> Way:
        """The way with what the edition's mail made of it, or where the article went instead."""
        if way.edition is None:
            return way
        if way.article.first_seen and way.article.first_seen > way.edition.made_at:
            return replace(way, went_to=self._went_to(way.digest))
        if way.item is None or way.item.state is not ItemState.SHOWN:
            return way
        return replace(
            way, mail=_room(way.edition, way.article), deliveries=self._records.deliveries(way.edition.id)
        )

    def _went_to(self, digest: Digest) -> str:
        first = self._chosen(digest)[0]
        if first:
            return f"it was in time for {first.id}"
        return f"it waits for the edition that closes {told(self._next_window(digest).end)}"

    def _next_window(self, digest: Digest) -> Window:
        """The window of the edition that is owed, else of the next."""
        last, now = self._records.last_edition(self._agreement.id, digest.id), self.explainer.clock()
        return owed(digest, last, now) or Window(current(digest, last, now).start, next_slot(digest, now) or now)

    def _later_text(self, until: datetime) -> Article | None:
        """The text that had taken this one's place by then."""
        texts = [a for a in self._records.texts(self.article.line) if a.first_seen and a.first_seen <= until]
        behind = [a.id for a in texts].index(self.article.id) + 1 if self.article in texts else len(texts)
        return texts[-1] if texts[behind:] else None

    def _shown_with(self, edition: Edition | None, item: EditionItem | None) -> Shown | None:
        """The article that an edition folded this one under."""
        if edition is None or item is None or item.state is not ItemState.COPY:
            return None
        items = self._records.items(edition.id)
        shown = next((i for i in items if i.story == item.story and i.state is ItemState.SHOWN), None)
        return Shown(edition.id, self._records.article(shown.article)) if shown else None

    def _shown(self, digest: Digest, edition: Edition | None, story: Story) -> Shown | None:
        """The article that this edition, or one before it, shows the story by."""
        lines = {a.line for a in story.articles} | {self.article.line}
        up_to = edition.window.end if edition else None
        for of, item in self._records.items_of(self._agreement.id, lines):
            if item.state is ItemState.SHOWN and line_of(item.article) in lines:
                made = self._records.edition(of)
                if made.digest == digest.id and (up_to is None or made.window.end <= up_to):
                    return Shown(of, self._records.article(item.article))
        return None


def _room(edition: Edition, article: Article) -> str:
    """Whether the mail had room for an article its edition shows: '' when it had, else `named` or `counted`."""
    parts: list[dict[str, Any]] = json.loads(edition.content).get("sections", [])
    if any(item["article"] == article.id for part in parts for item in part["items"]):
        return ""
    if any(line["url"] == article.url for part in parts for line in part.get("cut", ())):
        return NAMED
    return COUNTED if any(part.get("unnamed") for part in parts) else ""
