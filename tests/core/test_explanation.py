"""Sentences for editors: every outcome and every rule has one that says why."""

import pytest

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.explanation import excerpt, explain, rule_sentences
from monitor.core.match import Span
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import (
    AboutnessRule,
    ContextRule,
    ContextWord,
    Guard,
    PlaceList,
    PlaceRule,
    Profile,
    SignificanceRule,
    SourceRule,
    Term,
)
from monitor.core.significance import settle
from monitor.core.source import Outlet, Sources
from monitor.core.story import Story

SOURCES = Sources.of([Outlet("bbc", "BBC", "BBC", "UK", 1), Outlet("other", "Other", "O", "UK", 3)])
PLACE = PlaceList("scotland", "Scotland", words=("Scotland",))


def said(*, context=(), place=(), aboutness=None, significance=None, guard=None, **article) -> str:
    profile = Profile(
        "s",
        "S",
        terms=(Term("Universal Credit", only_with=guard, blockers=("Universal Credit Union",)),),
        context=context,
        place=place,
        aboutness=aboutness,
        significance=significance,
        sources=SourceRule(plus=("bbc",)),
    )
    agreement = Agreement("a", "c", "n", (profile,))
    made = Article("https://x.example/1", **{"outlet": "bbc", **article})
    judged = Matcher(agreement, SOURCES).judge(made)
    settled = settle(agreement, SOURCES, [Story("s", (made,))], {made.id: judged})
    return explain(settled[made.id].verdict("s"))


POVERTY = (ContextRule((ContextWord("poverty"),)),)


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ({"body": "Universal Credit"}, "In: Universal Credit."),
        (
            {"body": "Universal Credit", "outlet": "other"},
            "Out: Universal Credit, but other is not among the section's sources.",
        ),
        (
            {"body": "Universal Credit and poverty. Universal Credit", "context": POVERTY},
            "In: Universal Credit (2 times); in connection with “poverty”, right beside it.",
        ),
        (
            {"body": "Universal Credit" + " w" * 70 + " poverty", "context": POVERTY},
            "Near miss: Universal Credit, but the nearest context word “poverty” is 70 words away, "
            "and the rule says 60 words or headline.",
        ),
        (
            {"body": "Universal Credit", "context": POVERTY},
            "Near miss: Universal Credit, but no context word stands anywhere.",
        ),
        (
            {"body": "Universal Credit", "place": (PlaceRule(PLACE),)},
            "Near miss: Universal Credit, but the text names no such place, and the outlet's area is UK.",
        ),
        (
            {"body": "Universal Credit in Scotland", "place": (PlaceRule(PLACE),)},
            "In: Universal Credit; in connection with “Scotland”.",
        ),
        (
            {"body": "w " * 90 + "Universal Credit", "aboutness": AboutnessRule()},
            "Out: Universal Credit, but it is not the subject: 10 points, 50 needed "
            "(headline 0, lead 0, further hits 10).",
        ),
        (
            {"headline": "Universal Credit", "significance": SignificanceRule(2, 5)},
            "Out: Universal Credit, but not a major story: prominence 2, 2 needed; impact 2, 5 needed "
            "(1 owner in 72 h, tier 1, 0 words).",
        ),
        (
            {"body": "Universal Credit", "guard": Guard(("claimants",))},
            "Near miss: “Universal Credit” needs another word near it (none of claimants within 30 words).",
        ),
        (
            {"body": "the Universal Credit Union"},
            "Out: “Universal Credit” is part of a longer name (Universal Credit Union).",
        ),
    ],
)
def test_the_sentence_names_the_rule_that_decided(case, sentence):
    assert said(**case) == sentence


def test_a_sentence_for_each_rule():
    profile = Profile("s", "S", terms=(Term("tax"),), context=POVERTY, sources=SourceRule(plus=("bbc",)))
    verdict = (
        Matcher(Agreement("a", "c", "n", (profile,)), SOURCES)
        .judge(Article("u", body="tax", outlet="bbc"))
        .verdict("s")
    )
    assert rule_sentences(verdict) == [
        "+ source: bbc is a source of the section",
        "- context: no context word stands anywhere",
    ]


def test_an_excerpt_has_the_words_around_the_hit():
    body = "one two three four Universal Credit five six seven"
    start = body.index("Universal")
    span = Span(Field.BODY, start, start + 16, "Universal Credit")
    assert excerpt(Article("u", body=body), span, around=12) == "…three four »Universal Credit« five six…"
    assert excerpt(Article("u", body=body), span) == "one two three four »Universal Credit« five six seven"
