"""Composing (the contract, section 9): which section, which outlet, what is folded, held, counted."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from morning import (
    AGREEMENT,
    DIGEST,
    END,
    MADE,
    MAJOR,
    PLACE,
    PROFILES,
    WINDOW,
    article,
    articles,
    filler,
    morning,
    section,
)

from monitor.core.article import line_of
from monitor.core.digest import CATCH_UP, Earlier, Mark, Past, PastEdition, Telling, Usual, trimmed
from monitor.core.digest.usual import usual_of
from monitor.core.edition import ItemState, Window
from monitor.core.health import CoverageGap, Rhythm
from monitor.core.match import UNASSIGNED
from monitor.core.source import SourceState

LONG = filler(99, 320)


def parts(content) -> dict:
    return {p.id: p for p in content.sections}


def headlines(part) -> list[str]:
    return [i.headline for i in part.items]


def states(items) -> dict[str, ItemState]:
    return {i.article: i.state for i in items}


def wire(outlet: str, hours: float, headline: str = "Winter Heating Payment in Scotland", **more):
    return article(
        outlet, headline, body="The Winter Heating Payment comes to Scotland. " + LONG, hours=hours, **more
    )


# --------------------------------------------------------------- order and filing


def test_sections_stand_in_the_agreements_order_without_those_that_only_recategorise():
    content, _ = morning().compose()
    assert [p.id for p in content.sections] == [p.section for p in PROFILES if not p.recategorise]


def test_a_digest_may_ask_for_some_sections_in_any_order():
    content, items = morning().compose(replace(DIGEST, sections=("uk_government", "ministerial")))
    assert [p.id for p in content.sections] == ["ministerial", "uk_government"]
    assert {i.section for i in items} == {"ministerial", "uk_government"}


def test_a_story_stands_once_and_counts_in_every_section_it_is_in():
    content, _ = morning().compose()
    found = parts(content)
    assert "Universal Credit: one in three Scots claimants in work" in headlines(found["benefits"])
    assert found["general_news"].items == ()
    assert found["general_news"].count == 1
    assert [(e.section, e.stories) for e in found["general_news"].elsewhere] == [("benefits", 1)]
    item = next(i for i in content.items if i.headline.startswith("Universal Credit"))
    assert item.also == ("GENERAL NEWS",)


def test_the_best_hit_decides_the_section_before_the_agreements_order():
    """Benefits stands after ministerial, and its term stands higher."""
    both = article(
        "herald",
        "Scottish Child Payment take-up rises",
        body="The Scottish Child Payment grew. Social Security Scotland said so. " + LONG,
    )
    content, (item,) = morning([both]).compose()
    assert item.section == "benefits"
    assert content.sections[1].items[0].also == ("MINISTERIAL",)


def test_show_in_each_prints_it_everywhere():
    profiles = tuple(replace(p, show_in_each=p.section == "general_news") for p in PROFILES)
    content, _ = morning(agreement=replace(AGREEMENT, profiles=profiles)).compose()
    found = parts(content)
    assert headlines(found["general_news"]) == ["Universal Credit: one in three Scots claimants in work"]
    assert found["general_news"].elsewhere == ()
    assert "Universal Credit: one in three Scots claimants in work" in headlines(found["benefits"])
    assert content.stories == 11


def test_stories_are_ordered_by_weight():
    content, _ = morning().compose()
    benefits = parts(content)["benefits"]
    assert [len({g.owner for g in i.copies}) for i in benefits.items] == [3, 3, 0]
    assert content.lead == benefits.items[0].term


def test_of_equal_weight_the_newest_goes_first_and_no_feed_dates_itself_into_the_lead():
    def at(n: int, hours: float, **more):
        body = f"Social Security Scotland spoke. {filler(n)}"
        return article("stv", f"Story {n}", body=body, hours=hours, **more)

    few = [at(1, 5), at(2, 3), at(3, 9, published_at=END + timedelta(days=400)), at(4, 7, published_at=None)]
    content, _ = morning(few).compose()
    assert [i.headline for i in content.items] == ["Story 2", "Story 1", "Story 4", "Story 3"]


# --------------------------------------------------------------- stories


def test_the_outlet_of_the_highest_tier_shows_it_and_the_others_are_named_by_owner():
    content, items = morning(
        [wire("greenock_telegraph", 9), wire("glasgow_times", 8), wire("stv", 6), wire("herald", 7)]
    ).compose()
    (item,) = content.items
    assert item.outlet == "The Herald"  # STV is of the same tier, and later
    assert [(g.owner, [c.outlet for c in g.copies], g.same_owner) for g in item.copies] == [
        ("Newsquest", ["Greenock Telegraph", "Glasgow Times"], True),
        ("STV Group", ["STV"], False),
    ]
    assert sorted(states(items).values()) == ["copy", "copy", "copy", "shown"]
    assert len({i.story for i in items}) == 1


def test_the_order_of_arrival_changes_nothing():
    few = [
        wire("greenock_telegraph", 9),
        wire("stv", 6),
        wire("herald", 7),
        article("bbc", "Snow on Universal Credit in Scotland", body=LONG[:90]),
    ]
    made = {tuple(morning(order).compose()[0].to_json() for _ in (1,)) for order in permutations(few)}
    assert len(made) == 1


def test_a_copy_that_did_not_match_is_named_and_not_counted():
    cut = article("scotsman", "Islands get help early", body=LONG, hours=5)
    content, items = morning([wire("herald", 7), cut]).compose()
    (item,) = content.items
    assert [c.outlet for g in item.copies for c in g.copies] == ["The Scotsman"]
    assert cut.id not in states(items)


def test_outlets_known_to_carry_it_are_named_without_a_link():
    content, _ = morning([wire("herald", 7, carried_by=("stv", "herald", "nobody_knows"))]).compose()
    (item,) = content.items
    assert [(c.outlet, c.url) for g in item.copies for c in g.copies] == [("STV", ""), ("nobody_knows", "")]


def test_why_is_of_the_section_it_is_filed_in_and_the_extract_of_the_outlet_shown():
    """The BBC's copy has the term in the body, the local one in the headline."""
    local = wire("greenock_telegraph", 9)
    wide = article(
        "bbc", "Help for islands", body="Snow fell. The Winter Heating Payment comes to Scotland. " + LONG, hours=8
    )
    content, items = morning([local, wide]).compose()
    (item,) = content.items
    assert item.outlet == "BBC Scotland"
    assert "".join(p.text for p in item.extract).startswith("The Winter Heating Payment comes")
    assert item.why[0].text == "Winter Heating Payment"
    assert states(items) == {local.id: ItemState.COPY, wide.id: ItemState.SHOWN}


