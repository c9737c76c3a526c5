"""The kind of trouble that an error on the way to a source's entries means."""

from __future__ import annotations

from monitor.core.polling import asks_to_wait
from monitor.core.source import Trouble
from monitor.errors import AddressRefused, BodyTooLarge, FetchError, FetchTimeout, MonitorError, NotAFeed


def trouble_of(error: MonitorError) -> Trouble:
    """The kind of trouble an error on the way to a source's entries means."""
    match error:
        case FetchTimeout():
            return Trouble.TIMEOUT
        case AddressRefused():
            return Trouble.REFUSED
        case BodyTooLarge():
            return Trouble.TOO_LARGE
        case FetchError() if asks_to_wait(error.status, error.retry_after):
            return Trouble.BUSY
        case FetchError():
            return Trouble.UNREACHABLE if error.status is None else Trouble.STATUS
        case NotAFeed():
            return Trouble.SUSPECT
        case _:
            return Trouble.PARSE_ERROR
