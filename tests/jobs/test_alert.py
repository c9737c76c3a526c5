"""Alerts, on both databases: at once, once, not in quiet hours, whoever else looks and wherever we are killed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, SOURCES, article, articles, filler

from monitor.adapters.cluster import copies
from monitor.adapters.render import Renderer
from monitor.core.agreement import Agreement, Alerts
from monitor.core.article import Article
from monitor.core.curation import Act, Curation
from monitor.core.edition import DeliveryState
from monitor.core.matching.matcher import Matcher
from monitor.core.recipient import Recipient, RecipientAct, RecipientVerb
from monitor.core.ways_back import NOBODYS, Pages
from monitor.jobs.addressing import Recipients
from monitor.jobs.alert import Alerter, Looked, alert
from monitor.jobs.compose import Composer, compose_owed

TEMPLATES = Path(__file__).parents[2] / "templates"
RENDERERS = {name: Renderer(TEMPLATES / name) for name in ("digest", "alert")}
RECIPIENTS = Recipients(
    "monitor.example", {"communications": ("a@example.org",), "duty": ("duty@example.org", "b@example.org")}
)
MATCHER = Matcher(AGREEMENT, SOURCES)
HOUR = timedelta(hours=1)
RULE = Alerts(to=("duty",), webhooks=("newsroom",))


def agreement(rule: Alerts | None = RULE) -> Agreement:
    return replace(AGREEMENT, digests=(replace(DIGEST, alerts=rule),))


class Clock:
    """Tells the time it was set to."""

    def __init__(self) -> None:
        self.now = MADE

    def __call__(self):
        return self.now


@pytest.fixture
def clock(store) -> Clock:
    """A quarter of a day after the morning's edition, which had everything there was."""
    clock = Clock()
    fill(store, articles())
    compose_owed(Composer(store, SOURCES, copies, RENDERERS["digest"], clock), AGREEMENT, RECIPIENTS)
    clock.now = END + 7 * HOUR + timedelta(minutes=10)
    return clock


def fill(store, of: Iterable[Article]) -> None:
    seen = list(of)
    store.add_articles("test", [(a.url, a) for a in seen])
    store.save_judgements(AGREEMENT.id, "f", [(a.id, MATCHER.judge(a)) for a in seen], END)


def wire(outlet: str, hours: float, headline: str = "Winter Heating Payment in Scotland is doubled") -> Article:
    """Seen some hours after the morning's edition."""
    body = "The Winter Heating Payment comes to Scotland. " + filler(7, 320)
    return article(outlet, headline, body=body, hours=-hours)


def other_wire() -> Article:
    body = "Audit Scotland says so in Glasgow. " + filler(77, 330)
    return article("guardian", "Audit Scotland looks at help for families in Glasgow", body=body, hours=-7)


def look(store, clock, rule: Alerts | None = RULE, recipients: Recipients = RECIPIENTS, **more):
    return look_by(agreement(rule), store, clock, recipients, **more)


def look_by(agreement: Agreement, store, clock, recipients: Recipients = RECIPIENTS, sources=SOURCES, **more):
    alerter = Alerter(store, sources, copies, RENDERERS["alert"], clock, ("newsroom",), **more)
    return alert(alerter, agreement, recipients)


def test_what_came_in_while_the_edition_was_made_and_stands_in_it_is_no_alert(store, clock):
    """Made a few minutes late, an edition has what was seen up to then, and is not called delayed."""
    slot = END + timedelta(days=1)
    fill(store, [replace(wire("bbc", 24), first_seen=slot + timedelta(minutes=3))])
    clock.now = slot + timedelta(minutes=5)
    composer = Composer(store, SOURCES, copies, RENDERERS["digest"], clock)
    (made,) = compose_owed(composer, agreement(), RECIPIENTS).made
    assert "Winter Heating Payment in Scotland is doubled" in made.mail.text
    clock.now += timedelta(minutes=1)
    assert look(store, clock).made == ()


def test_an_alert_has_a_list_of_its_own_to_leave(store, clock):
    fill(store, [wire("bbc", 7)])
    (made,) = look(store, clock, pages=Pages("https://m.example", leaving=True)).made
    own = f"https://m.example/unsubscribe/{AGREEMENT.id}/morning-alert/{NOBODYS}"
    assert f'href="{own}#stop"' in made.mail.html
    assert f"To pause or stop alerts:\n  {own}\n" in made.mail.text


class Only:
    """A store as another process saw it, before the other articles had come."""

    def __init__(self, store, lines: set[str]) -> None:
        self._store, self._lines = store, lines

    def __getattr__(self, name: str):
        return getattr(self._store, name)

    def articles(self, since, until) -> list[Article]:
        return [a for a in self._store.articles(since, until) if a.line in self._lines]


def compose_next_morning(store, clock):
    clock.now = MADE + timedelta(days=1)
    composer = Composer(store, SOURCES, copies, RENDERERS["digest"], clock)
    return compose_owed(composer, agreement(), RECIPIENTS).made


# --------------------------------------------------------------- at once, and once


