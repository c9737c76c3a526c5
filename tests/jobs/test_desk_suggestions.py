"""What the desk suggests to file elsewhere: by a hair, by far more hits, by a byline; and what it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from morning import AGREEMENT, DIGEST, END, PLACE, PROFILES, SOURCES, article, filler, section
from test_compose import RENDERER, Clock

from monitor.adapters.cluster import copies
from monitor.core.agreement import Agreement
from monitor.core.curation import Act
from monitor.core.digest import Standing
from monitor.core.matching.matcher import Matcher
from monitor.jobs import desk as job
from monitor.jobs.compose import Composer, draft_of_next
from monitor.jobs.desk import Desk, DeskItem, Request

BENEFITS = section("benefits", "BENEFITS", "Best Start Foods", place=(PLACE,))
NEWS = section("general_news", "GENERAL NEWS", "Advocacy")
KEY = replace(PROFILES[-1], bylines=("Jane Example",))
TWO = replace(AGREEMENT, profiles=(BENEFITS, NEWS, KEY), digests=(DIGEST,))
WHY = "as the office asked"


@pytest.fixture
def lay(store):
    """Gives the desk of an agreement on which one article lies, and its item."""
    clock = Clock(END - timedelta(minutes=45))

    def laid(headline: str, body: str, agreement: Agreement = TWO, **more: str) -> tuple[Desk, DeskItem]:
        one = article(more.pop("outlet", "herald"), headline, body=body, hours=4, **more)
        store.add_articles("test", [(one.url, one)])
        store.save_judgements(agreement.id, "f", [(one.id, Matcher(agreement, SOURCES).judge(one))], END)
        desk = Desk(store, agreement, DIGEST, SOURCES, clock)
        return desk, look(desk)

    return laid


def look(desk: Desk) -> DeskItem:
    composer = Composer(desk.records, SOURCES, copies, RENDERER, desk.clock)
    _, stories = draft_of_next(composer, desk.agreement, DIGEST)
    [item] = job.lay_out(desk, stories).items
    return item


def test_a_tie_that_only_the_agreements_order_decided_is_suggested(lay):
    desk, item = lay("Best Start Foods and Advocacy", "In Glasgow. " + filler(1, 90))
    assert item.section == "benefits"
    assert (item.suggestion.section, item.suggestion.act) == ("general_news", Act.MOVE)
    assert item.suggestion.why == (
        "Advocacy stands in the headline: as high as what BENEFITS takes it for. "
        "It is under BENEFITS because the agreement names that first."
    )
    job.act(desk, Request(Act.MOVE, (item.article,), "J. Editor", item.suggestion.why, item.suggestion.section))
    moved = look(desk)
    assert (moved.section, moved.suggestion) == ("general_news", None), "an editor has filed it"


@pytest.mark.parametrize(
    ("body", "suggested"),
    [
        ("In Glasgow. Advocacy, Advocacy, Advocacy. ", "Advocacy stands in the lead, 3 times in all; "),
        ("In Glasgow. Advocacy, Advocacy. ", ""),
        ("In Glasgow. " + filler(2, 90) + " Advocacy, Advocacy, Advocacy. ", ""),
    ],
)
def test_one_step_lower_it_takes_far_more_hits(lay, body, suggested):
    _, item = lay("Best Start Foods", body + filler(1, 90))
    assert item.section == "benefits"
    assert (item.suggestion.why if item.suggestion else "").startswith(suggested)
    assert bool(item.suggestion) is bool(suggested)


def test_as_high_with_fewer_hits_is_not_near(lay):
    _, item = lay("Best Start Foods and Advocacy", "Best Start Foods in Glasgow. " + filler(1, 90))
    assert (item.section, item.suggestion) == ("benefits", None)


def test_a_section_that_prints_it_anyway_is_not_suggested(lay):
    each = replace(TWO, profiles=(BENEFITS, replace(NEWS, show_in_each=True), KEY))
    _, item = lay("Best Start Foods and Advocacy", "In Glasgow. " + filler(1, 90), each)
    assert item.suggestion is None


def test_for_a_journalists_article_that_fits_nowhere_the_nearest_section_is(lay):
    desk, item = lay("Best Start Foods", "In France. " + filler(1, 90), byline="By Jane Example", outlet="bbc")
    assert item.standing is Standing.UNASSIGNED
    assert (item.suggestion.section, item.suggestion.act) == ("benefits", Act.ADD)
    assert item.suggestion.why.startswith("BENEFITS came nearest: it names Best Start Foods, but ")
    job.act(desk, Request(Act.ADD, (item.article,), "J. Editor", item.suggestion.why, item.suggestion.section))
    added = look(desk)
    assert (added.standing, added.section, added.suggestion) == (Standing.SHOWN, "benefits", None)


def test_one_that_no_term_stands_in_is_suggested_nowhere(lay):
    _, item = lay("Otters", "Otters swim. " + filler(1, 90), byline="By Jane Example")
    assert (item.standing, item.suggestion) == (Standing.UNASSIGNED, None)
