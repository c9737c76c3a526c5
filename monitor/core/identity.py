"""One article once: what an entry is recognised by, and what its being recognised means.

An entry has several keys, the surest first. A source remembers all of them, so that an article is known again
when its guid changes, or its address, or the dates of the whole feed. Firm are its address, and a guid under which
the source says the very same words. By the others an entry is only *doubtful*: it may be another article under a
used guid, and its text decides (`likeness`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.address import canonical_url, names_a_page, place_of
from monitor.core.article import LINE, Article, Entry, fingerprint
from monitor.core.likeness import alike, runs_of

FEWEST_WORDS = 8
"""An entry that says less may say the same of another article: *Letters*, *Today's weather*."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """What one entry is recognised by; empty where it has none of the kind."""

    address: str
    """Canonical; empty where the entry has none of its own."""
    guid: str
    """As the feed has it; empty where several addresses of the feed have the same."""
    place: str
    """The guid, or else the address, without scheme and host: a site moves, its paths stay."""
    words: str
    """Fingerprint of the words of the entry, where they are enough; to be told from the others by its `=`."""
    said: str
    """Fingerprint of the words, however few: it changes when the source says something else."""

    @property
    def all(self) -> tuple[str, ...]:
        """Those there are, the surest first; one at least."""
        return tuple(dict.fromkeys(k for k in (self.address, self.guid, self.place, self.words) if k)) or (
            f"={self.said}",
        )

    def line(self, outlet: str) -> str:
        """The line of an entry that has no address of its own."""
        return fingerprint(outlet, "", self.all[0])[:LINE]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of a key."""

    article: str
    """Id of the article it leads to."""
    said: str = ""
    """What the source itself said under it the last time; empty where nobody wrote it down."""


class Sight(StrEnum):
    """What an entry is to us."""

    NEW = "new"
    KNOWN = "known"
    EDITED = "edited"
    """Known, and the source says something else of it than before."""
    DOUBTFUL = "doubtful"
    """Known by a key that may have been used again: the text decides."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """An entry with what it was recognised as."""

    entry: Entry
    keys: Keys
    sight: Sight
    article: str = ""
    """Id of the article it is known as."""
    unnoted: bool = False
    """Known, and not by all its keys, or not what it said: to be remembered."""


def keyed(entries: Sequence[Entry], feed_url: str) -> list[tuple[Keys, Entry]]:
    """The entries of one feed, each once, with their keys.

    A guid that stands at several addresses names nothing, nor does an address that is the feed's or a front page.
    """
    feed = canonical_url(feed_url)
    addresses = [a if names_a_page(a) and a != feed else "" for a in (canonical_url(e.url) for e in entries)]
    places = {(entry.guid, address) for entry, address in zip(entries, addresses, strict=True)}
    used = Counter(guid for guid, _ in places)
    found: dict[str, tuple[Keys, Entry]] = {}
    for entry, address in zip(entries, addresses, strict=True):
        keys = _keys(entry, address, entry.guid if used[entry.guid] == 1 else "")
        found.setdefault(keys.all[0], (keys, entry))
    return list(found.values())


def _keys(entry: Entry, address: str, guid: str) -> Keys:
    words = _words(entry)
    said = fingerprint(*words)[:32]
    enough = len(" ".join(words).split()) >= FEWEST_WORDS
    place = place_of(canonical_url(guid)) if "/" in guid or "?" in guid else place_of(address)
    return Keys(address, guid, f"*{place}" if place else "", f"={said}" if enough else "", said)


def _words(entry: Entry) -> tuple[str, ...]:
    """What the entry says, without its punctuation: one that only gets other quotes has said nothing new."""
    return tuple(" ".join(_WORD.findall(t.casefold())) for t in (entry.headline, entry.standfirst, entry.body))


def recognise(entry: Entry, keys: Keys, here: Mapping[str, Seen], elsewhere: Mapping[str, Seen]) -> Recognised:
    """What the entry is, by the keys its source showed before, and those that others of its outlet did."""
    seen = _firm(keys, here)
    if seen is not None:
        edited = seen.said not in ("", keys.said)
        unnoted = not seen.said or any(key not in here for key in keys.all)
        return Recognised(entry, keys, Sight.EDITED if edited else Sight.KNOWN, seen.article, unnoted)
    if keys.address and keys.address in elsewhere:
        return Recognised(entry, keys, Sight.KNOWN, elsewhere[keys.address].article, unnoted=True)
    doubtful = [seen for key in keys.all for seen in (here.get(key), elsewhere.get(key)) if seen]
    if doubtful:
        return Recognised(entry, keys, Sight.DOUBTFUL, doubtful[0].article)
    return Recognised(entry, keys, Sight.NEW)


def _firm(keys: Keys, here: Mapping[str, Seen]) -> Seen | None:
    """What the entry is known by beyond doubt: its address, or else a guid or place under which the same was said.

    What was stored before anybody wrote down what was said is taken at its guid's word.
    """
    if keys.address in here and keys.address:
        return here[keys.address]
    telling = bool(keys.words) or not keys.address
    for key in (keys.guid, keys.place) if keys.address else keys.all:
        seen = here.get(key)
        if seen and (not seen.said or (seen.said == keys.said and telling)):
            return seen
    return None


def is_same(one: Article, other: Article) -> bool:
    """Whether two articles of one outlet that have a key in common are one: by their texts or summaries."""
    if one.purged or other.purged:
        return _folded(one.headline) == _folded(other.headline)
    texts = runs_of(one.body), runs_of(other.body)
    if all(texts):
        return alike(*texts)
    if _folded(one.headline) != _folded(other.headline):
        return False
    summaries = runs_of(one.standfirst), runs_of(other.standfirst)
    return alike(*summaries) if all(summaries) else _folded(one.standfirst) == _folded(other.standfirst)


def _folded(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
