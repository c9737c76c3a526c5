"""What an answer is worth: the kind of trouble an error means, and feeds of which only the beginning came."""

from __future__ import annotations

import re

from monitor.core.polling import asks_to_wait
from monitor.core.source import Trouble
from monitor.errors import AddressRefused, BodyTooLarge, FetchError, FetchTimeout, MonitorError, NotAFeed

_BEFORE = b"\xef\xbb\xbf\xfe\xff \t\r\n"
"""Byte order marks and white space."""
_FIRST_TAG = re.compile(rb"<([A-Za-z_][\w.:-]*)([^<>]*)>")


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


def cut_off(body: bytes) -> bool:
    """Whether a body of XML begins its outermost element and never ends it: half a feed.

    >>> cut_off(b"<?xml version='1.0'?><rss><channel><item>")
    True
    >>> cut_off(b"<rss><channel/></rss>") or cut_off(b'{"text": "<p>"}')
    False
    """
    text = body.replace(b"\0", b"") if b"\0" in body[:64] else body
    first = _FIRST_TAG.search(text)
    if not text[:8].lstrip(_BEFORE).startswith(b"<") or first is None or first[2].rstrip().endswith(b"/"):
        return False
    return text.lower().rfind(b"</" + first[1].lower()) < first.end()
