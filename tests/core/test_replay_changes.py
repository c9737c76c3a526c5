"""What a change concerns: no article outside it is judged otherwise, and few inside it that are not."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from oracle.changed import ChangedCase, changed_cases

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import (
    Alias,
    ContextRule,
    ContextWord,
    Guard,
    Kind,
    Pair,
    PlaceList,
    PlaceRule,
    Profile,
    SignificanceRule,
    Term,
)
from monitor.core.query import Phrase
from monitor.core.replay.changes import State, changes, concerned, moving
from monitor.core.replay.outcome import differ
from monitor.core.replay.settling import with_draft_of
from monitor.core.replay.words import EVERYTHING, NOTHING, Words, hold, of_phrase, words_of
from monitor.core.source import Outlet, Sources

MANY = 3000 if os.environ.get("MONITOR_FULL") else 60


# --------------------------------------------------------------- nothing is left out


@settings(max_examples=MANY, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(changed_cases())
def test_whoever_is_judged_otherwise_holds_the_words_of_a_change(case: ChangedCase) -> None:
    found = changes(case.old, case.new)
    words, of_moving = concerned(found), moving(found, case.old, case.new)
    matchers = [Matcher(state.agreement, state.sources) for state in (case.old, case.new)]
    for article in case.articles:
        before, after = (matcher.judge(article) for matcher in matchers)
        assert not differ(before, after) or hold(words, words_of(article))
        filed = [(one.primary, one.sections) for one in (before, after)]
        assert filed[0] == filed[1] or hold(of_moving, words_of(article))


# --------------------------------------------------------------- words of a phrase


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("tax", "Taxes rise", True),
        ("tax", "the tax’s end", True),
        ("tax", "taxi", False),
        ("economy", "economies", True),
        ("Social Security (Scotland) Act", "the social security act", False),
        ("Social Security (Scotland) Act", "act scotland security social", True),
        ("Universal Cred*", "universal creditors", True),
        ("Universal Cred*", "universities credit", False),
        ("D.W.P.", "the DWP said", True),
        ("R&D", "r and d", True),
        ("Straße", "STRASSE", True),
        ("Carer's", "carers", True),
    ],
)
def test_the_words_of_a_phrase(phrase: str, text: str, holds: bool) -> None:
    assert hold(of_phrase(phrase), words_of(Article("", headline=text))) is holds


def test_a_phrase_without_a_word_stands_nowhere() -> None:
    assert of_phrase("***") == of_phrase("&!") == of_phrase("\uff9e") == NOTHING


# --------------------------------------------------------------- what changed, and whom it concerns

TAX = Term("tax")
LONG = Term("Social Security Scotland", Kind.ORGANISATION, abbreviations=("SSS",))
OLD = Profile(
    "one",
    "ONE",
    terms=(TAX, LONG),
    context=(ContextRule((ContextWord("benefit"), ContextWord("grant"))),),
    place=(PlaceRule(PlaceList("scotland", "Scotland", ("Scotland",), ("Perth",))),),
)


def state(*profiles: Profile, sources: Sources | None = None, **more: object) -> State:
    return State(Agreement("a", "client", "name", profiles, **more), sources or Sources())  # type: ignore[arg-type]


def between(old: Profile, new: Profile) -> tuple[list[str], Words]:
    found = changes(state(old), state(new))
    return [c.what for c in found], concerned(found)


def concerns(words: Words, text: str) -> bool:
    return hold(words, words_of(Article("", headline=text)))


@pytest.mark.parametrize(
    ("new", "said", "inside", "outside"),
    [
        ({"terms": (TAX, LONG, Term("rent"))}, "term rent added", "a rent rise", "tax and benefit"),
        ({"terms": (replace(TAX, name="levy"), LONG)}, "term tax is now levy", "a levy", "social security"),
        ({"terms": (TAX,)}, "term Social Security Scotland removed", "security in social Scotland", "tax"),
        ({"terms": (replace(TAX, match=("tax", "levy")), LONG)}, "term tax changed", "a levy", "tax"),
        ({"terms": (replace(TAX, blockers=("tax haven",)), LONG)}, "term tax changed", "a tax haven", "tax"),
        ({"terms": (replace(TAX, aliases=(Alias("HMRC"),)), LONG)}, "term tax changed", "HMRC", "tax"),
        ({"terms": (replace(TAX, only_with=Guard(("rise",))), LONG)}, "term tax changed", "tax", "rise"),
        (
            {"terms": (TAX, replace(LONG, abbreviations=()))},
            "term Social Security Scotland changed",
            "social security scotland, SSS",
            "SSS",
        ),
        (
            {"terms": (TAX, LONG, Term("LOCAL", near=Pair(("economy",), ("Perth", "Fife"))))},
            "term LOCAL added",
            "economies of Fife",
            "the economy",
        ),
        (
            {"context": (ContextRule((ContextWord("benefit"),)),)},
            "the context rules changed",
            "a tax on grants",
            "tax benefit",
        ),
        (
            {"place": (PlaceRule(PlaceList("scotland", "Scotland", ("Scotland",), ("Perth", "Fife"))),)},
            "the place rules changed",
            "tax in Fife",
            "tax in Perth",
        ),
        ({"place": ()}, "the place rules changed", "tax", "Scotland"),
        ({"query": Phrase("wild*")}, "the query changed", "wilderness", "tax"),
        ({"significance": SignificanceRule()}, "the rule of significance changed", "taxes", "grant"),
    ],
)
def test_a_change_concerns_those_that_hold_its_words(
    new: dict[str, object], said: str, inside: str, outside: str
) -> None:
    found, words = between(OLD, replace(OLD, **new))
    assert found == [said]
    assert concerns(words, inside)
    assert not concerns(words, outside)


@pytest.mark.parametrize("new", [{"title": "Other"}, {"agreement_says": "more"}, {"ask_client": ("?",)}])
def test_what_nobody_judges_by_is_no_change(new: dict[str, object]) -> None:
    assert between(OLD, replace(OLD, **new)) == ([], NOTHING)
    assert between(OLD, replace(OLD, terms=(replace(TAX, note="Why"), LONG))) == ([], NOTHING)


def test_terms_in_another_order_concern_all_of_their_section() -> None:
    found, words = between(OLD, replace(OLD, terms=(LONG, TAX)))
    assert found == ["the terms stand in another order"]
    assert concerns(words, "tax")


def test_a_list_of_journalists_concerns_every_article_and_says_why() -> None:
    named = Profile("key", "KEY", bylines=("A Name",), recategorise=True)
    found = changes(state(OLD, replace(named, bylines=())), state(OLD, named))
    assert concerned(found) == EVERYTHING
    assert any("no bylines" in change.why for change in found)


def test_what_sections_share() -> None:
    other = Profile("two", "TWO", terms=(Term("rent"),))
    outlet = Outlet("herald", "Herald", "A", "Scotland", 2)
    before, moved = state(OLD, other), state(other, OLD)
    blocked = state(OLD, other, blockers=("tax haven",))
    elsewhere = state(OLD, other, sources=Sources.of([outlet]))
    assert [c.what for c in changes(before, moved)] == ["the order of the sections changed"]
    assert [c.what for c in changes(before, blocked)] == ["blocker tax haven of all sections added"]
    assert [c.what for c in changes(before, elsewhere)] == ["outlets or groups changed"]
    assert not concerns(concerned(changes(before, blocked)), "tax and rent")
    assert concerns(concerned(changes(before, moved)), "rent")


def test_the_draft_of_one_section_leaves_the_others_as_they_are() -> None:
    other, third = (Profile(s, s, terms=(Term("rent"),)) for s in ("two", "three"))
    old = state(OLD, other)
    new = state(replace(OLD, terms=()), third, replace(other, terms=()))
    assert with_draft_of(old, new, "two").agreement.profiles == (OLD, replace(other, terms=()))
    assert with_draft_of(old, new, "three").agreement.profiles == (OLD, third, other)
    assert with_draft_of(old, state(OLD), "two").agreement.profiles == (OLD,)
