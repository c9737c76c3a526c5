"""Unsubscribing: a link for one reader and one list, which names neither, and which nobody can make up.

RFC 8058: a mail reader posts to it when its user says so; to look at it changes nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from monitor.core.recipient import key_of

ONE_CLICK = "List-Unsubscribe=One-Click"
LETTERS = 32
"""Of a token: 192 bits."""


def token_of(secret: str, listed: str, address: str) -> str:
    """The token of an address on a list (`<agreement>/<digest>`)."""
    said = hmac.new(secret.encode(), f"unsubscribe\0{listed}\0{key_of(address)}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(said.digest()).decode()[:LETTERS]


def link_of(base: str, secret: str, listed: str, address: str) -> str:
    """`https://monitor.example/unsubscribe/sss/morning/<token>`."""
    return link_with(base, listed, token_of(secret, listed, address))


def link_with(base: str, listed: str, token: str) -> str:
    """The link that a token makes."""
    return f"{base.rstrip('/')}/unsubscribe/{listed}/{token}"


def address_of(secret: str, listed: str, token: str, addresses: Iterable[str]) -> str | None:
    """Whose token it is, among the addresses of a list; None when it is nobody's."""
    found = [a for a in addresses if hmac.compare_digest(token_of(secret, listed, a), token)]
    return key_of(found[0]) if found else None
