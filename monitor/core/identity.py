"""One article once: what an entry is recognised by, and what its being recognised means.

An entry has several keys, the surest first. A source remembers all of them, so that an article is known again
when its guid changes, or its address, or the dates of the whole feed. Firm are its address, and a guid under which
the source says the very same words. By the others an entry is only *doubtful*: it may be another article under a
used guid, and its text decides (`likeness`). In doubt it is another: told twice rather than never.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from monitor.core.address import at_odds, canonical_url, exact_url, names_a_page, place_of
from monitor.core.article import LINE, Article, Entry, fingerprint
from monitor.core.likeness import alike, runs_of

FEWEST_WORDS = 8
"""An entry that says less may say the same of another article: *Letters*, *Today's weather*."""
SAME_TIME = timedelta(hours=12)
"""Dates of one article may lie so far apart when a site is made anew; two with one title lie further."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """What one entry is recognised by; empty where it has none of the kind."""

    address: str
    """Canonical, or exact where the feed has several articles there; empty where the entry has none of its own."""
    guid: str
    """As the feed has it; empty where several addresses of the feed have the same."""
    place: str
    """The guid, or else the address, without scheme and host: a site moves, its paths stay."""
    words: str
    """Fingerprint of the words of the entry, where they are enough; to be told from the others by its `=`."""
    said: str
    """Fingerprint of the words, however few: it changes when the source says something else."""
    shares: bool = False
    """Its address, made canonical, is that of other articles of the feed, too."""

    @property
    def all(self) -> tuple[str, ...]:
        """Those there are, the surest first; one at least."""
        return tuple(dict.fromkeys(k for k in (self.address, self.guid, self.place, self.words) if k)) or (
            f"={self.said}",
        )

    def line(self, outlet: str) -> str:
        """The line of an entry that has no address of its own."""
        return fingerprint(outlet, "", self.all[0])[:LINE]

    def line_beside(self, outlet: str, url: str) -> str:
        """Its line where its address has an article already, and this is another."""
        return fingerprint(outlet, "", self.guid or url)[:LINE]


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


class By(StrEnum):
    """What a doubtful entry is known by."""

    GUID = "guid"
    """Or the path of its address."""
    ADDRESS = "address"
    """With other words, and a guid that was never seen."""
    WORDS = "words"
    """By them alone: a standing title may say the same every week."""


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
    by: By | None = None
    """What it is known by, where that is doubtful."""


def keyed(entries: Sequence[Entry], feed_url: str) -> list[tuple[Keys, Entry]]:
    """The entries of one feed, each once, with their keys.

    A guid that stands at several addresses, or several articles at one, names nothing, nor does an address that is
    the feed's or a front page, or at which the feed has several articles.
    """
    addresses = _addresses(entries, canonical_url(feed_url))
    places = {
        (entry.guid, address or _words(entry)) for entry, (address, _) in zip(entries, addresses, strict=True)
    }
    used = Counter(guid for guid, _ in places)
    found: dict[str, tuple[Keys, Entry]] = {}
    for entry, (address, shares) in zip(entries, addresses, strict=True):
        keys = _keys(entry, address, entry.guid if used[entry.guid] == 1 else "", shares=shares)
        found.setdefault(keys.all[0], (keys, entry))
    return list(found.values())


def _addresses(entries: Sequence[Entry], feed: str) -> list[tuple[str, bool]]:
    """Of each entry the address that names it, if any does, and whether others have that when made canonical."""
    found = [canonical_url(entry.url) for entry in entries]
    canonical = [address if names_a_page(address) and address != feed else "" for address in found]
    shared = _shared(entries, canonical)
    exact = [
        exact_url(entry.url) if address in shared else address
        for entry, address in zip(entries, canonical, strict=True)
    ]
    nameless = _shared(entries, exact)
    return [
        ("" if own in nameless else own, address in shared) for own, address in zip(exact, canonical, strict=True)
    ]


def _shared(entries: Sequence[Entry], addresses: Sequence[str]) -> set[str]:
    """The addresses at which there are several articles."""
    there: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry, address in zip(entries, addresses, strict=True):
        if address:
            there[address].append(entry)
    return {address for address, some in there.items() if len(some) > 1 and _are_several(some)}


def _are_several(entries: Sequence[Entry]) -> bool:
    """Whether entries at one address are several articles: by their guids, or by both title and summary."""
    said = {_words(entry) for entry in entries}
    guids = {entry.guid for entry in entries}
    if len(said) == 1:
        return False
    if len(guids) > 1 and "" not in guids:
        return True
    titles, summaries = {title for title, *_ in said}, {tuple(rest) for _, *rest in said}
    return len(titles) > 1 and (len(summaries) > 1 or not any(next(iter(summaries))))


def _own_guid(entry: Entry) -> str:
    """The guid, where it is more than the entry's address in another form."""
    return "" if canonical_url(entry.guid) == canonical_url(entry.url) else entry.guid


