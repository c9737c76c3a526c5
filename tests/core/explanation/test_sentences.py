"""Sentences for editors: every outcome and every rule has one that says why, and by how much it fell short."""

from __future__ import annotations

import pytest
from explained import BBC, PLACE, POVERTY, SOURCES, judged

from monitor.core.explanation import explain, rule_sentences
from monitor.core.profile import (
    AboutnessRule,
    Case,
    ContextRule,
    ContextWord,
    Guard,
    Kind,
    PlaceRule,
    Scope,
    SignificanceRule,
    Term,
)


def context(scope: str, *words: str) -> tuple[ContextRule, ...]:
    return (ContextRule(tuple(ContextWord(w) for w in words or ("poverty",)), Scope.parse(scope)),)


UC = "Universal Credit"
FAR = UC + " w" * 70 + " poverty"
SENTENCES = [
    ({"body": UC}, "In: it names Universal Credit."),
    (
        {"body": UC, "outlet": "other"},
        "Out: it names Universal Credit, but The Other is not among the section's sources.",
    ),
    (
        {"body": f"{UC} and poverty. {UC}", "context": POVERTY},
        "In: it names Universal Credit (2 times), in connection with “poverty”, right beside it.",
    ),
    (
        {"body": f"{UC} and poverty and tax", "context": (*POVERTY, *context("5 words", "tax"))},
        "In: it names Universal Credit, in connection with “poverty”, 1 word away and in connection with “tax”, "
        "3 words away.",
    ),
    (
        {"body": FAR, "context": POVERTY},
        "Near miss: it names Universal Credit, but the nearest context word, “poverty”, is 70 words away, "
        "10 more than the 60 allowed, and neither of the two is in the headline or standfirst.",
    ),
    (
        {"body": FAR, "context": context("30 words")},
        "Near miss: it names Universal Credit, but the nearest context word, “poverty”, is 70 words away, "
        "40 more than the 30 allowed.",
    ),
    (
        {"body": f"{UC} rose. There is poverty.", "context": context("sentence")},
        "Near miss: it names Universal Credit, but the nearest context word, “poverty”, is 3 words away, "
        "in another sentence.",
    ),
    (
        {"body": UC, "headline": "poverty", "context": context("30 words")},
        "Near miss: it names Universal Credit, but the nearest context word, “poverty”, stands in another part, "
        "the headline, and the rule wants it within 30 words.",
    ),
    (
        {"body": UC, "headline": "poverty", "context": context("paragraph")},
        "Near miss: it names Universal Credit, but the nearest context word, “poverty”, stands in another part, "
        "the headline, and the rule wants it in the same paragraph.",
    ),
    (
        {"body": f"{UC} and poverty", "context": context("headline")},
        "Near miss: it names Universal Credit, but the nearest context word, “poverty”, stands in the body, and "
        "the rule wants one in the headline or standfirst.",
    ),
    (
        {"body": UC, "context": POVERTY},
        "Near miss: it names Universal Credit, but no context word stands anywhere in the article.",
    ),
    (
        {"body": UC, "place": (PlaceRule(PLACE),)},
        "Near miss: it names Universal Credit, but it is not tied to Scotland: the text names no such place, and "
        "BBC News's area is UK.",
    ),
    (
        {"body": f"{UC} in Scotland", "place": (PlaceRule(PLACE),)},
        "In: it names Universal Credit, in connection with Scotland (the text names “Scotland”).",
    ),
    (
        {"body": UC, "outlet": "loch", "place": (PlaceRule(PLACE),)},
        "In: it names Universal Credit, in connection with Scotland (Loch News is an outlet there).",
    ),
    (
        {"body": "w " * 90 + UC, "aboutness": AboutnessRule()},
        "Out: it names Universal Credit, but the article is not about it: 10 points, 50 needed, 40 short "
        "(none for the headline, none for the lead and 10 for further mentions).",
    ),
    (
        {"headline": UC, "body": UC, "aboutness": AboutnessRule()},
        "In: it names Universal Credit (2 times); the article is about it: 80 points, 50 needed "
        "(50 for the headline, 30 for the lead and none for further mentions).",
    ),
    (
        {"headline": UC, "significance": SignificanceRule(2, 5)},
        "Out: it names Universal Credit, but it is not a major story: prominence 2 points, 2 needed "
        "(2 for the headline, none for the lead and none for 1 hit); impact 2 points, 5 needed, 3 short "
        "(none for 1 owner in 72 hours, 2 for a tier 1 outlet and none for 0 words).",
    ),
    (
        {"headline": UC, "significance": SignificanceRule()},
        "In: it names Universal Credit; a major story: prominence 2 points, 2 needed "
        "(2 for the headline, none for the lead and none for 1 hit); impact 2 points, 2 needed "
        "(none for 1 owner in 72 hours, 2 for a tier 1 outlet and none for 0 words).",
    ),
    (
        {"headline": "Letters: on money", "body": UC, "significance": SignificanceRule()},
        "Out: it names Universal Credit, but it is not a major story: prominence 0 points, 2 needed, 2 short "
        "(a letter, listing or sports report counts only with the term in its headline); impact 2 points, "
        "2 needed (none for 1 owner in 72 hours, 2 for a tier 1 outlet and none for 2 words).",
    ),
    (
        {"body": UC, "terms": (Term(UC, only_with=Guard(("claimants", "benefits"))),)},
        "Near miss: “Universal Credit” counts only with claimants or benefits within 30 words.",
    ),
    (
        {"body": UC, "terms": (Term(UC, only_with=Guard(("claimants",), Scope.parse("sentence"))),)},
        "Near miss: “Universal Credit” counts only with claimants in the same sentence.",
    ),
    (
        {"body": "the Universal Credit Union"},
        "Out: “Universal Credit” is part of the longer name “Universal Credit Union”.",
    ),
    (
        {"body": "street demos", "terms": (Term("Demos", case=Case.CAPITALISED),)},
        "Out: “demos” is written with other capitals: each of its words must begin with one.",
    ),
    (
        {"body": "Mark Griffin-Smith spoke", "terms": (Term("Mark Griffin", Kind.PERSON),)},
        "Out: “Mark Griffin” is somebody else's name: joined by a hyphen to another name.",
    ),
    (
        {"body": f"{UC} (UC) rose, and UC fell", "terms": (Term(UC, abbreviations=("UC",)),)},
        "In: it names Universal Credit (3 times, 2 of them as UC).",
    ),
]


@pytest.mark.parametrize(("case", "sentence"), SENTENCES)
def test_the_sentence_names_the_rule_that_decided(case, sentence):
    assert explain(judged(**case), SOURCES) == sentence


def test_an_outlet_nobody_names_is_called_by_its_id():
    assert explain(judged(body=UC, outlet="other")) == (
        "Out: it names Universal Credit, but other is not among the section's sources."
    )


def test_a_clause_for_each_rule():
    assert rule_sentences(judged(body=UC, context=POVERTY, outlet=BBC), SOURCES) == [
        "+ source: BBC News is one of the section's sources",
        "- context: no context word stands anywhere in the article",
    ]
