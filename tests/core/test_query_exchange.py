"""Queries from other tools (tests/cases/queries/translations.yaml), and sections as queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.exchange import Dialect, export, translate
from monitor.core.match import Outcome
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import (
    AboutnessRule,
    Alias,
    Case,
    ContextRule,
    ContextWord,
    Guard,
    Kind,
    Pair,
    PlaceList,
    PlaceRule,
    Profile,
    Scope,
    SignificanceRule,
    SourceRule,
    Term,
)
from monitor.core.query import Phrase, parse
from monitor.core.source import Sources

CASES = YAML(typ="safe").load((Path(__file__).parents[1] / "cases/queries/translations.yaml").read_text("utf-8"))
EVERYWHERE = SourceRule(any_monitored=True)


def cases() -> list:
    return [
        pytest.param(group["tool"], case, id=f"{group['tool']} {case['query']}")
        for group in CASES
        for case in group["cases"]
    ]


# --------------------------------------------------------------- from another tool


@pytest.mark.parametrize(("tool", "case"), cases())
def test_translations(tool, case):
    made = translate(case["query"], Dialect(tool))
    assert made.text == case["ours"]
    notes = [n for n in made.notes if "finds plurals" not in n.what]
    for told, wanted in ((made.untranslated, case.get("untranslated", [])), (notes, case.get("notes", []))):
        lines = [f"{f.line}:{f.column} {f.what}" for f in told]
        assert len(lines) == len(wanted), lines
        assert all(line.startswith(start) for line, start in zip(lines, wanted, strict=True)), lines


@pytest.mark.parametrize(("tool", "case"), cases())
def test_what_is_translated_can_be_used_and_what_is_not_cannot(tool, case):
    made = translate(case["query"], Dialect(tool))
    assert bool(parse(made.text).query) == (not made.untranslated)


@settings(max_examples=80)
@given(st.text(max_size=40), st.sampled_from(Dialect))
def test_any_text_is_translated_or_told(text, dialect):
    made = translate(text, dialect)
    assert bool(made.untranslated) != bool(parse(made.text).query)


WORDS = [
    "(",
    ")",
    "[",
    "AND",
    "or",
    "not",
    "near5",
    "w/5",
    "NEAR",
    "/s",
    "hd=",
    "title:",
    "tax!",
    "a*",
    '"x y"',
    "tax",
]
WORDS += ["atleast2", "/F50/", "same", "HLEAD(", "cs(", "pre/3", "^9", "wc>3", "«", "%", "PIP"]
WORDS += ['"', "date geq", "w/x", "nearx"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=15), st.sampled_from(Dialect))
def test_any_order_of_words_is_translated_or_told(words, dialect):
    made = translate(" ".join(words), dialect)
    assert bool(made.untranslated) != bool(parse(made.text).query)


@pytest.mark.parametrize("text", ["(" * 50_000, "not " * 20_000, "a near " * 8_000, "x" * 200_000, '"' * 30_001])
@pytest.mark.parametrize("dialect", Dialect)
def test_hostile_input_is_refused(text, dialect):
    assert translate(text, dialect).untranslated


# --------------------------------------------------------------- to another tool


def exported(*terms: Term, **rules) -> str:
    return export(Profile("s", "S", terms=terms, sources=EVERYWHERE, **rules)).text


def notes(*terms: Term, blockers=(), **rules) -> str:
    return "; ".join(export(Profile("s", "S", terms=terms, **rules), blockers).notes)


def oicw(*words, within="10 words", **more) -> dict:
    listed = tuple(ContextWord(w) if isinstance(w, str) else w for w in words)
    return {"context": (ContextRule(listed, Scope.parse(within), **more),)}


def test_terms_with_their_forms():
    assert exported(Term("Ferry Payment")) == '"Ferry Payment" OR "Ferry Payments"'
    assert exported(Term("Ferry Trust", kind=Kind.ORGANISATION)) == '"Ferry Trust"'
    assert exported(Term("ferry economy")) == '"ferry economy" OR "ferry economies"'
    assert exported(Term("disab*")) == "disab*"
    aliased = Term("Quay Trust", Kind.ORGANISATION, aliases=(Alias("Quay Fund", True), Alias("Quay Club")))
    assert exported(aliased) == '"Quay Trust" OR "Quay Fund"'
    assert exported(Term("DEMOS", Kind.ORGANISATION, ("Demos",), Case.EXACT)) == "CASE(Demos)"
    assert exported(Term("DEMOS", Kind.ORGANISATION, ("Demos",), Case.CAPITALISED)) == "CASE(Demos) OR CASE(DEMOS)"
    assert exported(Term("Grant", case=Case.LOWER)) == "CASE(grant) OR CASE(grants)"


def test_guards_pairs_and_blockers():
    guarded = Term("Demos", Kind.ORGANISATION, only_with=Guard(("report",), Scope.parse("30 words")))
    assert exported(guarded) == "Demos NEAR/30 (report OR reports)"
    pair = Term("Oban economy", near=Pair(("Oban",), ("economy",), 5))
    assert exported(pair) == "Oban NEAR/5 (economy OR economies)"
    blocked = Term("Quay Trust", Kind.ORGANISATION, blockers=("Food Quay Trust",))
    assert exported(blocked) == '"Quay Trust" AND NOT "Food Quay Trust"'
    assert "drops every article" in notes(blocked)


@pytest.mark.parametrize(
    ("within", "text"),
    [
        ("document", "tax AND poor"),
        ("sentence", "tax SENTENCE poor"),
        ("paragraph", "tax PARAGRAPH poor"),
        ("headline", "tax AND HEADLINE(poor)"),
        ("7 words", "tax NEAR/7 poor"),
        ("7 words or headline", "tax NEAR/7 poor OR tax AND HEADLINE(poor) OR HEADLINE(tax) AND poor"),
    ],
)
def test_context_by_its_scope(within, text):
    assert exported(Term("tax", Kind.ORGANISATION), **oicw("poor", within=within)) == text


def test_context_words_and_several_rules():
    term = Term("tax", Kind.ORGANISATION)
    words = (ContextWord("grant", plural=True, case=Case.LOWER), ContextWord("fee", also=("toll",)))
    assert exported(term, **oicw(*words)) == "tax NEAR/10 (CASE(grant) OR grants OR fee OR toll OR tolls)"
    two = (*oicw("a1")["context"], *oicw("b1", within="document")["context"])
    assert exported(term, context=two) == "tax NEAR/10 a1 AND tax AND b1"
    own = Term("poor tax", Kind.ORGANISATION)
    assert exported(own, **oicw("poor")) == '"poor tax" NEAR/10 poor OR "poor tax"'


def test_what_boolean_cannot_say_is_noted():
    place = PlaceList("fife", "Scotland", ("Fife",), ("Cupar",), ("Fife Ness",))
    rules = {"place": (PlaceRule(place),), "aboutness": AboutnessRule(), "significance": SignificanceRule()}
    said = notes(Term("Ann Other", Kind.PERSON), **rules)
    for what in ("surname", "subject of", "Major Significant", "sources", "outlet in Scotland", "Fife Ness"):
        assert what in said
    assert exported(Term("Ann Other", Kind.PERSON), **rules) == '"Ann Other" AND (Fife OR Cupar)'
    assert "inside a term" in notes(Term("tax"), **oicw("poor", self_context=False))
    assert "only outside fee simple" in notes(Term("tax"), **oicw(ContextWord("fee", blockers=("fee simple",))))
    assert "family tree as AND NOT" in notes(Term("tree"), blockers=("family tree", "shoe horn"))


def test_a_section_with_a_query():
    asked = parse("ferry NOT bus").query
    assert exported(query=asked) == "ferry AND NOT bus"
    assert exported(Term("tax", Kind.ORGANISATION), query=asked) == "tax OR ferry AND NOT bus"
    assert exported(query=asked, **oicw("poor")) == "ferry AND NOT bus AND poor"
    assert "has no place in Boolean" in notes(query=asked, **oicw("poor"))
    assert exported() == ""
    assert exported(query=Phrase("tax"), **oicw("poor")) == "tax NEAR/10 poor"


SCOPES = st.sampled_from(
    ["document", "sentence", "paragraph", "headline", "0 words", "3 words", "2 words or headline", "6 words"]
)
TERMS = st.lists(
    st.builds(
        Term, st.sampled_from(["tax", "pier", "ferry fare", "poor law", "tax credit"]), st.sampled_from(Kind)
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda term: term.name,
)
WORDS_OF_RULES = st.lists(
    st.builds(ContextWord, st.sampled_from(["poor", "debt", "island life"]), st.booleans()), min_size=1, max_size=2
)
RULES = st.lists(
    st.builds(lambda words, scope: ContextRule(tuple(words), Scope.parse(scope)), WORDS_OF_RULES, SCOPES),
    max_size=2,
)
WORD = [
    "tax",
    "taxes",
    "pier",
    "ferry",
    "fare",
    "fares",
    "poor",
    "law",
    "credit",
    "debt",
    "debts",
    "island",
    "life",
]
TEXT = st.lists(st.sampled_from([*WORD, "the", ",", ".", ". The", "\n\n", "tax credit", "poor law"]), max_size=16)


@settings(max_examples=100)
@given(TERMS, RULES, TEXT.map(" ".join), TEXT.map(" ".join), TEXT.map(" ".join))
def test_a_plain_section_and_its_query_take_the_same_articles(terms, rules, headline, standfirst, body):
    profile = Profile("s", "S", terms=tuple(terms), context=tuple(rules), sources=EVERYWHERE)
    asked = parse(export(profile).text)
    assert asked.query, asked.faults
    article = Article("u", headline, standfirst, body)
    outcomes = []
    for one in (profile, Profile("s", "S", query=asked.query, sources=EVERYWHERE)):
        verdict = Matcher(Agreement("a", "c", "n", (one,)), Sources()).judge(article).verdict("s")
        outcomes.append(bool(verdict) and verdict.outcome is Outcome.IN)
    assert outcomes[0] == outcomes[1], export(profile).text
