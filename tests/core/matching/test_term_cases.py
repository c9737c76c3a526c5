"""Section 3 of the contract, case by case: tests/cases/matching/terms.yaml."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from twins import both_twins

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Alias, Case, Guard, Kind, Pair, Profile, Scope, ScopeUnit, Term
from monitor.core.source import Sources

CASES = Path(__file__).parents[2] / "cases/matching/terms.yaml"


def cases() -> list:
    groups = YAML(typ="safe").load(CASES.read_text("utf-8"))
    return [
        pytest.param(case, id=f"{group['rule']} {number}")
        for group in groups
        for number, case in enumerate(group["cases"], 1)
    ]


def term_of(said) -> Term:
    if isinstance(said, str):
        return Term(said)
    made = dict(said)
    made["kind"] = Kind(made.get("kind", "phrase"))
    made["case"] = Case(made.get("case", "any"))
    made["aliases"] = tuple(Alias(**a) for a in made.get("aliases", ()))
    for key in ("match", "abbreviations", "blockers"):
        made[key] = tuple(made.get(key, ()))
    if guard := made.get("only_with"):
        made["only_with"] = Guard(tuple(guard["any"]), Scope(ScopeUnit.WORDS, guard["within"]))
    if near := made.get("near"):
        made["near"] = Pair(tuple(near["one_of"]), tuple(near["with_one_of"]), near["within"])
    return Term(**made)


@pytest.mark.parametrize("case", cases())
@pytest.mark.parametrize("field", ["headline", "standfirst", "body"])
@both_twins
def test_hits_and_rejections_are_as_the_case_says(twin, case, field):
    profile = Profile("s", "S", terms=(term_of(case["term"]),))
    article = Article("u", **{field: case["text"]})
    with twin():
        verdict = Matcher(Agreement("a", "c", "n", (profile,)), Sources()).judge(article).verdict("s")
    hits = verdict.hits if verdict else ()
    assert [h.span.text for h in hits if not h.derived] == case["hits"]
    assert [h.span.text for h in hits if h.derived] == case.get("derived", [])
    rejected = {r.hit.span.text: str(r.reason) for r in (verdict.rejected if verdict else ())}
    assert rejected == case.get("rejected", {})
    for hit in hits:
        assert case["text"][hit.span.start : hit.span.end] == hit.span.text
