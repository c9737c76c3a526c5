"""The worked examples of the contract, judged by the oracle: ../shared/data/matching/examples.yaml."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.app import read_agreement
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.profile import Profile
from monitor.core.source import Sources
from monitor.core.story import stories
from oracle import judge, judge_together

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT.parent / "shared/data/matching/examples.yaml"
pytestmark = pytest.mark.skipif(not EXAMPLES.exists(), reason=f"{EXAMPLES} is not here")


def examples(*checks: str) -> list:
    rows = YAML(typ="safe").load(EXAMPLES.read_text("utf-8")) if EXAMPLES.exists() else []
    return [pytest.param(row, id=f"{row['id']}: {row['why']}") for row in rows if row["check"] in checks]


@pytest.fixture(scope="module")
def library() -> tuple[Agreement, Sources]:
    read = read_agreement(ROOT / "profiles/social-security-scotland")
    return read.agreements[0], read.sources


def article(row: dict, sources: Sources) -> Article:
    """`{filler:n}` is n unrelated words; `owners` the number of distinct owners, by default enough."""
    outlet = row.get("source", "bbc")
    others = {o.owner: o.id for o in sources.outlets.values() if o.owner != sources.outlets[outlet].owner}
    body = row.get("body", re.sub(r"<aside.*?</aside>", "", row.get("html", "")))  # as a page's reader leaves it
    return Article(
        url=row.get("url", f"https://example.org/{row['id']}"),
        headline=row.get("headline", ""),
        body=re.sub(r"\{filler:(\d+)\}", lambda m: " ".join(["lorem"] * int(m[1])), body),
        byline=row.get("byline", ""),
        outlet=outlet,
        carried_by=tuple(others.values())[: row.get("owners", 1) - 1],
    )


def terms_hit(judgement: dict) -> set[str]:
    return {h["term"] for v in judgement["sections"] for h in v["hits"]}


@pytest.mark.parametrize("row", examples("term"))
def test_a_term_hits_or_not(row: dict, library: tuple[Agreement, Sources]):
    judgement = judge(article(row, library[1]), *library)
    assert (row["term"] in terms_hit(judgement)) == (row["expect"] == "hit"), judgement


@pytest.mark.parametrize("row", examples("section", "primary"))
def test_a_section_takes_it_or_not(row: dict, library: tuple[Agreement, Sources]):
    one = article(row, library[1])
    judgement = judge_together([one], *library, stories([one], []))[one.id]
    within = {v["section"] for v in judgement["sections"] if v["verdict"] == "in"}
    if row["check"] == "primary":
        assert {"primary": judgement["primary"], "also": judgement["also"]} == row["expect"]
    else:
        assert (row["section"] in within) == (row["expect"] == "in"), judgement


@pytest.mark.parametrize("row", examples("place"))
def test_a_place_is_proved_or_not(row: dict, library: tuple[Agreement, Sources]):
    judgement = judge(article(row, library[1]), *library)
    holds = {v["rules"]["place"]["holds"] for v in judgement["sections"] if "place" in v["rules"]}
    assert holds == {row["expect"] == "in"}


@pytest.mark.parametrize("row", examples("journalist"))
def test_a_byline_names_a_journalist_or_not(row: dict, library: tuple[Agreement, Sources]):
    agreement, sources = library
    profiles = tuple(_with_names(p, tuple(row["names"])) for p in agreement.profiles)
    named = replace(agreement, profiles=profiles, _by_section={})
    judgement = judge(article(row, sources), named, sources)
    expected = row["expect"] if isinstance(row["expect"], list) else [row["expect"]]
    if expected == ["none"]:
        assert judgement["recategorised"] is None
    else:
        assert [judgement["primary"], *judgement["also"]] == expected


def _with_names(profile: Profile, names: tuple[str, ...]) -> Profile:
    return replace(profile, bylines=names) if profile.recategorise else profile
