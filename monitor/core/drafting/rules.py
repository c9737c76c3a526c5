"""Rules as agreements word them: OICW, "Major Significant Stories ONLY", "Subject of", recategorised coverage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.drafting.document import Line
from monitor.core.drafting.lexicon import PLACES


class RuleKind(StrEnum):
    """What a rule asks for."""

    CONTEXT = "context"
    PLACE = "place"
    MAJOR = "major"
    SUBJECT = "subject"
    RECATEGORISE = "recategorise"


@dataclass(frozen=True, slots=True)
class FoundRule:
    """A rule, and where it stands in its line."""

    kind: RuleKind
    start: int
    end: int
    words: tuple[str, ...] = ()
    """Context words, or the place."""


_WORDINGS = {
    RuleKind.CONTEXT: r"(?:all\s+)?(?:OICW|only\s+in\s+connection\s+with)\b\s*:?(?:\s*any\s+of\b\s*:?)?",
    RuleKind.MAJOR: (
        r"(?:only\s+)?(?:major\b\s*(?:(?:and|or|&|/)\s*)?)?significant\s+(?:stories|news|coverage)(?:\s+only)?\b"
        r"|major\s+(?:stories|news|coverage)\s+only\b"
    ),
    RuleKind.SUBJECT: r"(?:must\s+be\s+)?(?:the\s+)?subjects?\s+of\b\s*:?",
    RuleKind.RECATEGORISE: (
        r"(?:coverage\s+)?to\s+be\s+re-?categori[sz]ed(?:\s+(?:in)?to\s+the\s+\w+\s+section)?\.?"
    ),
}
_BEGINS = re.compile("|".join(rf"(?P<{kind}>(?<!\w){words})" for kind, words in _WORDINGS.items()), re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][\w-]*(?:\s+(?:and\s+)?[A-Z][\w-]*){0,2}")
_LAST = re.compile(r"\s+(?:and|or)\s+")


def rules_in(line: Line) -> tuple[FoundRule, ...]:
    """The rules of a line, in order; one in brackets belongs to its term and is none."""
    starts = [found for found in _BEGINS.finditer(line.text) if not _in_bracket(line.text, found.start())]
    ends = [found.start() for found in starts[1:]] + [len(line.text)] * bool(starts)
    return tuple(rule for found, end in zip(starts, ends, strict=True) for rule in _rule(line, found, end))


def _rule(line: Line, found: re.Match[str], end: int) -> Iterator[FoundRule]:
    kind = RuleKind(found.lastgroup or "")
    if kind is not RuleKind.CONTEXT:
        yield FoundRule(kind, found.start(), found.end())
        return
    italic = [b for a, b in line.italics if a <= found.start() < b]
    rest = line.text[found.end() : min([end, *italic])]
    lead = found.end() + len(rest) - len(rest.lstrip())
    if "," not in rest and ";" not in rest and (place := _place(rest.strip())):
        yield FoundRule(RuleKind.PLACE, found.start(), lead + len(place), (place,))
    elif words := _listed(rest):
        yield FoundRule(kind, found.start(), found.end() + _extent(rest), words)


def _place(rest: str) -> str:
    """The place that a text begins with: a known one, or its first capitalised words."""
    found = _PLACE.match(rest)
    if found is None:
        return ""
    first = found[0].split()[0]
    return first if first.lower() in PLACES else found[0]


def _listed(rest: str) -> tuple[str, ...]:
    """The words of a list; of its last item no more than the others could have."""
    items = [item.strip(" .") for item in re.split(r"[,;]", rest[: _extent(rest)])]
    last = _LAST.split(items[-1]) if len(items) > 1 else items[-1:]
    plain = [re.sub(r"^(?:and|or)\s+", "", item) for item in [*items[:-1], *last]]
    return tuple(item for item in plain if item)


def _extent(rest: str) -> int:
    """Characters of a list: when its items are in small letters, it ends where a word has a capital."""
    last = max(rest.rfind(","), rest.rfind(";")) + 1
    if any(letter.isupper() for letter in rest[:last]):
        return len(rest.rstrip())
    capital = re.search(r"\s[A-Z]|[•|]", rest[last:])
    return len((rest[: last + capital.start()] if capital else rest).rstrip())


def _in_bracket(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)
