"""The editors' desk, on both databases: numbers that stay, acts that are checked, an hour that ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from morning import AGREEMENT, DIGEST, END, SOURCES, STATES, article, articles, filler
from test_compose import DAY, RECIPIENTS, RENDERER, Clock, fill

from monitor.adapters.cluster import copies
from monitor.core.agreement import Digest, Hold
from monitor.core.article import Article
from monitor.core.curation import Act
from monitor.core.digest import Standing
from monitor.core.edition import ItemState
from monitor.errors import InputError, RevisionConflict
from monitor.jobs import desk as job
from monitor.jobs.compose import Composer, compose_owed, draft_of_next
from monitor.jobs.desk import Desk, DeskItem, Request, Seen, View

EDITOR, OTHER, WHY = "J. Editor", "K. Editor", "as the office asked"
HELD = replace(DIGEST, hold=Hold(time(6, 15), time(6, 55)))
EARLY = END - timedelta(minutes=45)
"""When the desk of HELD opens."""


@pytest.fixture
def clock() -> Clock:
    return Clock(END - 3 * DAY)


@pytest.fixture
def composer(store, clock) -> Composer:
    """With Friday's edition made, and a Monday morning's articles."""
    for state in STATES.values():
        store.save_source_state(state)
    composer = Composer(store, SOURCES, copies, RENDERER, clock)
    compose_owed(composer, replace(AGREEMENT, digests=(DIGEST,)), RECIPIENTS)
    fill(store, [*articles(), NEAR])
    clock.now = EARLY
    return composer


@pytest.fixture
def desk(store, clock) -> Desk:
    return Desk(store, AGREEMENT, HELD, SOURCES, clock)


def look(composer: Composer, desk: Desk) -> View:
    _, stories = draft_of_next(composer, AGREEMENT, desk.digest)
    return job.lay_out(desk, stories)


def say(desk: Desk, act: Act, *names: str, author: str = EDITOR, **more: object):
    return job.act(desk, Request(act, names, author, WHY, **more))  # type: ignore[arg-type]


def item(view: View, headline: str) -> DeskItem:
    return next(i for i in view.items if headline in i.headline)


NEAR = article(
    "bbc", "Garden opened in Perth", body="The Cabinet Secretary for Social Justice cut a ribbon.", hours=4
)
FIRST = "office closed by snow"
"""The headline of number 1."""


def late_wire(outlet: str = "bbc", minutes: float = 40) -> Article:
    body = "Adult Disability Payment in Scotland. " + filler(33, 330)
    return article(outlet, "Adult Disability Payment doubled", body=body, hours=minutes / 60)


def made(composer: Composer, digest: Digest = HELD):
    (edition,) = compose_owed(composer, replace(AGREEMENT, digests=(digest,)), RECIPIENTS).made
    return edition, {i.article: i.state for i in composer.records.items(edition.id)}


# --------------------------------------------------------------- looking


def test_the_desk_shows_what_is_in_and_what_stands_beside_it(composer, desk):
    view = look(composer, desk)
    assert view.edition == "social-security-scotland/morning/20231127T070000Z"
    assert (view.hours.opens, view.hours.closes, view.is_open) == (EARLY, END - timedelta(minutes=5), True)
    assert [i.no for i in view.items] == list(range(1, len(view.items) + 1))
    assert len(view.standing(Standing.SHOWN)) == 11
    assert len(view.standing(Standing.MINOR)) == 7
    [near] = view.standing(Standing.NEAR)
    assert (near.headline, near.section) == (NEAR.headline, "ministerial")
    assert near.why.startswith("Near miss: it names Cabinet Secretary for Social Justice")
    heating = item(view, "Winter Heating Payment")
    assert (heating.section, heating.others, heating.major, heating.new) == ("benefits", 4, True, False)
    assert view.authors == ()


def test_it_shows_also_what_the_mail_has_no_room_for(composer, desk, monkeypatch):
    monkeypatch.setattr("monitor.jobs.compose.fitted.__defaults__", (9_000,))
    draft, stories = draft_of_next(composer, AGREEMENT, HELD)
    assert draft.content.cut > 0
    assert len(job.lay_out(desk, stories).standing(Standing.SHOWN)) == 11


def test_what_is_not_major_and_moved_is_in_or_says_why_it_is_held_back(composer, desk):
    minor = [i.no for i in look(composer, desk).standing(Standing.MINOR)][:2]
    say(desk, Act.MOVE, str(minor[0]), section="uk_government")
    say(desk, Act.MOVE, str(minor[1]), section="organisations")
    goes, stays = ({i.no: i for i in look(composer, desk).items}[no] for no in minor)
    assert (goes.standing, goes.section) == (Standing.SHOWN, "uk_government")
    assert (stays.standing, stays.section) == (Standing.MINOR, "organisations")
    assert stays.why.endswith(
        " ORGANISATIONS, where an editor filed it, asks for major stories, too: adding it brings it in."
    )
    say(desk, Act.ADD, str(minor[1]))
    added = next(i for i in look(composer, desk).items if i.no == minor[1])
    assert (added.standing, added.section) == (Standing.SHOWN, "organisations")


def test_a_number_means_the_same_story_whatever_happens(composer, desk, store, clock):
    before = {i.headline: i.no for i in look(composer, desk).items}
    say(desk, Act.EXCLUDE, "1")
    say(desk, Act.MOVE, "2", section="organisations")
    say(desk, Act.PIN, "9")
    clock.now += timedelta(minutes=10)
    fill(store, [late_wire(minutes=36)])
    view = look(composer, desk)
    assert {i.headline: i.no for i in view.items if not i.new} == before
    [fresh] = [i for i in view.items if i.new]
    assert (fresh.headline, fresh.no) == ("Adult Disability Payment doubled", len(before) + 1)
    assert item(view, FIRST).standing is Standing.EXCLUDED


def test_a_story_keeps_its_number_when_a_weightier_outlet_takes_it_up(composer, desk, store, clock):
    fill(store, [late_wire("glasgow_times", 50)])
    before = item(look(composer, desk), "Adult Disability Payment")
    clock.now += timedelta(minutes=5)
    fill(store, [replace(late_wire("guardian"), first_seen=clock.now)])
    after = item(look(composer, desk), "Adult Disability Payment")
    assert (before.outlet, after.outlet) == ("Glasgow Times", "The Guardian")
    assert (after.no, after.others, after.new) == (before.no, 1, False)


def test_who_is_at_it_is_named(composer, desk):
    look(composer, desk)
    say(desk, Act.EXCLUDE, "1", author=OTHER)
    say(desk, Act.PIN, "2")
    view = look(composer, desk)
    assert view.authors == (OTHER, EDITOR)
    assert [(a.act, a.author) for a in view.acts] == [(Act.EXCLUDE, OTHER), (Act.PIN, EDITOR)]


@pytest.mark.parametrize(("minutes", "due"), [(-1, False), (0, True), (44, True), (45, False)])
def test_the_desk_is_laid_out_when_its_hour_begins(composer, desk, clock, minutes, due):
    clock.now = EARLY + timedelta(minutes=minutes)
    assert job.must_be_laid_out(desk) is due


def test_it_is_laid_out_once(composer, desk):
    look(composer, desk)
    assert not job.must_be_laid_out(desk)


@pytest.mark.parametrize(
    ("day", "opens"), [((2024, 3, 31), (5, 15)), ((2024, 4, 1), (5, 15)), ((2024, 10, 27), (6, 15))]
)
def test_the_hour_is_londons_on_the_days_the_clocks_change(store, clock, day, opens):
    every_day = replace(HELD, days=tuple(range(7)))
    desk = Desk(store, AGREEMENT, every_day, SOURCES, clock)
    composer = Composer(store, SOURCES, copies, RENDERER, clock)
    clock.now = datetime(*day, tzinfo=UTC) - timedelta(hours=12)
    compose_owed(composer, replace(AGREEMENT, digests=(every_day,)), RECIPIENTS)
    clock.now = datetime(*day, *opens, tzinfo=UTC)
    assert job.must_be_laid_out(desk)
    clock.now -= timedelta(seconds=1)
    assert not job.must_be_laid_out(desk)


# --------------------------------------------------------------- acting


def test_an_act_bears_on_the_whole_story_whichever_article_names_it(composer, desk, store):
    heating = item(look(composer, desk), "Winter Heating")
    [*_, other] = [a for a in store.articles(END - 3 * DAY, END) if "Winter Heating" in a.headline]
    both = {other.line, store.find_article(heating.article).line}
    assert len(both) == 2
    folded = replace(desk, lines_of=lambda article: both)
    say(folded, Act.EXCLUDE, heating.article)
    with pytest.raises(InputError, match=r"is excluded already: by J\. Editor"):
        say(folded, Act.EXCLUDE, other.id)
    assert [c.act for c in job.log(desk)] == [Act.EXCLUDE]
    [back] = job.include(folded, other.id, OTHER, WHY)
    assert back.undoes == job.log(desk)[0].no


def test_what_was_said_since_an_editor_looked_is_told_to_them(composer, desk):
    seen = Seen(look(composer, desk).edition, job.last_act(desk))
    [held] = say(desk, Act.HOLD, "1", author=OTHER)
    with pytest.raises(RevisionConflict, match=r"it was held for the next edition by K\. Editor"):
        say(desk, Act.PIN, "1", seen=seen)
    say(desk, Act.PIN, "2", seen=seen)
    seen = replace(seen, last_act=job.last_act(desk))
    job.undo(desk, held.no, OTHER, WHY)
    with pytest.raises(RevisionConflict, match=f"act {held.no} was undone by K. Editor"):
        say(desk, Act.PIN, "1", seen=seen)
    with pytest.raises(RevisionConflict, match="this is the desk of the next"):
        say(desk, Act.PIN, "1", seen=replace(seen, edition="social-security-scotland/morning/20231126T070000Z"))
    assert [c.act for c in job.log(desk)] == [Act.HOLD, Act.PIN, Act.UNDO]


def test_what_editors_say_is_in_the_edition(composer, desk, clock):
    view = look(composer, desk)
    heating, near = item(view, "Winter Heating"), item(view, NEAR.headline)
    say(desk, Act.EXCLUDE, str(heating.no))
    say(desk, Act.ADD, str(near.no), section="ministerial")
    say(desk, Act.NOTE, str(near.no), text=" The garden is open  again. ")
    minor = view.standing(Standing.MINOR)[0]
    say(desk, Act.ADD, str(minor.no))
    clock.now = END
    edition, states = made(composer)
    assert states[heating.article] is ItemState.EXCLUDED
    assert (states[near.article], states[minor.article]) == (ItemState.SHOWN, ItemState.SHOWN)
    assert "The garden is open again." in edition.mail.text
    assert "Editors left out 1 story and added 2." in edition.mail.text


def test_if_nobody_does_anything_it_goes_all_the_same(composer, desk, clock):
    look(composer, desk)
    clock.now = END
    edition, states = made(composer)
    assert (edition.made_at, list(states.values()).count(ItemState.SHOWN)) == (END, 11)
    assert "Editors" not in edition.mail.text


def test_after_the_hour_nobody_may_act_until_it_is_made(composer, desk, clock):
    look(composer, desk)
    clock.now = END - timedelta(minutes=5)
    with pytest.raises(
        InputError, match="closed on Mon 27 Nov at 06:55: it goes as it is, on Mon 27 Nov at 07:00"
    ):
        say(desk, Act.EXCLUDE, "1")
    assert not look(composer, desk).is_open
    clock.now = END + timedelta(hours=2)  # we were down, and it is owed still
    with pytest.raises(InputError, match="20231127T070000Z closed"):
        say(desk, Act.EXCLUDE, "1")
    made(composer)
    assert look(composer, desk).edition.endswith("20231128T070000Z")


def test_of_several_names_all_count_or_none(composer, desk, store):
    look(composer, desk)
    with pytest.raises(InputError, match="there is no 99 on the desk"):
        say(desk, Act.EXCLUDE, "1", "99")
    assert store.curations(AGREEMENT.id) == []


def test_two_editors_hear_of_each_other(composer, desk):
    look(composer, desk)
    say(desk, Act.EXCLUDE, "1", author=OTHER)
    with pytest.raises(InputError, match=r"is excluded already: by K\. Editor on Mon 27 Nov at 06:15 \(act 1\)"):
        say(desk, Act.EXCLUDE, "1")
    say(desk, Act.HOLD, "1")  # another word, and the last one counts
    assert item(look(composer, desk), FIRST).standing is Standing.HELD_OVER


def test_an_undo_and_an_include_bring_back_what_was_before(composer, desk):
    look(composer, desk)
    [act] = say(desk, Act.EXCLUDE, "1")
    job.undo(desk, act.no, OTHER, WHY)
    assert item(look(composer, desk), FIRST).standing is Standing.SHOWN
    with pytest.raises(InputError, match=r"act 1 was undone by K\. Editor"):
        job.undo(desk, act.no, EDITOR, WHY)
    say(desk, Act.HOLD, "1")
    say(desk, Act.EXCLUDE, "1")
    assert len(job.include(desk, "1", EDITOR, WHY)) == 2
    assert item(look(composer, desk), FIRST).standing is Standing.SHOWN
    assert [c.act for c in job.log(desk)] == [Act.EXCLUDE, Act.UNDO, Act.HOLD, Act.EXCLUDE, Act.UNDO, Act.UNDO]


def test_a_dismissed_near_miss_lies_on_the_desk_no_longer(composer, desk):
    near = look(composer, desk).standing(Standing.NEAR)[0]
    say(desk, Act.EXCLUDE, str(near.no))
    assert look(composer, desk).standing(Standing.NEAR) == []


def test_a_development_lies_on_the_desk_and_is_not_told_when_it_is_excluded(composer, desk, store, clock):
    first = late_wire("herald", 50)
    fill(store, [first])
    clock.now = END
    made(composer)
    clock.now = END + DAY - timedelta(hours=1)
    fill(store, [replace(late_wire("guardian"), first_seen=clock.now)])
    [again] = look(composer, desk).standing(Standing.AGAIN)
    assert (again.outlet, again.section) == ("The Guardian", "benefits")
    say(desk, Act.EXCLUDE, str(again.no))
    assert look(composer, desk).standing(Standing.AGAIN) == []
    clock.now = END + DAY
    assert ItemState.DEVELOPED not in made(composer)[1].values()


def test_a_story_may_be_named_by_id_or_address(composer, desk, store):
    found = item(look(composer, desk), "Audit Scotland warns")
    say(desk, Act.EXCLUDE, found.article[:12])
    say(desk, Act.PIN, found.url)
    assert item(look(composer, desk), "Audit Scotland warns").standing is Standing.EXCLUDED


def test_what_is_said_of_all_digests_counts_in_another(composer, desk, store, clock):
    look(composer, desk)
    say(desk, Act.EXCLUDE, "1", all_digests=True)
    weekly = replace(DIGEST, id="weekly", days=(0,), hour=9)
    clock.now = END + timedelta(hours=2)
    edition, states = made(composer, weekly)
    assert ItemState.EXCLUDED in states.values()
    assert FIRST not in edition.mail.text


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (Request(Act.EXCLUDE, ("1",), " ", WHY), "nobody says who"),
        (Request(Act.EXCLUDE, ("1",), EDITOR, "no"), "needs a reason"),
        (Request(Act.MOVE, ("1",), EDITOR, WHY, section="benefit"), "there is no section benefit"),
        (Request(Act.MOVE, ("1",), EDITOR, WHY), "where to"),
        (Request(Act.NOTE, ("1",), EDITOR, WHY, text="  "), "1 to 300 characters"),
        (Request(Act.NOTE, ("1",), EDITOR, WHY, text="x" * 301), "1 to 300 characters"),
        (Request(Act.PIN, ("1",), EDITOR, WHY, all_digests=True), "of one edition"),
        (Request(Act.EXCLUDE, ("nobody.example/a",), EDITOR, WHY), "no such article is stored"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(desk, store, request_, says):
    with pytest.raises(InputError, match=says):
        job.act(replace(desk, digest=DIGEST), request_)
    assert store.curations(AGREEMENT.id) == []


def test_what_no_section_takes_needs_a_section_to_be_added_to(composer, desk):
    view = look(composer, desk)
    near = view.standing(Standing.NEAR)[0]
    with pytest.raises(InputError, match="name one with --section: ministerial, benefits"):
        say(desk, Act.ADD, str(near.no))


def test_what_was_in_the_digest_cannot_be_added_again(composer, desk, clock):
    view = look(composer, desk)
    clock.now = END
    made(composer)
    with pytest.raises(InputError, match="has been in the digest"):
        say(desk, Act.ADD, view.items[0].article, section="benefits")


def test_no_act_is_lost_that_was_said_before_a_kill(composer, desk, store_url, clock):
    """The desk keeps nothing in memory: another process goes on where this one was."""
    from monitor.adapters.store import open_store

    number = item(look(composer, desk), FIRST).no
    say(desk, Act.EXCLUDE, str(number))
    again = open_store(store_url)
    other = Desk(again, AGREEMENT, HELD, SOURCES, clock)
    assert item(look(composer, other), FIRST).no == number
    assert job.log(other) == job.log(desk)
    again.close()
