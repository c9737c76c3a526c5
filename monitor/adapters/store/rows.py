"""Core types to rows and back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias, TypeVar

from monitor.adapters.store.types import clean, indexable
from monitor.core.access import Session, Token
from monitor.core.address import canonical_url
from monitor.core.article import Article
from monitor.core.curation import Curation
from monitor.core.draft import DraftFile
from monitor.core.edition import (
    Delivery,
    DeliveryState,
    Edition,
    EditionItem,
    Image,
    ItemState,
    Mail,
    Variant,
    Window,
)
from monitor.core.outward import FeedToken
from monitor.core.recipient import RecipientAct
from monitor.core.revision import Revision
from monitor.core.source import HostState, SourceState, Trouble
from monitor.errors import StoreError

Row = dict[str, Any]
Plain: TypeAlias = (
    SourceState | HostState | Revision | DraftFile | Curation | FeedToken | RecipientAct | Session | Token
)
T = TypeVar("T")

CHUNK = 500
"""Values in one `IN (...)`."""


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    remaining = iter(values)
    while chunk := list(islice(remaining, size)):
        yield chunk


def storable(article: Article) -> Article:
    """The article with its texts as they can be stored: only so is its id that of what is read back."""
    texts = {f.name: getattr(article, f.name) for f in fields(article)}
    cleaned = {name: clean(text) for name, text in texts.items() if isinstance(text, str)}
    changed: dict[str, Any] = {name: text for name, text in cleaned.items() if text != texts[name]}
    return replace(article, **changed) if changed else article


def address_of(url: str) -> str:
    """The canonical address as a key."""
    return indexable(canonical_url(url))


def article_row(article: Article, stored_at: datetime | None = None) -> Row:
    """The article as a row, its text stored at that instant or, without one, when it was first seen.

    Raises:
        StoreError: nobody said when it was first seen, and the store has no clock.
    """
    if article.first_seen is None:
        raise StoreError(f"an article without first_seen cannot be stored: {article.url or article.headline}")
    return {
        "id": article.id,
        "line": article.line,
        "url": article.url,
        "address": indexable(f"{address_of(article.url)}#{article.part}")
        if article.part
        else address_of(article.url),
        "headline": article.headline,
        "standfirst": article.standfirst,
        "body": article.body,
        "byline": article.byline,
        "outlet": article.outlet,
        "source": article.source,
        "published_at": article.published_at,
        "first_seen": article.first_seen,
        "carried_by": json.dumps(article.carried_by) if article.carried_by else "",
        "stored_at": stored_at or article.first_seen,
        "shortfall": article.shortfall,
        "language": indexable(article.language),
        "filed_under": article.filed_under,
        "part": indexable(article.part),
    }


def entry_row(
    source: str, key: str, article: str, *, said: str = "", failed: bool = False, owed: bool = False
) -> Row:
    """The entry as a row, as if it had never been seen before."""
    return {
        "source": source,
        "key": indexable(key),
        "article": article,
        "page_failures": int(failed),
        "said": said,
        "page_owed": int(failed or owed),
    }


def to_article(row: Any) -> Article:
    """The article of a row."""
    return Article(
        url=row.url,
        headline=row.headline,
        standfirst=row.standfirst,
        body=row.body,
        byline=row.byline,
        outlet=row.outlet,
        source=row.source,
        published_at=row.published_at,
        first_seen=row.first_seen,
        carried_by=tuple(json.loads(row.carried_by)) if row.carried_by else (),
        purged_at=row.purged_at,
        kept_line=row.line,
        text_print=row.id[len(row.line) :],
        shortfall=row.shortfall,
        language=row.language,
        filed_under=row.filed_under,
        part=row.part,
    )


def plain_row(record: Plain) -> Row:
    """A record whose fields are its columns."""
    return {f.name: getattr(record, f.name) for f in fields(record)}


def source_state_row(state: SourceState) -> Row:
    """The state as a row."""
    return plain_row(state) | {"trouble": str(state.trouble)}


def to_source_state(row: Any) -> SourceState:
    """The state of a row."""
    return SourceState(**{**row, "trouble": Trouble(row["trouble"])})


def edition_row(edition: Edition) -> Row:
    """The edition as a row."""
    return {
        "id": edition.id,
        "agreement": edition.agreement,
        "digest": edition.digest,
        "window_start": edition.window.start,
        "window_end": edition.window.end,
        "made_at": edition.made_at,
        "fingerprint": edition.fingerprint,
        "subject": edition.mail.subject,
        "text": edition.mail.text,
        "html": edition.mail.html,
        "content": edition.content,
        "images": _images_text(edition.mail.images),
        "stale_at": edition.stale_at,
    }


def to_edition(row: Any) -> Edition:
    """The edition of a row."""
    return Edition(
        id=row.id,
        agreement=row.agreement,
        digest=row.digest,
        window=Window(row.window_start, row.window_end),
        made_at=row.made_at,
        fingerprint=row.fingerprint,
        mail=Mail(row.subject, row.text, row.html, _to_images(row.images)),
        content=row.content,
        stale_at=row.stale_at,
    )


def _images_text(images: tuple[Image, ...]) -> str:
    return json.dumps([[image.cid, b64encode(image.png).decode()] for image in images]) if images else ""


def _to_images(text: str) -> tuple[Image, ...]:
    return tuple(Image(cid, b64decode(png)) for cid, png in json.loads(text)) if text else ()


def item_row(edition: str, position: int, item: EditionItem) -> Row:
    """What an edition did with an article, as a row."""
    return {
        "edition": edition,
        "position": position,
        "article": item.article,
        "section": item.section,
        "state": str(item.state),
        "story": item.story,
    }


def to_item(row: Any) -> EditionItem:
    """The item of a row."""
    return EditionItem(row.article, row.section, ItemState(row.state), row.story)


def delivery_row(delivery: Delivery, position: int) -> Row:
    """The delivery as a row."""
    return {
        "edition": delivery.edition,
        "recipient": delivery.recipient,
        "position": position,
        "message_id": delivery.message_id,
        "state": str(delivery.state),
        "attempts": delivery.attempts,
        "last_tried": delivery.last_tried,
        "answer": delivery.answer,
        "variant": delivery.variant,
    }


def variant_row(edition: str, variant: Variant) -> Row:
    """The variant of an edition as a row."""
    return {
        "edition": edition,
        "sections": variant.sections,
        "subject": variant.mail.subject,
        "text": variant.mail.text,
        "html": variant.mail.html,
        "content": variant.content,
        "images": _images_text(variant.mail.images),
    }


def to_variant(row: Any) -> Variant:
    """The variant of a row."""
    return Variant(row.sections, Mail(row.subject, row.text, row.html, _to_images(row.images)), row.content)


def to_delivery(row: Any) -> Delivery:
    """The delivery of a row."""
    return Delivery(
        edition=row.edition,
        recipient=row.recipient,
        message_id=row.message_id,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        last_tried=row.last_tried,
        answer=row.answer,
        variant=row.variant,
    )
