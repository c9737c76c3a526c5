"""Names for new outlets and sources, and both as they stand in a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from monitor.adapters.library.writing import Values
from monitor.core.source import Medium, Outlet, Source, SourceKind

_GENERIC = frozenset("feed feeds rss rss2 atom xml index news wp-json wp v2 posts sitemap profile json".split())
"""Parts of a feed's path that say nothing of what is in it."""
_SHARED = frozenset("feeds.feedburner.com feeds2.feedburner.com feedproxy.google.com medium.com rss.app".split())
_PUBLIC = frozenset("ac co com gov net org sch".split())


def outlet_id(url: str, *, account: bool = False) -> str:
    """An id made of a site's name; of an account, of its name too.

    >>> outlet_id("https://www.example-news.co.uk/feed"), outlet_id("https://social.example/@org", account=True)
    ('example_news', 'social_org')
    """
    parts = urlsplit(url)
    if re.fullmatch(r"[\d.]+|\[.*\]", parts.netloc.partition(":")[0]):
        return _as_id(parts.path.strip("/").partition("/")[0] or parts.netloc)
    labels = [label for label in (parts.hostname or "").split(".") if label not in ("www", "feeds", "rss", "m")]
    while len(labels) > 1 and (len(labels) > 2 or labels[0] in _PUBLIC) and labels[-2] not in _PUBLIC:
        labels = labels[1:]
    name = labels[0] if labels else "outlet"
    if account:
        own = [part for part in re.split(r"[^a-z0-9]+", f"{parts.path} {parts.query}".lower()) if part]
        name = "_".join([name, *[part for part in own if part not in _GENERIC][-1:]])
    return _as_id(name)


def is_shared(url: str) -> bool:
    """Whether an address is at a host that keeps the feeds of many."""
    return (urlsplit(url).hostname or "").removeprefix("www.") in _SHARED


def source_id(outlet: str, url: str) -> str:
    """An id made of what its path says of the feed, as ours are: bbc_politics, stv_all.

    >>> source_id("bbc", "https://feeds.example/news/politics/rss.xml"), source_id("stv", "https://stv.example/feed")
    ('bbc_politics', 'stv_all')
    """
    parts = re.split(r"[^a-z0-9]+", urlsplit(url).path.lower())
    said = [part for part in parts if part and part not in _GENERIC and part not in outlet]
    return _as_id(f"{outlet}_{'_'.join(said[-2:]) or 'all'}")


def source_values(source: Source) -> Values:
    """A source as it stands in a file."""
    kind = {} if source.kind is SourceKind.FEED else {"kind": str(source.kind)}
    selector = {"selector": source.selector} if source.selector else {}
    return {"id": source.id, **kind, "url": source.url, **selector, "note": source.note}


def outlet_values(outlet: Outlet, sources: Sequence[Values]) -> Values:
    """An outlet as it stands in a file."""
    medium = {} if outlet.medium is Medium.WEB else {"medium": str(outlet.medium)}
    groups = {"groups": list(outlet.groups)} if outlet.groups else {}
    return {
        "id": outlet.id,
        "name": outlet.name,
        "owner": outlet.owner,
        "area": outlet.area,
        "tier": outlet.tier,
        **medium,
        "homepage": outlet.homepage,
        **groups,
        "sources": list(sources),
    }


def _as_id(text: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return plain if plain[:1].isalpha() else f"o_{plain}"


def free(name: str, taken: Collection[str]) -> str:
    """The name, or with the first number behind it that makes it nobody's yet."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def site(url: str) -> str:
    """The front page of an address's site."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
