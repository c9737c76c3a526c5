"""The library we ship: no fault, everything of the agreement, every source of it there."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from library_samples import ROOT
from ruamel.yaml import YAML

from monitor.adapters.kinds import listing
from monitor.adapters.library import Library
from monitor.core.agreement import Agreement
from monitor.core.lint import lint
from monitor.core.matching.text import comparable
from monitor.core.profile import Kind
from monitor.core.source import SourceKind
from monitor.jobs.ports import LibraryRead

DATA = ROOT.parent / "shared" / "data"
SEGMENTED = DATA / "agreement" / "segmented.yaml"
FEEDS = DATA / "sources" / "feeds.csv"
needs_data = pytest.mark.skipif(not SEGMENTED.exists(), reason=f"needs the agreement as received ({SEGMENTED})")

SECTIONS = (
    "ministerial",
    "benefits",
    "organisations",
    "scottish_parliament",
    "general_news",
    "uk_government",
    "local_economy",
    "key_journalist",
)
KINDS = {"org": "organisation", "place_topic": "topic"}
CASES = {"cap": "capitalised"}


@cache
def read() -> LibraryRead:
    return Library(ROOT).read()


def shipped() -> Agreement:
    return read().agreements[0]


@cache
def segmented() -> dict[str, Any]:
    return YAML(typ="safe").load(SEGMENTED)  # type: ignore[no-any-return]


def test_it_has_no_fault() -> None:
    assert read().faults == ()
    assert len(read().files) == len(
        [*ROOT.glob("profiles/social-security-scotland/*.yaml"), *ROOT.glob("sources/*.yaml")]
    )


def test_eight_sections_in_the_agreements_order() -> None:
    assert shipped().order == SECTIONS
    assert [p.title for p in shipped().profiles][3] == "SCOTTISH PARLIAMENT & MSPs"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_the_agreements_words_and_examples(section: str) -> None:
    profile = shipped().profile(section)
    assert profile.agreement_says.startswith("SEARCH TERMS:")
    assert len(profile.examples) >= 4
    assert any(example.hits == () for example in profile.examples)
    if profile.terms:
        assert any(example.hits for example in profile.examples)
        assert {example.verdict for example in profile.examples} >= {"in"}


@pytest.mark.parametrize("section", SECTIONS)
def test_every_group_and_plus_source_resolves(section: str) -> None:
    sources, rule = read().sources, shipped().profile(section).sources
    assert set(rule.groups) <= set(sources.groups)
    assert set(rule.plus) <= set(sources.outlets)
    assert all(sources.members(group) for group in rule.groups)
    assert rule.any_monitored == (section == "key_journalist")


def test_nobody_is_followed_by_name() -> None:
    assert all(profile.bylines == () for profile in shipped().profiles)
    assert shipped().profile("key_journalist").recategorise


def test_no_alias_is_approved() -> None:
    aliases = [alias for p in shipped().profiles for term in p.terms for alias in term.aliases]
    assert len(aliases) == 11
    assert not any(alias.approved for alias in aliases)
    assert all(alias.why for alias in aliases)


def test_outlets_are_whole() -> None:
    for outlet in read().sources.outlets.values():
        assert outlet.owner
        assert outlet.sources
        assert all(source.note for source in outlet.sources)


def test_advice_names_what_waits_and_no_outlet_of_the_agreement_is_silent() -> None:
    advice = [str(one) for one in lint(shipped(), read().sources, date(2026, 11, 26))]
    assert any("'DWP' waits for approval" in one for one in advice)
    assert any("ministerial: Social Security Scotland: contains the context word" in one for one in advice)
    assert not any("no address is polled" in one for one in advice)


@pytest.mark.parametrize("path", sorted(ROOT.glob("profiles/*/*.yaml")) + sorted(ROOT.glob("sources/*.yaml")))
def test_each_file_names_its_schema_and_speaks_to_the_editor(path: Path) -> None:
    first, second = path.read_text().splitlines()[:2]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (path.parent / found[1]).resolve().is_file()
    assert second.startswith("# ")


# --------------------------------------------------------------- against the agreement as received


@needs_data
@pytest.mark.parametrize("section", SECTIONS)
def test_every_term_is_accounted_for(section: str) -> None:
    wanted = next(s for s in segmented()["sections"] if s["id"] == section)
    profile = shipped().profile(section)
    assert profile.title == wanted["seed_title"]
    kept = [term for term in wanted["terms"] if "duplicate_of" not in term]
    assert [term.name for term in profile.terms] == [term["seed"] for term in kept]
    names = {comparable(term.name) for term in profile.terms}
    folded = [term for term in wanted["terms"] if "duplicate_of" in term]
    assert all(comparable(term["seed"]) in names for term in folded)
    assert all(any(term["seed"] in one.note for one in profile.terms) for term in folded)


@needs_data
def test_seventy_four_terms() -> None:
    wanted = [term for section in segmented()["sections"] for term in section["terms"]]
    folded = [term for term in wanted if "duplicate_of" in term]
    assert len(wanted) == 74
    assert sum(len(profile.terms) for profile in shipped().profiles) + len(folded) == 74


@needs_data
@pytest.mark.parametrize("section", SECTIONS)
def test_options_of_the_terms(section: str) -> None:
    wanted = next(s for s in segmented()["sections"] if s["id"] == section)
    terms = {term.name: term for term in shipped().profile(section).terms}
    for seed in wanted["terms"]:
        if "duplicate_of" in seed:
            continue
        term, aliases = terms[seed["seed"]], seed.get("aliases", [])
        assert term.kind is Kind(KINDS.get(seed["kind"], seed["kind"]))
        assert term.case == CASES.get(seed.get("case", "any"), "any")
        assert term.surname_alone == seed.get("surname_alone", False)
        assert set(term.match or (term.name,)) == set(seed.get("match", [term.name]))
        assert list(term.abbreviations) == [a["text"] for a in aliases if a["policy"] == "derived_only"]
        assert [a.text for a in term.aliases] == [a["text"] for a in aliases if a["policy"] == "needs_approval"]
        guard = seed.get("guard")
        assert (term.only_with is None) == (guard is None)
        if guard and term.only_with:
            assert term.only_with.within.words == guard["n"]
            assert {comparable(w) for w in term.only_with.any} == {comparable(w) for w in guard["any_of"]}
        topic = seed.get("topic")
        if topic and term.near:
            assert (*term.near.one_of, *term.near.with_one_of) == (topic["place"], *topic["subject"])
        assert bool(topic) == bool(term.near)


@needs_data
@pytest.mark.parametrize("section", SECTIONS)
def test_rules_and_sources(section: str) -> None:
    wanted = next(s for s in segmented()["sections"] if s["id"] == section)
    profile, rules = shipped().profile(section), wanted["rules"]
    words = [word.word for rule in profile.context for word in rule.any]
    assert words == rules.get("context", {}).get("any_of", [])
    assert bool(profile.place) == ("place" in rules)
    assert bool(profile.significance) == ("significance" in rules)
    assert bool(profile.aboutness) == ("aboutness" in rules)
    groups = segmented()["group_sets"].get(wanted["sources"]["groups"], [])
    assert list(profile.sources.groups) == groups
    assert list(profile.sources.plus) == wanted["sources"]["plus"]


@needs_data
def test_groups_are_named_as_in_the_agreement() -> None:
    groups = read().sources.groups
    wanted = segmented()["source_groups"]
    assert {g.id: (g.name, g.area) for g in groups.values()} == {
        key: (group["seed"], group.get("region_filter")) for key, group in wanted.items()
    }


@needs_data
def test_shared_lists_hold_what_was_read_in_the_agreement() -> None:
    scotland = shipped().profile("benefits").place[0].place
    wanted = segmented()["scotland"]
    assert set(scotland.words) == set(wanted["words"])
    assert set(scotland.places) >= set(wanted["places"])
    assert set(scotland.blockers) >= set(wanted["block"])
    assert set(scotland.wire_paths) == set(wanted["wire_paths"])
    blockers = {*shipped().blockers} | {b for p in shipped().profiles for t in p.terms for b in t.blockers}
    assert blockers >= set(segmented()["term_blockers"])
    for word in shipped().profile("ministerial").context[0].any:
        read_as = segmented()["context_words"][word.word]
        following = {f"{word.word} {after}" for after in read_as.get("next_block", [])}
        verb = {b for b in word.blockers if word.word == "grant"}  # ours: `grant them` is the verb
        assert set(word.blockers) - verb == {*read_as.get("block", []), *following}


ARTICLES = {
    "itv_news": ("/news/2025-11-14/rain", "https://www.itv.com/news/granada/2025-11-14/rain"),
    "mumsnet_all": ("/articles/names", "https://www.mumsnet.com/articles/prams"),
    "times_uk": ("/uk/scotland/article/a-b1", "https://www.thetimes.com/money/article/c-d2"),
    "third_force_news_all": ("/news/grant", "https://tfn.scot/news/charity"),
    "scottish_financial_news_all": ("/articles/rates", "https://www.scottishfinancialnews.com/articles/bank"),
    "scottish_conservatives_news": ("/news/speech", "https://www.scottishconservatives.com/news/plan"),
    "scottish_housing_news_all": ("/articles/rent", "https://www.scottishhousingnews.com/articles/homes"),
}
"""Addresses of the form that articles of these outlets have; the pages around them are ours."""


def test_a_selector_takes_what_has_the_form_of_an_article_and_no_other_link() -> None:
    polled = {s.id: s for s in Library(ROOT).read().sources.polled() if s.kind is SourceKind.LISTING}
    assert polled.keys() == ARTICLES.keys()
    for source, articles in ARTICLES.items():
        others = ("/", "/about", "/news/", "/articles/", "/sport", "/subscribe")
        links = "".join(f"<li><a href='{href}'>A headline of some words</a></li>" for href in (*others, *articles))
        page = f"<!doctype html><html><body><main><ul>{links}</ul></main></body></html>".encode()
        listed = listing.parse(page, url=polled[source].url or "", selector=polled[source].selector)
        assert {entry.url.rpartition("/")[2] for entry in listed.entries} == {
            a.rpartition("/")[2] for a in articles
        }


@needs_data
def test_every_known_address_is_polled_or_said_not_to_be() -> None:
    everything = "".join(path.read_text() for path in ROOT.glob("sources/*.yaml"))
    with FEEDS.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    addresses = {row["feed_url"].replace("http://feeds.bbci", "https://feeds.bbci") for row in rows} - {""}
    assert len(addresses) > 60
    assert [address for address in sorted(addresses) if address not in everything] == []
