"""The chapter on queries in docs/for-editors.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.exchange import Dialect, translate
from monitor.core.explanation import explain
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile
from monitor.core.query import parse
from monitor.core.query.grammar import MAX_DEPTH, MAX_LENGTH, MAX_PHRASES
from monitor.core.source import Sources

PAGE = (Path(__file__).parents[2] / "docs/for-editors.md").read_text(encoding="utf-8")
CHAPTER = PAGE.split("## Queries from another tool\n", 1)[1].split("\n## ", 1)[0]
OURS, VENDORS = CHAPTER.split("### From and to a vendor", 1)


def codes(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def rows(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]


def test_the_example_is_a_query():
    (example,) = re.findall(r"```yaml\n(.*?)```", OURS, re.DOTALL)
    read = parse(YAML(typ="safe").load(example)["query"])
    assert read.query, read.faults


@pytest.mark.parametrize("code", [code for row in rows(OURS)[1:] for code in codes(row[0])])
def test_every_form_of_the_table_is_one(code):
    assert parse(code.replace("...", "a")).query


def test_precedence_is_as_told():
    plain, bracketed = re.search(r"`(a OR b AND[^`]*)` is `([^`]*)`", OURS).groups()
    assert parse(plain).query == parse(bracketed).query


def test_what_is_refused_is_refused():
    refused = re.search(r"such as `([^`]*)`,\s+is refused", OURS)[1]
    assert not parse(refused).query
    assert f"more than {MAX_LENGTH:,} characters, {MAX_PHRASES:,} phrases or {MAX_DEPTH} levels" in OURS


def test_the_verdict_says_what_is_quoted():
    profile = Profile("s", "S", query=parse("fares NEAR/10 ferry").query)
    body = f"Fares {'word ' * 14} ferry"
    verdict = Matcher(Agreement("a", "c", "n", (profile,)), Sources()).judge(Article("u", body=body)).verdict("s")
    quoted = " ".join(re.search(r"\*(it names fares and ferry[^*]*)\*", OURS)[1].split())
    assert explain(verdict) == f"Near miss: {quoted}."


@pytest.mark.parametrize(("tool", "there", "here"), rows(VENDORS)[2:])
def test_what_differs_there_is_translated_so(tool, there, here):
    theirs, ours = codes(there), codes(here)
    wanted = ours if len(ours) == len(theirs) else ours[:1] * len(theirs)
    made = [translate(query, Dialect(tool.lower())).text for query in theirs]
    assert [parse(text).query for text in made] == [parse(text).query for text in wanted], made
