"""What to do about a source that is at fault, in plain words: one remedy for each kind of error."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.core.polling import wait_asked
from monitor.core.source import Outlet
from monitor.errors import (
    AddressRefused,
    BodyTooLarge,
    FeedError,
    FetchError,
    FetchTimeout,
    HostUnreachable,
    HostWaits,
    MonitorError,
    NotAFeed,
    NothingPicked,
    ParseError,
)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""Seen from here every Retry-After that says anything is to come."""
REPORT = "tell those who look after Monitor: this should not happen"


def home_of(outlet: Outlet) -> str:
    """Where a person looks for the outlet's feeds."""
    return outlet.homepage or "the publisher's site"


def remedy_for(error: Exception, outlet: Outlet) -> str:
    """What to do about an address that gave no entries; never empty."""
    match error:
        case NothingPicked():
            return "mend the `selector`: open the page and see what its links to articles stand in now"
        case NotAFeed():
            return f"look for the feed that {home_of(outlet)} names: something else stands at this address"
        case FeedError():
            return f"look for another feed that {home_of(outlet)} names, or remove the address"
        case ParseError():
            return "open it in a browser: no feed is so large or so deep; the limits are in the settings"
        case FetchError():
            return _of_fetching(error, outlet)
        case MonitorError():
            return "see the message; it names what has to be changed"
    return REPORT


def _of_fetching(error: FetchError, outlet: Outlet) -> str:
    match error:
        case AddressRefused() if error.led:
            return f"look for the feed's address on {home_of(outlet)}: this one leads to where we do not go"
        case AddressRefused() if error.inside:
            return "use an address on the open web; a publisher inside your own network: fetch.allow_private"
        case AddressRefused():
            return "use an http(s) address on the open web: no publisher has such a one"
        case FetchTimeout():
            return "try again later; if it stays silent, look for another address"
        case HostWaits():
            return "wait: its host asked to be left alone for now"
        case BodyTooLarge():
            return "look for a smaller feed of the outlet, or raise fetch.max_bytes"
        case HostUnreachable():
            return (
                f"see whether {home_of(outlet)} opens in a browser: if so the address has changed; if not, "
                "look at this machine's network and name server"
            )
    if error.status == 429 and wait_asked(error.retry_after, _LONG_AGO):
        return "wait until the time it names, a day at most: no run asks it before"
    return _of_status(error.status, home_of(outlet))


def _of_status(status: int | None, home: str) -> str:
    match status:
        case None:
            return f"see whether {home} opens in a browser; the name or the server may have changed"
        case 404 | 410:
            return f"look for the feed's new address on {home}"
        case 401 | 402 | 403 | 451:
            return "the publisher refuses us: ask for leave, naming our User-Agent (fetch.contact says who we are)"
        case 429:
            return "ask less often (poll_minutes): the publisher wants to be left alone for a while"
        case 200 | 300 | 301 | 302 | 303 | 307 | 308:
            return f"open it in a browser and see where it ends; look for the feed's address on {home}"
    return "try again later; the fault is the publisher's"