# --------------------------------------------------------------- significance


def test_what_is_not_major_is_held_and_counted():
    content, items = morning().compose()
    benefits = parts(content)["benefits"]
    assert benefits.held == content.held == 7
    assert sum(s is ItemState.HELD for s in states(items).values()) == 7
    assert not any("Advice session" in i.headline for i in content.items)


def test_a_section_that_is_not_satisfied_drops_out_and_another_keeps_the_story():
    small = article(
        "greenock_telegraph",
        "Social Security Scotland visits Glasgow",
        body="Social Security Scotland spoke of benefits. Best Start Foods was mentioned.",
        hours=5,
    )
    content, items = morning([small]).compose()
    (item,) = content.items
    assert states(items) == {small.id: ItemState.SHOWN}
    assert item.also == ()
    assert parts(content)["benefits"].held == 0  # it is not lost: it is shown elsewhere
    assert parts(content)["benefits"].count == 0


def test_a_held_story_is_counted_once_and_comes_when_it_has_grown():
    small = article(
        "greenock_telegraph",
        "Best Start Foods in Glasgow",
        body="Best Start Foods helps. " + filler(3, 100),
        hours=20,
    )
    content, items = morning([small]).compose()
    assert (content.stories, content.held) == (0, 1)
    held = Earlier(held=frozenset(states(items)))
    again, _ = morning([small]).after(held).compose()
    assert (again.stories, again.held) == (0, 0)
    grown = [
        small,
        *(
            replace(small, outlet=o, url=f"https://{o}.example/1", first_seen=END)
            for o in ("stv", "scotsman", "bbc")
        ),
    ]
    content, items = morning(grown).after(held).compose()
    (item,) = content.items
    assert item.note == "now major"
    assert states(items)[small.id] is ItemState.COPY


def test_a_key_journalists_article_is_not_asked_whether_it_is_major():
    key = replace(PROFILES[-1], bylines=("Jane Example",))
    agreement = replace(AGREEMENT, profiles=(*PROFILES[:-1], key))
    hers = article("greenock_telegraph", "A walk", body="Best Start Foods in Glasgow.", byline="By Jane Example")
    nowhere = article("greenock_telegraph", "Otters", body="Otters swim.", byline="By Jane Example")
    content, items = morning([hers, nowhere], agreement).compose()
    (item,) = content.items
    assert (item.note, item.byline) == ("recategorised", "Jane Example")
    assert states(items) == {hers.id: ItemState.SHOWN}
    assert content.unassigned == 1
    assert UNASSIGNED not in {i.section for i in items}


