"""What of an outlet's text may be kept, and how long: the rules of `rights` that storing and purging go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.core.source import Rights, Sources

FULL_TEXT_WORDS = 100
"""So many words are an article's text and no summary of it, whatever field they came in."""


@dataclass(frozen=True, slots=True)
class Term:
    """What of an outlet's text may be kept no longer, by when it was stored."""

    outlet: str | None
    """None: articles of no known outlet."""
    before: datetime
    """Standfirst and body that were stored before this."""
    body_before: datetime
    """The same of articles that have a body: now, where none may be stored at all."""
    keep_words: bool
    """Whether the words in the index stay."""


def storable(standfirst: str, body: str, rights: Rights) -> tuple[str, str]:
    """Standfirst and body as they may be stored.

    Where no text may be, a standfirst as long as a text is one (many feeds give it as their `description`): of it
    stays what readers may be shown, `extract_chars`.
    """
    if rights.store_text:
        return standfirst, body
    if len(standfirst.split()) < FULL_TEXT_WORDS:
        return standfirst, ""
    opening = standfirst[: rights.extract_chars].rpartition(" ")[0]
    return f"{opening} …" if opening else "", ""


def files_before(rights: Rights, now: datetime) -> datetime:
    """The files that brought an outlet's texts are kept no longer than these may be: those older than that go."""
    return now - timedelta(days=rights.keep_days if rights.store_text else 0)


def term_of(outlet: str | None, sources: Sources, now: datetime) -> Term:
    """The term of an outlet's texts now; an outlet that nobody knows (any more) has the default rights."""
    known = sources.outlets.get(outlet or "")
    rights = known.rights if known else Rights()
    before = now - timedelta(days=rights.keep_days)
    return Term(outlet, before, before if rights.store_text else now, rights.keep_words)
