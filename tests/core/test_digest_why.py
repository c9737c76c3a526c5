"""Why an article is here: the sentence for each form of evidence, and for evidence that says little."""

import pytest

from monitor.core.article import Field
from monitor.core.digest import Mark
from monitor.core.digest.why import why
from monitor.core.match import Finding, Hit, Outcome, Rule, Span, Verdict


def verdict(*findings: Finding, terms: tuple[str, ...] = ("Universal Credit",)) -> Verdict:
    hits = tuple(Hit(t, Span(Field.BODY, n * 50, n * 50 + 4, "word")) for n, t in enumerate(terms))
    return Verdict("s", Outcome.IN, "all", findings, hits)


def said(*findings: Finding, **more) -> str:
    return "".join(p.text for p in why(verdict(*findings), **more)).removeprefix("Universal Credit · ")


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ({"word": "tax", "distance": 6, "by": "within"}, "in connection with tax (6 words away)"),
        (
            {"word": "tax", "text": "Taxes", "distance": 1, "by": "within"},
            "in connection with Taxes (1 word away)",
        ),
        ({"word": "tax", "distance": 0, "by": "within"}, "in connection with tax (next to it)"),
        (
            {"word": "tax", "distance": 3, "by": "within", "scope": "sentence"},
            "in connection with tax (same sentence)",
        ),
        ({"word": "tax", "by": "headline", "field": "headline"}, "in connection with tax (in the headline)"),
        ({"word": "tax", "by": "headline", "field": "standfirst"}, "in connection with tax (in the standfirst)"),
        ({"word": "tax", "by": "term in headline"}, "in connection with tax (the term heads it)"),
        ({"word": "credit", "distance": 0, "by": "self"}, "in connection with credit (in the name itself)"),
        ({"word": "tax"}, "in connection with tax"),
        ({"word": None, "distance": None}, "Universal Credit"),
        ({}, "Universal Credit"),
        (
            {"all": [{"word": "tax", "distance": 2}, {"word": "rent", "distance": 3}]},
            "in connection with tax (2 words away) · in connection with rent (3 words away)",
        ),
    ],
)
def test_context(evidence, sentence):
    assert said(Finding(Rule.CONTEXT, True, evidence)) == sentence


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ({"place": "scotland", "by": "content", "text": "Glasgow"}, "in connection with Scotland (“Glasgow”)"),
        ({"place": "scotland", "by": "content", "text": "Scotland"}, "in connection with Scotland"),
        (
            {"place": "scotland", "by": "outlet", "area": "Scotland"},
            "in connection with Scotland (the outlet is there)",
        ),
        ({"place": "western_isles", "by": "content"}, "in connection with Western Isles"),
        ({"by": "content", "text": "Glasgow"}, "in connection with Glasgow"),
        ({}, "Universal Credit"),
    ],
)
def test_place(evidence, sentence):
    assert said(Finding(Rule.PLACE, True, evidence)) == sentence


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ({"points": 80, "headline": 50, "lead": 30, "further": 0}, "its subject (headline, lead)"),
        ({"points": 60, "headline": 0, "lead": 30, "further": 30}, "its subject (lead, further mentions)"),
        ({"points": 50}, "its subject"),
    ],
)
def test_aboutness(evidence, sentence):
    assert said(Finding(Rule.ABOUTNESS, True, evidence)) == sentence


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ({"major": True, "headline": True, "owners": 3}, "major: headline, 3 owners in 72 h"),
        ({"major": True, "lead": True, "owners": 1, "tier": 1}, "major: lead, a UK-wide outlet"),
        (
            {"major": True, "owners": ["A", "B"], "tier": 2},
            "major: 1 mention, 2 owners in 72 h, a large outlet",
        ),
        ({"major": True, "headline": True, "owners": 1, "tier": 3, "words": 400}, "major: headline, at length"),
        ({"major": True}, "major: 1 mention"),
        ({"major": False, "headline": True}, "Universal Credit"),
    ],
)
def test_significance(evidence, sentence):
    assert said(significance=Finding(Rule.SIGNIFICANCE, True, evidence)) == sentence


def test_what_did_not_hold_is_no_reason():
    assert said(Finding(Rule.CONTEXT, False, {"word": "tax", "distance": 99})) == "Universal Credit"


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (("A", "B"), "A and B"),
        (("A", "B", "C"), "A, B and C"),
        (("A", "B", "C", "D", "E"), "A, B, C and 2 more"),
        (("A", "B", "A"), "A and B"),
    ],
)
def test_terms_are_named_then_counted(terms, sentence):
    assert "".join(p.text for p in why(verdict(terms=terms))) == sentence


def test_terms_and_context_words_are_marked():
    found = why(verdict(Finding(Rule.CONTEXT, True, {"word": "tax", "distance": 6})))
    assert [p.text for p in found if p.mark is Mark.TERM] == ["Universal Credit"]
    assert [p.text for p in found if p.mark is Mark.CONTEXT] == ["tax"]