# --------------------------------------------------------------- the head


def test_the_top_are_the_weightiest_major_stories():
    content, _ = morning().compose()
    weights = sorted((i for i in content.items if i.major), key=lambda i: i.weight)
    assert [t.story for t in content.top] == [i.story for i in weights[:3]]
    assert [(t.section, t.publishers) for t in content.top] == [("BENEFITS", 4), ("BENEFITS", 3), ("BENEFITS", 1)]


def test_the_top_is_as_long_as_the_digest_says_and_half_of_all_at_most():
    assert len(morning().compose(replace(DIGEST, top=1))[0].top) == 1
    assert morning().compose(replace(DIGEST, top=0))[0].top == ()
    three = [wire("herald", 7), *(a for a in articles() if a.outlet in ("guardian", "press_and_journal"))]
    content, _ = morning(three).compose()
    assert (content.stories, content.major, len(content.top)) == (3, 3, 1)


def test_what_is_not_major_is_never_top():
    content, _ = morning([article("herald", f"Social Security Scotland {n}") for n in range(4)]).compose()
    assert (content.stories, content.top) == (4, ())


def test_days_are_marked_when_the_window_spans_several():
    content, _ = morning().compose()
    assert [(f"{d.day:%a}", d.stories) for d in content.days] == [("Fri", 2), ("Sat", 2), ("Sun", 4), ("Mon", 3)]
    assert sum(d.stories for d in content.days) == content.stories
    one_day = Window(END - timedelta(days=1), END)
    assert morning().compose(window=one_day)[0].days == ()


def test_a_date_that_lies_outside_the_window_counts_for_the_day_we_saw_it():
    odd = [wire("herald", 7, published_at=END + timedelta(days=400))]
    assert [d.stories for d in morning(odd).compose()[0].days] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("filed_under", "page"),
    [
        ("News / page 7, Scottish edition", "page 7, Scottish edition"),
        ("page 3", "page 3"),
        ("News / Politics", ""),
    ],
)
def test_the_page_is_named_where_it_is_known(filed_under, page):
    content, _ = morning([wire("herald", 7, filed_under=filed_under)]).compose()
    assert [i.page for i in content.items] == [page]


# --------------------------------------------------------------- earlier editions


def test_a_story_shown_before_is_not_shown_again_and_its_new_copies_are_recorded():
    first, second = wire("herald", 30), wire("stv", 2)
    _, items = morning([first]).compose()
    content, items = morning([first, second]).after(Earlier(taken=frozenset(states(items)))).compose()
    assert content.stories == 0
    assert states(items) == {second.id: ItemState.COPY}


def test_a_changed_text_of_a_line_shown_before_is_recorded_and_not_shown():
    first = wire("herald", 30)
    changed = replace(first, body=first.body + " More came to light.")
    assert (changed.line, changed.id != first.id) == (first.line, True)
    content, items = morning([changed]).after(Earlier(taken={first.id}, lines={first.line})).compose()
    assert content.stories == 0
    assert states(items) == {changed.id: ItemState.COPY}


def test_every_matched_article_has_exactly_one_state():
    made = morning()
    _, items = made.compose()
    matched = {i for i, j in made.judgements.items() if j.sections}
    assert sorted(i.article for i in items) == sorted(matched)


def test_the_line_of_an_article_can_be_told_by_its_id():
    one = wire("herald", 1)
    assert line_of(one.id) == one.line


# --------------------------------------------------------------- what is said


def test_extracts_keep_to_the_outlets_rights():
    content, _ = morning().compose()
    by_outlet = {i.outlet: "".join(p.text for p in i.extract) for i in content.items}
    assert by_outlet["The Press and Journal"] == ""
    assert all(len(text.strip("… ")) <= 200 for text in by_outlet.values())


def test_marks_are_what_matched():
    content, _ = morning().compose()
    item = next(i for i in content.items if i.outlet == "The Guardian")
    assert [p.text for p in item.extract if p.mark is Mark.TERM] == ["Universal Credit"]


