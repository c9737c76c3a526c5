"""Every example of a profile in the guide for editors is a sound file, and comes out as it says."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from test_docs import DOCS, FORMS, chapters

from monitor.adapters.cluster import copies
from monitor.adapters.library import Library, digests, forms, themes
from monitor.adapters.library.recipients import read_recipients
from monitor.app import new_workspace
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import ContextRule, ContextWord, Kind, Profile, Scope, SourceRule, Term
from monitor.core.source import Sources
from monitor.jobs.match import judge_together
from monitor.jobs.ports import LibraryRead
from monitor.jobs.try_examples import try_examples

GUIDE = chapters(DOCS / "for-editors.md")
OUTLETS = """
outlets:
- {id: bbc, name: BBC, owner: BBC, area: UK, tier: 1, sources: [{id: bbc_f, url: "https://bbc.example/f"}]}
"""
GROUPS = """
groups:
- {id: uk_key_regionals, name: UK Key Regionals – Scotland Only, area: Scotland}
- {id: uk_nationals, name: UK Nationals}
"""
AGREEMENT = {
    "client": "Harbour Council",
    "name": "Media monitoring",
    "places": {
        "scotland": {
            "area": "Scotland",
            "words": ["Scotland", "Scottish"],
            "places": ["Oban"],
            "blockers": ["Scotland Yard"],
            "wire_paths": ["/uk-news/"],
        }
    },
}
DIGESTS = {"morning": {"title": "M", "sections": "all", "days": ["mon"], "at": "07:00", "to": ["x"]}}
OF_SECTION = set(forms.SectionForm.model_fields)
OF_AGREEMENT = set(forms.AgreementForm.model_fields)
OF_THEME = set(themes.ThemeForm.model_fields)
OF_CALENDAR = set(digests.HolidaysForm.model_fields)
YAML_ = YAML(typ="safe")


def blocks(chapter: str) -> list[dict[str, Any]]:
    """The examples of a chapter, as they are written."""
    return [
        YAML_.load(text) for text in re.findall(r"^```yaml\n(.*?)^```$", GUIDE[chapter], re.MULTILINE | re.DOTALL)
    ]


INVENTED = next(block for block in blocks("`<section>.yaml`") if "outlets" in block)
"""The outlets that are to be pasted first."""
WITH_EXAMPLES = [heading for heading in GUIDE if blocks(heading)]


def library_of(chapter: str, folder: Path) -> LibraryRead:
    """A workspace's library with what the chapter shows in it, and as little as can be of anything else."""
    agreement, section, mails = dict(AGREEMENT), {"terms": ["Ferry Users Group"]}, dict(DIGESTS)
    files = {
        "sources/outlets.yaml": OUTLETS,
        "sources/groups.yaml": GROUPS,
        "sources/examples.yaml": dumped(INVENTED),
    }
    for block in (block for block in blocks(chapter) if block != INVENTED):
        if any("@" in str(key) for key in block.get("people", ())):
            files["recipients.yaml"] = dumped(block)
        elif block.keys() <= OF_THEME:
            files["themes/board/theme.yaml"] = dumped(block)
        elif block.keys() <= OF_CALENDAR:
            files["holidays.yaml"] = dumped(block)
        elif "outlets" in block:
            files["sources/more.yaml"] = dumped(block)
        elif "groups" in block:
            files["sources/groups.yaml"] = dumped(block)
        elif block.keys() <= OF_SECTION:
            section = block
        elif block.keys() <= OF_AGREEMENT:
            agreement |= block
        else:
            mails = block
    known = {
        "section": (agreement.get("sections") or ["example"])[0],
        "title": "EXAMPLE",
        "sources": "any_monitored",
    }
    section = known | section
    named = {name for digest in mails.values() for name in digest["sections"] if digest["sections"] != "all"}
    others = sorted(named - {section["section"]})
    agreement["sections"] = [section["section"], *others]
    home = "profiles/example"
    files |= {f"{home}/{name}.yaml": dumped({**known, "section": name, "terms": ["Pier Fund"]}) for name in others}
    files |= {
        f"{home}/agreement.yaml": dumped(agreement),
        f"{home}/{section['section']}.yaml": dumped(section),
        f"{home}/digests.yaml": dumped(mails),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return Library(folder).read()


def dumped(block: dict[str, Any]) -> str:
    stream = StringIO()
    YAML_.dump(block, stream)
    return stream.getvalue()


@pytest.mark.parametrize("chapter", WITH_EXAMPLES)
def test_the_examples_of_a_chapter_are_sound_and_come_out_as_they_say(chapter, tmp_path):
    read = library_of(chapter, tmp_path)
    assert [str(fault) for fault in read.faults] == []
    (agreement,) = read.agreements
    tried = list(try_examples(agreement, read.sources))
    assert [(t.example.text, t.wrong) for t in tried if not t.holds] == []
    shown = sum(len(block.get("examples", ())) for block in blocks(chapter))
    assert len(tried) == shown


IN_OUTLETS = [c for c in WITH_EXAMPLES if any(e.get("outlet") for b in blocks(c) for e in b.get("examples", ()))]


@pytest.mark.parametrize("chapter", IN_OUTLETS)
def test_examples_in_an_outlet_can_be_pasted_into_a_new_workspace(chapter, tmp_path):
    home = tmp_path / "home"
    new_workspace(home)
    (home / "sources/examples.yaml").write_text(dumped(INVENTED), "utf-8")
    shipped = home / "profiles/social-security-scotland/agreement.yaml"
    head = {"client": "c", "name": "n", "places": YAML_.load(shipped.read_text("utf-8"))["places"]}
    section = {"section": "tried", "title": "TRIED", "sources": "any_monitored"}
    for block in (block for block in blocks(chapter) if block != INVENTED):
        if block.keys() <= OF_SECTION:
            section = section | block
        else:
            head |= block
    shutil.rmtree(shipped.parent)
    section["section"] = "tried"
    for name, values in (("agreement", head | {"sections": ["tried"]}), ("tried", section)):
        (home / f"profiles/tried/{name}.yaml").parent.mkdir(exist_ok=True)
        (home / f"profiles/tried/{name}.yaml").write_text(dumped(values), "utf-8")
    read = Library(home).read()
    assert [str(fault) for fault in read.faults] == []
    assert [(t.example.text, t.wrong) for t in try_examples(*read.agreements, read.sources) if not t.holds] == []


@pytest.mark.parametrize("chapter", ["`recipients.yaml`", "`people`"])
def test_the_examples_of_recipients_are_sound(chapter, tmp_path):
    library_of(chapter, tmp_path)
    read = read_recipients(tmp_path, ("benefits", "local_economy"))
    assert [str(fault) for fault in read.faults] == []
    assert read.people


@pytest.mark.parametrize("chapter", ["`theme.yaml`", "`colours`"])
def test_the_examples_of_a_theme_are_sound(chapter):
    for block in blocks(chapter):
        theme, faults = themes.read_theme("board", {"theme.yaml": dumped(block).encode()})
        assert (theme is not None, faults) == (True, ())


def shown_keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from shown_keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from shown_keys(inner)


@pytest.mark.parametrize("chapter", FORMS)
def test_every_key_has_an_example_in_its_chapter(chapter):
    shown = {key for block in blocks(chapter) for key in shown_keys(block)}
    described = re.findall(r"^\| `([^`]+)` \|", GUIDE[chapter], re.MULTILINE)
    own_chapter = {key for key in described if f"`{key}`" in WITH_EXAMPLES}
    assert set(described) - shown - own_chapter == set()


# --------------------------------------------------------------- the tables


def table(chapter: str, heading: str) -> list[list[str]]:
    """The rows below a heading of the first column."""
    lines = GUIDE[chapter].split(heading)[1].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in lines if line.startswith("| ")]


