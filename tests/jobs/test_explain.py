"""Why is this not in my digest? Every answer there can be, on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, SOURCES, WINDOW, article, filler

from monitor.adapters.cluster import copies
from monitor.adapters.render import Renderer
from monitor.core.agreement import Agreement, Thresholds
from monitor.core.article import Article
from monitor.core.calendar import NO_HOLIDAYS, Holidays, Override
from monitor.core.curation import Act, Curation
from monitor.core.edition import DeliveryState, Edition, EditionItem, ItemState, Mail
from monitor.core.explanation import Fate
from monitor.core.fault import JUDGEMENT, Fault
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.source import Sources
from monitor.core.story import StoryDecision, Verb
from monitor.jobs.addressing import Recipients
from monitor.jobs.compose import Composer, compose_owed
from monitor.jobs.explain import Asked, Explainer, Explanation, explain_given, explain_stored
from monitor.jobs.send import send

RENDERER = Renderer(Path(__file__).parents[2] / "templates/digest")
RECIPIENTS = Recipients("monitor.example", {"communications": ("a@example.org", "b@example.org")})
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = "social-security-scotland/morning/20231127T070000Z"
SECOND = "social-security-scotland/morning/20231128T070000Z"


class Clock:
    """Tells the time it was set to."""

    def __init__(self) -> None:
        self.now = MADE

    def __call__(self):
        return self.now


class Desk:
    """A store with what fills it, makes its editions and explains."""

    def __init__(self, store) -> None:
        self.store, self.clock = store, Clock()
        self.agreement: Agreement = AGREEMENT
        self.sources: Sources = SOURCES
        self.holidays = NO_HOLIDAYS

    def add(self, *of: Article, judged_at=END) -> None:
        self.store.add_articles("test", [(a.url, a) for a in of])
        if judged_at:
            self.judge(of, judged_at)

    def judge(self, of: Iterable[Article], at) -> None:
        matcher = Matcher(self.agreement, self.sources)
        self.store.save_judgements(AGREEMENT.id, "f", [(a.id, matcher.judge(a)) for a in of], at)

    def edition(self, at=MADE) -> Edition:
        """The edition that is owed then."""
        self.clock.now = at
        composer = Composer(self.store, self.sources, copies, RENDERER, self.clock, holidays=self.holidays)
        (made,) = compose_owed(composer, self.agreement, RECIPIENTS).made
        return made

    def explain(self, of: Article, **asked: object) -> Explanation:
        explainer = Explainer(self.store, self.agreement, self.sources, copies, self.clock, self.holidays)
        return explain_stored(of, explainer, Asked(**asked))

    def fate(self, of: Article, **asked: object) -> Fate:
        (fate,) = self.explain(of, **asked).fates
        return fate


@pytest.fixture
def desk(store) -> Desk:
    return Desk(store)


def tax(outlet: str = "herald", hours: float = 5, **more: object) -> Article:
    """One that belongs to UK GOVERNMENT & MPs, where stories need not be major."""
    body = "The Department for Work and Pensions on tax. " + filler(3, 80)
    return article(outlet, "Letters sent in error", body=body, hours=hours, **more)


def small(hours: float = 5, outlet: str = "greenock_telegraph") -> Article:
    """One that belongs to BENEFITS and is not major."""
    body = "Best Start Foods helps in Glasgow. " + filler(8, 120)
    return article(outlet, "Best Start Foods in Glasgow", body=body, hours=hours)


def steps(fate: Fate) -> list[str]:
    return [f"{'+' if link.holds else '-'}{link.name}" for link in fate.links]


# --------------------------------------------------------------- by editors


def say(desk: Desk, act: Act, of: Article, at=END - HOUR, **more: object) -> None:
    known = {"digest": DIGEST.id, "edition": "", "author": "J. Editor", "reason": "as agreed", **more}
    desk.store.curate(Curation(act, AGREEMENT.id, line=of.line, at=at, **known))


@pytest.mark.parametrize(
    ("act", "more", "says"),
    [
        (Act.EXCLUDE, {}, "Editors: excluded by J. Editor on 27 Nov 2023 06:00: as agreed."),
        (Act.HOLD, {"edition": FIRST}, "Editors: held for the next edition by J. Editor on 27 Nov 2023 06:00: as"),
    ],
)
def test_what_an_editor_kept_out_is_told_with_who_and_why(desk, act, more, says):
    one = tax()
    desk.add(one)
    say(desk, act, one, **more)
    desk.edition()
    say(desk, Act.PIN, one, at=MADE + HOUR, edition=SECOND)  # not yet said then
    fate = desk.explain(one).fates[0]
    assert steps(fate)[-2:] == ["+section", "-curation"]
    assert fate.answer.sentence.startswith(says)
    assert [act["author"] for act in fate.answer.evidence["acts"]] == ["J. Editor"]


def test_what_is_held_waits_for_the_next_edition_and_is_told_of_both(desk):
    one = tax()
    desk.add(one)
    say(desk, Act.HOLD, one, edition=FIRST)
    desk.edition()
    first, second = desk.explain(one).fates
    assert (first.edition, first.answer.name) == (FIRST, "curation")
    assert (second.edition, second.answer.name) == (None, "edition")


def test_an_article_that_an_editor_added_and_moved_says_so_and_what_the_rules_say(desk):
    near = article("bbc", "Garden opened in Perth", body="The Cabinet Secretary for Social Justice cut a ribbon.")
    desk.add(near)
    say(desk, Act.ADD, near, section="benefits")
    desk.edition()
    deliver(desk, lambda: "250 taken")
    fate = desk.fate(near)
    assert fate.is_in
    said = {link.name: link.sentence for link in fate.links}
    assert said["section"].startswith("No section takes it. Near miss in MINISTERIAL")
    assert said["curation"] == "Editors: added to BENEFITS by J. Editor on 27 Nov 2023 06:00: as agreed."
    assert said["edition"] == "The edition shows it under BENEFITS."


def near_miss(hours: float = 5) -> Article:
    """One that MINISTERIAL only came near to."""
    body = "The Cabinet Secretary for Social Justice cut a ribbon."
    return article("bbc", "Garden opened in Perth", body=body, hours=hours)


def test_what_an_editor_adds_after_an_edition_went_without_it_is_told_of_the_next(desk):
    near = near_miss()
    desk.add(near)
    desk.edition()
    assert [f.edition for f in desk.explain(near).fates] == [FIRST]
    say(desk, Act.ADD, near, at=MADE + HOUR, section="benefits")
    desk.clock.now = MADE + 2 * HOUR
    first, coming = desk.explain(near).fates
    assert (first.edition, first.answer.name, steps(first)[-1]) == (FIRST, "section", "-section")
    assert (coming.edition, coming.closes) == (None, END + DAY)
    assert steps(coming)[-3:] == ["+section", "+curation", "-edition"]
    assert coming.links[-2].sentence == "Editors: added to BENEFITS by J. Editor on 27 Nov 2023 08:00: as agreed."
    assert coming.answer.sentence == "It waits for the edition that closes Tue 28 Nov 2023 07:00."
    assert [f.edition for f in desk.explain(near, digest=DIGEST).fates] == [FIRST, None]
    desk.edition(END + DAY)
    deliver(desk, lambda: "250 taken")
    assert [(f.edition, f.is_in) for f in desk.explain(near).fates] == [(SECOND, True)]


def test_what_an_editor_adds_is_in_however_old_it_is(desk):
    near = near_miss(hours=24 * 20)
    desk.add(near, judged_at=END - 20 * DAY)
    desk.edition()
    say(desk, Act.ADD, near, at=MADE + HOUR, section="benefits")
    desk.clock.now = MADE + 2 * HOUR
    assert steps(desk.explain(near).fates[-1])[-3:] == ["+section", "+curation", "-edition"]
    desk.edition(END + DAY)
    deliver(desk, lambda: "250 taken")
    assert desk.fate(near).is_in


def test_what_is_held_over_is_in_the_next_edition_however_old_it_is(desk):
    one = tax(hours=80)
    desk.add(one, judged_at=END - 3 * DAY)
    say(desk, Act.HOLD, one, edition=FIRST)
    desk.edition()
    held, waits = desk.explain(one).fates
    assert (held.answer.name, waits.edition, waits.answer.name) == ("curation", None, "edition")
    desk.edition(END + DAY)
    assert [f.answer.name for f in desk.explain(one).fates] == ["curation", "delivery"]


def test_what_an_editor_lets_go_again_is_told_of_the_next_edition(desk):
    one = tax()
    desk.add(one)
    say(desk, Act.EXCLUDE, one)
    desk.edition()
    assert [f.edition for f in desk.explain(one).fates] == [FIRST]
    say(desk, Act.UNDO, one, at=MADE + HOUR, undoes=1)
    desk.clock.now = MADE + 2 * HOUR
    out, waits = desk.explain(one).fates
    assert (out.answer.name, waits.edition, waits.answer.name) == ("curation", None, "edition")


def test_what_was_added_to_a_section_that_the_digest_does_not_have_says_so(desk):
    near = near_miss()
    desk.add(near)
    other = replace(DIGEST, id="benefits", sections=("benefits",))
    desk.agreement = replace(AGREEMENT, digests=(DIGEST, other))
    say(desk, Act.ADD, near, digest="", section="ministerial")
    answers = {f.digest: f.answer for f in desk.explain(near).fates}
    assert answers["morning"].name == "edition"
    assert answers["benefits"].name == "section"
    assert answers["benefits"].sentence.endswith(
        "An editor added it to MINISTERIAL, and this digest has no such section."
    )


POINTS = (
    "It is not a major story: prominence 3 points, 2 needed (2 for the headline, 1 for the lead and none for "
    "2 hits); impact 0 points, 2 needed, 2 short (none for 1 owner in 72 hours, none for a tier 3 outlet and "
    "none for 126 words); "
)


def test_what_is_not_major_and_moved_where_none_need_be_goes_and_says_so(desk):
    one = small()
    desk.add(one)
    desk.edition()
    say(desk, Act.MOVE, one, at=MADE + HOUR, section="uk_government")
    desk.clock.now = MADE + 2 * HOUR
    held, coming = desk.explain(one).fates
    assert (held.edition, held.answer.name) == (FIRST, "significance")
    assert steps(coming)[-4:] == ["+section", "+curation", "+significance", "-edition"]
    assert coming.links[-2].sentence == (
        POINTS + "it goes all the same, as an editor filed it in UK GOVERNMENT & MPs."
    )
    desk.edition(END + DAY)
    deliver(desk, lambda: "250 taken")
    shown = desk.explain(one).fates[-1]
    assert (shown.edition, shown.is_in) == (SECOND, True)


def test_what_is_not_major_and_moved_where_major_ones_are_asked_for_keeps_its_points(desk):
    one = small()
    desk.add(one)
    say(desk, Act.MOVE, one, section="organisations")
    desk.edition()
    desk.clock.now = MADE + HOUR
    for fate in desk.explain(one).fates:
        assert steps(fate)[-2:] == ["+curation", "-significance"]
        assert fate.answer.sentence.startswith(
            POINTS + "ORGANISATIONS, where an editor filed it, asks for major stories, too; it is looked at again"
        )
        assert fate.answer.evidence["impact_points"] == {"owners": 0, "tier": 0, "length": 0}


def test_what_is_excluded_after_it_went_out_did_not_stop_it(desk):
    one = tax()
    desk.add(one)
    desk.edition()
    deliver(desk, lambda: "250 taken")
    say(desk, Act.EXCLUDE, one, at=MADE + HOUR)
    assert desk.fate(one).is_in


# --------------------------------------------------------------- in


def test_what_is_in_has_its_whole_way_told(desk):
    one = tax()
    desk.add(one)
    made = desk.edition()
    deliver(desk, lambda: "250 taken")
    fate = desk.fate(one)
    assert fate.is_in
    assert (fate.edition, fate.closes) == (made.id, END)
    assert steps(fate) == ["+fetched", "+window", "+judged", "+section", "+edition", "+delivery"]
    assert [link.sentence for link in fate.links] == [
        "It was first seen Mon 27 Nov 2023 02:00.",
        "It was seen in time: the edition closed Mon 27 Nov 2023 07:00.",
        "It was judged Mon 27 Nov 2023 07:00.",
        "It belongs to UK GOVERNMENT & MPs.",
        "The edition shows it under UK GOVERNMENT & MPs.",
        "It was delivered to 2 recipients.",
    ]


def deliver(desk: Desk, answer) -> None:
    class Post:
        def deliver(self, _edition, _delivery) -> str:
            return answer()

    send(desk.store, Post(), desk.clock)


def test_a_mail_that_did_not_arrive_is_told(desk):
    one = tax()
    desk.add(one)
    made = desk.edition()
    first, second = desk.store.deliveries(made.id)
    desk.store.save_delivery(replace(first, state=DeliveryState.SENT))
    desk.store.save_delivery(replace(second, state=DeliveryState.FAILED, answer="550 no such user"))
    fate = desk.fate(one)
    assert (fate.is_in, fate.answer.name) == (False, "delivery")
    assert fate.answer.sentence == "It reached 1 of 2 recipients; the others: 1 failed (550 no such user)."


@pytest.mark.parametrize(
    ("parts", "mail"),
    [
        ([{"items": [{"article": "ONE"}], "cut": [], "unnamed": 3}], None),
        ([{"items": [], "cut": [{"url": "https://herald.example/1"}], "unnamed": 3}], "named"),
        ([{"items": [], "cut": [], "unnamed": 1}], "counted"),
    ],
)
def test_what_a_full_mail_only_names_or_counts_is_told(desk, parts, mail):
    one = tax(url="https://herald.example/1")
    desk.add(one)
    content = json.dumps({"sections": parts}).replace("ONE", one.id)
    made = Edition(FIRST, AGREEMENT.id, "morning", WINDOW, MADE, "f", Mail("", "", ""), content)
    item = EditionItem(one.id, "uk_government", ItemState.SHOWN, one.line)
    desk.store.make_edition(made, [item], [])
    fate = desk.fate(one)
    assert ("mail" in [link.name for link in fate.links], fate.answer.evidence.get("mail")) == (bool(mail), mail)


# --------------------------------------------------------------- not in


def test_a_near_miss_says_how_near(desk):
    one = article("bbc", "Social Security Scotland office closed", body="Nobody was hurt.")
    desk.agreement = replace(AGREEMENT, profiles=tuple(_no_self(p) for p in AGREEMENT.profiles))
    desk.add(one)
    desk.edition()
    fate = desk.fate(one)
    assert steps(fate)[-1] == "-section"
    assert fate.answer.sentence == (
        "No section takes it. Near miss in MINISTERIAL: it names Social Security Scotland, but no context word "
        "stands anywhere in the article. No term of any of the other 6 sections stands in it."
    )
    told = {s["section"]: (s["verdict"], s["decided_by"]) for s in fate.answer.evidence["sections"]}
    assert told["ministerial"] == ("near_miss", "context")
    assert told["benefits"] == ("out", "no_term")


def _no_self(profile):
    return replace(profile, context=tuple(replace(rule, self_context=False) for rule in profile.context))


def test_an_outlet_that_the_section_does_not_take(desk):
    one = tax()
    desk.agreement = replace(
        AGREEMENT,
        profiles=tuple(replace(p, sources=replace(p.sources, any_monitored=False)) for p in AGREEMENT.profiles),
    )
    desk.add(one)
    desk.edition()
    assert desk.fate(one).answer.sentence.startswith(
        "No section takes it. Out of UK GOVERNMENT & MPs: it names Department for Work and Pensions, but "
        "The Herald is not among the section's sources."
    )


def test_no_term(desk):
    one = article("bbc", "Otters return")
    desk.add(one)
    desk.edition()
    assert desk.fate(one).answer.sentence == "No section takes it. No term of any of the 7 sections stands in it."


def test_a_section_that_the_digest_does_not_have(desk):
    one = tax()
    desk.add(one)
    other = replace(DIGEST, id="benefits", sections=("benefits",))
    desk.agreement = replace(AGREEMENT, digests=(DIGEST, other))
    assert desk.fate(one, digest=other).answer.sentence == (
        "It belongs to UK GOVERNMENT & MPs, and this digest has no such section."
    )
    assert [f.digest for f in desk.explain(one).fates] == ["morning", "benefits"]


@pytest.mark.parametrize(
    ("thresholds", "said"),
    [(Thresholds(impact=4), "impact"), (Thresholds(aboutness=110), "110")],
)
def test_what_a_digest_asks_for_beyond_its_sections_is_told(desk, thresholds, said):
    digest = replace(DIGEST, thresholds=thresholds)
    desk.agreement = replace(AGREEMENT, digests=(digest,))
    body = "Advocacy in Scotland. " + filler(4, 320)
    one = article("bbc", "Advocacy in Scotland", "Advocacy in Scotland.", body)
    desk.add(one)
    desk.edition()
    answer = desk.explain(one).fates[0].answer
    assert answer.name == "significance"
    assert said in answer.sentence, answer.sentence


def test_below_significance_by_how_much_and_the_next_edition(desk):
    one = small()
    desk.add(one)
    desk.edition()
    now, then = desk.explain(one).fates
    assert (now.edition, then.edition) == (FIRST, None)
    assert [steps(f)[-1] for f in (now, then)] == ["-significance", "-significance"]
    assert now.answer.sentence == (
        "It is not a major story: prominence 3 points, 2 needed (2 for the headline, 1 for the lead and none for "
        "2 hits); impact 0 points, 2 needed, 2 short (none for 1 owner in 72 hours, none for a tier 3 outlet and "
        "none for 126 words); it is looked at again for each edition up to that of Thu 30 Nov 2023 07:00."
    )
    assert now.answer.evidence["impact_points"] == {"owners": 0, "tier": 0, "length": 0}


@pytest.mark.parametrize(
    ("free", "last", "said"),
    [
        ("", END + 7 * DAY, "Mon 4 Dec 2023 07:00"),
        ("2023-12-04", END + 8 * DAY, "Tue 5 Dec 2023 07:00"),
    ],
)
def test_what_is_not_major_is_looked_at_again_over_weekends_and_holidays(desk, free, last, said):
    if free:
        day = date.fromisoformat(free)
        desk.holidays = Holidays(overrides={day: Override(day, holiday=True, name="Holiday", reason="")})
    one = small(hours=-71)  # Thursday at six
    desk.add(one, judged_at=one.first_seen)
    for days in (3, 4):
        desk.edition(END + days * DAY)
        held, coming = desk.explain(one).fates[-2:]
        assert held.answer.sentence.endswith(f"it is looked at again for each edition up to that of {said}.")
        assert held.answer.evidence["until"] == last.isoformat()
    assert coming.closes == last
    assert coming.answer.sentence.endswith("; no later edition looks so far back.")
    assert coming.answer.evidence["until"] is None
    desk.edition(last)
    desk.clock.now = last + HOUR
    brought = desk.explain(one).fates[-2:]
    assert [f.edition is None for f in brought] == [False, True]
    assert [f.answer.name for f in brought] == ["significance", "window"]


def test_an_edition_is_told_of_by_what_was_known_when_it_was_made(desk):
    one = small()
    desk.add(one)
    desk.edition()
    more = [
        replace(one, outlet=o, url=f"https://{o}.example/1", first_seen=END + 2 * HOUR) for o in ("stv", "bbc")
    ]
    desk.add(*more, judged_at=END + 2 * HOUR)
    desk.edition(END + DAY)
    held, shown = desk.explain(one).fates
    assert (held.edition, held.answer.name) == (FIRST, "significance")
    assert "1 owner in 72 hours" in held.answer.sentence
    assert (shown.edition, shown.answer.name) == (SECOND, "story")
    assert "this edition shows by BBC Scotland" in shown.answer.sentence
    assert "3 owners in 72 hours" in next(k.sentence for k in shown.links if k.name == "significance")


def test_folded_into_the_article_that_is_shown(desk):
    first, second = tax("herald", 5), tax("bbc", 4)
    desk.add(first, second)
    desk.edition()
    fate = desk.fate(first)
    assert steps(fate)[-1] == "-story"
    assert fate.answer.sentence == (
        "It is folded into the story that this edition shows by BBC Scotland: “Letters sent in error”; "
        "The Herald is named there among the copies."
    )
    shown = {"edition": FIRST, "article": second.id, "outlet": "bbc", "joined": None}
    assert fate.answer.evidence == shown


def test_folded_by_the_word_of_an_editor(desk):
    body = "Nobody had asked the Department for Work and Pensions about tax. " + filler(9, 80)
    first, second = tax("herald", 5), article("bbc", "A post office is asked", body=body, hours=4)
    desk.add(first, second)
    pair = tuple(sorted((first.line, second.line)))
    desk.store.decide_story(StoryDecision(Verb.JOIN, (pair,), "Una Editor", "one announcement", END - HOUR))
    desk.edition()
    fate = desk.fate(first)
    assert fate.answer.name == "story"
    assert fate.answer.sentence.endswith("; Una Editor joined them Mon 27 Nov 2023 06:00: one announcement.")
    assert fate.answer.evidence["joined"]["reason"] == "one announcement"


def test_what_was_split_after_it_was_folded_is_told_of_the_edition_that_takes_it(desk):
    first, second = tax("herald", 5), tax("bbc", 4)
    desk.add(first, second)
    desk.edition()
    pair = tuple(sorted((first.line, second.line)))
    desk.store.decide_story(StoryDecision(Verb.SPLIT, (pair,), "Una Editor", "two letters", END + HOUR))
    desk.clock.now = END + 2 * HOUR
    folded, waits = desk.explain(first).fates
    assert (folded.answer.name, waits.edition, waits.answer.name) == ("story", None, "edition")
    desk.edition(END + DAY)
    folded, shown = desk.explain(first).fates
    assert (folded.answer.name, shown.edition, shown.is_in) == ("story", SECOND, False)
    assert "+edition" in steps(shown)


def test_what_came_after_the_end_of_a_late_edition_is_told_so(desk):
    late = tax(hours=-1)
    desk.add(late, judged_at=END + HOUR)
    desk.edition(END + 2 * HOUR)
    window = next(k for k in desk.fate(late).links if k.name == "window")
    assert "was made late, Mon 27 Nov 2023 09:00" in window.sentence


def test_other_texts_are_told_as_they_were_judged(desk):
    first = small()
    desk.add(first)
    edited = replace(first, body=first.body + " It opens in May.", first_seen=END - HOUR, kept_line=first.line)
    desk.add(edited)
    other = desk.explain(edited).others[0]
    assert other.article.id == first.id
    assert other.judgement.sections == ("benefits",)


def test_a_copy_that_matches_nothing_is_named_all_the_same(desk):
    first = tax("herald", 5)
    cut = replace(first, outlet="stv", url="https://stv.example/1", body=first.body.partition(". ")[2])
    desk.add(first, cut)
    desk.edition()
    fate = desk.fate(cut)
    assert steps(fate)[-2:] == ["-section", "+story"]
    assert not fate.is_in
    assert fate.links[-1].sentence.startswith(
        "Even so it is named as a copy of the story that this edition shows by The Herald"
    )


def test_a_development_is_told_with_the_edition_that_sent_the_story_first(desk):
    first, late = tax("herald", 5), tax("bbc", -3)
    desk.add(first)
    desk.edition()
    desk.add(late, judged_at=END + 4 * HOUR)
    desk.edition(END + DAY)
    fate = desk.fate(late)
    said = {link.name: link.sentence for link in fate.links}
    assert fate.edition == SECOND
    assert said["earlier"] == (
        f"Its story was in the digest before, in edition {FIRST}, and has grown since: it is told again."
    )
    assert said["edition"].startswith("The edition tells it again, as a development, under ")


def test_an_earlier_edition_has_brought_the_story(desk):
    """Another title of the same owner: the story has not grown."""
    first, late = tax("herald", 5), tax("glasgow_times", -3)
    desk.add(first)
    desk.edition()
    desk.add(late, judged_at=END + 4 * HOUR)
    desk.clock.now = END + 5 * HOUR
    assert desk.fate(late).answer.name == "earlier"
    desk.edition(END + DAY)
    fate = desk.fate(late)
    assert (fate.edition, fate.answer.name) == (SECOND, "earlier")
    shown = {"edition": FIRST, "article": first.id, "outlet": "herald", "joined": None}
    assert fate.answer.evidence == shown
    assert fate.answer.sentence == (
        f"Its story has been in the digest before: edition {FIRST} shows it by The Herald: "
        "“Letters sent in error”."
    )


# --------------------------------------------------------------- too late, too early


def test_seen_after_the_edition_closed(desk):
    late = tax(hours=-2)
    made = desk.edition()
    desk.add(late, judged_at=END + 2 * HOUR)
    desk.clock.now = END + 3 * HOUR
    asked = desk.fate(late, digest=DIGEST, edition=made)
    assert asked.answer.name == "window"
    assert asked.answer.sentence == (
        "The edition closed Mon 27 Nov 2023 07:00 and was made Mon 27 Nov 2023 07:00, before it was first seen; "
        "it waits for the edition that closes Tue 28 Nov 2023 07:00."
    )
    waiting = desk.fate(late)
    assert (waiting.edition, waiting.answer.sentence) == (
        None,
        "It waits for the edition that closes Tue 28 Nov 2023 07:00.",
    )
    desk.edition(END + DAY)
    assert f"it was in time for {SECOND}" in desk.fate(late, digest=DIGEST, edition=made).answer.sentence


def test_seen_long_before(desk):
    old = tax(hours=24 * 40)
    desk.add(old, judged_at=END)
    desk.edition()
    fate = desk.fate(old)
    assert fate.answer.name == "window"
    assert "looks back to" in fate.answer.sentence


def test_not_judged_yet(desk):
    one = tax()
    desk.add(one, judged_at=None)
    desk.edition()
    fate = desk.fate(one)
    assert (fate.edition, fate.answer.name) == (None, "judged")
    assert fate.answer.sentence == "It has not been judged yet: the next monitor run does so."
    desk.judge([one], END + HOUR)
    (made,) = desk.store.editions()
    asked = desk.fate(one, digest=DIGEST, edition=made)
    assert asked.answer.sentence == (
        "It was judged Mon 27 Nov 2023 08:00, after the edition was made Mon 27 Nov 2023 07:00."
    )
    desk.clock.now = END + 2 * HOUR
    assert desk.fate(one).answer.name == "edition"


def test_what_could_not_be_judged(desk):
    one = tax()
    desk.add(one, judged_at=None)
    fault = Fault(one.url, "cannot be judged: RuntimeError: no such text", field=JUDGEMENT)
    broken = Judgement(one.url, None, evidence=one.evidence, faults=(fault,))
    desk.store.save_judgements(AGREEMENT.id, "f", [(one.id, broken)], END)
    desk.edition()
    found = desk.explain(one)
    assert found.text.accounts == ()
    assert found.fates[0].answer.sentence == "It cannot be judged: RuntimeError: no such text."


def test_a_key_journalists_article_that_fits_nothing(desk):
    key = replace(AGREEMENT.profiles[-1], bylines=("Una Reid",))
    desk.agreement = replace(AGREEMENT, profiles=(*AGREEMENT.profiles[:-1], key))
    one = article("bbc", "Otters return", byline="By Una Reid")
    desk.add(one)
    desk.edition()
    assert desk.fate(one).answer.sentence == (
        "It is by Una Reid, a journalist of the list, and fits no section: it waits in unassigned, which goes "
        "into no digest."
    )


# --------------------------------------------------------------- several texts


def test_an_article_seen_in_several_texts_tells_of_each(desk):
    first = article("herald", "Letters sent in error", "The Department for Work and Pensions on tax.")
    later = replace(first, body="Nothing of the kind was said.", standfirst="", first_seen=END + HOUR)
    desk.add(first)
    desk.edition()
    desk.add(later, judged_at=END + 2 * HOUR)
    desk.clock.now = END + 3 * HOUR
    found = desk.explain(later)
    (earlier,) = found.others
    assert earlier.article == first
    assert (earlier.judgement.primary, earlier.judgement.provisional) == ("uk_government", True)
    assert [(e, str(i.state)) for e, i in earlier.editions] == [(FIRST, "shown")]
    assert found.judgement.primary is None
    assert [t.article for t in desk.explain(first).others] == [later]


def test_a_text_that_was_replaced_before_the_edition(desk):
    first = tax()
    later = replace(first, body=first.body + " More.", first_seen=first.first_seen + HOUR)
    desk.add(first, later)
    desk.edition()
    fate = desk.fate(first)
    assert fate.answer.name == "text"
    assert fate.answer.evidence == {"later_text": later.id}
    assert desk.fate(later).answer.name == "delivery"


def test_a_later_text_of_what_was_shown(desk):
    first = tax()
    later = replace(first, body=first.body + " More.", first_seen=END + HOUR)
    desk.add(first)
    desk.edition()
    desk.add(later, judged_at=END + 2 * HOUR)
    desk.edition(END + DAY)
    fate = desk.fate(later)
    told = "what this one changed was told in this edition, among what was updated"
    assert fate.answer.sentence == f"An earlier text of it, {first.id}, was shown in {FIRST}; {told}."


# --------------------------------------------------------------- handed in


def test_what_is_handed_in_has_no_way_into_a_digest():
    found = explain_given(tax(), AGREEMENT, SOURCES)
    assert (found.stored, found.fates, found.judgement.primary) == (False, (), "uk_government")


def test_of_nothing_nothing_is_said():
    found = explain_given(Article("https://herald.example/1", outlet="herald"), AGREEMENT, SOURCES)
    assert found.text.accounts == ()


def test_the_json_of_a_fate_has_the_answer_and_every_link(desk):
    one = small()
    desk.add(one)
    desk.edition()
    told = desk.explain(one).fates[0].to_json()
    assert (told["digest"], told["edition"], told["in"], told["stopped_at"]) == (
        "morning",
        FIRST,
        False,
        "significance",
    )
    assert told["answer"] == told["chain"][-1]["sentence"]
    assert [link["link"] for link in told["chain"]] == ["fetched", "window", "judged", "section", "significance"]
    assert told["chain"][-1]["impact"] == 0