def test_hostile_texts_are_one_clean_line():
    odd = article("herald", "Universal Credit\n\n in\u202e Scotland\x00", body=LONG, byline="by\tJo\nWriter")
    content, _ = morning([odd]).compose()
    (item,) = content.items
    assert (item.headline, item.byline) == ("Universal Credit in Scotland", "Jo Writer")


def test_an_empty_day_is_an_edition_too():
    content, items = morning([]).compose()
    assert (content.stories, content.major, content.lead, items) == (0, 0, "", ())
    assert [p.count for p in content.sections] == [0] * 7


def test_content_is_json_and_the_same_each_time():
    first, second = (morning().compose()[0].to_json() for _ in range(2))
    assert first == second
    assert json.loads(first)["window"]["end"] == "2023-11-27T07:00:00+00:00"


# --------------------------------------------------------------- completeness


def completeness(**state):
    made = morning([])
    states_ = {**made.material.states, "stv-news": SourceState("stv-news", **state)}
    return replace(made, material=replace(made.material, states=states_)).compose()[0].completeness


def heard(c) -> tuple[bool, bool]:
    return ("STV" not in {s.outlet for s in c.failed}, "STV" not in {s.outlet for s in c.quiet})


def test_sources_are_heard_silent_or_quiet():
    hour = timedelta(hours=1)
    assert heard(completeness()) == (False, True)  # never
    assert heard(completeness(last_heard=WINDOW.start - hour)) == (False, True)
    assert heard(completeness(last_heard=END, last_new=END)) == (True, True)
    assert heard(completeness(last_heard=END - hour, last_new=END - hour, error="timeout")) == (True, True)
    assert heard(completeness(last_heard=END - 4 * hour, last_new=END, error="timeout")) == (False, True)
    assert heard(completeness(last_heard=END, last_new=WINDOW.start - hour)) == (True, False)
    assert heard(completeness(last_heard=END)) == (True, False)
    assert heard(completeness(last_heard=END - 2 * hour)) == (True, False)
    lately = {"stv-news": SourceState("stv-news", last_heard=END - 2 * hour)}
    made = morning([])
    made = replace(made, material=replace(made.material, states={**made.material.states, **lately}))
    short, _ = made.compose(window=Window(END - hour, END))
    assert "STV" not in {s.outlet for s in short.completeness.failed}, "heard just before it began"


def test_a_source_that_answers_and_brings_nothing_for_days_is_named_at_the_head():
    for last_new, long in ((END - timedelta(days=4), True), (None, False)):
        quiet = completeness(last_heard=END, last_new=last_new).quiet
        assert [s.long for s in quiet if s.outlet == "STV"] == [long]


def test_only_the_sources_of_the_digests_sections_count():
    plus = replace(
        section("s", "S", "Universal Credit"),
        sources=replace(PROFILES[0].sources, any_monitored=False, plus=("stv", "ferret")),
    )
    content, _ = morning([], replace(AGREEMENT, profiles=(plus,))).compose()
    assert (content.completeness.sources, content.completeness.heard) == (1, 1)
    assert content.completeness.unaddressed == ("The Ferret",)


# --------------------------------------------------------------- trimming


def test_what_is_trimmed_is_named_then_counted_and_no_section_disappears():
    content, _ = morning().compose()
    smaller = trimmed(content, 6, 3)
    assert sum(len(p.items) for p in smaller.sections) == 6
    assert all(p.items for p in smaller.sections if parts(content)[p.id].items)
    assert sum(len(p.cut) for p in smaller.sections) == 3
    assert smaller.cut == 5
    assert sum(p.unnamed for p in smaller.sections) == 2
    assert [p.count for p in smaller.sections] == [p.count for p in content.sections]


def test_trimming_keeps_the_weightiest():
    content, _ = morning().compose()
    benefits = parts(trimmed(content, 6, 99))["benefits"]
    assert headlines(benefits) == headlines(parts(content)["benefits"])[:1]


def test_sections_that_ask_for_no_major_stories_take_all():
    anything = section("s", "S", "Best Start Foods", place=(PLACE,))
    content, _ = morning(agreement=replace(AGREEMENT, profiles=(anything,))).compose()
    assert (content.stories, content.held, content.major) == (7, 0, 0)
    strict = replace(anything, significance=MAJOR)
    assert morning(agreement=replace(AGREEMENT, profiles=(strict,))).compose()[0].held == 7


def test_an_outlet_nobody_knows_is_shown_by_its_id():
    content, _ = morning([wire("the_gazette", 7, carried_by=("stv", "scotsman"))]).compose()
    assert [i.outlet for i in content.items] == ["the_gazette"]


