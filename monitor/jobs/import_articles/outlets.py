"""Which of our outlets a vendor's name, feed address or article address means."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from monitor.core.address import canonical_url
from monitor.core.source import Outlet, Rights, Sources

_USUAL_PORTS = (None, 80, 443)


class Outlets:
    """Finds outlets by id, name, address of a feed, or host; a name that two outlets share finds neither."""

    def __init__(self, sources: Sources) -> None:
        self._by_name: dict[str, str | None] = {}
        self._by_host: dict[str, dict[str, None]] = {}
        """Ids of the outlets at each host, in their order."""
        self._rights: dict[str | None, Rights] = {o.id: o.rights for o in sources.outlets.values()}
        self._remembered: dict[tuple[str, str], str | None] = {}
        for outlet in sources.outlets.values():
            for name in (outlet.id, outlet.name, *_feeds(outlet)):
                _note(self._by_name, _folded(name), outlet.id)
            for address in (outlet.homepage, *_feeds(outlet)):
                self._by_host.setdefault(self.host(address), {})[outlet.id] = None

    def find(self, name: str, url: str) -> str | None:
        """The outlet id: by the name (which may be an address), else by the host of the article's address."""
        key = (name, self.host(url))
        if key not in self._remembered:
            self._remembered[key] = (
                self._by_name.get(_folded(name)) or self._at(self.host(name)) or self._at(key[1])
            )
        return self._remembered[key]

    def at(self, url: str) -> list[str]:
        """The ids of all outlets that have the host of an address, or the nearest domain above it."""
        host = self.host(url)
        while host and host not in self._by_host:
            host = host.partition(".")[2]
        return list(self._by_host[host]) if host else []

    def rights(self, outlet: str | None) -> Rights:
        """What may be done with an outlet's text; the default rights for one that nobody knows."""
        return self._rights.get(outlet, Rights())

    def host(self, url: str) -> str:
        """The host of an address without `www.`, with its port where that is a special one; else empty."""
        try:
            parts = urlsplit(url)
            port = "" if parts.port in _USUAL_PORTS else f":{parts.port}"
            return f"{(parts.hostname or '').removeprefix('www.')}{port}" if "://" in url else ""
        except ValueError:  # brackets that hold no IPv6 address, a port that is no number
            return ""

    def _at(self, host: str) -> str | None:
        """The one outlet of a host, or of the nearest domain above it that has but one."""
        while host:
            if len(found := list(self._by_host.get(host, ()))) == 1:
                return found[0]
            host = host.partition(".")[2]
        return None


def _feeds(outlet: Outlet) -> list[str]:
    return [source.url for source in outlet.sources if source.url]


def _note(table: dict[str, str | None], key: str, outlet: str) -> None:
    if key:
        table[key] = outlet if table.get(key, outlet) == outlet else None


def _folded(name: str) -> str:
    if "://" in name:
        return canonical_url(name)
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).removeprefix("the ").strip()
