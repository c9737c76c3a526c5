"""Every error that Monitor raises itself; faults, which are reported and passed over, are in core/fault.

MonitorError                  anything a caller may want to catch as ours
├── SettingsError             monitor.toml or the environment is wrong
├── LibraryError              profiles/ or sources/ cannot be used at all (carries the faults)
├── InputError                what a person handed in cannot be read (a file, an address, an option)
├── FetchError                an address did not give a usable answer (carries the address)
│   ├── AddressRefused        the address, or one it redirects to, is not allowed
│   ├── FetchTimeout          no answer, or not all of it, in time
│   ├── HostUnreachable       no name, no connection, no encryption that holds
│   ├── HostWaits             not asked: its host asks us to wait, or has just been silent
│   └── BodyTooLarge          more bytes than we are willing to decode
├── ParseError                a body broke its parser, or took more time or memory than it may
│   └── FeedError             the body is not a feed that can be read
│       └── NotAFeed          something else stands in its place: a page, nothing, no entry at all
│           └── NothingPicked a page of links is there, and our selector picks none of them
├── VouchError                an organisation's own sign-in vouches for nobody
├── RenderError               a template is at fault
├── StoreError                the database refused
│   ├── UnknownRecord         no such article, edition, revision
│   └── DiskFull              there is no space left for it
├── RevisionConflict          somebody else published or wrote the file meanwhile
└── DeliveryError             a mail was not taken
    ├── RecipientRefused      not on the allow-list, or refused for good (5xx)
    └── ServerUnavailable     the server takes nothing at all for now, whoever it is for
"""

from __future__ import annotations

from datetime import datetime


class MonitorError(Exception):
    """Root of the tree above."""


class SettingsError(MonitorError):
    """A setting is missing or wrong; the message names the key and the remedy."""


class LibraryError(MonitorError):
    """Profiles or sources have faults that leave nothing to work with."""


class InputError(MonitorError):
    """What a person handed in cannot be read."""


class FetchError(MonitorError):
    """An address did not give a usable answer."""

    def __init__(self, message: str, *, url: str, status: int | None = None, retry_after: str = "") -> None:
        super().__init__(message)
        self.url = url
        self.status = status
        self.retry_after = retry_after
        """What the answer's header of that name says, as it stands."""


class AddressRefused(FetchError):
    """The address, or one it redirects to, may not be fetched (private, loopback, not http)."""

    inside: bool = False
    """It is of a private network, and settings may allow it."""
    led: bool = False
    """A redirect led to it."""


class FetchTimeout(FetchError):
    """No answer, or not all of it, within the limits."""


class HostUnreachable(FetchError):
    """The host has no name, takes no connection, or has no encryption that holds."""


class HostWaits(FetchError):
    """Nothing was asked: the host is to be left alone for now."""

    def __init__(self, message: str, *, url: str, until: datetime | None = None) -> None:
        super().__init__(message, url=url)
        self.until = until
        """When it may be asked again; None: in another round."""


class BodyTooLarge(FetchError):
    """The decoded body passed the limit."""


class ParseError(MonitorError):
    """A body cannot be parsed, or not within the limits."""


class FeedError(ParseError):
    """The body is not a feed that can be read."""


class NotAFeed(FeedError):
    """Something else stands in the feed's place: a page, nothing, a feed without a single entry."""


class NothingPicked(NotAFeed):
    """A page of links is there, and the selector picks none of them."""


class VouchError(MonitorError):
    """An organisation's own sign-in gave no answer that can be used."""


class RenderError(MonitorError):
    """A template is at fault; the message names the template and the line."""


class StoreError(MonitorError):
    """The database refused."""


class UnknownRecord(StoreError):
    """Nothing is stored under that name."""


class DiskFull(StoreError):
    """Nothing can be stored until there is space; the message names the place."""


class RevisionConflict(MonitorError):
    """A file of the library is not what the editor saw any more; nothing was stored."""

    def __init__(self, message: str, *, theirs: str = "") -> None:
        super().__init__(message)
        self.theirs = theirs
        """What stands there now."""


class DeliveryError(MonitorError):
    """A mail was not taken; it may be tried again."""

    def __init__(self, message: str, *, unknown: bool = False) -> None:
        super().__init__(message)
        self.unknown = unknown
        """All was said to the server, and no answer came."""


class RecipientRefused(DeliveryError):
    """A recipient is not allowed, or was refused for good."""

    def __init__(self, message: str, *, gone: bool = False) -> None:
        super().__init__(message)
        self.gone = gone
        """The server knows no such mailbox: nothing more should go there."""


class ServerUnavailable(DeliveryError):
    """The mail server cannot be reached, or takes nothing from us: no recipient is at fault."""
