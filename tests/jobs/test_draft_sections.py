"""Sections in a draft: added with all that belongs to them, taken away, brought back; on both databases."""

import pytest

from monitor.errors import InputError, RevisionConflict, UnknownRecord
from monitor.jobs.drafts import (
    NewSection,
    add_section,
    bring_back,
    change,
    draft_of,
    drop,
    drop_file,
    gone_sections,
    opened,
    put_back_in_draft,
    take_section_away,
)
from monitor.jobs.revise import Place, Reviser, Signed, history, publish_drafted, restore

OF, ME, HEAD = "social-security-scotland", "first", "agreement.yaml"
SIGNED = Signed(ME, "the client asked for it")
FERRIES = {"title": "FERRIES", "terms": ["Ferry Users Group"], "sources": {"groups": ["uk_nationals"]}}


def add(drafter, name="ferries", values=FERRIES, **more):
    return add_section(drafter, OF, ME, NewSection(name, values, **more))


def publish_it(drafter):
    reviser = Reviser(drafter.library, drafter.records, drafter.clock)
    return publish_drafted(reviser, drafter.records, draft_of(drafter.records, OF, ME), SIGNED)


def drafted(drafter):
    return [one.file for one in draft_of(drafter.records, OF, ME).files]


def read(drafter, drafts=None):
    found = drafter.library.read(drafter.records.revisions_in_force(), drafts or {})
    return found.agreements[0], [str(fault) for fault in found.faults]


def head(drafter):
    return drafter.library.text(OF, HEAD)


def test_a_section_is_drafted_with_its_place_and_its_digest_and_published(drafter):
    before = head(drafter)
    digests = opened(drafter, OF, "digests.yaml", ME)
    some = {**drafter.library.values(digests.content)}
    some["morning"] = {**some["morning"], "sections": ["benefits"]}
    assert not change(drafter, digests, some).faults
    assert add(drafter, place=2, digests=("morning",)) == ()
    assert drafted(drafter) == [HEAD, "digests.yaml", "ferries.yaml"]
    assert head(drafter) == before
    assert "ferries" not in read(drafter)[0].sections
    then, faults = read(drafter, draft_of(drafter.records, OF, ME).texts)
    assert (then.sections[:3], faults) == (("ministerial", "ferries", "benefits"), [])
    assert next(d.sections for d in then.digests if d.id == "morning") == ("benefits", "ferries")

    assert [one.file for one in publish_it(drafter)] == [HEAD, "digests.yaml", "ferries.yaml"]
    assert drafted(drafter) == []
    now, faults = read(drafter)
    assert (now.sections, faults) == (then.sections, [])
    assert head(drafter) == before.replace("  - benefits\n", "  - ferries\n  - benefits\n", 1)
    made = drafter.library.text(OF, "ferries.yaml")
    assert made.endswith(
        "\ntitle: FERRIES\n\nterms:\n  - Ferry Users Group\n\nsources:\n  groups: [uk_nationals]\n"
    )


def test_with_a_fault_nothing_is_drafted_and_all_faults_are_told(drafter):
    faults = add(drafter, values={"title": "", "terms": ["x*"], "sources": {"groups": ["nowhere"]}})
    assert {one.field for one in faults} == {"title", "terms[0]", "sources.groups[0]"}
    assert drafted(drafter) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [("../../x", "cannot be"), ("Ferries", "cannot be"), ("digests", "cannot be"), ("benefits", "already")],
)
def test_a_name_that_cannot_be_or_is_taken_is_refused(drafter, name, why):
    with pytest.raises(InputError, match=why):
        add(drafter, name)


def test_a_section_of_the_draft_leaves_it_whole_by_any_way(drafter):
    for way_out in (
        lambda: drop_file(drafter, OF, ME, "ferries.yaml"),
        lambda: take_section_away(drafter, OF, ME, "ferries"),
        lambda: put_back_in_draft(drafter, draft_of(drafter.records, OF, ME).of(HEAD), ("sections", "ferries")),
    ):
        add(drafter)
        with pytest.raises(InputError, match=r"drop ferries\.yaml first"):
            drop_file(drafter, OF, ME, HEAD)
        way_out()
        assert drafted(drafter) == []
    add(drafter)
    assert drop(drafter.records, OF, ME) == (HEAD, "ferries.yaml")


def test_a_section_goes_its_history_stays_and_it_comes_back_as_it_was(drafter):
    was, text = read(drafter)[0].sections, drafter.library.text(OF, "local_economy.yaml")
    assert take_section_away(drafter, OF, ME, "local_economy") == ()
    assert [one.file for one in publish_it(drafter)] == [HEAD]
    now, faults = read(drafter)
    assert (now.sections, faults) == (tuple(s for s in was if s != "local_economy"), [])
    assert drafter.library.text(OF, "local_economy.yaml") is None
    assert history(drafter.records, Place(OF, "local_economy.yaml"))[-1].revision.content == text
    assert [one.file for one in gone_sections(drafter, OF, ME)] == ["local_economy.yaml"]
    with pytest.raises(InputError, match="bring it back"):
        add(drafter, "local_economy")

    assert bring_back(drafter, OF, ME, "local_economy") == ()
    then, faults = read(drafter, draft_of(drafter.records, OF, ME).texts)
    assert (then.sections, faults) == ((*now.sections, "local_economy"), [])
    assert gone_sections(drafter, OF, ME) == ()
    publish_it(drafter)
    assert (drafter.library.text(OF, "local_economy.yaml"), drafted(drafter), read(drafter)[1]) == (text, [], [])
    assert len(history(drafter.records, Place(OF, "local_economy.yaml"))) == 1
    with pytest.raises(UnknownRecord, match="no section local_economy was taken away"):
        bring_back(drafter, OF, ME, "local_economy")


def test_going_back_to_an_earlier_order_brings_the_files_too(drafter):
    before = head(drafter)
    text = drafter.library.text(OF, "local_economy.yaml")
    take_section_away(drafter, OF, ME, "local_economy")
    publish_it(drafter)
    reviser = Reviser(drafter.library, drafter.records, drafter.clock)
    restore(reviser, Place(OF, HEAD), 1, SIGNED)
    assert (head(drafter), drafter.library.text(OF, "local_economy.yaml"), read(drafter)[1]) == (before, text, [])


def test_what_would_be_lost_keeps_a_section_from_going(drafter):
    file = drafter.library.root / "profiles" / OF / "local_economy.yaml"
    take_section_away(drafter, OF, ME, "local_economy")
    file.write_text(f"{file.read_text('utf-8')}# not published\n", "utf-8")
    with pytest.raises(RevisionConflict, match="would be lost"):
        publish_it(drafter)
    assert "local_economy" in read(drafter)[0].sections
    assert file.read_text("utf-8").endswith("# not published\n")


def test_a_digest_of_one_section_alone_keeps_it(drafter):
    digests = opened(drafter, OF, "digests.yaml", ME)
    values = {**drafter.library.values(digests.content)}
    values["morning"] = {**values["morning"], "sections": ["benefits"]}
    change(drafter, digests, values)
    with pytest.raises(InputError, match="the digest morning is of this section alone"):
        take_section_away(drafter, OF, ME, "benefits")
    with pytest.raises(UnknownRecord, match="has no section ferries"):
        take_section_away(drafter, OF, ME, "ferries")
