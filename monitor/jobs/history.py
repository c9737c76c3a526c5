"""History: every text that an article has had, what each changed, and what editions made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.difference import Difference, difference
from monitor.core.edition import EditionItem
from monitor.core.match import Judgement
from monitor.jobs.ports import Archive, Ledger


class Records(Archive, Ledger, Protocol):
    """What history reads."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One text of an article."""

    article: Article
    judgement: Judgement | None
    """What the agreement said of it; None: it was not judged yet."""
    difference: Difference | None
    """To the text before; None of the first."""
    editions: tuple[tuple[str, EditionItem], ...]
    """Editions that did something with this text, the oldest first."""


def history(article: Article, agreement: Agreement, records: Records) -> list[Stage]:
    """The texts of the article, the oldest first."""
    texts = records.texts(article.line)
    judgements = records.judgements(agreement.id, [text.id for text in texts])
    items = records.items_of(agreement.id, [article.line])[::-1]
    stages: list[Stage] = []
    for text in texts:
        before = stages[-1] if stages else None
        judged = judgements.get(text.id)
        found = difference(before.article, text, (before.judgement, judged)) if before else None
        stages.append(Stage(text, judged, found, tuple((e, i) for e, i in items if i.article == text.id)))
    return stages
