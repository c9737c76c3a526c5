"""Give out: editions by other ways than mail, to whoever holds a token; only its hash is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from monitor.core.agreement import Agreement, Digest
from monitor.core.digest import EditionContent
from monitor.core.edition import Edition
from monitor.core.outward import LASTS, FeedToken, OutFeed, feed_of
from monitor.errors import InputError
from monitor.jobs.ports import Clock, FeedTokens, Ledger


class Keys(Protocol):
    """What tokens are made with."""

    def make_key(self) -> str:
        """A secret of 256 bits, as text."""

    def fingerprint(self, key: str) -> str:
        """Its hash."""


@dataclass(frozen=True, slots=True)
class Giver:
    """What giving out needs."""

    ledger: Ledger
    tokens: FeedTokens
    keys: Keys
    clock: Clock
    domain: str
    """Right-hand side of the ids of entries; never changes."""


def recent(giver: Giver, agreement: Agreement, digest: Digest) -> list[tuple[Edition, EditionContent]]:
    """The editions that a feed of the digest is made of, the latest first."""
    made = giver.ledger.editions(agreement.id, made_since=giver.clock() - LASTS)
    return [(e, EditionContent.from_json(e.content)) for e in made if e.digest == digest.id]


def feed(giver: Giver, agreement: Agreement, digest: Digest, section: str = "") -> OutFeed:
    """The feed of a digest or of one of its sections."""
    return feed_of(agreement, digest, section, recent(giver, agreement, digest), giver.domain, giver.clock())


def latest(giver: Giver, agreement: Agreement, digest: Digest) -> EditionContent | None:
    """The content of the latest edition, whenever it was made; None when there is none."""
    last = giver.ledger.last_edition(agreement.id, digest.id)
    return EditionContent.from_json(last.content) if last else None


# --------------------------------------------------------------- tokens


def new_token(giver: Giver, agreement: Agreement, label: str, author: str) -> tuple[str, FeedToken]:
    """A new token for the feeds of an agreement, which is told this once, and what is kept of it.

    Raises:
        InputError: nobody says whom it is for, or who gives it.
    """
    if not label.strip():
        raise InputError("whom is it for? give --label: it is how you will know which one to revoke")
    if not author.strip():
        raise InputError("nobody says who gives it: give --author")
    key = giver.keys.make_key()
    hashed = giver.keys.fingerprint(key)
    kept = FeedToken(hashed, agreement.id, label.strip(), author.strip(), giver.clock())
    giver.tokens.save_feed_token(kept)
    return key, kept


def revoke_token(giver: Giver, agreement: Agreement, name: str, author: str) -> FeedToken:
    """The token, of no use from now on.

    Raises:
        InputError: there is no such token, or it is revoked; nobody says who revokes it.
    """
    if not author.strip():
        raise InputError("nobody says who revokes it: give --author")
    known = [
        t for t in giver.tokens.feed_tokens(agreement.id) if t.fingerprint.startswith(name) or t.label == name
    ]
    live = [t for t in known if t.revoked_at is None]
    if len(live) != 1:
        what = "several tokens are" if live else "no token in force is"
        raise InputError(f"{what} called {name!r}: monitor feeds token list names them")
    ended = replace(live[0], revoked_at=giver.clock(), revoked_by=author.strip())
    giver.tokens.save_feed_token(ended)
    return ended


def holder(giver: Giver, key: str) -> FeedToken | None:
    """What a token opens; None when it was never given, or was revoked."""
    found = giver.tokens.feed_token(giver.keys.fingerprint(key))
    return found if found and found.revoked_at is None else None
