"""Draft profiles of an agreement as it was received; a person reads them before anything is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from monitor.core.drafting.commas import has_comma
from monitor.core.drafting.cutting import cut
from monitor.core.drafting.document import Document, Line
from monitor.core.drafting.lexicon import NOTHING_LEARNED, Dictionary
from monitor.core.drafting.outlets import FoundSources, sources_in
from monitor.core.drafting.parts import SectionText, parts
from monitor.core.drafting.pieces import How, Piece, laid_out, pieces
from monitor.core.drafting.rules import FoundRule, RuleKind, rules_in
from monitor.core.drafting.signs import Known
from monitor.core.drafting.terms import DraftTerm, bracket_of, kind_of, looks_like_several, office_of, searched
from monitor.core.json import Json
from monitor.core.matching.text import comparable
from monitor.core.profile import Kind
from monitor.core.source import Sources

CERTAIN = {How.ITEM: 0.99, How.COMMA: 0.95, How.LINE: 0.95}
"""Confidence in what layout cuts."""
SEVERAL = 0.5
"""The same, where the words look like several terms."""
_ALL = re.compile(r"\s*all\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DraftRules:
    """The rules of a section, as its words say."""

    context: tuple[tuple[str, ...], ...] = ()
    places: tuple[str, ...] = ()
    major: bool = False
    subject: bool = False
    recategorise: bool = False


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section of a draft."""

    id: str
    title: str
    lines: tuple[Line, ...]
    """Of its terms, as they stand in the document."""
    source_lines: tuple[Line, ...]
    terms: tuple[DraftTerm, ...]
    rules: DraftRules
    sources: FoundSources
    labels: tuple[str, ...] = ()
    """Headings among the terms, which are not searched."""
    questions: tuple[str, ...] = ()
    """What the document leaves unclear."""

    def to_json(self) -> dict[str, Json]:
        """All of it but the lines of the document."""
        rules = self.rules
        return {
            "section": self.id,
            "title": self.title,
            "terms": [term.to_json() for term in self.terms],
            "context_words": [list(words) for words in rules.context],
            "places": list(rules.places),
            "major": rules.major,
            "subject_of": rules.subject,
            "recategorise": rules.recategorise,
            "groups": list(self.sources.groups),
            "plus": list(self.sources.plus),
            "unknown_sources": list(self.sources.unknown),
            "labels": list(self.labels),
            "questions": list(self.questions),
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of an agreement."""

    client: str
    name: str
    sections: tuple[DraftSection, ...]
    unread: tuple[str, ...] = ()
    """Lines that belong to no section."""

    @property
    def doubtful(self) -> tuple[tuple[DraftSection, DraftTerm], ...]:
        """The terms whose cut a person should look at."""
        return tuple((section, term) for section in self.sections for term in section.terms if term.doubtful)

    @property
    def undecided(self) -> tuple[tuple[DraftSection, DraftTerm], ...]:
        """The persons it would name, without a recorded decision to do so."""
        terms = ((section, term) for section in self.sections for term in section.terms if term.written)
        return tuple((s, term) for s, term in terms if term.kind is Kind.PERSON and term.person is None)

    def to_json(self) -> dict[str, Json]:
        """The draft as a JSON object."""
        return {
            "client": self.client,
            "name": self.name,
            "sections": [section.to_json() for section in self.sections],
            "unread": list(self.unread),
        }


def draft(document: Document, sources: Sources, dictionary: Dictionary = NOTHING_LEARNED) -> Draft:
    """The draft of a document; without a section when nothing in it announces one."""
    text = parts(document)
    lines = [line for section in text.sections for line in section.terms]
    known = Known.of(dictionary, (line.text for line in lines))
    plain = [left for line in lines if (left := _without_rules(line)).text]
    one_each = laid_out(plain)
    ids = _Ids()
    return Draft(
        text.client,
        text.name,
        tuple(_section(ids.of(s.title), s, sources, known, one_each=one_each) for s in text.sections),
        tuple(line.text for line in text.preamble),
    )


def _without_rules(line: Line) -> Line:
    rules = rules_in(line)
    return line.within(0, rules[0].start) if rules and rules[0].start else Line("") if rules else line


class _Ids:
    """Section ids, each once."""

    def __init__(self) -> None:
        self._taken = {"agreement", "digests"}  # names of an agreement's other files

    def of(self, title: str) -> str:
        plain = re.sub(r"[^a-z0-9]+", "_", title.lower().replace("&", " and ")).strip("_")
        stem = plain if plain[:1].isalpha() else f"section_{plain}".rstrip("_")
        made = next(name for n in count(1) if (name := stem if n == 1 else f"{stem}_{n}") not in self._taken)
        self._taken.add(made)
        return made


def _section(ident: str, text: SectionText, sources: Sources, known: Known, *, one_each: bool) -> DraftSection:
    rules = [rules_in(line) for line in text.terms]
    read = _rules([rule for of_line in rules for rule in of_line])
    taken = [[(rule.start, rule.end) for rule in of_line] for of_line in rules]
    found = list(pieces(text.terms, taken, one_each=one_each))
    terms = [term for piece in found for term in _terms(piece, text.terms, known, read)]
    labels = tuple(dict.fromkeys(_labels(text.terms)))
    named = sources_in(text.sources, sources)
    questions = (*_questions(text.terms, rules, labels), *_source_questions(text, named))
    return DraftSection(
        ident, text.title, tuple(text.terms), tuple(text.sources), once_each(terms), read, named, labels, questions
    )


def _rules(found: Sequence[FoundRule]) -> DraftRules:
    kinds = {rule.kind for rule in found}
    return DraftRules(
        tuple(rule.words for rule in found if rule.kind is RuleKind.CONTEXT),
        tuple(dict.fromkeys(rule.words[0] for rule in found if rule.kind is RuleKind.PLACE)),
        RuleKind.MAJOR in kinds,
        RuleKind.SUBJECT in kinds,
        RuleKind.RECATEGORISE in kinds,
    )


def _terms(piece: Piece, lines: Sequence[Line], known: Known, rules: DraftRules) -> Iterable[DraftTerm]:
    text = lines[piece.line].text[piece.start : piece.end]
    if piece.how is How.RUN:
        cuts = [(c.start, _without_comma(text, c.end), c.confidence) for c in cut(text, known)]
    else:
        sure = SEVERAL if piece.how is not How.ITEM and looks_like_several(text, known) else CERTAIN[piece.how]
        cuts = [(0, len(text), sure)]
    for start, end, confidence in cuts:
        how = How.LINE if piece.how is How.RUN and len(cuts) == 1 else piece.how
        name = " ".join(text[start:end].split()).rstrip(".")
        sure = min(confidence, SEVERAL) if has_comma(name) or not lines[piece.line].sure else confidence
        term = DraftTerm(name, piece.line, piece.start + start, piece.start + end, sure, str(how))
        yield described(term, piece.label, known.dictionary, rules)


def _without_comma(text: str, end: int) -> int:
    """Where a name ends that a comma stands behind."""
    return len(text[:end].rstrip(" ,;"))


def described(term: DraftTerm, label: str, dictionary: Dictionary, rules: DraftRules) -> DraftTerm:
    """The term with what its words and the label above it tell: its kind, what its bracket asks for."""
    asked = bracket_of(term.name)
    name = asked.match[0] if asked.match else term.name
    kind = kind_of(name, label, dictionary, subject=rules.subject)
    return replace(
        term,
        kind=kind,
        role=office_of(label) if kind is Kind.PERSON else "",
        match=searched(name, kind) or asked.match,
        only_with=asked.only_with,
        abbreviations=asked.abbreviations,
    )


def once_each(terms: Iterable[DraftTerm]) -> tuple[DraftTerm, ...]:
    """The terms, those marked that the matcher takes for one before them."""
    first: dict[str, str] = {}
    marked = []
    for term in terms:
        key = comparable(term.name)
        marked.append(replace(term, same_as=first.get(key, "")))
        if not term.left_out:
            first.setdefault(key, term.name)
    return tuple(marked)


def _labels(lines: Iterable[Line]) -> Iterable[str]:
    for line in lines:
        if not rules_in(line) and (found := re.match(r"([^:]{3,60}):(?:\s|$)", line.text)):
            yield found[1].strip()


def _questions(
    lines: Sequence[Line], rules: Sequence[Sequence[FoundRule]], labels: Sequence[str]
) -> Iterable[str]:
    for label in labels:
        yield f'Is "{label}:" a heading, as we read it, or a term of its own?'
    for line, found in zip(lines, rules, strict=True):
        if line.all_italic and not found:
            yield f'"{line.text}" stands in italics, and is read as a term. Is it a rule?'
    ending = [
        line.text[rule.start : rule.end]
        for line, found in zip(lines, rules, strict=True)
        for rule in found
        if rule.kind in (RuleKind.MAJOR, RuleKind.PLACE) and not _ALL.match(line.text[rule.start :])
    ]
    if ending:
        quoted = " and ".join(f'"{words}"' for words in ending)
        yield f"{quoted}: for the whole list, as we read it, or its last terms only? The document does not say."


def _source_questions(text: SectionText, found: FoundSources) -> Iterable[str]:
    if not text.sources:
        yield "The section names no sources; we read it as every outlet that is monitored."
    for name in found.unknown:
        yield f'"{name}" is in no file of sources: which outlet or group is it?'
