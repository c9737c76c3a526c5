"""Addresses as they stand in feeds and pages, to addresses that can be asked for, or be a link."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin, urlsplit

_BROKEN = re.compile(r"[\t\r\n]+")


def absolute(address: str, base: str) -> str:
    """The address in full, told from where it stands; empty when it is none of http(s).

    >>> absolute("../news/a b", "https://paper.example/feeds/rss")
    'https://paper.example/news/a%20b'
    >>> absolute("mailto:desk@paper.example", "https://paper.example/")
    ''
    """
    address = _BROKEN.sub("", address.strip()).replace(" ", "%20")
    if not address:
        return ""
    try:
        joined = urljoin(base, address)
        parts = urlsplit(joined)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return joined if parts.scheme in {"http", "https"} and parts.netloc else ""


def without_link(base: str, identity: str) -> str:
    """The address of an entry that has no link: its identity when that is one; else its feed's, told apart.

    It is told apart in the query, since a fragment is no identity.

    >>> without_link("https://paper.example/feed", "item 7")
    'https://paper.example/feed?entry=item+7'
    """
    if identity.startswith(("http://", "https://")) and (found := absolute(identity, base)):
        return found
    return f"{base.partition('#')[0]}{'&' if '?' in base else '?'}{urlencode({'entry': identity})}"


def web_link(url: str) -> str:
    """The address when it is one of the web, else nothing: no `javascript:`, no `data:`, no half an address.

    >>> web_link(" https://paper.example/news/1 "), web_link("javascript:alert(1)")
    ('https://paper.example/news/1', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    plain = (
        parts.scheme in ("http", "https")
        and parts.netloc
        and not re.search(r"[\s\x00-\x1f\x7f<>\"\ud800-\udfff]", url.strip())
    )
    return url.strip() if plain else ""
