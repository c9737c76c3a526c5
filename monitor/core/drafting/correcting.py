"""Corrections: what a person says of a draft, one thing at a time; each gives the draft as it is then.

What a person has cut is sure. A term keeps its number in its section until one before it is split or joined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.core.drafting.document import Line
from monitor.core.drafting.draft import Draft, DraftSection, described, once_each
from monitor.core.drafting.lexicon import Dictionary
from monitor.core.drafting.pieces import How
from monitor.core.drafting.signs import words_of
from monitor.core.drafting.terms import DraftTerm, bracket_of, searched
from monitor.core.profile import Kind, NamedPerson
from monitor.errors import InputError


@dataclass(frozen=True, slots=True)
class At:
    """A term of a draft."""

    section: str
    number: int
    """In its section, from 1."""


def split(draft: Draft, at: At, after: int, dictionary: Dictionary) -> Draft:
    """The term made two, the first of that many words; a bracket is one word.

    Raises:
        InputError: there is no such term, or no such place in it.
    """
    section, term = _found(draft, at)
    text = section.lines[term.line].text[term.start : term.end]
    words = words_of(text)
    if not 0 < after < len(words):
        raise InputError(f"{term.name} has {len(words)} words: it cannot be split after word {after}")
    ends = (0, words[after - 1].end), (words[after].start, len(text))
    two = [_cut(section, term, term.start + a, term.start + b, dictionary) for a, b in ends]
    return _with_terms(draft, section, at.number, 1, two)


def join(draft: Draft, at: At, dictionary: Dictionary) -> Draft:
    """The term and the next made one, with what stands between them.

    Raises:
        InputError: there is no such term or no next, or the next stands elsewhere in the document.
    """
    section, term = _found(draft, at)
    if at.number == len(section.terms):
        raise InputError(f"{term.name} is the last of its section: there is none to join it with")
    section = _on_one_line(section, term, section.terms[at.number])
    one = _cut(section, term, term.start, section.terms[at.number].end, dictionary)
    return _with_terms(draft, section, at.number, 2, [one])


def confirm(draft: Draft, at: At) -> Draft:
    """The term as it is, and sure: somebody has looked."""
    section, term = _found(draft, at)
    return _with_terms(draft, section, at.number, 1, [replace(term, confidence=1.0)])


def leave_out(draft: Draft, at: At, *, out: bool = True) -> Draft:
    """The term not written (it is none), or written after all; it stays where it can be taken back in."""
    section, term = _found(draft, at)
    return _with_terms(draft, section, at.number, 1, [replace(term, left_out=out)])


def call(draft: Draft, at: At, kind: Kind) -> Draft:
    """The term of that kind; a decision on a person goes when it is none."""
    section, term = _found(draft, at)
    person = term.person if kind is Kind.PERSON else None
    match = searched(term.name, kind) or bracket_of(term.name).match
    return _with_terms(draft, section, at.number, 1, [replace(term, kind=kind, person=person, match=match)])


def decide(draft: Draft, decisions: Mapping[At, NamedPerson]) -> Draft:
    """The draft with what was decided on the persons it names."""
    for at, person in decisions.items():
        section, term = _found(draft, at)
        changed = replace(term, kind=Kind.PERSON, person=person)
        draft = _with_terms(draft, section, at.number, 1, [changed])
    return draft


def without_undecided(draft: Draft) -> Draft:
    """The draft without the persons nobody has decided on: to see what else it lacks."""
    waiting = {term for _, term in draft.undecided}
    for section in draft.sections:
        kept = tuple(replace(term, left_out=term.left_out or term in waiting) for term in section.terms)
        draft = _with(draft, replace(section, terms=kept))
    return draft


def say_source(draft: Draft, section: str, name: str, *, group: str = "", outlet: str = "") -> Draft:
    """The draft with a name among a section's sources understood: as that group or outlet, or as none of ours.

    Raises:
        InputError: no such name waits in that section.
    """
    of = _section(draft, section)
    found = of.sources
    if name not in found.unknown:
        raise InputError(f"{of.title} has no source {name} that nobody knows")
    sources = replace(
        found,
        groups=_added(found.groups, group),
        plus=_added(found.plus, outlet),
        unknown=tuple(other for other in found.unknown if other != name),
    )
    asked = tuple(q for q in of.questions if not (q.startswith(f'"{name}"') and (group or outlet)))
    return _with(draft, replace(of, sources=sources, questions=asked))


def rename(draft: Draft, client: str, name: str) -> Draft:
    """The draft with the names of client and agreement."""
    return replace(draft, client=" ".join(client.split()), name=" ".join(name.split()))


# --------------------------------------------------------------- the parts of it


def _section(draft: Draft, section: str) -> DraftSection:
    found = next((s for s in draft.sections if s.id == section), None)
    if found is None:
        raise InputError(f"the draft has no section {section}")
    return found


def _found(draft: Draft, at: At) -> tuple[DraftSection, DraftTerm]:
    section = _section(draft, at.section)
    if not 1 <= at.number <= len(section.terms):
        raise InputError(f"{section.title} has no term {at.number}: its terms are 1 to {len(section.terms)}")
    return section, section.terms[at.number - 1]


def _cut(section: DraftSection, like: DraftTerm, start: int, end: int, dictionary: Dictionary) -> DraftTerm:
    """What a person has cut out of the line of a term, of the office of that term."""
    name = " ".join(section.lines[like.line].text[start:end].split()).strip(" .,;")
    cut = DraftTerm(name, like.line, start, end, 1.0, str(How.HAND))
    made = described(cut, "", dictionary, section.rules)
    return replace(made, role=like.role if made.kind is Kind.PERSON else "")


def _on_one_line(section: DraftSection, term: DraftTerm, following: DraftTerm) -> DraftSection:
    """The section with two terms on one line, where nothing else stands between the two."""
    line, below = section.lines[term.line], section.lines[following.line]
    same = line is below
    between = (
        line.text[term.end : following.start] if same else line.text[term.end :] + below.text[: following.start]
    )
    if following.line > term.line + 1 or any(c.isalnum() for c in between):
        raise InputError(f"between {term.name} and {following.name} stands something else: they cannot be joined")
    if same:
        return section
    longer = len(line.text) + 1
    italics = (*line.italics, *((a + longer, b + longer) for a, b in below.italics))
    whole = Line(f"{line.text} {below.text}", line.role, italics, line.sure and below.sure)
    lines = (*section.lines[: term.line], whole, *section.lines[following.line + 1 :])
    return replace(section, lines=lines, terms=tuple(_moved(t, following.line, longer) for t in section.terms))


def _moved(term: DraftTerm, line: int, by: int) -> DraftTerm:
    """A term where it is when a line was put to the one above it."""
    if term.line < line:
        return term
    if term.line > line:
        return replace(term, line=term.line - 1)
    return replace(term, line=line - 1, start=term.start + by, end=term.end + by)


def _with_terms(draft: Draft, section: DraftSection, number: int, count: int, terms: Sequence[DraftTerm]) -> Draft:
    """The draft with these in the place of so many terms of a section, from a number on."""
    all_of_them = (*section.terms[: number - 1], *terms, *section.terms[number - 1 + count :])
    return _with(draft, replace(section, terms=once_each(all_of_them)))


def _with(draft: Draft, section: DraftSection) -> Draft:
    return replace(draft, sections=tuple(section if s.id == section.id else s for s in draft.sections))


def _added(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if not name or name in names else (*names, name)


Change = Callable[[Draft], Draft]
"""One correction, ready to be made."""
