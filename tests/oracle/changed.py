"""Agreements made up by hypothesis, each with a change of it, and articles that speak the words of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from monitor.core.agreement import MinorForms
from monitor.core.article import Article
from monitor.core.profile import AboutnessRule, Alias, Kind, PlaceRule, Profile, SignificanceRule, Term
from monitor.core.query import And, Near, Not, Or, Phrase, Query, Reach, Unit, phrases
from monitor.core.query.form import holds_of_nothing
from monitor.core.replay.changes import State, changes
from monitor.core.source import Outlet
from oracle import made

QUERY_WORDS = st.one_of(made.phrases, made.wildcards).map(Phrase)
QUERIES: st.SearchStrategy[Query] = st.recursive(
    QUERY_WORDS,
    lambda part: st.one_of(
        st.builds(Or, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(And, st.lists(part, min_size=2, max_size=2).map(tuple)),
        st.builds(Near, QUERY_WORDS, QUERY_WORDS, st.just(Reach(Unit.WORDS, 3)), st.booleans()),
        st.builds(Not, part),
    ),
    max_leaves=4,
).filter(lambda query: not holds_of_nothing(query))


@dataclass(frozen=True)
class ChangedCase:
    """Two states of an agreement, articles, and which of them are copies."""

    old: State
    new: State
    articles: tuple[Article, ...]
    copies: tuple[tuple[str, str], ...]


# --------------------------------------------------------------- a term


def _other_forms(draw: st.DrawFn, term: Term) -> Term:
    return replace(term, match=draw(made.some(st.one_of(made.phrases, made.wildcards))))


def _other_aliases(draw: st.DrawFn, term: Term) -> Term:
    if term.aliases and draw(st.booleans()):
        return replace(term, aliases=tuple(Alias(a.text, not a.approved) for a in term.aliases))
    return replace(term, aliases=draw(made.some(made.aliases)))


def _other_lists(draw: st.DrawFn, term: Term) -> Term:
    blockers = draw(st.one_of(st.just(()), made.some(made.phrases)))
    return replace(term, blockers=blockers, abbreviations=draw(st.sampled_from([(), ("UC",), ("DWP",)])))


def _other_rules(draw: st.DrawFn, term: Term) -> Term:
    return replace(
        term,
        case=draw(made.cases),
        only_with=draw(made.maybe(made.guards, None)),
        surname_alone=not term.surname_alone,
        kind=draw(st.sampled_from([Kind.PHRASE, Kind.ORGANISATION]))
        if term.kind is not Kind.PERSON
        else term.kind,
        near=draw(made.maybe(made.maybe(made.pairs, None), None)),
    )


TERM_CHANGES = (_other_forms, _other_aliases, _other_lists, _other_lists, _other_rules)


def _terms(draw: st.DrawFn, profile: Profile) -> Profile:
    terms = list(profile.terms)
    at = draw(st.integers(0, len(terms) - 1)) if terms else 0
    what = draw(st.sampled_from(["add", "remove", "change", "change", "change", "move"]))
    if what == "add" or not terms:
        terms.insert(at, draw(made.terms.filter(lambda t: t.name not in {u.name for u in terms})))
    elif what == "remove":
        del terms[at]
    elif what == "move":
        terms.reverse()
    else:
        terms[at] = draw(st.sampled_from(TERM_CHANGES))(draw, terms[at])
    return replace(profile, terms=tuple(terms))


# --------------------------------------------------------------- a section's rules


def _context(draw: st.DrawFn, profile: Profile) -> Profile:
    if not profile.context or draw(st.booleans()):
        return replace(profile, context=draw(made.maybe(made.some(made.context_rules), ())))
    first, *rest = profile.context
    words = list(first.any)
    what = draw(st.sampled_from(["add", "remove", "change", "move"]))
    if what == "add":
        words.insert(0, draw(made.context_words))
    elif what == "remove":
        del words[0]
    elif what == "change":
        words[0] = replace(words[0], plural=not words[0].plural, blockers=draw(made.some(made.phrases)))
    else:
        words.reverse()
    return replace(profile, context=(replace(first, any=tuple(words)), *rest))


def _place(draw: st.DrawFn, profile: Profile) -> Profile:
    if not profile.place or draw(st.booleans()):
        return replace(profile, place=draw(made.maybe(st.tuples(made.place_rules), ())))
    rule = profile.place[0]
    changes = [
        PlaceRule(replace(rule.place, places=("Glasgow",)), rule.content_only),
        PlaceRule(replace(rule.place, blockers=(*rule.place.blockers, "Perth Security")), rule.content_only),
        PlaceRule(replace(rule.place, blockers=()), rule.content_only),
        PlaceRule(rule.place, not rule.content_only),
    ]
    return replace(profile, place=(draw(st.sampled_from(changes)),))


def _query(draw: st.DrawFn, profile: Profile) -> Profile:
    return replace(profile, query=draw(made.maybe(QUERIES, None)))


def _other(draw: st.DrawFn, profile: Profile) -> Profile:
    return replace(
        profile,
        aboutness=draw(made.maybe(st.builds(AboutnessRule, st.sampled_from([30, 50, 80])), None)),
        significance=draw(made.maybe(st.builds(SignificanceRule, st.integers(0, 4), st.integers(0, 5)), None)),
        sources=draw(made.source_rules),
    )


SECTION_CHANGES = (_terms, _terms, _terms, _context, _place, _query, _other)


def _section(draw: st.DrawFn, state: State) -> State:
    profiles = list(state.agreement.profiles)
    at = draw(st.integers(0, len(profiles) - 1))
    profiles[at] = draw(st.sampled_from(SECTION_CHANGES))(draw, profiles[at])
    return _with_profiles(state, profiles)


# --------------------------------------------------------------- what sections share


def _with_profiles(state: State, profiles: list[Profile]) -> State:
    return replace(state, agreement=replace(state.agreement, profiles=tuple(profiles)))


def _sections(draw: st.DrawFn, state: State) -> State:
    profiles = list(state.agreement.profiles)
    what = draw(st.sampled_from(["add", "remove", "move"]))
    if what == "add":
        profiles.insert(0, draw(made.profiles("three")))
    elif what == "remove" and len(profiles) > 1:
        del profiles[0]
    else:
        profiles.reverse()
    return _with_profiles(state, profiles)


def _shared(draw: st.DrawFn, state: State) -> State:
    blockers = draw(st.one_of(st.just(()), made.some(made.phrases, 3)))
    minor = draw(st.sampled_from([MinorForms(), made.MINOR]))
    return replace(state, agreement=replace(state.agreement, blockers=blockers, minor=minor))


def _journalists(draw: st.DrawFn, state: State) -> State:
    others = [p for p in state.agreement.profiles if p.section != made.JOURNALISTS.section]
    named = replace(made.JOURNALISTS, bylines=draw(st.sampled_from([("Jane Smith",), ("Mark Griffin",)])))
    return _with_profiles(state, [*others, *draw(st.sampled_from([(), (named,)]))])


def _outlets(draw: st.DrawFn, state: State) -> State:
    change: dict[str, Any] = draw(
        st.sampled_from([{"area": "UK"}, {"tier": 1}, {"groups": ()}, {"owner": "A"}, {"groups": ("nationals",)}])
    )
    outlets: list[Outlet] = [
        replace(o, **change) if o.id == "herald" else o for o in state.sources.outlets.values()
    ]
    return replace(state, sources=replace(state.sources, outlets={o.id: o for o in outlets}))


Edit = Callable[[st.DrawFn, State], State]
EDITS: tuple[Edit, ...] = (_section,) * 8 + (_sections, _shared, _shared, _journalists, _outlets)


@st.composite
def changed_states(draw: st.DrawFn) -> tuple[State, State]:
    """An agreement, some of whose sections have a query, and the same after an edit or two."""
    agreement = draw(made.agreements())
    profiles = [
        replace(p, query=draw(made.maybe(made.maybe(QUERIES, None), None))) if not p.bylines else p
        for p in agreement.profiles
    ]
    old = new = State(replace(agreement, profiles=tuple(profiles)), made.MADE_SOURCES)
    for _ in range(draw(st.integers(1, 2))):
        new = draw(st.sampled_from(EDITS))(draw, new)
    assume(changes(old, new))
    return old, new


@st.composite
def changed_cases(draw: st.DrawFn, most: int = 3) -> ChangedCase:
    """A change, and short articles that speak above all of what changed; some of them tell the same story."""
    old, new = draw(changed_states())
    spoken = [set(_own_words(state)) for state in (old, new)]
    either, new_words = sorted(spoken[0] | spoken[1]), sorted(spoken[0] ^ spoken[1])
    own = [*new_words * (1 + 2 * len(either) // (1 + len(new_words))), *either] or ["tax"]
    articles = [draw(_articles(own, n)) for n in range(draw(st.integers(1, most)))]
    ids = st.sampled_from([a.id for a in articles])
    return ChangedCase(old, new, tuple(articles), tuple(draw(st.lists(st.tuples(ids, ids), max_size=most))))


@st.composite
def _articles(draw: st.DrawFn, own: list[str], number: int) -> Article:
    path = draw(st.sampled_from(["news", "news", "sport"]))
    headline = draw(made.texts(own, 2, 1))
    return Article(
        url=f"https://x.org/{path}/{number}",
        headline=draw(st.sampled_from([headline, headline, headline.upper(), f"Letters: {headline}"])),
        body=draw(made.texts(own, 5, 2)),
        byline=draw(made.maybe(st.sampled_from(["By Dr Jane Smith", "Mark Griffin and Jane Smith, Editor"]), "")),
        outlet=draw(st.sampled_from(["times", "herald", "herald", "gazette", "unknown", None])),
        first_seen=made.SEVEN + timedelta(hours=draw(st.integers(0, 100))),
        carried_by=draw(made.maybe(st.sampled_from([("gazette",), ("courier", "press")]), ())),
    )


def _own_words(state: State) -> list[str]:
    queries = [p.query for p in state.agreement.profiles if p.query]
    asked = [phrase.text.replace("*", "") for query in queries for phrase, _, _ in phrases(query)]
    return [*made.own_words(state.agreement), *asked]