def test_a_major_story_after_the_morning_goes_out_at_once_to_everybody_named(store, clock):
    fill(store, [wire("bbc", 7)])
    report = look(store, clock)
    (made,) = report.made
    assert report.faults == ()
    assert made.id == "social-security-scotland/morning-alert/20231127T141000Z"
    assert made.mail.subject == "Alert: Winter Heating Payment in Scotland is doubled"
    assert "BENEFITS" in made.mail.text
    assert "Why: Winter Heating Payment" in made.mail.text
    deliveries = store.deliveries(made.id)
    assert [d.recipient for d in deliveries] == ["duty@example.org", "b@example.org", "webhook:newsroom"]
    assert all(d.state is DeliveryState.PENDING for d in deliveries)
    assert store.edition(made.id) == made


def test_it_is_told_once_however_it_grows(store, clock):
    fill(store, [wire("bbc", 7)])
    assert look(store, clock).made
    assert look(store, clock).made == ()
    fill(store, [wire("herald", 7.2), wire("stv", 7.3)])
    clock.now += HOUR
    assert look(store, clock).made == ()


def test_of_ten_that_look_at_once_one_tells(store, clock):
    fill(store, [wire("bbc", 7)])
    with ThreadPoolExecutor(10) as pool:
        reports = list(pool.map(lambda _: look(store, clock), range(10)))
    assert sum(len(report.made) for report in reports) == 1
    assert len([e for e in store.editions() if e.digest == "morning-alert"]) == 1
    assert len([d for d in store.open_deliveries() if d.recipient == "duty@example.org"]) == 1


def test_two_that_cross_at_once_are_one_mail(store, clock):
    fill(store, [wire("bbc", 7), other_wire()])
    (made,) = look(store, clock).made
    assert made.mail.subject.endswith("and 1 more")
    assert json.loads(made.content)["stories"] == 2


def test_what_the_morning_had_is_no_alert_until_it_grows_over_the_threshold(store, clock):
    assert look(store, clock).made == ()
    small = wire("third_force_news", -2, "Help with heating: a Winter Heating Payment for Scotland")
    fill(store, [small])  # seen before the edition, by one small outlet
    assert look(store, clock).made == ()
    fill(store, [replace(wire(o, 6.5, small.headline), body=small.body) for o in ("bbc", "herald", "stv")])
    (made,) = look(store, clock).made
    assert "carried by 4 publishers" in made.mail.text


def test_a_story_below_the_threshold_is_none(store, clock):
    fill(store, [article("third_force_news", "A quiet day", body="Winter Heating Payment in Scotland.", hours=-7)])
    assert look(store, clock).made == ()


def test_points_may_be_the_threshold(store, clock):
    fill(store, [wire("bbc", 7)])  # headline 2, lead 1; tier 2, length 1
    assert look(store, clock, replace(RULE, points=8)).made == ()
    assert len(look(store, clock, replace(RULE, points=6)).made) == 1


def test_without_the_key_there_is_none(store, clock):
    fill(store, [wire("bbc", 7)])
    assert look(store, clock, None).made == ()


def test_before_the_first_edition_there_is_none(store):
    clock = Clock()
    fill(store, [wire("bbc", 1)])
    clock.now = END + 2 * HOUR
    assert look(store, clock).made == ()


def test_while_an_edition_is_owed_there_is_none(store, clock):
    fill(store, [wire("bbc", 23)])
    clock.now = MADE + timedelta(days=1)
    assert look(store, clock).made == ()


def test_with_nothing_new_nothing_is_looked_at(store, clock):
    looked: Looked = {}
    fill(store, [wire("bbc", 7)])
    assert look(store, clock, looked=looked).made
    store.articles = lambda *_: pytest.fail("looked")
    assert look(store, clock, looked=looked).made == ()


def test_what_was_counted_before_it_was_judged_is_looked_at_again(store, clock):
    looked: Looked = {}
    store.add_articles("test", [(a.url, a) for a in [wire("bbc", 7)]])
    assert look(store, clock, looked=looked).made == ()
    store.save_judgements(AGREEMENT.id, "f", [(wire("bbc", 7).id, MATCHER.judge(wire("bbc", 7)))], END)
    assert len(look(store, clock, looked=looked).made) == 1


def test_as_many_articles_since_the_next_edition_are_other_articles(store, clock):
    looked: Looked = {}
    small = [article("third_force_news", "A quiet day", body="The Winter Heating Payment in Scotland.", hours=-7)]
    fill(store, small)
    assert look(store, clock, looked=looked).made == ()
    assert len(compose_next_morning(store, clock)) == 1
    fill(store, [wire("bbc", 25)])  # one again, as before the edition
    clock.now += 2 * HOUR
    assert len(look(store, clock, looked=looked).made) == 1


def test_what_was_asked_for_before_the_edition_and_stored_after_it_is_news(store, clock):
    fill(store, [wire("bbc", -0.01)])  # its source was read at 6:59, and took its time
    (made,) = look(store, clock).made
    assert made.mail.subject == "Alert: Winter Heating Payment in Scotland is doubled"