def test_gaps_that_are_over_are_lines_and_open_ones_are_among_the_silent():
    hour = timedelta(hours=1)
    source = next(s for s in morning().material.sources.polled())
    lost = CoverageGap(source.id, WINDOW.start, WINDOW.start + 4 * hour, caught_up=2, whole=False)
    healed = replace(lost, start=WINDOW.start + 6 * hour, end=WINDOW.start + 12 * hour, whole=True, ours=True)
    still = CoverageGap(source.id, END - 4 * hour)
    elsewhere = replace(lost, source="nobody_takes_this")
    made = morning()
    fine = {s.id: SourceState(s.id, last_heard=END, last_new=END) for s in made.material.sources.polled()}
    gaps = (healed, lost, still, elsewhere)
    found = replace(made, material=replace(made.material, states=fine, gaps=gaps)).compose()[0].completeness
    assert [s.source for s in found.failed] == [source.id]
    assert found.heard == found.sources - 1
    assert [(g.start, g.whole, g.ours, g.caught_up) for g in found.gaps] == [
        (lost.start, False, False, 2),
        (healed.start, True, True, 2),
    ]
    assert found.lossy == found.gaps[:1]


# --------------------------------------------------------------- developments


def told(first: timedelta, last: timedelta | None = None) -> Telling:
    """So long before the window's end."""
    return Telling(END - first, END - (first if last is None else last))


def after_telling(of, *lines: str, when=timedelta(days=3), arrived=None):
    """The morning after an edition told these articles, `when` before the window's end."""
    made = morning(of)
    past = Past({line: told(when) for line in lines}, arrived or {})
    earlier = Earlier(taken=frozenset(a.id for a in of if a.line in lines), lines=frozenset(lines))
    return replace(made, material=replace(made.material, past=past, earlier=earlier))


def test_a_story_that_grew_is_a_development_and_never_new():
    first, others = wire("herald", 80), [wire("stv", 20), wire("daily_record", 10)]
    content, items = after_telling([first, *others], first.line).compose()
    assert (content.stories, content.lead, content.top) == (0, "", ())
    [item] = parts(content)["benefits"].developments
    assert (item.outlet, item.publishers, item.extract, item.copies) == ("The Herald", 3, (), ())
    growth = item.development
    assert (growth.sent, growth.publishers) == (END - timedelta(days=3), 1)
    assert [copy.outlet for copy in growth.new] == ["STV", "Daily Record"]
    assert states(items) == {
        first.id: ItemState.DEVELOPED,
        others[0].id: ItemState.COPY,
        others[1].id: ItemState.COPY,
    }


def test_what_has_come_since_is_counted_from_the_last_telling():
    few = [wire("herald", 100), wire("stv", 90), wire("daily_record", 20)]
    made = after_telling(few, few[0].line)
    past = Past({few[0].line: told(timedelta(days=4), timedelta(hours=50))})
    content, _ = replace(made, material=replace(made.material, past=past)).compose()
    [item] = parts(content)["benefits"].developments
    assert (item.development.publishers, [c.outlet for c in item.development.new]) == (2, ["Daily Record"])


@pytest.mark.parametrize(
    ("later", "grown"),
    [
        ("glasgow_times", False),  # the same owner: no other publisher
        ("stv", True),
    ],
)
def test_only_other_publishers_make_a_story_grow(later, grown):
    first = wire("herald", 80)
    content, _ = after_telling([first, wire(later, 20)], first.line).compose()
    assert content.developments == int(grown)


def test_a_story_is_told_again_at_steps_and_not_with_every_copy():
    before = [wire(outlet, 80) for outlet in ("herald", "stv", "daily_record")]
    fourth, fifth = wire("scotsman", 20), wire("bbc", 10)
    lines = [a.line for a in before]
    assert after_telling([*before, fourth], *lines).compose()[0].developments == 0
    assert after_telling([*before, fourth, fifth], *lines).compose()[0].developments == 1


def test_a_copy_edited_since_had_come_before():
    first, copy = wire("herald", 80), wire("stv", 79)
    edited = copy.told_anew(END - timedelta(hours=5), body=copy.body + " It is paid soon.")
    known = {edited.line: copy.first_seen}
    assert after_telling([first, edited], first.line, arrived=known).compose()[0].developments == 0
    assert after_telling([first, edited], first.line).compose()[0].developments == 1


