"""Which addresses may be connected to: names resolved once, every answer checked.

Nothing here connects. The transport connects to what `Guard.addresses` gives back and resolves nothing again,
so a name that answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from monitor.errors import AddressRefused, HostUnreachable

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[list[str]]]
"""Gives the addresses of a host as text. Raises OSError when it has none."""

TUNNELS = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "2002::/16",  # 6to4
        "2001::/32",  # Teredo
        "::/96",  # IPv4-compatible, deprecated
        "::ffff:0:0:0/96",  # IPv4-translated
    )
)
"""IPv6 networks whose addresses carry an IPv4 address that we would have to check instead."""

INSIDE = frozenset({"loopback", "private", "private or reserved"})
"""What settings may allow: a publisher inside the customer's own network."""

_RESOLVING = ThreadPoolExecutor(max_workers=64, thread_name_prefix="resolve")
"""Apart from asyncio's own threads: names that do not answer must not keep pages from being read."""


def refusal(address: IPAddress) -> str:
    """Why an address of the open web may not be this one; empty when it may.

    >>> refusal(ipaddress.ip_address("127.0.0.1"))
    'loopback'
    >>> refusal(ipaddress.ip_address("93.184.216.34"))
    ''
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return refusal(address.ipv4_mapped) or "IPv4-mapped"
        if address.is_site_local:
            return "private"
    kinds = ("unspecified", "loopback", "link_local", "multicast")
    for kind in kinds:
        if getattr(address, f"is_{kind}"):
            return kind.replace("_", "-")
    if isinstance(address, ipaddress.IPv6Address) and any(address in network for network in TUNNELS):
        return "a tunnel to an IPv4 address"
    return "" if address.is_global and not address.is_reserved else "private or reserved"


async def system_resolver(host: str, port: int) -> list[str]:
    """The addresses the system knows for a host, each once, in its order of preference.

    Raises:
        OSError: there are none, or nobody could be asked.
    """
    found = await asyncio.get_running_loop().run_in_executor(
        _RESOLVING, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Resolves hosts and lets nothing through that is not on the open web."""

    def __init__(
        self, allowed_private: frozenset[str] = frozenset(), resolver: Resolver = system_resolver
    ) -> None:
        self._allowed = frozenset(name.lower() for name in allowed_private)
        self._resolver = resolver

    async def addresses(self, host: str, port: int, *, url: str) -> list[str]:
        """The addresses of a host, all of them checked; one refused address refuses the host.

        Raises:
            AddressRefused: one of them is private, loopback, link-local, multicast, reserved, a tunnel.
            HostUnreachable: the name is not known.
        """
        try:
            found = await self._resolver(host, port)
        except (OSError, UnicodeError) as error:  # UnicodeError: a label that IDNA cannot encode
            raise HostUnreachable(f"the name {host} cannot be resolved", url=url) from error
        if not found:
            raise HostUnreachable(f"the name {host} cannot be resolved", url=url)
        for text in found:
            if why := self._refusal(ipaddress.ip_address(text), host, port):
                refused = AddressRefused(f"{host} is at {text}, which is {why}: not fetched", url=url)
                refused.inside = why in INSIDE
                raise refused
        return found

    def _refusal(self, address: IPAddress, host: str, port: int) -> str:
        why = refusal(address)
        may_be_inside = bool({host.lower(), f"{host.lower()}:{port}"} & self._allowed)
        return "" if may_be_inside and why in INSIDE else why
