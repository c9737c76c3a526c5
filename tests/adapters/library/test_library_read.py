"""What the files say arrives in the core's types; what has faults is left out, or stays as it was published."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from library_samples import (
    AGREEMENT,
    DIGESTS,
    FILES,
    GROUPS,
    HOLIDAYS,
    LOCAL,
    NATIONAL,
    PONDS,
    TREES,
    replace,
    revision,
    rewrite,
    write_library,
)

from monitor.adapters.library import SOURCES, Library
from monitor.core.agreement import Agreement, Digest, Early, Hold, MinorForms, OnHolidays
from monitor.core.calendar import Override
from monitor.core.profile import (
    AboutnessRule,
    Alias,
    Case,
    ContextRule,
    ContextWord,
    Example,
    Guard,
    Kind,
    Pair,
    PlaceList,
    PlaceRule,
    Scope,
    SignificanceRule,
    SourceRule,
    Term,
)
from monitor.core.source import Group, Medium, Outlet, Rights, Source, SourceKind


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def the_agreement(root: Path) -> Agreement:
    read = Library(root).read()
    assert not read.faults
    return read.agreements[0]


# --------------------------------------------------------------- every key arrives


def test_a_section_with_every_key(root: Path) -> None:
    trees = the_agreement(root).profile("trees")
    park = ContextWord("park", plural=True, blockers=("car park",))
    fife = PlaceList("fife", "Scotland", words=("Fife",), places=("Cupar", "Leven"))
    assert trees.title == "TREES"
    assert trees.agreement_says == "Trees OICW planting, parks"
    assert trees.terms == (
        Term("Scots pine"),
        Term(
            "Tree Council",
            Kind.ORGANISATION,
            aliases=(Alias("Council of Trees", approved=False, why="an older name"),),
            only_with=Guard(("report",), Scope.parse("20 words")),
        ),
    )
    assert trees.context == (ContextRule((park,)),)
    assert trees.place == (PlaceRule(fife, content_only=True),)
    assert trees.aboutness == AboutnessRule(30)
    assert trees.significance == SignificanceRule(1, 3)
    assert trees.sources == SourceRule(("local",), ("daily",))
    assert (trees.show_in_each, trees.recategorise) == (True, False)
    assert trees.ask_client == ("Which pines?",)
    text = "Scots pines grow in the parks of Fife."
    assert trees.examples == (Example("", text, "daily", "", ("Scots pine",), "in"),)


def test_a_section_with_the_other_keys(root: Path) -> None:
    ponds = the_agreement(root).profile("ponds")
    assert ponds.terms == (Term("pond economy", Kind.TOPIC, near=Pair(("pond",), ("economy",), 5)),)
    words = (ContextWord("frog"), ContextWord("Newt", case=Case.CAPITALISED))
    assert ponds.context == (ContextRule(words, Scope.parse("sentence"), self_context=False),)
    assert ponds.sources == SourceRule(any_monitored=True)
    assert ponds.bylines == ("A. N. Other",)
    assert ponds.recategorise
    assert (ponds.aboutness, ponds.significance, ponds.place) == (None, None, ())


def test_the_agreement_and_its_digest(root: Path) -> None:
    agreement = the_agreement(root)
    assert (agreement.id, agreement.client, agreement.name) == ("parks", "Parks Trust", "Parks and Gardens")
    assert agreement.order == ("trees", "ponds")
    assert agreement.blockers == ("family tree",)
    assert agreement.minor == MinorForms(("/sport/",), ("Letters:",))
    assert agreement.digests == (
        Digest(
            "weekly",
            "Weekly",
            ("trees",),
            (0, 4),
            7,
            30,
            ("parks-team",),
            holidays=OnHolidays.MOVE,
            early=Early(time(6, 30), 3),
            stale=time(12),
        ),
    )


def test_a_digest_that_says_no_more_than_it_must(root: Path) -> None:
    text = FILES[DIGESTS]
    rewrite(root, DIGESTS, text[: text.index("  holidays:")])
    (digest,) = the_agreement(root).digests
    assert (digest.holidays, digest.early, digest.stale) == (OnHolidays.SKIP, None, None)


def test_early_may_be_a_time_alone(root: Path) -> None:
    replace(root, DIGESTS, 'early: {at: "06:30", publishers: 3}', 'early: "06:30"')
    assert the_agreement(root).digests[0].early == Early(time(6, 30))


# --------------------------------------------------------------- holidays.yaml


def test_what_the_workspace_says_of_days(root: Path) -> None:
    read = Library(root).read()
    assert read.holidays_checked == date(2026, 11, 2)
    assert read.overrides == (
        Override(date(2026, 6, 15), True, "Cup Day", "Proclaimed in spring."),
        Override(date(2026, 11, 30), False, "Saint Andrew's Day", "The parks are open."),
    )
    assert ("calendar", "holidays.yaml", FILES[HOLIDAYS]) in read.files


def test_a_workspace_need_say_nothing_of_holidays(root: Path) -> None:
    (root / HOLIDAYS).unlink()
    read = Library(root).read()
    assert (read.overrides, read.holidays_checked, read.faults) == ((), None, ())


def test_with_a_fault_the_holidays_published_last_stay_in_force(root: Path) -> None:
    replace(root, HOLIDAYS, "2026-06-15", "15 June")
    read = Library(root).read([revision(HOLIDAYS)])
    assert [(f.where, f.line) for f in read.faults] == [(HOLIDAYS, 3)]
    assert [said.day for said in read.overrides] == [date(2026, 6, 15), date(2026, 11, 30)]
    assert HOLIDAYS not in [file for _, file, _ in read.files]


def test_an_agreement_may_not_be_called_as_the_calendar_is(root: Path) -> None:
    rewrite(root, "profiles/calendar/agreement.yaml", FILES[AGREEMENT])
    read = Library(root).read()
    assert [f.where for f in read.faults] == ["profiles/calendar"]
    assert [a.id for a in read.agreements] == ["parks"]


def test_the_editors_hour_of_a_digest(root: Path) -> None:
    file = root / DIGESTS
    file.write_text(file.read_text() + '  hold: {from: "06:00", until: "06:30"}\n')
    digest = the_agreement(root).digests[0]
    assert digest.hold == Hold(time(6), time(6, 30))
    assert digest.early == Early(time(6, 30), 3)  # never while editors look


def test_outlets_and_groups(root: Path) -> None:
    sources = Library(root).read().sources
    assert sources.groups == {
        "local": Group("local", "Local – Scotland Only", "Scotland"),
        "trade": Group("trade", "Trade"),
    }
    assert sources.outlets["gazette"] == Outlet(
        "gazette",
        "The Gazette",
        "Gazette Ltd",
        "Scotland",
        3,
        groups=("local", "trade"),
        sources=(Source("gazette_all", "gazette", url="https://gazette.example/feed"),),
    )
    daily = sources.outlets["daily"]
    assert (daily.medium, daily.homepage) == (Medium.PRINT, "https://daily.example")
    assert daily.rights == Rights(store_text=False, keep_days=7, extract_chars=0, export=True)
    assert daily.sources == (Source("daily_none", "daily", SourceKind.NONE, None, "No feed."),)
    assert [outlet.id for outlet in sources.members("local")] == ["gazette"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("within: 20 words", "within: 20", "20 words"),
        ("within: 20 words", "within: 20  Words", "20 words"),
        ("within: 20 words", "within: sentence", "sentence"),
        ("within: 20 words", "within: 60 words or headline", "60 words or headline"),
    ],
)
def test_reaches(root: Path, old: str, new: str, expected: str) -> None:
    replace(root, TREES, old, new)
    guard = the_agreement(root).profile("trees").terms[1].only_with
    assert guard is not None
    assert str(guard.within) == expected


def test_near_may_say_words(root: Path) -> None:
    replace(root, PONDS, "within: 5", "within: 12 words")
    near = the_agreement(root).profile("ponds").terms[0].near
    assert near is not None
    assert near.within == 12


def test_what_is_switched_off_is_no_rule(root: Path) -> None:
    content = replace(root, TREES, "{points: 30}", "false").replace("major: true", "major: false")
    rewrite(root, TREES, content)
    trees = the_agreement(root).profile("trees")
    assert (trees.aboutness, trees.significance) == (None, None)


def test_all_sections_of_a_digest(root: Path) -> None:
    replace(root, DIGESTS, "[trees]", "all")
    assert the_agreement(root).digests[0].sections == ()


def test_a_byte_order_mark_and_dos_line_ends_do_no_harm(root: Path) -> None:
    rewrite(root, TREES, b"\xef\xbb\xbf" + FILES[TREES].replace("\n", "\r\n").encode())
    assert the_agreement(root).order == ("trees", "ponds")


# --------------------------------------------------------------- fingerprints and files


def test_fingerprints_change_with_the_file_and_with_the_shared_lists(root: Path) -> None:
    before = the_agreement(root)
    replace(root, TREES, "Which pines?", "Which pines, then?")
    after = the_agreement(root)
    assert after.profile("trees").fingerprint != before.profile("trees").fingerprint
    assert after.profile("ponds").fingerprint == before.profile("ponds").fingerprint
    assert after.fingerprint != before.fingerprint
    replace(root, AGREEMENT, "Cupar", "Crail")
    moved = the_agreement(root)
    assert moved.profile("ponds").fingerprint != after.profile("ponds").fingerprint


def test_a_digest_and_a_source_are_no_part_of_what_an_archive_was_judged_with(root: Path) -> None:
    before = the_agreement(root).fingerprint
    replace(root, DIGESTS, "07:30", "08:30")
    replace(root, LOCAL, "The Gazette", "The New Gazette")
    assert the_agreement(root).fingerprint == before


def test_files_without_faults_are_given_back_as_they_stand(root: Path) -> None:
    replace(root, TREES, "title: TREES", "titel: TREES")
    files = Library(root).read().files
    whole = set(FILES) - {TREES}
    folders = {SOURCES: "sources/", "calendar": ""}
    assert {folders.get(a, f"profiles/{a}/") + name for a, name, _ in files} == whole
    assert ("parks", "ponds.yaml", FILES[PONDS]) in files


def test_reading_writes_nothing(root: Path) -> None:
    replace(root, TREES, "title: TREES", "titel: TREES # a slip")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*.yaml")}
    Library(root).read([revision(TREES)])
    assert {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*") if path.is_file()
    } == before


# --------------------------------------------------------------- the rest goes on


def test_a_section_with_a_fault_is_left_out_and_the_rest_goes_on(root: Path) -> None:
    replace(root, PONDS, "title: PONDS", "titel: PONDS")
    read = Library(root).read()
    assert read.agreements[0].order == ("trees",)
    assert read.faults


def test_a_digest_of_sections_that_are_all_left_out_does_not_become_one_of_all(root: Path) -> None:
    replace(root, TREES, "title: TREES", "titel: TREES")
    assert Library(root).read().agreements[0].digests == ()


def test_a_file_of_outlets_with_a_fault_is_left_out_and_blames_nobody_else(root: Path) -> None:
    replace(root, NATIONAL, "tier: 1", "tier: first")
    read = Library(root).read()
    assert {fault.where for fault in read.faults} == {NATIONAL}
    assert set(read.sources.outlets) == {"gazette"}
    assert read.sources.unread == {"daily": NATIONAL}
    assert read.agreements[0].profile("trees").sources == SourceRule(("local",), ())


def test_an_outlet_added_to_a_file_with_faults_is_known_to_stand_there(root: Path) -> None:
    in_force = [revision(NATIONAL)]
    added = FILES[NATIONAL].split("\n", 1)[1].replace("daily", "fine")
    rewrite(root, NATIONAL, FILES[NATIONAL].replace("tier: 1", "tier: 9") + added)
    read = Library(root).read(in_force)
    assert set(read.sources.outlets) == {"gazette", "daily"}
    assert read.sources.unread == {"fine": NATIONAL}
    assert Library(write_library(root)).read().sources.unread == {}


def test_a_file_of_outlets_that_cannot_be_read_blames_nobody_else(root: Path) -> None:
    replace(root, NATIONAL, "name: The Daily", 'name: "The Daily')
    read = Library(root).read()
    assert {fault.where for fault in read.faults} == {NATIONAL}


def test_groups_with_a_fault_leave_outlets_and_sections_in(root: Path) -> None:
    replace(root, GROUPS, "name: Trade", "nam: Trade")
    read = Library(root).read()
    assert {fault.where for fault in read.faults} == {GROUPS}
    assert set(read.sources.outlets) == {"gazette", "daily"}
    assert read.sources.outlets["gazette"].groups == ()
    assert read.agreements[0].order == ("trees", "ponds")


def test_one_wrong_name_in_the_order_leaves_the_others(root: Path) -> None:
    replace(root, AGREEMENT, "[trees, ponds]", "[trees, pond]")
    read = Library(root).read()
    assert read.agreements[0].order == ("trees",)
    assert (read.faults[0].where, read.faults[0].remedy) == (AGREEMENT, "did you mean `ponds`?")


def test_an_agreement_that_cannot_be_read_still_tells_of_its_sections(root: Path) -> None:
    replace(root, AGREEMENT, "client: ", "klient: ")
    replace(root, TREES, "title: ", "titel: ")
    read = Library(root).read()
    assert read.agreements == ()
    assert {fault.where for fault in read.faults} == {AGREEMENT, TREES}


def test_two_agreements_do_not_disturb_each_other(root: Path) -> None:
    for path in (AGREEMENT, TREES, PONDS):
        rewrite(root, path.replace("/parks/", "/gardens/"), FILES[path])
    replace(root, AGREEMENT, "client: ", "klient: ")
    assert [agreement.id for agreement in Library(root).read().agreements] == ["gardens"]


def test_no_folders_at_all(tmp_path: Path) -> None:
    read = Library(tmp_path).read()
    assert [str(fault.where) for fault in read.faults] == ["sources", "profiles"]
    assert (read.agreements, dict(read.sources.outlets)) == ((), {})


# --------------------------------------------------------------- the last good state stays in force


@pytest.mark.parametrize("broken", [b"", b"section: [", b"\xff\xfe\x00", b"section: trees\n", b"\0"])
def test_the_published_state_of_a_section_stays_in_force(root: Path, broken: bytes) -> None:
    rewrite(root, TREES, broken)
    read = Library(root).read([revision(TREES)])
    assert read.agreements[0].order == ("trees", "ponds")
    assert read.agreements[0].profile("trees").title == "TREES"
    assert {fault.where for fault in read.faults} == {TREES}
    assert all(name != "trees.yaml" for _, name, _ in read.files)


def test_what_is_read_with_a_published_state_is_what_was_read_before_the_fault(root: Path) -> None:
    before = Library(root).read()
    for path in FILES:
        rewrite(root, path, "colour: red\n")
    after = Library(root).read([revision(path) for path in FILES])
    assert after.agreements == before.agreements
    assert after.sources == before.sources
    assert {fault.where for fault in after.faults} == set(FILES)
    assert after.files == ()


def test_a_file_that_was_lost_stays_in_force_too(root: Path) -> None:
    (root / TREES).unlink()
    read = Library(root).read([revision(TREES)])
    assert read.agreements[0].order == ("trees", "ponds")
    assert {fault.where for fault in read.faults} == {AGREEMENT, TREES}


def test_a_published_state_with_faults_is_no_help(root: Path) -> None:
    replace(root, TREES, "title: ", "titel: ")
    read = Library(root).read([revision(TREES, "section: trees\n")])
    assert read.agreements[0].order == ("ponds",)


def test_a_published_state_that_needs_a_list_now_gone_is_no_help(root: Path) -> None:
    content = replace(root, AGREEMENT, "main: [", "other: [")
    read = Library(root).read([revision(TREES), revision(AGREEMENT, content)])
    assert read.agreements[0].order == ("ponds",)
    assert [fault.field for fault in read.faults] == ["oicw[0].any.list"]


def test_a_published_state_lives_with_an_outlet_now_gone(root: Path) -> None:
    (root / NATIONAL).unlink()
    read = Library(root).read([revision(TREES)])
    assert read.agreements[0].profile("trees").sources == SourceRule(("local",), ())
    assert {fault.field for fault in read.faults} == {"sources.plus[0]"}


def test_a_good_file_wins_over_its_published_state(root: Path) -> None:
    old = FILES[TREES].replace("title: TREES", "title: OLD TREES")
    read = Library(root).read([revision(TREES, old)])
    assert read.agreements[0].profile("trees").title == "TREES"
