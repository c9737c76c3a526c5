"""Where a match is: each place by what the ledger says, and what is lost or there twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.core.audit import MEANING, WRONG, AuditedEdition, AuditedMatch, Shelf, Whereabouts
from monitor.core.edition import ItemState, Window

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def edition(day: int, **more: object) -> AuditedEdition:
    end = MONDAY + day * DAY
    made = AuditedEdition(f"a/m/{day}", "m", Window(end - DAY, end), end + timedelta(seconds=40))
    return replace(made, **more)  # type: ignore[arg-type]


THREE = [edition(0), edition(1), edition(2)]
NOW = MONDAY + 2 * DAY + 5 * HOUR


def shelf(editions: object = THREE, sections: object = None, looks_from: object = NOW) -> Shelf:
    had = {e.id: {"benefits"} for e in THREE} | (sections or {})  # type: ignore[operator]
    return Shelf(editions, had.__getitem__, looks_from)  # type: ignore[arg-type]


def match(seen: datetime, **more: object) -> AuditedMatch:
    plain = AuditedMatch("line1", "line", seen, seen, seen, ("benefits",))
    return replace(plain, **more)  # type: ignore[arg-type]


EARLY = match(MONDAY - 2 * HOUR)


@pytest.mark.parametrize(
    ("state", "where"),
    [
        (ItemState.SHOWN, Whereabouts.SHOWN),
        (ItemState.COPY, Whereabouts.FOLDED),
        (ItemState.UPDATED, Whereabouts.UPDATED),
        (ItemState.DEVELOPED, Whereabouts.DEVELOPED),
        (ItemState.HELD, Whereabouts.BELOW_SIGNIFICANCE),
        (ItemState.EXCLUDED, Whereabouts.EXCLUDED),
    ],
)
def test_what_an_edition_did_is_where_it_is(state, where):
    found = shelf().locate(EARLY, [("a/m/0", state)])
    assert (found.where, found.editions) == (where, ("a/m/0",))


def test_every_state_of_an_item_has_a_place():
    for state in ItemState:
        assert shelf([edition(0)]).locate(EARLY, [("a/m/0", state)]).where not in WRONG


def test_every_place_has_its_words():
    assert set(MEANING) == set(Whereabouts)


def test_what_was_held_and_then_shown_is_shown():
    did = [("a/m/0", ItemState.HELD), ("a/m/1", ItemState.HELD), ("a/m/2", ItemState.SHOWN)]
    assert shelf().locate(EARLY, did).where is Whereabouts.SHOWN


def test_in_two_editions_is_twice():
    found = shelf().locate(EARLY, [("a/m/0", ItemState.SHOWN), ("a/m/2", ItemState.COPY)])
    assert (found.where, found.editions) == (Whereabouts.TWICE, ("a/m/0", "a/m/2"))


def test_a_development_after_it_was_shown_is_not_twice():
    did = [("a/m/0", ItemState.SHOWN), ("a/m/2", ItemState.DEVELOPED)]
    assert shelf().locate(EARLY, did).where is Whereabouts.SHOWN
    both = [("a/m/0", ItemState.COPY), ("a/m/0", ItemState.DEVELOPED)]
    assert shelf().locate(EARLY, both).where is Whereabouts.FOLDED


def test_an_edition_that_reached_nobody_has_expired():
    gone = [edition(0, reached_nobody=True)]
    assert shelf(gone).locate(EARLY, [("a/m/0", ItemState.SHOWN)]).where is Whereabouts.EXPIRED


def test_what_an_editor_holds_must_come_back():
    held = [("a/m/1", ItemState.HELD_OVER)]
    found = shelf().locate(EARLY, held)
    assert (found.where, found.editions) == (Whereabouts.LOST, ("a/m/2",))
    assert shelf().locate(EARLY, [("a/m/2", ItemState.HELD_OVER)]).where is Whereabouts.HELD
    newer = replace(EARLY, replaced_at=MONDAY + 30 * HOUR)
    assert shelf().locate(newer, held).where is Whereabouts.HELD


# --------------------------------------------------------------- in no edition


def test_what_came_since_the_last_edition_waits():
    assert shelf().locate(match(NOW), []).where is Whereabouts.WAITING


def test_what_came_as_an_edition_was_made_waits_for_the_next():
    """It was judged while the edition was composed: nobody can say whether it could have been in it."""
    just = match(MONDAY + 2 * DAY)
    assert shelf(looks_from=MONDAY).locate(just, []).where is Whereabouts.WAITING


def test_in_no_edition_is_lost_and_the_one_that_should_have_it_is_named():
    found = shelf().locate(EARLY, [])
    assert (found.where, found.editions) == (Whereabouts.LOST, ("a/m/0",))
    late = replace(EARLY, judged_at=MONDAY + 2 * HOUR)
    assert shelf().locate(late, []).editions == ("a/m/1",)


def test_what_became_another_text_before_an_edition_is_replaced():
    assert shelf().locate(replace(EARLY, replaced_at=MONDAY - HOUR), []).where is Whereabouts.REPLACED
    assert shelf().locate(replace(EARLY, replaced_at=MONDAY + HOUR), []).where is Whereabouts.LOST
    assert shelf().locate(match(NOW, replaced_at=NOW + HOUR), []).where is Whereabouts.REPLACED


def test_an_archive_is_too_old_for_any_edition():
    imported = match(MONDAY - 400 * DAY, stored_at=MONDAY - HOUR, judged_at=MONDAY - HOUR)
    assert shelf().locate(imported, []).where is Whereabouts.TOO_OLD
    assert shelf([], looks_from=MONDAY).locate(imported, []).where is Whereabouts.TOO_OLD


def test_what_was_judged_within_three_days_is_not_too_old():
    late = match(MONDAY - 60 * HOUR, judged_at=MONDAY - HOUR)
    assert shelf().locate(late, []).where is Whereabouts.LOST


def test_a_section_that_the_digest_did_not_have_was_not_asked_for():
    other = {e.id: {"organisations"} for e in THREE}
    assert shelf(sections=other).locate(EARLY, []).where is Whereabouts.NOT_ASKED_FOR
    since_tuesday = {"a/m/0": {"organisations"}}
    assert shelf(sections=since_tuesday).locate(EARLY, []).editions == ("a/m/1",)


def test_a_digest_that_was_given_up_asks_for_nothing_more():
    assert shelf(looks_from=None).locate(match(NOW), []).where is Whereabouts.NOT_ASKED_FOR
    assert shelf(looks_from=None).locate(EARLY, []).where is Whereabouts.LOST
