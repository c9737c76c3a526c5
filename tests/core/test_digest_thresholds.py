"""A digest's own points: stories that are enough for its sections and not for it, and the other way round."""

from dataclasses import replace

import pytest
from morning import AGREEMENT, DIGEST, SOURCES, article, filler, morning

from monitor.core.agreement import Thresholds
from monitor.core.digest import judged_for
from monitor.core.edition import ItemState


def edition(thresholds: Thresholds, of=None):
    made = morning(of)
    digest = replace(DIGEST, thresholds=thresholds)
    found = judged_for(AGREEMENT, digest, made.material.stories, made.judgements, SOURCES)
    return replace(made, material=replace(made.material, findings=found)).compose(digest)


@pytest.mark.parametrize(
    ("thresholds", "benefits"),
    [
        (Thresholds(), 3),
        (Thresholds(impact=3), 2),
        (Thresholds(prominence=9), 0),
        (Thresholds(prominence=0, impact=0), 10),
    ],
)
def test_points_of_significance_are_the_digests_own(thresholds, benefits):
    content, _ = edition(thresholds)
    [part] = [p for p in content.sections if p.id == "benefits"]
    assert part.count == benefits
    assert part.count + part.held == 10


def test_a_section_that_asks_for_no_major_stories_is_not_asked():
    content, _ = edition(Thresholds(prominence=9, impact=9))
    assert [p.count for p in content.sections if p.id == "ministerial"] == [2]


def headlined(headline: str):
    body = "Advocacy in Scotland. " + filler(5, 330)
    return article("bbc", headline, "Advocacy in Scotland.", body)


@pytest.mark.parametrize(("points", "state"), [(None, "shown"), (80, "shown"), (100, "below_significance")])
def test_aboutness_can_be_asked_for_in_more_points(points, state):
    one = headlined("Advocacy in Scotland")
    content, items = edition(Thresholds(aboutness=points), [one])
    assert [i.state for i in items] == [ItemState(state)]
    assert content.stories + content.held == 1


def test_what_a_digest_holds_back_is_counted_as_held():
    content, items = edition(Thresholds(impact=9))
    assert {i.state for i in items if i.section in ("benefits", "organisations")} == {ItemState.HELD}
    assert content.held > 7
