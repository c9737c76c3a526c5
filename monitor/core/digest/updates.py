"""Updates: articles that an earlier edition showed and whose text has changed since. None goes silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.difference import Difference, difference, sentences
from monitor.core.digest.content import Update
from monitor.core.digest.words import line, shortened
from monitor.core.edition import EditionItem, ItemState
from monitor.core.match import Judgement
from monitor.core.source import Sources

MOST_OF_A_SENTENCE = 200
"""Characters of one thing that changed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article as it was shown, and as it is now."""

    shown: EditionItem
    """What the edition did that readers know it from."""
    before: Article
    after: Article
    judged: tuple[Judgement | None, Judgement | None]


def told_edits(
    agreement: Agreement, order: tuple[str, ...], edits: Iterable[Edit], sources: Sources
) -> list[tuple[Update, EditionItem]]:
    """The edits that readers should hear of, by section and headline, each with what the ledger keeps of it."""
    told = []
    for edit in edits:
        found = difference(edit.before, edit.after, edit.judged)
        if found.tells and edit.judged[1] is not None:
            item = EditionItem(edit.after.id, edit.shown.section, ItemState.UPDATED, edit.shown.story)
            told.append((_update(agreement, edit, found, sources), item))
    places = {agreement.profile(s).title: n for n, s in enumerate(order)}
    return sorted(told, key=lambda t: (places.get(t[0].section, len(places)), t[0].headline, t[0].article))


def _update(agreement: Agreement, edit: Edit, found: Difference, sources: Sources) -> Update:
    titles = {p.section: p.title for p in agreement.profiles}
    outlet = sources.outlets.get(edit.after.outlet or "")
    return Update(
        article=edit.after.id,
        headline=shortened(line(edit.after.headline) or line(edit.after.url), MOST_OF_A_SENTENCE),
        url=edit.after.url,
        outlet=line(outlet.name if outlet else edit.after.outlet or "unknown outlet"),
        section=titles.get(edit.shown.section, edit.shown.section),
        what=tuple(shortened(line(said), MOST_OF_A_SENTENCE) for said in sentences(found, titles)),
        gone=any(change.section == edit.shown.section and change.left for change in found.sections),
    )