def test_a_changed_threshold_is_looked_at(store, clock):
    looked: Looked = {}
    fill(store, [wire("bbc", 7)])  # six points
    changed = replace(agreement(replace(RULE, points=6)), fingerprint="e" * 64)
    assert look(store, clock, replace(RULE, points=8), looked=looked).made == ()
    assert len(look_by(changed, store, clock, looked=looked).made) == 1


def test_an_outlet_of_another_tier_is_looked_at(store, clock):
    """The tier of an outlet weighs, and no agreement changes with it."""
    looked: Looked = {}
    fill(store, [wire("bbc", 7)])
    local = replace(SOURCES, outlets={**SOURCES.outlets, "bbc": replace(SOURCES.outlets["bbc"], tier=3)})
    assert look(store, clock, sources=local, looked=looked).made == ()
    assert len(look(store, clock, looked=looked).made) == 1


def test_what_an_editor_no_longer_keeps_out_is_looked_at(store, clock):
    looked: Looked = {}
    fill(store, [wire("bbc", 7)])
    out = Curation(Act.EXCLUDE, AGREEMENT.id, "", "", wire("bbc", 7).line, "A. Editor", "a hoax", clock.now)
    out = store.curate(out)
    assert look(store, clock, looked=looked).made == ()
    undone = replace(out, act=Act.UNDO, line="", undoes=out.no, reason="no hoax", no=0)
    store.curate(undone)
    assert len(look(store, clock, looked=looked).made) == 1


def test_what_another_process_told_in_part_is_looked_at_again(store, clock):
    """Of two stories another process tells one meanwhile: nothing is stored, and the other is still news."""
    looked: Looked = {}
    fill(store, [wire("bbc", 7), other_wire()])
    real = store.announced

    def beforehand(*asked) -> dict:
        store.announced = real
        told = real(*asked)
        other = Alerter(Only(store, {wire("bbc", 7).line}), SOURCES, copies, RENDERERS["alert"], lambda: clock.now)
        assert len(alert(other, agreement(), RECIPIENTS).made) == 1
        return told

    store.announced = beforehand
    assert look(store, clock, looked=looked).made == ()
    clock.now += timedelta(minutes=1)
    (made,) = look(store, clock, looked=looked).made
    assert made.mail.subject == "Alert: Audit Scotland looks at help for families in Glasgow"


# --------------------------------------------------------------- quiet hours


def test_quiet_hours_hold_it_to_their_end(store, clock):
    quiet = replace(RULE, quiet=(time(14), time(16, 30)))
    fill(store, [wire("bbc", 7)])
    assert look(store, clock, quiet).made == ()
    clock.now = END + 9 * HOUR + timedelta(minutes=29)
    assert look(store, clock, quiet).made == ()
    clock.now += timedelta(minutes=1)
    assert len(look(store, clock, quiet).made) == 1


def test_what_comes_in_the_night_and_is_in_the_edition_is_no_alert_after_it(store, clock):
    quiet = replace(RULE, quiet=(time(22), time(7)))
    fill(store, [wire("bbc", 20)])
    clock.now = END + 20 * HOUR
    assert look(store, clock, quiet).made == ()
    assert len(compose_next_morning(store, clock)) == 1
    assert look(store, clock, quiet).made == ()


def test_the_next_morning_says_that_it_was_told(store, clock):
    fill(store, [wire("bbc", 7)])
    look(store, clock)
    (edition,) = compose_next_morning(store, clock)
    items = [i for part in json.loads(edition.content)["sections"] for i in part["items"]]
    (item,) = [i for i in items if i["headline"].startswith("Winter Heating Payment in Scotland is doubled")]
    assert "alerted yesterday 14:10" in item["note"]
    assert "alerted yesterday 14:10" in edition.mail.text


# --------------------------------------------------------------- to whom


def test_who_wants_other_sections_is_not_woken(store, clock):
    fill(store, [wire("bbc", 7)])
    people = {"b@example.org": Recipient("b@example.org", ("ministerial",))}
    (made,) = look(store, clock, recipients=replace(RECIPIENTS, people=people)).made
    states = {d.recipient: d.state for d in store.deliveries(made.id)}
    assert states["b@example.org"] is DeliveryState.WITHHELD
    assert states["duty@example.org"] is DeliveryState.PENDING


def test_who_is_paused_is_not_woken(store, clock):
    fill(store, [wire("bbc", 7)])
    store.act_on_recipient(RecipientAct(RecipientVerb.PAUSE, "b@example.org", "A. Editor", "on leave", END))
    (made,) = look(store, clock).made
    states = {d.recipient: d.state for d in store.deliveries(made.id)}
    assert states["b@example.org"] is DeliveryState.WITHHELD


def test_names_that_nobody_knows_keep_it_from_nobody_else(store, clock):
    fill(store, [wire("bbc", 7)])
    (made,) = look(store, clock, Alerts(to=("duty", "nobody"), webhooks=("elsewhere",))).made
    assert [d.recipient for d in store.deliveries(made.id)] == ["duty@example.org", "b@example.org"]


def test_an_alert_goes_before_a_long_list(store, clock):
    fill(store, [wire("bbc", 7)])
    look(store, clock)
    assert store.open_deliveries()[0].recipient == "duty@example.org"
