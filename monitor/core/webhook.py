"""Webhooks: what is posted for an alert or a notice, in the form that its receiver reads.

`signed` is ours, signed as Standard Webhooks (version 1) says; `teams` is the Adaptive Card that a workflow of
Microsoft Teams takes, `slack` the blocks of an incoming webhook of Slack. None holds a text of a publisher's: only
headline, outlet, address and our reason.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from monitor.core.edition import Delivery, Edition
from monitor.core.json import Json
from monitor.core.links import web_link
from monitor.core.notice import OURS

PREFIX = "webhook:"
"""Begins the recipient of a delivery that goes to a webhook: no mail address can."""
SECRET_PREFIX = "whsec_"  # noqa: S105 (a prefix, no secret)
MOST_STORIES = 10
"""A card or a message holds no more; the others are counted."""
MOST_CHARACTERS = 2_500
"""Of a block of Slack's; it takes 3,000, escapes included."""
CARD_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


class WebhookKind(StrEnum):
    """Who reads it."""

    SIGNED = "signed"
    TEAMS = "teams"
    SLACK = "slack"


@dataclass(frozen=True, slots=True)
class Posting:
    """What is posted."""

    body: bytes
    headers: Mapping[str, str]


def webhook_recipient(name: str) -> str:
    """The recipient of a delivery to a webhook: `webhook:newsroom`."""
    return f"{PREFIX}{name}"


def webhook_of(recipient: str) -> str | None:
    """The webhook's name; None when a delivery goes to a mail address."""
    return recipient.removeprefix(PREFIX) if recipient.startswith(PREFIX) else None


def posting(kind: WebhookKind, secret: str, edition: Edition, delivery: Delivery, now: datetime) -> Posting:
    """The edition as a webhook of that kind reads it; with a secret, signed at that moment."""
    body = json.dumps(_FORMS[kind](edition, delivery), ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json"}
    if kind is WebhookKind.SIGNED:
        headers |= signature(secret, delivery.message_id.strip("<>"), int(now.timestamp()), body)
    return Posting(body, headers)


def signature(secret: str, number: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks: HMAC-SHA256 over `<id>.<seconds>.<body>`; `at` in Unix seconds."""
    said = hmac.new(_key(secret), b".".join((number.encode(), b"%d" % at, body)), hashlib.sha256).digest()
    return {
        "webhook-id": number,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(said).decode()}",
    }


def _key(secret: str) -> bytes:
    """`whsec_<base64>` is the key in base64; any other secret is the key itself."""
    if not secret.startswith(SECRET_PREFIX):
        return secret.encode()
    return base64.b64decode(secret.removeprefix(SECRET_PREFIX) + "==")


def _signed(edition: Edition, delivery: Delivery) -> Json:
    return {
        "type": "notice" if edition.agreement == OURS else "alert",
        "id": delivery.message_id.strip("<>"),
        "edition": edition.id,
        "agreement": edition.agreement,
        "digest": edition.digest,
        "made_at": edition.made_at.isoformat(),
        "subject": edition.mail.subject,
        "stories": list(_stories(edition)),
    }


def _stories(edition: Edition) -> Iterator[dict[str, Json]]:
    """The stories in the order they stand, each once."""
    content: Mapping[str, Any] = json.loads(edition.content)
    seen: set[str] = set()
    for part in content.get("sections", ()):
        for item in part["items"]:
            if item["story"] not in seen:
                seen.add(item["story"])
                yield {
                    "story": item["story"],
                    "article": item["article"],
                    "section": part["title"],
                    "headline": item["headline"],
                    "url": web_link(item["url"]),
                    "outlet": item["outlet"],
                    "published_at": item["published_at"],
                    "publishers": item["publishers"],
                    "major": item["major"],
                    "why": "".join(piece["text"] for piece in item["why"]),
                }


def _teams(edition: Edition, delivery: Delivery) -> Json:
    stories = list(_stories(edition))
    body: list[Json] = [_text(edition.mail.subject, weight="Bolder", size="Medium")]
    for story in stories[:MOST_STORIES]:
        body += [_text(str(story["headline"]), weight="Bolder"), _text(_about(story), isSubtle=True)]
    body += [_text(line) for line in _rest(edition, stories)]
    links = [s for s in stories[:MOST_STORIES] if s["url"]][:6]
    actions: list[Json] = [
        {"type": "Action.OpenUrl", "title": str(s["outlet"])[:60] or "Open", "url": s["url"]} for s in links
    ]
    card: Json = {
        "$schema": CARD_SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": actions,
    }
    attachment: Json = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


def _text(text: str, **more: Json) -> Json:
    return {"type": "TextBlock", "text": _plain(text), "wrap": True, **more}


def _plain(text: str) -> str:
    """Text in which a card finds no Markdown: no word of a headline or an outlet makes a link."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-!|<>" else c for c in text)


def _slack(edition: Edition, delivery: Delivery) -> Json:
    stories = list(_stories(edition))
    blocks = [_section(f"*{_escaped(edition.mail.subject)}*")]
    blocks += [_section(f"{_linked(story)}\n{_escaped(_about(story))}") for story in stories[:MOST_STORIES]]
    blocks += [_section(_escaped(line)) for line in _rest(edition, stories)]
    return {"text": _escaped(edition.mail.subject), "blocks": list(blocks)}


def _section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:MOST_CHARACTERS]}}


def _linked(story: Mapping[str, Json]) -> str:
    headline, url = _escaped(str(story["headline"])), _escaped(str(story["url"]))
    return f"<{url.replace('|', '%7C')}|{headline}>" if url else f"*{headline}*"


def _escaped(text: str) -> str:
    """Text in which Slack finds neither links nor mentions."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _about(story: Mapping[str, Json]) -> str:
    publishers = story["publishers"]
    carried = f"carried by {publishers} publishers" if publishers != 1 else ""
    parts = (story["section"], story["outlet"], carried, story["why"])
    return " · ".join(str(part) for part in parts if part)


def _rest(edition: Edition, stories: list[dict[str, Json]]) -> list[str]:
    """How many stories are left out; of a notice, which has none, its words."""
    if not stories:
        return [edition.mail.text.strip()[:MOST_CHARACTERS]]
    return [f"{len(stories) - MOST_STORIES} more"] if len(stories) > MOST_STORIES else []


_FORMS: Mapping[WebhookKind, Callable[[Edition, Delivery], Json]] = {
    WebhookKind.SIGNED: _signed,
    WebhookKind.TEAMS: _teams,
    WebhookKind.SLACK: _slack,
}
