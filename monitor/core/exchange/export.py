"""A section as plain Boolean, to be checked against a vendor, and what Boolean cannot say of it.

Terms are written with their forms and regular plurals, guards and pairs as NEAR, each OICW rule by its scope. What
the default scope `60 words or headline` says is `T NEAR/60 C OR T AND HEADLINE(C) OR HEADLINE(T) AND C`. A term
that contains a context word meets the rule by itself, and stands alone beside the NEAR. For plain terms and OICW
rules without blockers the query takes exactly the articles that the section takes, where no context word overlaps
the end of a term. Everything else is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.core.json import Json
from monitor.core.matching.phrases import context_phrases, plural_of
from monitor.core.matching.text import read
from monitor.core.profile import (
    Case,
    ContextRule,
    ContextWord,
    Guard,
    Kind,
    Pair,
    PlaceRule,
    Profile,
    Scope,
    ScopeUnit,
    Term,
)
from monitor.core.query import And, Cased, Headline, Near, Not, Or, Phrase, Query, Reach, Unit, has_places, written

NARROWER = "Boolean drops every article that has it, even where the term stands elsewhere, too"


@dataclass(frozen=True, slots=True)
class Exported:
    """A section as a query."""

    section: str
    query: Query | None
    """None when there is nothing to look for."""
    notes: tuple[str, ...] = ()
    """What the query does not say, or not exactly."""

    @property
    def text(self) -> str:
        """The query as written; '' when there is none."""
        return written(self.query) if self.query else ""

    def to_json(self) -> dict[str, Json]:
        """`{"section", "query", "notes"}`."""
        return {"section": self.section, "query": self.text or None, "notes": list(self.notes)}


def export(profile: Profile, blockers: Iterable[str] = ()) -> Exported:
    """A section, and the blockers of its agreement, as a query."""
    made = _Export(profile, tuple(blockers))
    query = made.query()
    return Exported(profile.section, query, tuple(dict.fromkeys(made.notes)))


def either(parts: Iterable[Query]) -> Query:
    """One of the parts, each once; choices within choices are one."""
    once = tuple(dict.fromkeys(p for part in parts for p in (part.parts if isinstance(part, Or) else (part,))))
    return once[0] if len(once) == 1 else Or(once)


def every(parts: Iterable[Query]) -> Query:
    """All of the parts."""
    all_ = tuple(p for part in parts for p in (part.parts if isinstance(part, And) else (part,)))
    return all_[0] if len(all_) == 1 else And(all_)


@dataclass
class _Export:
    """One section on its way."""

    profile: Profile
    blockers: tuple[str, ...]
    notes: list[str] = field(default_factory=list)

    def query(self) -> Query | None:
        sought = [
            *(self._term(t) for t in self.profile.terms),
            *([self.profile.query] if self.profile.query else []),
        ]
        self._what_boolean_cannot_say()
        if not sought:
            return None
        hits = either(sought)
        rules = [self._rule(rule, hits) for rule in self.profile.context]
        places = [self._place(rule) for rule in self.profile.place]
        return every([*(rules or [hits]), *places, *self._blocked()])

    # ----------------------------------------------------------- terms

    def _term(self, term: Term) -> Query:
        made = self._pair(term, term.near) if term.near else either(self._forms(term))
        if term.only_with:
            made = self._guarded(term, term.only_with, made)
        if term.blockers:
            made = every([made, *(Not(_phrase(b)) for b in term.blockers)])
            self.notes.append(f"{term.name}: {', '.join(term.blockers)} as AND NOT: {NARROWER}")
        self._derived(term)
        return made

    def _forms(self, term: Term) -> Iterator[Query]:
        for form in term.forms:
            texts = [form, *([_plural(form)] if term.kind.has_plural and _plural(form) else [])]
            yield from (self._in_case(text, term.case, term.name) for text in texts)

    def _in_case(self, text: str, case: Case, name: str) -> Query:
        if case is Case.ANY:
            return _phrase(text)
        if case is Case.CAPITALISED:
            self.notes.append(f"{name}: capitals only as written or all through ({text}, {text.upper()})")
            return either([Cased(_phrase(_titled(text))), Cased(_phrase(text.upper()))])
        return Cased(_phrase(text.lower() if case is Case.LOWER else text))

    def _pair(self, term: Term, near: Pair) -> Query:
        ones = either(self._in_case(w, term.case, term.name) for w in near.one_of)
        return Near(ones, either(_words(near.with_one_of)), Reach(Unit.WORDS, near.within))

    def _guarded(self, term: Term, guard: Guard, made: Query) -> Query:
        own = [_phrase(f) for f in term.forms if any(_contains(f, w) for w in guard.any)]
        if self.profile.context:
            self.notes.append(f"{term.name}: context is measured from the term and its guard word together")
        return either([*self._within(made, either(_words(guard.any)), guard.within), *own])

    def _derived(self, term: Term) -> None:
        if term.kind is Kind.PERSON or term.abbreviations:
            what = "surname or abbreviation after the full name"
            self.notes.append(
                f"{term.name}: {what} counts as another mention here, and Boolean has no word for it"
            )

    # ----------------------------------------------------------- rules

    def _rule(self, rule: ContextRule, hits: Query) -> Query:
        words = either(self._context(rule))
        alone = [_phrase(f) for f in self._self_context(rule)]
        if not rule.self_context:
            self.notes.append("a context word inside a term does not count here, and does in Boolean")
        return either([*self._within(hits, words, rule.within), *alone])

    def _self_context(self, rule: ContextRule) -> Iterator[str]:
        """Forms that contain a context word: they meet the rule by themselves wherever nearness is asked."""
        if rule.self_context and rule.within.unit not in (ScopeUnit.DOCUMENT, ScopeUnit.HEADLINE):
            for term in self.profile.terms:
                for form in term.forms:
                    if term.case is Case.ANY and any(_has_context(form, word) for word in rule.any):
                        yield from (form, *([_plural(form)] if term.kind.has_plural and _plural(form) else []))

    def _context(self, rule: ContextRule) -> Iterator[Query]:
        for word in rule.any:
            yield self._in_case(word.word, word.case, word.word)
            if word.plural and _plural(word.word):
                yield _phrase(_plural(word.word))
            yield from _words(word.also)
            if word.blockers:
                self.notes.append(f"{word.word} counts here only outside {', '.join(word.blockers)}")

    def _within(self, hits: Query, words: Query, scope: Scope) -> list[Query]:
        """The ways in which the hits can be within a scope of the words."""
        if scope.unit is ScopeUnit.DOCUMENT:
            return [every([hits, words])]
        head = [every([hits, Headline(words)])]
        if scope.unit is ScopeUnit.HEADLINE:
            return head
        close = self._near(hits, words, scope)
        if scope.unit is ScopeUnit.WORDS_OR_HEADLINE:
            return [close, *head, every([Headline(hits), words])]
        return [close]

    def _near(self, hits: Query, words: Query, scope: Scope) -> Query:
        if not has_places(hits):
            self.notes.append(f"{scope}: a part with AND or NOT has no place in Boolean, so it is asked anywhere")
            return every([hits, words])
        plain = {ScopeUnit.SENTENCE: Unit.SENTENCE, ScopeUnit.PARAGRAPH: Unit.PARAGRAPH}
        return Near(hits, words, Reach(plain.get(scope.unit, Unit.WORDS), scope.words))

    def _place(self, rule: PlaceRule) -> Query:
        place = rule.place
        if not rule.content_only:
            self.notes.append(f"an outlet in {place.area} proves the place here, whatever the text says")
        if place.blockers:
            self.notes.append(f"{place.id}: not inside {', '.join(place.blockers)}")
        self.notes.append(f"{place.id}: its words count here only with a capital")
        return either(_phrase(word) for word in (*place.words, *place.places))

    def _blocked(self) -> list[Query]:
        """Blockers of the whole agreement that contain a term of this section."""
        forms = [form for term in self.profile.terms for form in (term.near.one_of if term.near else term.forms)]
        inside = [b for b in self.blockers if any(_contains(b, form) for form in forms)]
        if inside:
            self.notes.append(f"{', '.join(inside)} as AND NOT: {NARROWER}")
        return [Not(_phrase(b)) for b in inside]

    def _what_boolean_cannot_say(self) -> None:
        profile = self.profile
        if profile.aboutness:
            self.notes.append("subject of: the article must be about a term, and not just mention it")
        if profile.significance:
            self.notes.append("Major Significant Stories ONLY: judged on the story and on who carries it")
        if not profile.sources.any_monitored:
            self.notes.append("sources: the groups and outlets of the section are chosen beside the query")
        if profile.recategorise or profile.bylines:
            self.notes.append("bylines: articles of followed journalists are filed where they fit")


def _words(words: Iterable[str]) -> Iterator[Query]:
    """Words with their plurals."""
    for word in words:
        yield _phrase(word)
        if _plural(word):
            yield _phrase(_plural(word))


def _phrase(text: str) -> Phrase:
    return Phrase(" ".join(text.replace('"', " ").split()))


def _plural(text: str) -> str:
    """A phrase with its last word in the plural; '' when it has none or is a prefix."""
    head, space, last = text.rpartition(" ")
    plural = "" if last.endswith("*") else plural_of(last.lower())
    if not plural or not last.isalpha():
        return ""
    ending = plural.removeprefix(last.lower())
    return f"{head}{space}{last}{ending}" if plural != ending else f"{head}{space}{plural}"


def _titled(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def _contains(text: str, part: str) -> bool:
    return _has_context(text, ContextWord(part, plural=True))


def _has_context(form: str, word: ContextWord) -> bool:
    stream = f" {' '.join(read(form).tokens)} "
    return any(pattern in stream for phrase in context_phrases(word) for pattern in phrase.patterns())
