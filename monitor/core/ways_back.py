"""Ways back: what a reader can do from a mail: pause or stop it, read it on the web, ask why something is missing.

A mail is frozen once for everybody. Where one of its links is for one reader alone, the frozen mail has a token
that is nobody's; each message has its reader's in that place, of the same length, and nothing else is another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.core.unsubscribing import link_with

NOBODYS = "the-link-in-your-own-mail-has-it"
"""In place of a token in a mail that is nobody's yet; as long as one."""


@dataclass(frozen=True, slots=True)
class WaysBack:
    """Where a mail leads back to; what is empty there is no way to."""

    leave: str = ""
    """The page on which its reader pauses or stops it; with the token that is nobody's."""
    read: str = ""
    """The edition on the web, for who may sign in."""
    why: str = ""
    """Where to ask why something is not in it."""
    ask: str = ""
    """The address that an answer to it goes to."""


NO_WAY = WaysBack()


@dataclass(frozen=True, slots=True)
class Pages:
    """Where readers of mails find us."""

    address: str = ""
    """Of our pages, https://...; empty: nobody can open them from a mail."""
    leaving: bool = False
    """Whether links can be made by which a reader leaves: they take a secret."""
    ask: str = ""
    """The address that answers to mails go to; empty: they go to the sender, who may be nobody."""

    def ways_back(self, edition: str) -> WaysBack:
        """From an edition, by its id.

        >>> Pages("https://monitor.example").ways_back("sss/morning/20231127T070000Z").read
        'https://monitor.example/a/sss/editions/morning/20231127T070000Z'
        """
        if not self.address:
            return WaysBack(ask=self.ask)
        agreement, digest, stamp = edition.split("/")
        home = f"{self.address.rstrip('/')}/a/{agreement}"
        leave = link_with(self.address, f"{agreement}/{digest}", NOBODYS) if self.leaving else ""
        return WaysBack(leave, f"{home}/editions/{digest}/{stamp}", f"{home}/why", self.ask)


NO_PAGES = Pages()


def to_reader(text: str, link: str) -> str:
    """A part of a frozen mail as it goes to the reader whose link it is.

    Only where the whole link stands: within another address, as an article could have one, no token is given away.

    >>> to_reader("https://m.example/unsubscribe/sss/am/" + NOBODYS, "https://m.example/unsubscribe/sss/am/x")
    'https://m.example/unsubscribe/sss/am/x'
    """
    nobodys = f"{link.rpartition('/')[0]}/{NOBODYS}"
    return re.sub(rf"(?<![^\s\"]){re.escape(nobodys)}(?![^\s\"#])", lambda _: link, text)
