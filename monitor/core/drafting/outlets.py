"""Source groups and Plus lists of an agreement, found again in `sources/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.core.drafting.document import Line
from monitor.core.drafting.pieces import BULLETS
from monitor.core.source import Sources

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|&")
_ENDS = re.compile(rf"\((?:web|online|print)\)|[,;|\n{BULLETS}]", re.IGNORECASE)
_LABEL = re.compile(r"(?:plus|groups?|individual titles|also|in addition)\b\s*:?", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:com|co\.uk|org|org\.uk|scot)$")
_JOINING = frozenset({"the", "and", "&"})
_OPTIONAL = frozenset({"online", "website", "web"})
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundSources:
    """What a section's lines of sources name."""

    groups: tuple[str, ...]
    """Ids, in their order."""
    plus: tuple[str, ...]
    unknown: tuple[str, ...]
    """Names that are not in `sources/`."""


def sources_in(lines: Iterable[Line], sources: Sources) -> FoundSources:
    """The groups and outlets that lines name, however they are run together; the longest name first."""
    names = _names(sources)
    groups: dict[str, None] = {}
    plus: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for text in (text for line in lines for text in _ENDS.split(_LABEL.sub(",", line.text))):
        for kind, found in _tiled(text, names):
            {"group": groups, "outlet": plus, "": unknown}[kind][found] = None
    return FoundSources(tuple(groups), tuple(plus), tuple(unknown))


def _names(sources: Sources) -> dict[Keys, tuple[str, str]]:
    """Words of a name -> what has it: ("group", id) or ("outlet", id); an exact name before one without "The"."""
    names: dict[Keys, tuple[str, str]] = {}
    kinds: Sequence[tuple[str, Mapping[str, str]]] = (
        ("group", {group.id: group.name for group in sources.groups.values()}),
        ("outlet", {outlet.id: outlet.name for outlet in sources.outlets.values()}),
    )
    for loose in (False, True):
        for kind, named in kinds:
            for found, name in named.items():
                names.setdefault(_keys(name, loose=loose), (kind, found))
    return names


def _keys(name: str, *, loose: bool = False) -> Keys:
    keys = [_SUFFIX.sub("", "and" if word == "&" else word.lower()) for word in _WORD.findall(name)]
    if loose and len(keys) > 1:
        keys = keys[1:] if keys[0] == "the" else keys
        keys = keys[:-1] if keys[-1] in _OPTIONAL else keys
    return tuple(keys)


def _tiled(text: str, names: Mapping[Keys, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The names that a text is made of, and what lies between them."""
    words = list(_WORD.finditer(text))
    keys = _keys(text)
    longest = max(map(len, names), default=0)
    at = rest = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            found = names.get(keys[at : at + size])
            if found and (size > 1 or not _goes_on(keys[rest:at])):
                yield from _between(text, words, rest, at)
                yield found
                at += size
                while at < len(words) and keys[at] in _OPTIONAL:
                    at += 1
                rest = at
                break
        else:
            at += 1
    yield from _between(text, words, rest, at)


def _goes_on(before: Keys) -> bool:
    """Whether a single word ends a name that nobody knows: the Times is not meant by "Harbour Times"."""
    return bool(before) and before[-1] not in _JOINING


def _between(text: str, words: Sequence[re.Match[str]], start: int, end: int) -> Iterator[tuple[str, str]]:
    """The name that nobody knows between two that somebody does; words that only join are none."""
    while start < end and words[start][0].lower() in _JOINING - {"the"}:
        start += 1
    while start < end and words[end - 1][0].lower() in _JOINING:
        end -= 1
    if start < end:
        yield "", text[words[start].start() : words[end - 1].end()]
