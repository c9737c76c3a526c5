"""What makes an article belong to a section, as the editor wrote it (the contract, sections 3-9).

Here is the form of the rules; their meaning is in `core/matching/`, `significance.py` and `digest.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.core.query import Query, phrases


class Kind(StrEnum):
    """What a term names. Only persons and organisations are matched differently (section 3)."""

    PHRASE = "phrase"
    PERSON = "person"
    ORGANISATION = "organisation"
    ROLE = "role"
    BENEFIT = "benefit"
    COMMITTEE = "committee"
    LAW = "law"
    TOPIC = "topic"

    @property
    def has_plural(self) -> bool:
        """Whether the last word also matches in its regular plural."""
        return self not in (Kind.PERSON, Kind.ORGANISATION)


class Case(StrEnum):
    """How capitals count."""

    ANY = "any"
    CAPITALISED = "capitalised"
    LOWER = "lower"
    EXACT = "exact"


class ScopeUnit(StrEnum):
    """How near a context word must stand to a term."""

    DOCUMENT = "document"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    HEADLINE = "headline"
    WORDS = "words"
    WORDS_OR_HEADLINE = "words or headline"


@dataclass(frozen=True, slots=True)
class Scope:
    """A reach: `document`, `paragraph`, `sentence`, `headline`, `N words`, `N words or headline`."""

    unit: ScopeUnit
    words: int = 0

    def __str__(self) -> str:
        return f"{self.words} {self.unit}" if self.words or "words" in self.unit else str(self.unit)

    @classmethod
    def parse(cls, text: str) -> Scope:
        """The scope that an editor wrote.

        Raises:
            ValueError: it is none of the six forms.

        >>> str(Scope.parse("60 words or headline"))
        '60 words or headline'
        """
        plain = " ".join(text.lower().split())
        number, _, unit = plain.partition(" ")
        if number.isdecimal() and unit in ("word", "words", "words or headline", "word or headline"):
            return cls(ScopeUnit(unit.replace("word ", "words ") if unit != "word" else "words"), int(number))
        if plain in ("document", "paragraph", "sentence", "headline"):
            return cls(ScopeUnit(plain))
        raise ValueError(
            f"{text!r} is not a scope: write document, paragraph, sentence, headline, "
            "'N words' or 'N words or headline'"
        )


DEFAULT_SCOPE = Scope(ScopeUnit.WORDS_OR_HEADLINE, 60)
GUARD_SCOPE = Scope(ScopeUnit.WORDS, 30)


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A word of an OICW list, with case, plural and blockers of its own (section 4)."""

    word: str
    plural: bool = False
    """Also in its regular plural, in any case."""
    case: Case = Case.ANY
    """How capitals count for the singular."""
    also: tuple[str, ...] = ()
    """Other phrases that count as this word, in any case."""
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """`only_with`: a term counts only with one of these words near it."""

    any: tuple[str, ...]
    within: Scope = GUARD_SCOPE


@dataclass(frozen=True, slots=True)
class Pair:
    """`near`: a term that is two words close to each other, such as a place and its economy."""

    one_of: tuple[str, ...]
    with_one_of: tuple[str, ...]
    within: int = 10
    """Words strictly between the two, at most."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for the same thing that the agreement does not list; off until approved."""

    text: str
    approved: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a profile."""

    name: str
    """As the agreement writes it; every hit is reported under this name."""
    kind: Kind = Kind.PHRASE
    match: tuple[str, ...] = ()
    """The forms searched in place of the name."""
    case: Case = Case.ANY
    surname_alone: bool = False
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    only_with: Guard | None = None
    near: Pair | None = None
    blockers: tuple[str, ...] = ()
    note: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """What is searched: `match` or the name, and approved aliases."""
        return (self.match or (self.name,)) + tuple(a.text for a in self.aliases if a.approved)


@dataclass(frozen=True, slots=True)
class ContextRule:
    """`oicw: {any: [...], within: SCOPE}`: only in connection with one of these words."""

    any: tuple[ContextWord, ...]
    within: Scope = DEFAULT_SCOPE
    self_context: bool = True
    """Does a context word inside the term's own span count?"""


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Words and places that prove a place, and the phrases that do not (section 5)."""

    id: str
    area: str
    """The outlets' area that proves it too."""
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    wire_paths: tuple[str, ...] = ()
    """Address parts of syndicated pages, whose outlet proves nothing."""


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """`oicw: {place: scotland}`."""

    place: PlaceList
    content_only: bool = False
    """`place_evidence: content`: the outlet's own area proves nothing."""