def judged(profile: Profile, *, headline: str = "", body: str = "") -> Judgement:
    agreement = Agreement("a", "c", "n", (profile,))
    return Matcher(agreement, Sources()).judge(Article("u", headline, body=body))


@pytest.mark.parametrize(("term", "finds", "not_"), table("How words are found", "| the term |"))
def test_words_are_found_as_the_table_says(term, finds, not_):
    profile = Profile("s", "S", terms=(Term(term),), sources=SourceRule(any_monitored=True))
    for text in finds.split(";"):
        assert judged(profile, body=text).primary == "s", text
    assert judged(profile, body=not_).verdicts == ()


@pytest.mark.parametrize(
    ("within", "holds", "near"), table("How near is near: `within`", "| `within` | *fares* holds")
)
def test_near_is_what_the_table_says(within, holds, near):
    rule = ContextRule((ContextWord("fares"),), Scope.parse(within.strip("`")))
    profile = Profile("s", "S", terms=(Term("Ferry Users Group", Kind.ORGANISATION),), context=(rule,))
    for text, outcome in ((holds, "in"), (near, "near_miss")):
        headline, _, body = text.rpartition(" / ")
        if text:
            (verdict,) = judged(profile, headline=headline, body=body).verdicts
            assert verdict.outcome == outcome, text


def test_significance_is_what_its_examples_say(tmp_path):
    read = library_of("`significance`", tmp_path)
    (agreement,) = read.agreements
    major, not_major = (
        Article("u", e.headline, body=e.text, outlet=e.outlet) for e in agreement.profiles[0].examples
    )
    found = [judge_together([a], agreement, read.sources, copies).judgements[0] for a in (major, not_major)]
    assert [j.primary for j in found] == ["example", None]
    points = [j.verdicts[0].findings[-1].evidence for j in found]
    assert [(p["prominence"], p["impact"]) for p in points] == [(3, 2), (1, 2)]