def test_developments_are_cut_with_the_rest_and_counted():
    first = wire("herald", 80)
    content, _ = after_telling([first, wire("stv", 20), *articles()[5:]], first.line).compose()
    smaller = trimmed(content, 0, 1)
    assert smaller.developments == 0
    assert smaller.cut == content.stories + 1


# --------------------------------------------------------------- what was caught up


def test_what_an_earlier_edition_missed_stands_in_a_part_of_its_own():
    start, hour = WINDOW.start, timedelta(hours=1)
    gap = CoverageGap("herald-news", start - 9 * hour, start + 3 * hour, caught_up=2, whole=True)

    def of(n: int, published: timedelta):
        body, when = f"Social Security Scotland spoke. {filler(n)}", start + published
        return article("herald", f"Story {n}", body=body, source="herald-news", hours=69, published_at=when)

    missed, in_time, before = of(1, -5 * hour), of(2, hour), of(3, -12 * hour)
    made = morning([missed, in_time, before])
    content, items = replace(made, material=replace(made.material, gaps=(gap,))).compose()
    assert [p.id for p in content.sections][-1] == CATCH_UP
    assert [(i.headline, i.also) for i in content.sections[-1].items] == [("Story 1", ("MINISTERIAL",))]
    ministerial = parts(content)["ministerial"]
    assert sorted(headlines(ministerial)) == ["Story 2", "Story 3"]
    assert (ministerial.count, [(e.section, e.stories) for e in ministerial.elsewhere]) == (3, [(CATCH_UP, 1)])
    assert (content.stories, content.repeats) == (3, False)
    assert {i.section for i in items} == {"ministerial"}


def test_without_a_gap_there_is_no_such_part():
    old = article("herald", "Story", body="Social Security Scotland spoke.", published_at=END - timedelta(days=9))
    assert CATCH_UP not in parts(morning([old]).compose()[0])


def test_a_silent_source_says_what_it_usually_brings_in_that_time():
    rates = ((0.5,) * 24,) * 7
    made = morning([])
    past = Past(rhythms={"the_courier-news": Rhythm(rates, 0.1, 0.3, 20)})
    content, _ = replace(made, material=replace(made.material, past=past)).compose()
    [silent] = content.completeness.failed
    assert (silent.outlet, silent.usual) == ("The Courier", round((MADE - silent.since) / timedelta(hours=2)))


# --------------------------------------------------------------- what is usual


def mondays(*counts: int) -> list[PastEdition]:
    week = timedelta(weeks=1)
    return [
        PastEdition(Window(WINDOW.start - n * week, WINDOW.end - n * week), {"benefits": count})
        for n, count in enumerate(counts, 1)
    ]


def test_nothing_is_usual_before_enough_was_seen():
    assert usual_of("benefits", 99, WINDOW, mondays(*[2] * 7)) is None
    assert usual_of("benefits", 2, WINDOW, mondays(*[2] * 8)) == Usual(2, 2, 2, 8, same_day=True)


def test_a_section_is_unusually_full_or_empty_when_chance_would_seldom_have_it():
    few, many = mondays(2, 3, 1, 2, 4, 2, 3, 2, 1, 3), mondays(20, 24, 19, 22, 25, 18, 21, 23, 20, 22)
    for count, past, full, empty in (
        (5, few, False, False),
        (12, few, True, False),
        (0, few, False, False),
        (0, many, False, True),
        (21, many, False, False),
    ):
        found = usual_of("benefits", count, WINDOW, past)
        assert found is not None
        assert (found.full, found.empty) == (full, empty), count
    assert usual_of("never_filed", 9, WINDOW, few).full


def test_only_editions_of_as_many_days_are_alike():
    day = timedelta(days=1)
    tuesdays = [PastEdition(Window(END - n * day, END - (n - 1) * day), {"benefits": 1}) for n in range(1, 20)]
    assert usual_of("benefits", 1, WINDOW, tuesdays) is None
    found = usual_of("benefits", 1, Window(END, END + day), tuesdays)
    assert (found.same_day, found.editions) == (False, 19)


def test_what_is_said_of_a_section_is_of_stories_filed_in_it():
    made = morning()
    content, _ = replace(
        made, material=replace(made.material, past=Past(editions=mondays(*[29, 31] * 8)))
    ).compose()
    [benefits] = content.unusual
    assert (benefits.id, benefits.usual.filed, benefits.usual.empty) == ("benefits", 3, True)