@dataclass(frozen=True, slots=True)
class AboutnessRule:
    """`subject_of`: the article must be about the term (section 7)."""

    points: int = 50


@dataclass(frozen=True, slots=True)
class SignificanceRule:
    """`significance: {major: true, ...}`: Major Significant Stories ONLY (section 8)."""

    prominence: int = 2
    impact: int = 2


@dataclass(frozen=True, slots=True)
class SourceRule:
    """Whose articles a section takes (section 6)."""

    groups: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
    any_monitored: bool = False
    """Every outlet there is: the agreement gives no list."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that must, or must not, hit; run by `monitor profiles test`."""

    headline: str = ""
    text: str = ""
    outlet: str | None = None
    url: str = ""
    hits: tuple[str, ...] | None = None
    """Exactly the terms that must hit."""
    verdict: str | None = None
    """`in`, `near_miss` or `out`, all rules but significance judged."""
    why: str = ""


class Standing(StrEnum):
    """Why an individual may be named: for a public office, or else only by a decision of two."""

    OFFICE_HOLDER = "office_holder"
    JOURNALIST = "journalist"
    PRIVATE_PERSON = "private_person"


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """An individual whose name is looked for, or whose articles are followed, with the decision to do so.

    Texts are empty, and `standing` and `review_by` None, where a revision from before the register says nothing.
    """

    name: str
    standing: Standing | None = None
    role: str = ""
    """The public role in which the name is looked for."""
    purpose: str = ""
    approved_by: str = ""
    second_approval: str = ""
    """Of a journalist or private person: who else approved it."""
    review_by: date | None = None
    """When the decision is looked at again."""
    byline: bool = False
    """Articles by the person are followed; else articles that name the person."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One section's rules: a revision's content."""

    section: str
    """The section's id: `benefits`."""
    title: str
    """As the agreement prints it: `BENEFITS`."""
    agreement_says: str = ""
    terms: tuple[Term, ...] = ()
    query: Query | None = None
    """A Boolean query, besides the terms or in their place: what makes it hold are hits like theirs."""
    context: tuple[ContextRule, ...] = ()
    """All must hold."""
    place: tuple[PlaceRule, ...] = ()
    aboutness: AboutnessRule | None = None
    significance: SignificanceRule | None = None
    sources: SourceRule = SourceRule()
    bylines: tuple[str, ...] = ()
    """Journalists whose articles are recategorised; empty in what we ship."""
    people: tuple[NamedPerson, ...] = ()
    """Every individual that a term or a byline names."""
    recategorise: bool = False
    """A section without content of its own: its articles go to the section they fit."""
    show_in_each: bool = False
    """Print its articles here even when they are filed elsewhere."""
    ask_client: tuple[str, ...] = ()
    """What the agreement leaves unclear."""
    examples: tuple[Example, ...] = ()
    fingerprint: str = ""
    """SHA-256 of the file (and the shared lists) this was read from; '' when made in memory."""

    @property
    def sought(self) -> tuple[str, ...]:
        """The names that hits are reported under, each once: of the terms, and the phrases of the query."""
        asked = [phrase.text for phrase, wanted, _ in phrases(self.query) if wanted] if self.query else []
        return tuple(dict.fromkeys([*(term.name for term in self.terms), *asked]))
