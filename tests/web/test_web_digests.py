"""Digests as a press officer without scripts changes them; an agreement without any gets its first."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from test_web_profiles import HOME, editors, file, first, home, published, second

from monitor.adapters.library import Library

__all__ = ["editors", "first", "home", "second"]
DIGESTS = f"{HOME}/digests"
NEW = {
    "title": "Evening round-up",
    "days": ["mon", "fri"],
    "at": "17:30",
    "to": ["comms-team"],
    "sections": "some",
    "sections.of": ["benefits", "ministerial"],
    "layout": "weekly",
    "top": "3",
    "holidays": "move",
    "early.publishers": "1",
}


def seen(page: str) -> str:
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def send(editor, name: str = "", act: str = "change", **typed):
    """Send the form of a digest, with boxes that may be ticked more than once."""
    page = editor.get(f"{DIGESTS}/digest?name={name}")
    assert page.status == 200
    fields = {"name": name, "seen": seen(page.text), "act": act, "form_key": editor.form_key, **typed}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return editor.ask("POST", f"{DIGESTS}/digest", urlencode(fields, doseq=True).encode(), kind)


MORNING = {
    "title": "Morning digest",
    "days": ["mon", "tue", "wed", "thu", "fri"],
    "at": "07:00",
    "to": ["comms-team"],
    "sections": "all",
    "layout": "full",
    "top": "3",
    "holidays": "skip",
    "early.publishers": "1",
}


def test_a_digest_is_a_sentence_and_says_when_it_goes_out(first):
    page = first.get(DIGESTS).words
    assert "Monday to Friday at 07:00, to comms-team: all sections." in page
    assert re.search(r"It goes out next on \w+day \d+ \w+ \d{4} at 07:00\.", page)


def test_sent_as_it_is_nothing_is_changed(first):
    answer = send(first, "morning", **MORNING)
    assert answer.status == 422
    assert "Nothing was changed" in answer.words
    assert "Nothing is drafted" in first.get(f"{HOME}/draft").words


def test_one_line_changes_comments_stay_and_it_is_in_force_when_published(first, home):
    before = file(home, "digests.yaml")
    assert send(first, "morning", **(MORNING | {"at": "06:45"})).status == 303
    assert "Digest “Morning digest”: goes out at: 06:45 (was 07:00)" in first.get(f"{HOME}/draft").words
    assert "With your draft it would go out next" in first.get(DIGESTS).words
    assert file(home, "digests.yaml") == before
    assert published(first).status == 303
    assert file(home, "digests.yaml") == before.replace('at: "07:00"', 'at: "06:45"')
    assert send(first, "morning", **MORNING).status == 303
    assert published(first).status == 303
    assert file(home, "digests.yaml") == before
    assert "goes out at: 06:45 (was 07:00)" in first.get(f"{HOME}/history/digests.yaml").words


def test_one_is_added_with_options_and_taken_away(first):
    options = {
        "hold.from": "16:30",
        "hold.until": "17:15",
        "alerts.to": "duty-press",
        "alerts.quiet": "22:00-06:30",
    }
    assert send(first, **NEW, **options).status == 303
    page = first.get(DIGESTS).words
    assert "Mondays and Fridays at 17:30, to comms-team: MINISTERIAL and BENEFITS." in page.replace(
        "BENEFITS and MINISTERIAL", "MINISTERIAL and BENEFITS"
    )
    form = first.get(f"{DIGESTS}/digest?name=evening_round_up").text
    assert 'value="16:30"' in form
    assert ">\nduty-press</textarea>" in form
    assert send(first, "evening_round_up", act="remove", **NEW).status == 303
    assert "Evening round-up" not in first.get(DIGESTS).text.split("mo_results", 1)[1]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"at": "7 o'clock"}, "at", "is not a time of day"),
        ({"at": "01:30"}, "at", "happens twice when the clocks go back"),
        ({"days": []}, "days", "Nothing is chosen"),
        ({"to": []}, "to", "Nothing is chosen"),
        ({"title": ""}, "title", "The text is empty"),
        ({"sections.of": []}, "sections", "Nothing is chosen"),
        ({"hold.from": "16:00"}, "hold.until", "is not a time of day"),
        ({"early.at": "18:00"}, "title", "It cannot go early from 18:00"),
        ({"alerts.quiet": "22:00-06:30"}, "alerts", "Nobody is told"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_drafted(first, typed, field, said):
    answer = send(first, **(NEW | typed))
    assert answer.status == 422
    wrong = re.search(rf'<a href="#{re.escape(field)}">([^<]*)</a>', answer.text)
    assert wrong
    assert said.casefold() in wrong[1].replace("&#39;", "'").casefold()
    assert "Nothing is drafted" in first.get(f"{HOME}/draft").words


def test_what_was_changed_in_another_window_is_not_overwritten(first):
    stale = seen(first.get(f"{DIGESTS}/digest?name=morning").text)
    assert send(first, "morning", **(MORNING | {"at": "06:45"})).status == 303
    answer = first.post(f"{DIGESTS}/digest", name="morning", seen=stale, at="06:30", title="x")
    assert answer.status == 422
    assert "changed meanwhile, in another window" in answer.words
    assert 'value="06:45"' in answer.text


def test_an_agreement_without_digests_gets_its_first(first, home):
    path, kept = home / "profiles" / "islands", home / "profiles"
    source = kept / HOME.rpartition("/")[2]
    path.mkdir()
    for one in source.glob("*.yaml"):
        if one.name != "digests.yaml":
            (path / one.name).write_text(one.read_text("utf-8"), "utf-8")
    assert '<a href="/a/islands/digests">add the first</a>' in first.get("/a/islands").text
    page = first.get("/a/islands/digests").words
    assert "This agreement has no digest" in page
    form = first.get("/a/islands/digests/digest").text
    fields = {**NEW, "name": "", "seen": seen(form), "form_key": first.form_key}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    made = first.ask("POST", "/a/islands/digests/digest", urlencode(fields, doseq=True).encode(), kind)
    assert made.status == 303
    assert not (path / "digests.yaml").exists()
    assert "Digest “Evening round-up”: added" in first.get("/a/islands/draft").words
    assert first.post("/a/islands/draft/publish", reason="the islands' first").status == 303
    text = (path / "digests.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server")
    islands = next(one for one in Library(home).read().agreements if one.id == "islands")
    assert [(one.id, one.at.isoformat("minutes")) for one in islands.digests] == [("evening_round_up", "17:30")]
