"""The ways of an article into editions: which are told of, and all that is known of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from monitor.core.agreement import Digest
from monitor.core.article import Article, line_of
from monitor.core.calendar import next_slot, upcoming
from monitor.core.curation import Act, Curations, Said, bearing_on
from monitor.core.digest.composing import sections_of
from monitor.core.digest.overlay import overlaid
from monitor.core.edition import Edition, EditionItem, ItemState, Window, edition_id, seen_until
from monitor.core.explanation import COUNTED, NAMED, Shown, Way
from monitor.core.explanation.words import told
from monitor.core.significance import WITHIN
from monitor.core.story import Story, StoryDecision, Verb
from monitor.jobs.explain.told import Explainer
from monitor.jobs.explain.views import AT_ONCE, View, Views
from monitor.jobs.folding import parted
from monitor.jobs.ports import Recorded

WAITING = (ItemState.HELD, ItemState.HELD_OVER)
"""What an edition did with an article that the next one looks at again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A way, and the view it was made of."""

    way: Way
    view: View


@dataclass(frozen=True)
class Ways:
    """The ways of one article into the editions of the agreement's digests."""

    explainer: Explainer
    article: Article

    def into(self, digest: Digest, edition: Edition | None) -> Iterator[Seen]:
        """The way into the edition asked for; else into each that did something with the article, or would.

        Into the next, too, where editors let it in that an edition before went without.
        """
        chosen = [edition] if edition else self._chosen(digest)
        for one in chosen:
            yield self._way(digest, one)
        if edition is None and chosen[-1] and self._editors_spoke(digest):
            coming = self._way(digest, None)
            if self._let_in(coming.way, chosen[-1]):
                yield coming

    # ------------------------------------------------- which editions

    def _chosen(self, digest: Digest) -> list[Edition | None]:
        """Editions of the digest to tell of, the oldest first; None is the next one."""
        made = [e for e in self._made if e.digest == digest.id]
        took = [e for e in made if e.id in self._did]
        if took:
            waits = made[-1] is took[-1] and self._comes_again(digest, self._did[took[-1].id])
            return [*took, None] if waits else [*took]
        if self._recorded is None:
            return [None]
        ready = max(t for t in (self.article.first_seen, self._recorded.at) if t)
        return [next((e for e in made if e.made_at >= ready), None)]

    def _comes_again(self, digest: Digest, item: EditionItem) -> bool:
        """Whether the next edition looks at what the last left waiting, or folded and editors split since."""
        records, agreement, line = self.explainer.records, self.explainer.agreement.id, self.article.line
        return item.state in WAITING or bool(parted(records, agreement, digest.id, {line}))

    def _editors_spoke(self, digest: Digest) -> bool:
        """Whether they let anything into the digest, or kept anything out: else nobody asks about what."""
        said = self.explainer.records.curations(self.explainer.agreement.id)
        return any(c.digest in ("", digest.id) and c.act in (Act.ADD, Act.EXCLUDE, Act.MOVE) for c in said)

    def _let_in(self, coming: Way, last: Edition) -> bool:
        """Whether editors added its story, or let it go again after the last edition kept it out for them."""
        if coming.shown is not None:
            return False
        if coming.said.act is Act.ADD:
            return True
        did = self._did.get(last.id)
        kept_out = did is not None and did.state is ItemState.EXCLUDED
        return kept_out and coming.filed is not None and coming.filed.goes and coming.in_reach

    @cached_property
    def _made(self) -> list[Edition]:
        """Editions made since the article was first seen, the oldest first."""
        since = self.article.first_seen
        return self.explainer.records.editions(self.explainer.agreement.id, made_since=since)[::-1]

    @cached_property
    def _did(self) -> dict[str, EditionItem]:
        """What editions did with this text of the article, by their ids."""
        items = self.explainer.records.items_of(self.explainer.agreement.id, [self.article.line])
        return {edition: item for edition, item in items if item.article == self.article.id}

    @cached_property
    def _recorded(self) -> Recorded | None:
        return self.explainer.records.recorded(self.explainer.agreement.id, self.article.id)

    def _next_window(self, digest: Digest) -> Window:
        """The window of the edition that is owed, else of the next."""
        last = self.explainer.records.last_edition(self.explainer.agreement.id, digest.id)
        return upcoming(digest, self.explainer.holidays, last, self.explainer.clock())

    # ------------------------------------------------- one of them

    def _way(self, digest: Digest, edition: Edition | None) -> Seen:
        agreement, sources = self.explainer.agreement, self.explainer.sources
        window = edition.window if edition else self._next_window(digest)
        until = edition.made_at if edition else self.explainer.clock()
        views = Views(self.explainer, self.article, digest)
        view = views.between(window.start - WITHIN, until + AT_ONCE, edition.made_at if edition else None)
        profiles = sections_of(agreement, digest)
        order = tuple(p.section for p in profiles)
        curations = self._curations(digest, window, until)
        filed = overlaid(view.filed(order, sources), view.story, curations, profiles, sources)
        item = self._did.get(edition.id) if edition else None
        way = Way(
            article=self.article,
            agreement=agreement,
            digest=digest,
            sources=sources,
            looks_from=window.start - WITHIN,
            closes=window.end,
            edition=edition,
            judgement=self._recorded.judgement if self._recorded else None,
            judged_at=self._recorded.at if self._recorded else None,
            accounts=views.told(self.article, view).accounts,
            later=self._later_text(until),
            item=item,
            filed=filed,
            said=curations.on(view.story),
            finding=view.finding(filed),
            shown=self._shown_with(edition, item) or self._shown(digest, edition, view.story),
            joined=self._joined(view.story, until),
            brought=self._brought(digest, edition, curations.on(view.story)),
            again_until=self._again_until(digest, seen_until(window, edition.made_at) if edition else window.end),
        )
        return Seen(self._in_mail(way), view)

    def _again_until(self, digest: Digest, starts: datetime) -> datetime | None:
        """The slot of the last edition that looks back to the article; the next one's window begins at `starts`.

        An edition looks back 72 hours from where its window begins, which is where the one before ended.
        """
        if self.article.first_seen is None or self.article.first_seen + WITHIN < starts:
            return None
        return next_slot(digest, self.explainer.holidays, self.article.first_seen + WITHIN)

    def _brought(self, digest: Digest, edition: Edition | None, said: Said) -> bool:
        """Whether the edition looks at it however old it is: added, or held over by the edition before."""
        if said.act is Act.ADD:
            return True
        before = [e for e in self._made if e.digest == digest.id and (not edition or e.made_at < edition.made_at)]
        did = self._did.get(before[-1].id) if before else None
        return did is not None and did.state is ItemState.HELD_OVER

    def _curations(self, digest: Digest, window: Window, until: datetime) -> Curations:
        """What editors had said of the edition of a window by then."""
        said = self.explainer.records.curations(self.explainer.agreement.id)
        edition = edition_id(self.explainer.agreement.id, digest.id, window)
        return bearing_on(said, digest, edition, window.end, until)

    def _in_mail(self, way: Way) -> Way:
        """The way with what the edition's mail made of it, or where the article went instead."""
        if way.edition is None:
            return way
        if way.article.first_seen and way.article.first_seen > way.edition.made_at:
            return replace(way, went_to=self._went_to(way.digest))
        if way.item is None or way.item.state not in (ItemState.SHOWN, ItemState.DEVELOPED):
            return way
        deliveries = self.explainer.records.deliveries(way.edition.id)
        return replace(way, mail=_room(way.edition, way.article), deliveries=deliveries)

    def _went_to(self, digest: Digest) -> str:
        first = self._chosen(digest)[0]
        if first:
            return f"it was in time for {first.id}"
        return f"it waits for the edition that closes {told(self._next_window(digest).end)}"

    def _later_text(self, until: datetime) -> Article | None:
        """The text that had taken this one's place by then."""
        texts = self.explainer.records.texts(self.article.line)
        known = [a for a in texts if a.first_seen and a.first_seen <= until]
        behind = next((n for n, a in enumerate(known, 1) if a.id == self.article.id), len(known))
        return known[-1] if known[behind:] else None

    def _joined(self, story: Story, until: datetime) -> StoryDecision | None:
        """The last word of an editor on the article and another one of its story, if it joined them."""
        others = {a.line for a in story.articles} - {self.article.line}
        pairs = {tuple(sorted((self.article.line, other))) for other in others}
        said = [d for d in self.explainer.records.story_decisions() if d.at < until and pairs & set(d.pairs)]
        return said[-1] if said and said[-1].verb is Verb.JOIN else None

    def _shown_with(self, edition: Edition | None, item: EditionItem | None) -> Shown | None:
        """The article that an edition folded this one under."""
        if edition is None or item is None or item.state is not ItemState.COPY:
            return None
        items = self.explainer.records.items(edition.id)
        shown = next((i for i in items if i.story == item.story and i.state is ItemState.SHOWN), None)
        return Shown(edition.id, self.explainer.records.article(shown.article)) if shown else None

    def _shown(self, digest: Digest, edition: Edition | None, story: Story) -> Shown | None:
        """The article that this edition, or one before it, shows the story by."""
        records = self.explainer.records
        lines = {a.line for a in story.articles} | {self.article.line}
        up_to = edition.window.end if edition else None
        for of, item in records.items_of(self.explainer.agreement.id, lines):
            if item.state is ItemState.SHOWN and line_of(item.article) in lines:
                made = records.edition(of)
                if made.digest == digest.id and (up_to is None or made.window.end <= up_to):
                    return Shown(of, records.article(item.article))
        return None


def _room(edition: Edition, article: Article) -> str:
    """Whether the mail had room for an article its edition shows: '' when it had, else `named` or `counted`."""
    parts: list[dict[str, Any]] = json.loads(edition.content).get("sections", [])
    if any(i["article"] == article.id for p in parts for i in (*p["items"], *p.get("developments", ()))):
        return ""
    if any(line["url"] == article.url for part in parts for line in part.get("cut", ())):
        return NAMED
    return COUNTED if any(part.get("unnamed") for part in parts) else ""
