"""What a query says of an article: case by case (tests/cases/queries), and what must hold of all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.explanation import explain, rule_sentences
from monitor.core.match import Outcome, Rule, Verdict
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import (
    AboutnessRule,
    ContextRule,
    ContextWord,
    Guard,
    PlaceList,
    PlaceRule,
    Profile,
    SourceRule,
    Term,
)
from monitor.core.query import Query, parse
from monitor.core.source import Outlet, Sources

CASES = Path(__file__).parents[1] / "cases/queries"
FIELDS = ("headline", "standfirst", "body")


def query(text: str) -> Query:
    read = parse(text)
    assert read.query, read.faults
    return read.query


def judge(text: str, *, blockers: tuple[str, ...] = (), sources: Sources | None = None, **given) -> Verdict | None:
    article = Article("u", **{k: given.pop(k) for k in (*FIELDS, "outlet") if k in given})
    profile = Profile("s", "S", query=query(text), **given)
    agreement = Agreement("a", "c", "n", (profile,), blockers=blockers)
    return Matcher(agreement, sources or Sources()).judge(article).verdict("s")


def holds(text: str, body: str) -> bool:
    verdict = judge(text, body=body)
    return bool(verdict) and verdict.outcome is Outcome.IN


def cases() -> list:
    made = []
    for file in ("phrases", "boolean", "nearness", "parts"):
        for group in YAML(typ="safe").load((CASES / f"{file}.yaml").read_text("utf-8")):
            for number, case in enumerate(group["cases"], 1):
                made.append(pytest.param(case, id=f"{group['operator']} {number}"))
    return made


@pytest.mark.parametrize("case", cases())
def test_cases(case):
    article = {"headline": case.get("headline", ""), "standfirst": case.get("standfirst", "")}
    verdict = judge(case["query"], body=case.get("text", ""), **article)
    assert (str(verdict.outcome) if verdict else "none") == case["verdict"]
    if "hits" in case:
        assert [h.span.text for h in verdict.hits] == case["hits"]
    if "says" in case:
        assert explain(verdict) == case["says"]


# --------------------------------------------------------------- what must hold of all

WORDS = ("tax", "ferry", "pier", "the", "a")
BODIES = st.lists(st.sampled_from([*WORDS, "tax credit", ".", ". The", "\n\n"]), max_size=25).map(" ".join)
PARTS = st.sampled_from(["tax", "ferry", '"tax credit"', "credit", "(tax OR pier)", "pie*"])
NUMBERS = st.integers(0, 6)


@given(PARTS, PARTS, NUMBERS, BODIES)
def test_near_is_symmetric(a, b, number, body):
    assert holds(f"{a} NEAR/{number} {b}", body) == holds(f"{b} NEAR/{number} {a}", body)


@given(PARTS, PARTS, NUMBERS, BODIES)
def test_ordered_is_near_and_near_is_both(a, b, number, body):
    ordered, near = holds(f"{a} ONEAR/{number} {b}", body), holds(f"{a} NEAR/{number} {b}", body)
    assert near or not ordered
    assert near == (ordered or holds(f"{b} ONEAR/{number} {a}", body))
    assert holds(f"{a} AND {b}", body) or not near
    assert holds(f"{a} NEAR/{number + 1} {b}", body) or not near


@given(PARTS, PARTS, BODIES)
def test_sentence_is_paragraph_is_document(a, b, body):
    sentence, paragraph = holds(f"{a} SENTENCE {b}", body), holds(f"{a} PARAGRAPH {b}", body)
    assert paragraph or not sentence
    assert holds(f"{a} AND {b}", body) or not paragraph


@given(PARTS, PARTS, BODIES)
def test_not_is_the_rest(a, b, body):
    assert holds(a, body) == (holds(f"{a} AND {b}", body) or holds(f"{a} NOT {b}", body))
    assert not (holds(f"{a} AND {b}", body) and holds(f"{a} NOT {b}", body))


@given(PARTS, PARTS, NUMBERS, BODIES)
def test_each_place_is_near_or_not(a, b, number, body):
    def hits_of(operator: str) -> int:
        verdict = judge(f"{a} {operator} ({b})", body=body)
        return len(verdict.hits) if verdict and verdict.outcome is Outcome.IN else 0

    alone = judge(a, body=body)
    if not holds(f"{a} NEAR/{number} {b}", body):
        assert hits_of(f"NOT NEAR/{number}") == (len(alone.hits) if alone else 0)
    elif alone:
        assert hits_of(f"NOT NEAR/{number}") < len(alone.hits)


@given(st.lists(PARTS, min_size=1, max_size=4), BODIES)
def test_or_is_any_and_and_is_every(parts, body):
    assert holds(" OR ".join(parts), body) == any(holds(p, body) for p in parts)
    assert holds(" AND ".join(parts), body) == all(holds(p, body) for p in parts)


@given(PARTS, st.integers(1, 4), BODIES)
def test_at_least_more_is_at_least_fewer(a, times, body):
    assert holds(f"ATLEAST/{times}({a})", body) or not holds(f"ATLEAST/{times + 1}({a})", body)
    assert holds(f"ATLEAST/1({a})", body) == holds(a, body)


def test_a_chain_over_a_text_full_of_its_words_comes_to_an_end():
    assert holds(" NEAR/500 ".join(["tax"] * 8), "tax " * 1_000)
    assert not holds("(tax NEAR/500 rare) NEAR/500 (tax NEAR/500 rare)", "tax " * 300 + "rare " + "tax " * 300)


# --------------------------------------------------------------- a query in its section


def test_a_hit_is_reported_under_the_phrase_as_written():
    verdict = judge('"universal  credit" OR disab*', body="Universal Credit for disabled people")
    assert [(h.term, h.span.text) for h in verdict.hits] == [
        ("universal credit", "Universal Credit"),
        ("disab*", "disabled"),
    ]


def test_terms_and_query_each_bring_an_article_in():
    given = {"terms": (Term("ferry"),)}
    assert [h.term for h in judge("tax AND pier", body="ferry tax", **given).hits] == ["ferry"]
    assert judge("tax AND pier", body="ferry tax", **given).outcome is Outcome.IN
    assert [h.term for h in judge("tax AND pier", body="pier tax", **given).hits] == ["pier", "tax"]
    assert [h.term for h in judge("tax", body="ferry tax", **given).hits] == ["ferry", "tax"]
    longer = judge('"ferry tax"', body="ferry tax", **given)
    assert [h.term for h in longer.hits] == ["ferry tax"]


def test_a_guarded_term_tells_more_than_what_the_query_lacks():
    term = Term("DEMOS", only_with=Guard(("think tank",)))
    verdict = judge("tax AND pier", body="Demos on tax", terms=(term,))
    assert (verdict.outcome, verdict.decided_by) == (Outcome.NEAR_MISS, "guard")


def test_other_rules_work_on_the_hits_of_a_query():
    context = (ContextRule((ContextWord("poverty"),)),)
    assert judge("tax AND pier", body="tax pier poverty", context=context).outcome is Outcome.IN
    missed = judge("tax AND pier", body="tax pier", context=context)
    assert (missed.outcome, missed.decided_by) == (Outcome.NEAR_MISS, Rule.CONTEXT)
    place = (PlaceRule(PlaceList("scotland", "Scotland", words=("Scotland",))),)
    assert judge("tax", body="tax in Scotland", place=place).outcome is Outcome.IN
    assert judge("tax", headline="tax", aboutness=AboutnessRule()).outcome is Outcome.IN
    assert judge("tax", body="w " * 90 + "tax", aboutness=AboutnessRule()).decided_by == Rule.ABOUTNESS
    assert judge("tax", headline="tax").standing.rank == 0


def test_a_source_decides_before_the_query():
    outlets = Sources.of([Outlet("bbc", "BBC", "BBC", "UK", 1), Outlet("x", "X", "X", "UK", 1)])
    given = {"sources": outlets, "body": "tax", "outlet": "x"}
    profile = Profile("s", "S", query=query("tax AND pier"), sources=SourceRule(plus=("bbc",)))
    article = Article("u", body="tax", outlet="x")
    verdict = Matcher(Agreement("a", "c", "n", (profile,)), given["sources"]).judge(article).verdict("s")
    assert verdict.decided_by == Rule.SOURCE


def test_what_the_agreement_blocks_is_no_hit_of_a_query():
    blocked = judge("credit", body="family credit union", blockers=("credit union",))
    assert (blocked.outcome, blocked.decided_by) == (Outcome.OUT, "blocker")
    assert [r.detail for r in blocked.rejected] == ["credit union"]
    assert judge("tax NOT credit", body="tax, credit union", blockers=("credit union",)).outcome is Outcome.IN


def test_a_query_that_does_not_hold_is_judged_by_nothing_else():
    verdict = judge("tax AND pier", body="tax", context=(ContextRule((ContextWord("poverty"),)),))
    assert [f.rule for f in verdict.findings] == [Rule.QUERY]
    assert rule_sentences(verdict) == ["- query: the query needs “pier”"]
    assert rule_sentences(judge("tax", body="tax")) == ["+ query: as the query asks"]


def test_the_names_of_hits_are_known():
    asked = query('("island life" OR ferry) NOT bus NOT NEAR/5 tax')
    profile = Profile("s", "S", terms=(Term("ferry"),), query=asked)
    assert profile.sought == ("ferry", "island life")
