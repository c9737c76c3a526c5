"""Advice on an agreement: what is no fault, and may yet not be meant. It keeps no profile from being used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.core.agreement import Agreement
from monitor.core.drafting.lexicon import HEADS
from monitor.core.drafting.signs import has_title, is_person
from monitor.core.json import Json
from monitor.core.matching.phrases import context_phrases
from monitor.core.matching.text import comparable
from monitor.core.profile import Case, ContextWord, Kind, Profile, Term
from monitor.core.source import Sources
from monitor.core.term_yield import LONG_ENOUGH, Word, YieldReport

EVERYDAY = HEADS | frozenset(
    "access advice bus car care change children city community customer cycling delivery education energy "
    "family fire flood food green harbour health help home island jobs land law life local mobility money "
    "news office park people pier plan police power press project public rail report research river road "
    "roads school sea sport staff support sustainability technology town transport travel tree trees water "
    "weather women work young".split()
)
"""Words that stand in articles about anything: class words of names, and some more."""
GRAMMAR = frozenset(
    "a about after all also an and any are as at be been but by can for from had has have he her his how if in "
    "into is it its more new no not of on one or our out over said she so some than that the their them then "
    "there they this to under up was we were what when which who will with would you".split()
)
"""Words that stand in nearly every article: alone they find nothing but noise, whatever must stand near them."""


class Weight(StrEnum):
    """How much an editor should mind."""

    CHECK = "check"
    """May not be meant: look at it."""
    NOTE = "note"
    """Good to know."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing an editor may want to know of a section."""

    section: str
    """Its id; empty when it is about all sections."""
    what: str
    """What was seen, in a sentence without a full stop."""
    remedy: str = ""
    """What can be done about it."""
    term: str = ""
    """The term it is about; empty when it is about the section."""
    weight: Weight = Weight.NOTE

    on_page: str = ""
    """The remedy as it is done on pages; empty when it names nothing that only files have."""

    @property
    def plainly(self) -> str:
        """What was seen and what can be done, without the keys and commands that a page does not show.

        >>> Advice("b", "is common", "give it `case:`", on_page="say how its capitals count").plainly
        'is common (say how its capitals count)'
        """
        remedy = self.on_page or self.remedy
        return f"{self.what} ({remedy})" if remedy else self.what

    def __str__(self) -> str:
        about = f"{self.section}: {self.term}" if self.term else self.section or "all sections"
        return f"{about}: {self.what}" + (f" ({self.remedy})" if self.remedy else "")

    def to_json(self) -> dict[str, Json]:
        """The advice as a JSON object."""
        return {
            "section": self.section,
            "term": self.term,
            "weight": str(self.weight),
            "what": self.what,
            "remedy": self.remedy,
        }


def lint(agreement: Agreement, sources: Sources, on: date) -> tuple[Advice, ...]:
    """All advice on an agreement on a day, by section in its order, then by term."""
    found: list[Advice] = []
    for profile in agreement.profiles:
        found += _sources(profile, sources)
        found += _examples(profile, sources)
        found += _bylines(profile)
        found += _open_questions(profile)
        found += _reviews(profile, on)
        for term in profile.terms:
            found += _self_context(profile, term)
            found += _contained(profile, term)
            found += _elsewhere(agreement, profile, term)
            found += _waiting(profile, term)
            found += _common(profile, term)
            found += _maybe_person(profile, term)
    return tuple(found)


def lint_yields(report: YieldReport) -> Iterator[Advice]:
    """Advice on what terms brought: each that is noisy, and the dead, section by section.

    A dead term of which another spelling stands in articles is told by itself; the others are
    for the contract review. Of a record too short to call a term dead just that is said.
    """
    silent: dict[str, list[str]] = {}
    for one in report.yields:
        if one.said(report.looked_at) is Word.DEAD and not report.spellings(one):
            silent.setdefault(one.section, []).append(one.term)
        elif remedy := report.remedy(one):
            yield Advice(one.section, remedy, term=one.term, weight=Weight.CHECK)
    if silent and report.too_short:
        what = f"{sum(map(len, silent.values()))} terms had no hit yet: the record is too short to call them dead"
        yield Advice("", what, f"that takes {LONG_ENOUGH.days} days of articles", weight=Weight.CHECK)
        return
    for section, names in silent.items():
        what = f"{len(names)} of its terms had no hit in {report.looked_at} articles: {', '.join(names)}"
        remedy = "ask the client whether they are needed, in the next contract review: monitor profiles yield"
        yield Advice(section, what, remedy, weight=Weight.CHECK)


def _sources(profile: Profile, sources: Sources) -> Iterator[Advice]:
    named = [sources.outlets[name] for name in profile.sources.plus if name in sources.outlets]
    silent = [outlet.name for outlet in named if not any(source.polled for source in outlet.sources)]
    if silent:
        what = f"no address is polled for {', '.join(silent)}: nothing of theirs can be found"
        why, seen = "their notes in sources/ say why", "the page Sources says more"
        yield Advice(profile.section, what, why, weight=Weight.CHECK, on_page=seen)
    for name in profile.sources.groups:
        if name in sources.groups and not sources.members(name):
            what = f"no outlet belongs to the group {sources.groups[name].name}"
            remedy = "add the group to outlets in sources/"
            on_page = "ask whoever looks after the sources to put outlets into it, or untick it under Sources"
            yield Advice(profile.section, what, remedy, weight=Weight.CHECK, on_page=on_page)


