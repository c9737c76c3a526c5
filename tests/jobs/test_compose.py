"""Making owed editions, on both databases: once, frozen, complete, and small enough."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, SOURCES, STATES, WINDOW, article, articles, filler, morning

from monitor.adapters.cluster import copies
from monitor.adapters.render import Renderer
from monitor.core.article import Article
from monitor.core.digest import EditionContent
from monitor.core.edition import DeliveryState, ItemState, Mail
from monitor.core.matching.matcher import Matcher
from monitor.core.recipient import Recipient, RecipientAct, RecipientVerb, key_of
from monitor.core.story import StoryDecision, Verb
from monitor.errors import RenderError
from monitor.jobs.addressing import Recipients
from monitor.jobs.compose import LEAST_IN_FULL, Composer, compose_owed, fitted, preview

RENDERER = Renderer(Path(__file__).parents[2] / "templates/digest")
RECIPIENTS = Recipients("monitor.example", {"communications": ("a@example.org", "b@example.org")})
MATCHER = Matcher(AGREEMENT, SOURCES)
DAY = timedelta(days=1)


class Clock:
    """Tells the time it was set to."""

    def __init__(self, now=MADE) -> None:
        self.now = now

    def __call__(self):
        return self.now


def fill(store, of: Iterable[Article]) -> None:
    seen = list(of)
    store.add_articles("test", [(a.url, a) for a in seen])
    store.save_judgements(AGREEMENT.id, "f", [(a.id, MATCHER.judge(a)) for a in seen], END)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def composer(store, clock) -> Composer:
    for state in STATES.values():
        store.save_source_state(state)
    return Composer(store, SOURCES, copies, RENDERER, clock)


def wire(outlet: str, hours: float) -> Article:
    body = "The Winter Heating Payment comes to Scotland. " + filler(7, 320)
    return article(outlet, "Winter Heating Payment in Scotland", body=body, hours=hours)


# --------------------------------------------------------------- once, and frozen


def test_an_owed_edition_is_made_with_items_and_deliveries(store, composer):
    fill(store, articles())
    report = compose_owed(composer, AGREEMENT, RECIPIENTS)
    (edition,) = report.made
    assert report.faults == ()
    assert edition.id == "social-security-scotland/morning/20231127T070000Z"
    assert (edition.window, edition.made_at, edition.fingerprint) == (WINDOW, MADE, AGREEMENT.fingerprint)
    assert edition.mail.subject == "Carer Support Payment leads (11 stories, 6 major) - Mon 27 Nov"
    content = json.loads(edition.content)
    assert content["articles"] == len(articles())
    assert content["delayed"] is False  # the first edition of a digest
    assert store.edition(edition.id) == edition
    found = store.deliveries(edition.id)
    assert [(d.recipient, d.state, d.attempts) for d in found] == [
        ("a@example.org", DeliveryState.PENDING, 0),
        ("b@example.org", DeliveryState.PENDING, 0),
    ]
    assert len({d.message_id for d in found}) == 2
    direct, items = morning().compose()
    assert sorted(i.article for i in store.items(edition.id)) == sorted(i.article for i in items)
    assert edition.mail.html == RENDERER.render(direct).html


def test_a_second_run_makes_nothing(store, composer, clock):
    fill(store, articles())
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    clock.now += timedelta(hours=3)
    assert compose_owed(composer, AGREEMENT, RECIPIENTS).made == ()
    assert len(store.editions()) == 1
    assert len(store.open_deliveries()) == 2


def test_ten_at_once_make_one(store, composer):
    fill(store, articles())
    with ThreadPoolExecutor(10) as pool:
        reports = list(pool.map(lambda _: compose_owed(composer, AGREEMENT, RECIPIENTS), range(10)))
    assert sum(len(r.made) for r in reports) == 1
    assert len(store.editions()) == 1
    assert len(store.open_deliveries()) == 2


def test_nothing_is_owed_before_its_time(store, composer, clock):
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    clock.now = END + DAY - timedelta(seconds=1)
    assert compose_owed(composer, AGREEMENT, RECIPIENTS).made == ()
    clock.now = END + DAY
    assert len(compose_owed(composer, AGREEMENT, RECIPIENTS).made) == 1


# --------------------------------------------------------------- nothing lost, nothing twice


def test_what_comes_late_is_in_the_next_edition(store, composer, clock):
    """Seen before the window's end, stored after the edition was made."""
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    fill(store, [wire("herald", 1)])
    clock.now = END + DAY
    (edition,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert "Winter Heating Payment in Scotland" in edition.mail.text


def test_what_was_seen_since_the_slot_is_not_shown_again_tomorrow(store, composer, clock):
    clock.now = END + timedelta(minutes=40)
    fill(store, [wire("herald", -0.5)])
    (first,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert "Winter Heating Payment in Scotland" in first.mail.text
    clock.now = END + DAY
    (second,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert "Winter Heating Payment in Scotland" not in second.mail.text


def test_a_copy_that_comes_later_makes_a_development_of_what_was_shown(store, composer, clock):
    first = wire("herald", 5)
    fill(store, [first])
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    later = wire("stv", -3)
    fill(store, [later])
    clock.now = END + DAY
    (edition,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert edition.mail.subject.startswith("No source was heard")
    assert [(i.article, i.state) for i in store.items(edition.id)] == [
        (later.id, ItemState.COPY),
        (first.id, ItemState.DEVELOPED),
    ]


def split(store, one, other, at):
    pair = (min(one.line, other.line), max(one.line, other.line))
    store.decide_story(StoryDecision(Verb.SPLIT, (pair,), "Una", "another payment", at))


def test_what_an_editor_splits_from_the_story_it_was_folded_into_comes_as_news_of_its_own(store, composer, clock):
    shown, copy = wire("herald", 5), wire("stv", 4)
    fill(store, [shown, copy])
    (first,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert {i.article: i.state for i in store.items(first.id)}[copy.id] is ItemState.COPY
    split(store, copy, shown, END + timedelta(hours=2))
    clock.now = END + DAY
    (second,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert [(i.article, i.state) for i in store.items(second.id)] == [(copy.id, ItemState.SHOWN)]
    clock.now = END + 2 * DAY
    (third,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert store.items(third.id) == []


def test_what_stays_folded_does_not_come_again_when_another_copy_is_split(store, composer, clock):
    shown, copy, other = wire("herald", 5), wire("stv", 4), wire("bbc", 3)
    fill(store, [shown, copy, other])
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    split(store, copy, shown, END + timedelta(hours=2))
    split(store, copy, other, END + timedelta(hours=2))
    clock.now = END + DAY
    (second,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert [i.article for i in store.items(second.id)] == [copy.id]


def test_what_was_held_comes_when_it_has_become_major(store, composer, clock):
    body = "Best Start Foods helps in Glasgow. " + filler(8, 120)
    first = article("greenock_telegraph", "Best Start Foods in Glasgow", body=body, hours=2)
    fill(store, [first])
    (held,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert held.mail.subject.startswith("Nothing major today: 1 matched")
    assert [i.state for i in store.items(held.id)] == [ItemState.HELD]
    more = [
        replace(first, outlet=o, url=f"https://{o}.example/1", first_seen=END + timedelta(hours=2))
        for o in ("stv", "bbc")
    ]
    fill(store, more)
    clock.now = END + DAY
    (edition,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert "now major" in edition.mail.text
    assert {i.article for i in store.items(edition.id)} == {first.id, *(a.id for a in more)}


def test_a_held_story_is_let_go_after_72_hours_and_named_once(store, composer, clock):
    fill(store, [article("greenock_telegraph", "Best Start Foods in Glasgow", body="Best Start Foods.", hours=2)])
    held = []
    for day in range(6):
        clock.now = END + day * DAY
        for edition in compose_owed(composer, AGREEMENT, RECIPIENTS).made:
            held.append(
                (len(store.items(edition.id)), sum(p["held"] for p in json.loads(edition.content)["sections"]))
            )
    assert held == [(1, 1), (1, 0), (1, 0), (1, 0), (0, 0)]


def test_digests_of_one_agreement_do_not_take_from_one_another(store, composer):
    fill(store, [wire("herald", 5)])
    two = replace(
        AGREEMENT, digests=(DIGEST, replace(DIGEST, id="benefits", title="Benefits", sections=("benefits",)))
    )
    made = compose_owed(composer, two, RECIPIENTS).made
    assert [e.digest for e in made] == ["morning", "benefits"]
    assert all("Winter Heating Payment in Scotland" in e.mail.text for e in made)


def test_every_match_of_a_week_is_in_exactly_one_edition_or_held(store, composer, clock):
    outlets = ("herald", "stv", "bbc", "daily_record")
    week = [
        article(
            outlets[n % 4],
            f"Universal Credit {n} in Scotland",
            body=f"Universal Credit. {filler(n, 320)}",
            hours=-n,
        )
        for n in range(0, 96, 3)
    ]
    taken: list[str] = []
    for hour in range(0, 121, 24):
        clock.now = END + timedelta(hours=hour)
        fill(store, [a for a in week if clock.now - DAY <= a.first_seen < clock.now])
        for edition in compose_owed(composer, AGREEMENT, RECIPIENTS).made:
            taken += [i.article for i in store.items(edition.id) if i.state is not ItemState.HELD]
    assert sorted(taken) == sorted(a.id for a in week)


# --------------------------------------------------------------- delays and faults


def test_down_for_forty_minutes_it_says_so(store, composer, clock):
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    clock.now = END + DAY + timedelta(minutes=40)
    (edition,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert edition.mail.subject.startswith("Delayed: ")
    assert edition.window.end == END + DAY


def test_down_for_days_there_is_one_edition_that_owns_up(store, composer, clock):
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    fill(store, [wire("herald", -30)])
    clock.now = END + 3 * DAY + timedelta(hours=5)
    (edition,) = compose_owed(composer, AGREEMENT, RECIPIENTS).made
    assert (edition.window.start, edition.window.end) == (END, END + 3 * DAY)
    assert "Winter Heating Payment in Scotland" in edition.mail.text


def test_an_edition_for_nobody_with_an_address_stays_owed(store, composer):
    nobody = compose_owed(composer, AGREEMENT, Recipients("monitor.example"))
    assert nobody.made == ()
    assert [f.field for f in nobody.faults] == ["recipients"]
    assert len(compose_owed(composer, AGREEMENT, RECIPIENTS).made) == 1


def test_an_address_under_two_names_gets_one_mail(store, composer):
    names = Recipients("monitor.example", {"communications": ("a@example.org", "A@Example.org ", "b@example.org")})
    (edition,) = compose_owed(composer, AGREEMENT, names).made
    assert [d.recipient.lower() for d in store.deliveries(edition.id)] == ["a@example.org", "b@example.org"]


# --------------------------------------------------------------- who gets which sections, and who nothing


def choosing(**people: Recipient) -> Recipients:
    known = {key_of(person.address): person for person in people.values()}
    return replace(RECIPIENTS, people=known)


def test_who_wants_one_section_gets_an_edition_of_it_alone_frozen_with_the_whole(store, composer, clock):
    fill(store, articles())
    recipients = choosing(b=Recipient("b@example.org", ("benefits",)))
    (edition,) = compose_owed(composer, AGREEMENT, recipients).made
    whole, some = store.deliveries(edition.id)
    assert (whole.variant, some.variant) == ("", "benefits")
    mail = store.edition_for(some).mail
    assert store.edition_for(whole).mail == edition.mail
    assert "BENEFITS" in mail.text
    assert "UK GOVERNMENT" in edition.mail.text
    assert "UK GOVERNMENT" not in mail.text.replace("also: ", "")
    content = json.loads(store.edition_for(some).content)
    assert [part["id"] for part in content["sections"]] == ["benefits"]
    assert content["stories"] < json.loads(edition.content)["stories"]
    clock.now += timedelta(days=400)
    fill(store, [wire("herald", 1)])
    assert store.edition_for(some).mail == mail


def test_variants_take_nothing_from_the_whole(store, composer):
    fill(store, articles())
    recipients = choosing(b=Recipient("b@example.org", ("benefits",)))
    (edition,) = compose_owed(composer, AGREEMENT, recipients).made
    _, items = morning().compose()
    assert sorted(i.article for i in store.items(edition.id)) == sorted(i.article for i in items)


def test_who_is_stopped_or_away_has_a_delivery_that_says_why(store, composer):
    store.act_on_recipient(RecipientAct(RecipientVerb.SUPPRESS, "a@example.org", "monitor", "550 gone", END))
    recipients = choosing(b=Recipient("b@example.org", back=MADE + DAY))
    (edition,) = compose_owed(composer, AGREEMENT, recipients).made
    found = [(d.state, d.answer) for d in store.deliveries(edition.id)]
    assert found == [
        (DeliveryState.WITHHELD, "suppressed by monitor on 27 Nov 2023: 550 gone"),
        (DeliveryState.WITHHELD, "away until 28 Nov 2023"),
    ]
    assert store.open_deliveries() == []


class Broken:
    """A template at fault."""

    def render(self, content: EditionContent) -> Mail:
        raise RenderError("html.html.j2:7: 'x' is undefined")


def test_a_template_at_fault_leaves_the_edition_owed(store, composer):
    fill(store, articles())
    report = compose_owed(replace(composer, renderer=Broken()), AGREEMENT, RECIPIENTS)
    assert report.made == ()
    assert "html.html.j2:7" in str(report.faults[0])
    assert len(compose_owed(composer, AGREEMENT, RECIPIENTS).made) == 1


# --------------------------------------------------------------- preview


def test_a_preview_stores_nothing_and_shows_what_there_is_now(store, composer, clock):
    fill(store, articles())
    compose_owed(composer, AGREEMENT, RECIPIENTS)
    fill(store, [wire("scotsman", -2), article("bbc", "Social Security Scotland opens", body="x", hours=-2)])
    clock.now = END + timedelta(hours=4)
    draft = preview(composer, AGREEMENT, DIGEST)
    assert draft.content.window.end == clock.now
    assert draft.content.stories == 2
    assert len(store.editions()) == 1


# --------------------------------------------------------------- size


class Counting:
    """Sizes alone, as a renderer: a head, so much for an item and so much for a name."""

    def __init__(self) -> None:
        self.renders = 0

    def render(self, content: EditionContent) -> Mail:
        self.renders += 1
        items, named = sum(1 for _ in content.items), sum(len(p.cut) for p in content.sections)
        return Mail("", "", "x" * (1000 + 100 * items + 10 * named))


@pytest.mark.parametrize(
    ("most", "shown", "named"),
    [
        (99_999, 40, 0),
        (5000, 40, 0),
        (4999, 39, 1),
        (3200, 20, 20),
        (3199, 20, 19),  # twenty in full go before the last name
        (3000, 20, 0),
        (2999, 19, 9),
        (1100, 1, 0),
        (1099, 0, 9),
        (5, 0, 0),
    ],
)
def test_as_much_as_there_is_room_for(most, shown, named):
    many = [article("bbc", f"Universal Credit {n} in Scotland", body=filler(n), hours=1) for n in range(40)]
    content, _ = morning(many).compose()
    smaller, _ = fitted(content, renderer := Counting(), most)
    assert sum(1 for _ in smaller.items) == shown
    assert sum(len(p.cut) for p in smaller.sections) == named
    assert sum(p.unnamed for p in smaller.sections) == 40 - shown - named
    assert renderer.renders < 20


def test_five_hundred_stories_fit_with_every_one_named_or_counted():
    many = [article("bbc", f"Universal Credit {n} in Scotland", body=filler(n), hours=1) for n in range(500)]
    content, _ = morning(many).compose()
    smaller, mail = fitted(content, RENDERER)
    assert len(mail.html.encode()) <= 90_000
    assert sum(1 for _ in smaller.items) + smaller.cut == content.stories == 500
    assert f"{smaller.cut} stories did not fit in full" in " ".join(mail.text.split())
    assert sum(1 for _ in smaller.items) == LEAST_IN_FULL
    named = sum(f"Universal Credit {n} in Scotland<" in mail.html for n in range(500))
    counted = sum(p.unnamed for p in smaller.sections)
    assert named + counted == 500
    assert named > 300
    assert f"<li>{counted} more</li>" in mail.html
