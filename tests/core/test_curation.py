"""What editors say of stories: which acts count, and what an edition makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, SOURCES, WINDOW, article, filler, morning

from monitor.core.agreement import Digest, Hold
from monitor.core.curation import Act, Curation, Curations, hours, in_force
from monitor.core.digest import Earlier, EditorsPart
from monitor.core.edition import ItemState, edition_id

EDITION = edition_id(AGREEMENT.id, DIGEST.id, WINDOW)
EDITOR = "J. Editor"
HEATING = "Winter Heating Payment to reach islands a month early"
NEAR = article(
    "bbc", "Garden opened in Perth", body="The Cabinet Secretary for Social Justice cut a ribbon.", hours=4
)


def act(of: Act, line: str, no: int = 1, **more: object) -> Curation:
    known = {"digest": DIGEST.id, "edition": "", "author": EDITOR, "reason": "as agreed", "at": END, **more}
    return Curation(of, AGREEMENT.id, line=line, no=no, **known)  # type: ignore[arg-type]


def edition(*acts: Curation, digest: Digest = DIGEST, earlier: Earlier | None = None, **more: object):
    made = morning()
    material = replace(made.material, curations=Curations.of(acts), earlier=earlier or Earlier())
    content, items = replace(made, material=material).compose(digest, **more)
    return content, items


def named(headline: str):
    return next(a for story in morning().material.stories for a in story.articles if a.headline == headline)


def sections(content) -> dict[str, list[str]]:
    return {part.id: [item.headline for item in part.items] for part in content.sections}


def states(items, line: str) -> set[ItemState]:
    story = next(s for s in morning().material.stories if any(a.line == line for a in s.articles))
    ids = {a.id for a in story.articles}
    return {i.state for i in items if i.article in ids}


# --------------------------------------------------------------- which acts count


def test_an_act_counts_for_its_digest_its_edition_and_from_when_it_was_said():
    acts = [
        act(Act.EXCLUDE, "a", 1),
        act(Act.EXCLUDE, "b", 2, digest=""),
        act(Act.EXCLUDE, "c", 3, digest="weekly"),
        act(Act.PIN, "d", 4, edition=EDITION),
        act(Act.PIN, "e", 5, edition="another"),
        act(Act.EXCLUDE, "f", 6, at=END + timedelta(seconds=1)),
    ]
    counting = in_force(acts, DIGEST.id, EDITION, END + timedelta(seconds=1))
    assert [c.line for c in counting] == ["a", "b", "d"]


def test_an_undo_counts_from_when_it_was_said():
    acts = [act(Act.EXCLUDE, "a", 1), act(Act.UNDO, "", 2, undoes=1, at=END + timedelta(hours=1))]
    assert [c.no for c in in_force(acts, DIGEST.id, EDITION, END + timedelta(hours=1))] == [1]
    assert in_force(acts, DIGEST.id, EDITION, END + timedelta(hours=2)) == []


def test_the_last_word_on_a_story_decides_whichever_of_its_articles_it_names():
    stv = next(a for s in morning().material.stories for a in s.articles if a.outlet == "stv")
    herald = named(HEATING)
    assert stv.line != herald.line
    content, _ = edition(act(Act.EXCLUDE, herald.line, 1), act(Act.ADD, stv.line, 2))
    assert HEATING in sections(content)["benefits"]
    content, _ = edition(act(Act.ADD, herald.line, 1), act(Act.EXCLUDE, stv.line, 2))
    assert HEATING not in sections(content)["benefits"]


# --------------------------------------------------------------- what an edition makes of them


def test_an_excluded_story_is_out_with_its_copies_and_counted():
    line = named(HEATING).line
    plain, _ = edition()
    content, items = edition(act(Act.EXCLUDE, line))
    assert HEATING not in [i.headline for i in content.items]
    assert (content.stories, content.editors) == (plain.stories - 1, EditorsPart(left_out=1))
    assert states(items, line) == {ItemState.EXCLUDED}
    assert sum(part.count for part in content.sections) < sum(part.count for part in plain.sections)


def test_what_the_last_edition_left_out_is_not_counted_again():
    found = named(HEATING)
    content, items = edition(act(Act.EXCLUDE, found.line), earlier=Earlier(excluded={found.id}))
    assert content.editors == EditorsPart()
    assert states(items, found.line) == {ItemState.EXCLUDED}


def test_a_held_story_waits_and_says_so_when_it_comes():
    found = named(HEATING)
    content, items = edition(act(Act.HOLD, found.line, edition=EDITION))
    assert HEATING not in [i.headline for i in content.items]
    assert content.editors == EditorsPart(held_over=1)
    assert states(items, found.line) == {ItemState.HELD_OVER}
    later, _ = edition(earlier=Earlier(held_over={found.id}))
    item = next(i for i in later.items if i.headline == HEATING)
    assert item.note == "held over by an editor"


def test_a_moved_story_leaves_its_section_and_keeps_its_proof():
    found = named(HEATING)
    content, items = edition(act(Act.MOVE, found.line, section="ministerial"))
    there = sections(content)
    assert HEATING in there["ministerial"]
    assert HEATING not in there["benefits"]
    item = next(i for i in content.items if i.headline == HEATING)
    why = "".join(piece.text for piece in item.why)
    assert why.startswith("Winter Heating Payment")
    assert why.endswith(" · moved here by an editor")
    assert {i.section for i in items if i.article == found.id} == {"ministerial"}
    assert content.editors == EditorsPart(moved=1)
    assert "BENEFITS" not in item.also


def test_a_story_moved_to_a_section_that_the_digest_lacks_leaves_the_digest():
    found = named(HEATING)
    benefits = replace(DIGEST, id="benefits", sections=("benefits",))
    content, items = edition(act(Act.MOVE, found.line, section="ministerial", digest=""), digest=benefits)
    assert HEATING not in [i.headline for i in content.items]
    assert states(items, found.line) == {ItemState.EXCLUDED}


def test_a_near_miss_that_is_added_is_in_and_says_who_brought_it():
    made = morning([NEAR])
    assert made.compose()[0].stories == 0
    acts = Curations.of([act(Act.ADD, NEAR.line, section="benefits")])
    content, items = replace(made, material=replace(made.material, curations=acts)).compose()
    [item] = content.items
    assert sections(content)["benefits"] == [NEAR.headline]
    assert "".join(p.text for p in item.why) == "added by an editor"
    assert [(i.article, i.section, i.state) for i in items] == [(NEAR.id, "benefits", ItemState.SHOWN)]
    assert content.editors == EditorsPart(added=1)


def test_a_story_that_was_not_major_is_in_its_section_when_it_is_added():
    found = named("Advice session number 3")
    plain, _ = edition()
    content, items = edition(act(Act.ADD, found.line))
    assert found.headline in sections(content)["benefits"]
    assert states(items, found.line) == {ItemState.SHOWN}
    assert content.held == plain.held - 1


def test_a_story_that_was_not_major_is_in_a_section_that_asks_for_none_when_it_is_moved_there():
    found = named("Advice session number 3")
    plain, _ = edition()
    content, items = edition(act(Act.MOVE, found.line, section="uk_government"))
    assert found.headline in sections(content)["uk_government"]
    assert states(items, found.line) == {ItemState.SHOWN}
    assert (content.held, content.editors) == (plain.held - 1, EditorsPart(moved=1))
    item = next(i for i in content.items if i.headline == found.headline)
    assert not item.major
    assert "".join(p.text for p in item.why).endswith(" · moved here by an editor")


def test_a_story_that_is_not_major_stays_held_back_where_major_stories_are_asked_for_too():
    found = named("Advice session number 3")
    plain, _ = edition()
    acts = [act(Act.MOVE, found.line, 1, section="organisations")]
    content, items = edition(*acts)
    assert found.headline not in [i.headline for i in content.items]
    assert {(i.section, i.state) for i in items if i.article == found.id} == {("organisations", ItemState.HELD)}
    assert (content.held, content.editors) == (plain.held, EditorsPart())
    content, items = edition(*acts, act(Act.ADD, found.line, 2))
    assert found.headline in sections(content)["organisations"]
    assert states(items, found.line) == {ItemState.SHOWN}


def test_an_added_article_that_nothing_judged_is_shown_all_the_same():
    made = morning()
    late = article("bbc", "Ferries and their timetables", body=filler(77), hours=2)
    alone = morning([late])
    material = replace(
        alone.material, judgements={}, curations=Curations.of([act(Act.ADD, late.line, section="benefits")])
    )
    content, items = replace(made, material=material).compose()
    assert [i.headline for i in content.items] == [late.headline]
    assert [i.state for i in items] == [ItemState.SHOWN]


def test_pinned_stories_lead_in_the_order_they_were_pinned():
    plain, _ = edition()
    last = list(plain.items)[-1]
    other = named("Poverty Alliance: rents outrun wages in Aberdeen")
    lines = {i.article: i.story for i in plain.items}
    pins = [act(Act.PIN, lines[last.article], 4), act(Act.PIN, other.line, 5)]
    content, _ = edition(*pins)
    first = min(content.items, key=lambda i: i.weight)
    assert (first.headline, first.pinned, content.lead) == (last.headline, True, last.term)
    assert sorted(content.items, key=lambda i: i.weight)[1].headline == other.headline


def test_a_line_stands_above_the_item_as_plain_text():
    content, _ = edition(act(Act.NOTE, named(HEATING).line, text="  Ministers  answer at two <b>o'clock</b>. "))
    item = next(i for i in content.items if i.headline == HEATING)
    assert item.editors_line == "Ministers answer at two <b>o'clock</b>."


# --------------------------------------------------------------- the editor's hour


@pytest.mark.parametrize(
    ("slot", "opens", "closes"),
    [
        (datetime(2026, 3, 27, 7, tzinfo=UTC), "06:15", "06:55"),  # the Friday before the clocks go forward
        (datetime(2026, 3, 30, 6, tzinfo=UTC), "05:15", "05:55"),  # the Monday after
        (datetime(2026, 10, 23, 6, tzinfo=UTC), "05:15", "05:55"),
        (datetime(2026, 10, 26, 7, tzinfo=UTC), "06:15", "06:55"),
        (datetime(2026, 3, 29, 6, tzinfo=UTC), "05:15", "05:55"),  # the very day, both times
        (datetime(2026, 10, 25, 7, tzinfo=UTC), "06:15", "06:55"),
    ],
)
def test_the_editors_hour_is_told_by_londons_clock(slot, opens, closes):
    held = replace(DIGEST, hold=Hold(time(6, 15), time(6, 55)))
    found = hours(held, slot)
    assert (f"{found.opens:%H:%M}", f"{found.closes:%H:%M}", found.goes) == (opens, closes, slot)


def test_without_a_hold_there_is_no_hour():
    assert hours(DIGEST, END) is None


def test_what_comes_in_after_the_hour_is_in_and_says_so():
    held = replace(DIGEST, hold=Hold(time(6, 15), time(6, 55)))
    late = article("bbc", HEATING, body="Winter Heating Payment in Scotland. " + filler(5, 330), hours=0.05)
    soon = article("stv", "Carer Support Payment up", body="Carer Support Payment in Scotland. " + filler(6, 330))
    made = morning([late, soon], AGREEMENT, SOURCES)
    content, _ = made.compose(held, made_at=MADE)
    assert {i.headline: i.note for i in content.items} == {
        HEATING: "came in after the editors' hour",
        "Carer Support Payment up": "",
    }