def _examples(profile: Profile, sources: Sources) -> Iterator[Advice]:
    """Examples in an outlet that is nowhere: they cannot come out as they say."""
    known = sources.outlets.keys() | sources.unread.keys()
    for number, example in enumerate(profile.examples, 1):
        if example.outlet and example.outlet not in known:
            what = f"its example {number} stands in `{example.outlet}`, and there is no such outlet"
            remedy = "correct its `outlet:`, or add the outlet to sources/"
            on_page = "choose another outlet for it under Examples"
            yield Advice(profile.section, what, remedy, weight=Weight.CHECK, on_page=on_page)


def _bylines(profile: Profile) -> Iterator[Advice]:
    if profile.bylines:
        what = f"followed by name: {len(profile.bylines)} (journalists)"
        remedy = "naming one is a recorded decision of the client: purpose, who approved it, when it is reviewed"
        yield Advice(profile.section, what, remedy, weight=Weight.CHECK)


def _open_questions(profile: Profile) -> Iterator[Advice]:
    """What the agreement leaves unclear, the scope of a rule above all."""
    for question in profile.ask_client:
        remedy = "ask the client, write the answer into the file, and take the question out of `ask_client`"
        on_page = "ask the client, then take the question out under Rules"
        yield Advice(profile.section, f"the agreement is unclear: {question}", remedy, on_page=on_page)


def _reviews(profile: Profile, on: date) -> Iterator[Advice]:
    for person in profile.people:
        if person.review_by and person.review_by < on:
            what = f"was to be reviewed by {person.review_by.isoformat()} ({person.role})"
            remedy = "does the person hold the office still? Write a new `review_by`, or take the name away"
            on_page = "does the person hold the office still? Give a new date, or take the name away"
            yield Advice(profile.section, what, remedy, person.name, Weight.CHECK, on_page)


def _common(profile: Profile, term: Term) -> Iterator[Advice]:
    """A single everyday word that nothing holds back: no guard, no capitals wanted, no context."""
    grammar = [form for form in term.forms if comparable(form) in GRAMMAR] if term.case is Case.ANY else []
    if grammar:
        what = f"{grammar[0]!r} stands in nearly every article"
        yield Advice(profile.section, what, "take it away, or write the whole name", term.name, Weight.CHECK)
    free = term.case is Case.ANY and not (term.only_with or term.near or profile.context or profile.aboutness)
    words = [form for form in term.forms if comparable(form) in EVERYDAY]
    if free and words:
        what = f"{words[0]!r} is a common word, and nothing must stand near it"
        remedy = (
            "give it `only_with: {any: [...]}` or `case: capitalised`; monitor profiles yield tells what it brings"
        )
        on_page = "among its options, say how its capitals count, or near which words it counts"
        yield Advice(profile.section, what, remedy, term.name, Weight.CHECK, on_page)


def _maybe_person(profile: Profile, term: Term) -> Iterator[Advice]:
    forms = (term.name, *term.forms)
    if term.kind is not Kind.PERSON and any(is_person(form) or has_title(form) for form in forms):
        remedy = "if it is one, write `kind: person` and `person:`, so that the register has it"
        on_page = "if it is one, say so under What it is, so that the register has it"
        yield Advice(profile.section, "looks like the name of a person", remedy, term.name, Weight.CHECK, on_page)


def _self_context(profile: Profile, term: Term) -> Iterator[Advice]:
    """A term that meets its own OICW rule (section 4): the rule never keeps it out."""
    for rule in profile.context:
        inside = [word.word for word in rule.any if any(_holds(form, word) for form in term.forms)]
        if inside and rule.self_context:
            what = f"contains the context word {inside[0]!r}, so the rule always holds for it"
            on_page = "under Rules, untick that a word inside the term itself counts"
            yield Advice(profile.section, what, "self_context: false turns that off", term.name, on_page=on_page)


def _holds(form: str, word: ContextWord) -> bool:
    stream = f" {comparable(form)} "
    return any(pattern in stream for phrase in context_phrases(word) for pattern in phrase.patterns())


def _contained(profile: Profile, term: Term) -> Iterator[Advice]:
    own = f" {comparable(term.name)} "
    for other in profile.terms:
        if other is not term and own in f" {comparable(other.name)} ":
            what = f"stands inside {other.name!r}: where that is found, this is not counted"
            remedy = "nothing, when both are meant; else take one away"
            yield Advice(profile.section, what, remedy, term.name)


def _elsewhere(agreement: Agreement, profile: Profile, term: Term) -> Iterator[Advice]:
    """The same term in a section further on: an article may belong to both."""
    own = comparable(term.name)
    behind = agreement.profiles[agreement.order.index(profile.section) + 1 :]
    for other in behind:
        if any(comparable(one.name) == own for one in other.terms):
            differs = _rules_that_differ(profile, other)
            what = f"is also a term of {other.title}" + (
                f", under other {' and '.join(differs)}" if differs else ""
            )
            remedy = "an article is filed once; the other section is named under it"
            yield Advice(profile.section, what, remedy, term.name)


def _rules_that_differ(one: Profile, other: Profile) -> list[str]:
    same = {
        "context words": one.context == other.context,
        "places": one.place == other.place,
        "aboutness": one.aboutness == other.aboutness,
        "significance": one.significance == other.significance,
        "sources": one.sources == other.sources,
    }
    return [what for what, holds in same.items() if not holds]


def _waiting(profile: Profile, term: Term) -> Iterator[Advice]:
    for alias in (alias for alias in term.aliases if not alias.approved):
        sort = "abbreviation" if alias.text.isupper() and " " not in alias.text else "other name"
        what = f"the {sort} {alias.text!r} waits for approval and brings nothing in"
        remedy = "monitor profiles aliases tells what it would add; ask the client, then write `approved: true`"
        on_page = "ask the client, then tick that they have agreed, among its options"
        yield Advice(profile.section, what, remedy, term.name, Weight.CHECK, on_page)