def _keys(entry: Entry, address: str, guid: str, *, shares: bool) -> Keys:
    words = _words(entry)
    said = fingerprint(*words)[:32]
    enough = len(" ".join(words).split()) >= FEWEST_WORDS
    place = place_of(canonical_url(guid)) if "/" in guid or "?" in guid else place_of(address)
    return Keys(address, guid, f"*{place}" if place else "", f"={said}" if enough else "", said, shares)


def _words(entry: Entry) -> tuple[str, ...]:
    """What the entry says, without its punctuation: one that only gets other quotes has said nothing new."""
    return tuple(" ".join(_WORD.findall(t.casefold())) for t in (entry.headline, entry.standfirst, entry.body))


def recognise(entry: Entry, keys: Keys, here: Mapping[str, Seen], elsewhere: Mapping[str, Seen]) -> Recognised:
    """What the entry is, by the keys its source showed before, and those that others of its outlet did."""
    seen = _firm(keys, here)
    if seen is not None:
        edited = seen.said not in ("", keys.said)
        if edited and keys.address in here and _own_guid(entry) and keys.guid and keys.guid not in here:
            return Recognised(entry, keys, Sight.DOUBTFUL, seen.article, by=By.ADDRESS)
        unnoted = not seen.said or any(key not in here for key in keys.all)
        return Recognised(entry, keys, Sight.EDITED if edited else Sight.KNOWN, seen.article, unnoted)
    if keys.address and keys.address in elsewhere:
        return Recognised(entry, keys, Sight.KNOWN, elsewhere[keys.address].article, unnoted=True)
    for key in keys.all:
        if seen := here.get(key) or elsewhere.get(key):
            by = By.WORDS if key == keys.words else By.GUID
            return Recognised(entry, keys, Sight.DOUBTFUL, seen.article, by=by)
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


def is_same(one: Article, other: Article, by: By | None = None) -> bool:
    """Whether two articles of one outlet that have a key in common are one: by their texts or summaries.

    Where that key is their words, and there are no texts, they must be of one time, too.
    """
    texts = runs_of(one.body), runs_of(other.body)
    if all(texts):
        return alike(*texts)
    if by is By.WORDS and not _of_one_time(one, other):
        return False
    if _folded(one.headline) != _folded(other.headline):
        return False
    if one.purged or other.purged:
        return True
    summaries = runs_of(one.standfirst), runs_of(other.standfirst)
    return alike(*summaries) if all(summaries) else _folded(one.standfirst) == _folded(other.standfirst)


def is_beside(known: Article, found: Article, entry: Entry) -> bool:
    """Whether the entry is another article than the known one at its address: both names and texts differ."""
    return at_odds(known.url, entry.url) and not is_same(known, found)


def _of_one_time(one: Article, other: Article) -> bool:
    if one.published_at is None or other.published_at is None:
        return False
    return abs(one.published_at - other.published_at) <= SAME_TIME


def _folded(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
