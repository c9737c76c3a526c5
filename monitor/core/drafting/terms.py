"""What a term that was cut out is: its kind, the words its bracket asks for, the office of a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from monitor.core.drafting.cutting import SURE, cut
from monitor.core.drafting.lexicon import (
    BENEFIT_WORDS,
    BODY_WORDS,
    HEADS,
    LAW_WORDS,
    OF,
    OFFICE_WORDS,
    PLACES,
    Dictionary,
)
from monitor.core.drafting.signs import Known, could_be_person, has_title, is_person, without_title, words_of
from monitor.core.json import Json
from monitor.core.matching.text import comparable
from monitor.core.profile import Kind, NamedPerson

_BRACKET = re.compile(r"(?P<name>.+?)\s*\((?P<inside>[^()]+)\)\s*(?P<rest>[^()]*)$")
_CONNECTED = re.compile(r"(?:only\s+)?in\s+connection\s+with", re.IGNORECASE)
_SINGULAR = {"members": "Member", "ministers": "Minister", "mps": "MP", "msps": "MSP", "councillors": "Councillor"}
_COMMITTEES = frozenset({"committee", "committees"})


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """A term of a draft, with how sure its cut is."""

    name: str
    line: int
    """Which of its section's lines, from 0."""
    start: int
    end: int
    """Half-open, in that line."""
    confidence: float
    how: str
    """What cut it out."""
    kind: Kind = Kind.PHRASE
    role: str = ""
    """Of a person: the office that the label above it names."""
    match: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    same_as: str = ""
    """The term of this section that the matcher takes for the same: this one is not written."""
    left_out: bool = False
    """Somebody said that it is no term: it is not written."""
    person: NamedPerson | None = None
    """Of a person: the decision to look for the name, once somebody has recorded it."""

    @property
    def written(self) -> bool:
        """Whether it becomes a term of the profile."""
        return not self.same_as and not self.left_out

    @property
    def percent(self) -> int:
        """The confidence in whole percents, rounded down."""
        return int(100 * self.confidence)

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at its cut."""
        return self.confidence < SURE and not self.left_out

    def to_json(self) -> dict[str, Json]:
        """The term as a JSON object; the span is half-open, in its line."""
        return {
            "term": self.name,
            "kind": str(self.kind),
            "confidence": round(self.confidence, 3),
            "doubtful": self.doubtful,
            "how": self.how,
            "line": self.line,
            "span": [self.start, self.end],
            "role": self.role,
            "only_with": list(self.only_with),
            "abbreviations": list(self.abbreviations),
            "same_as": self.same_as,
            "left_out": self.left_out,
            "decided": self.person is not None,
        }


def kind_of(name: str, label: str, dictionary: Dictionary, *, subject: bool = False) -> Kind:
    """What a term names: what profiles say of it; else by its label and its words."""
    if known := dictionary.names.get(comparable(name)):
        return known
    if is_person(name) or has_title(name) or (office_of(label) and could_be_person(name)):
        return Kind.PERSON
    if subject and not _last_key(name) & (BODY_WORDS | OFFICE_WORDS):
        return Kind.LAW if _is_law(name) else Kind.TOPIC
    return _by_words(name)


def _by_words(name: str) -> Kind:
    keys = [word.key for word in words_of(name)]
    heads = [left for left, right in pairwise(keys) if left in HEADS and right in OF]
    head = {heads[0]} if heads else {keys[-1]}
    if _is_law(name):
        return Kind.LAW
    for words, kind in (
        (_COMMITTEES, Kind.COMMITTEE),
        (BENEFIT_WORDS, Kind.BENEFIT),
        (BODY_WORDS, Kind.ORGANISATION),
        (OFFICE_WORDS, Kind.ROLE),
    ):
        if head & words:
            return kind
    brand = not name.islower() and not name.istitle()
    named = brand if len(keys) == 1 else keys[-1] in PLACES
    return Kind.ORGANISATION if named else Kind.PHRASE


def _is_law(name: str) -> bool:
    return bool(re.search(rf"\s(?:{'|'.join(LAW_WORDS)})(?:\s+(?:19|20)\d\d)?$", name, re.IGNORECASE))


def _last_key(name: str) -> set[str]:
    words = words_of(name)
    return {words[-1].key} if words else set()


def office_of(label: str) -> str:
    """The office that those below a label hold; empty when it names none.

    >>> office_of("Members of the Scottish Parliament")
    'Member of the Scottish Parliament'
    """
    first, _, rest = label.partition(" ")
    one = _SINGULAR.get(first.lower())
    return f"{one} {rest}".strip() if one else ""


def searched(name: str, kind: Kind) -> tuple[str, ...]:
    """The forms to search in place of the name: of a person with a title the name alone; else none.

    >>> searched("Rita Sample MSP", Kind.PERSON), searched("Rita Sample", Kind.PERSON)
    (('Rita Sample',), ())
    """
    bare = without_title(name) if kind is Kind.PERSON else ""
    return (bare,) if bare else ()


@dataclass(frozen=True, slots=True)
class Bracket:
    """What a term's bracket asks for."""

    match: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()


def bracket_of(name: str) -> Bracket:
    """The words that must stand near, from `Mobility (issues for ill / elderly people)`; or a short form, `(ADP)`.

    >>> bracket_of("Ferries (delays / sick or stranded passengers)").only_with
    ('delays', 'sick', 'stranded')
    """
    found = _BRACKET.fullmatch(name)
    if not found:
        return Bracket()
    inside, rest = found["inside"].strip(), found["rest"].strip()
    if _CONNECTED.fullmatch(inside) and rest:
        return Bracket((found["name"],), _ends(re.split(r"\s*[/,;]\s*|\s+or\s+", rest)))
    if rest:
        return Bracket()
    if inside.isupper() and " " not in inside:
        return Bracket((found["name"],), (), (inside,))
    choices = re.split(r"\s*[/,;]\s*|\s+or\s+", inside)
    return Bracket((found["name"],), _ends(choices)) if inside[:1].islower() else Bracket()


def _ends(choices: list[str]) -> tuple[str, ...]:
    """Of several choices in a sentence the word that changes: the last of the first, the first of the others."""
    if len(choices) < 2:
        words = choices[0].split()
        return (*choices, words[-1]) if len(words) > 1 else tuple(choices)
    first, *others = choices
    changing = [first.split()[-1], *(other.split()[0] for other in others if other)]
    return tuple(dict.fromkeys(changing))


def looks_like_several(name: str, known: Known) -> bool:
    """Whether a term that layout has made one would rather be cut."""
    return len(cut(name, known, whole=2.0)) > 1
