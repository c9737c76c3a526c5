"""Feeds as their readers ask for them: a token in the address, conditional requests, nothing for others."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import feedparser
import icalendar
import pytest
from browsing import morning_edition

from monitor import app
from monitor.core.digest import EditionContent
from monitor.jobs.give_out import new_token, revoke_token


@pytest.fixture(scope="module")
def token(made: Path) -> str:
    """A token in force."""
    with app.open_workspace(made) as opened:
        of = app.usable(opened.publish().read).agreements[0]
        return new_token(app.giver(opened), of, "Press office", "J. Editor")[0]


@pytest.fixture(scope="module")
def told(made: Path) -> set[str]:
    """The headlines of the latest edition."""
    with app.open_workspace(made) as opened:
        return {item.headline for item in EditionContent.from_json(morning_edition(opened.store).content).items}


def test_a_reader_with_a_token_has_the_feeds(visitor, token, told):
    answer = visitor.get(f"/feeds/{token}/morning.atom")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    read = feedparser.parse(answer.body)
    assert not read.bozo
    assert told
    assert told <= {entry.title for entry in read.entries}
    section = feedparser.parse(visitor.get(f"/feeds/{token}/morning/benefits.atom").body)
    assert 0 < len(section.entries) < len(read.entries)
    assert told <= {
        item["title"] for item in json.loads(visitor.get(f"/feeds/{token}/morning.json").text)["items"]
    }
    events = icalendar.Calendar.from_ical(visitor.get(f"/feeds/{token}/editions.ics").body).walk("VEVENT")
    assert len(events) > 30


def test_what_a_reader_has_is_not_sent_again(visitor, token):
    first = visitor.get(f"/feeds/{token}/morning.atom")
    again = visitor.get(f"/feeds/{token}/morning.atom", **{"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert visitor.get(f"/feeds/{token}/morning.atom", **{"If-None-Match": '"other"'}).status == 200


def test_the_page_to_print_has_its_own_styles_and_no_others(visitor, token):
    answer = visitor.get(f"/feeds/{token}/morning.html")
    assert answer.status == 200
    assert "@page { size: A4" in answer.text
    policy = answer.headers["content-security-policy"]
    assert re.search(r"style-src 'sha256-[A-Za-z0-9+/]{43}='", policy)
    assert "unsafe" not in policy
    assert not re.search(r"<script|\sstyle=|<img|<link", answer.text)
    assert (answer.headers["referrer-policy"], answer.headers["x-content-type-options"]) == (
        "no-referrer",
        "nosniff",
    )


@pytest.mark.parametrize("path", ["{}/evening.atom", "{}/morning/nothing.atom", "{}/", "nobody/morning.atom"])
def test_there_is_nothing_else_and_nothing_for_a_token_that_nobody_gave(visitor, token, path):
    assert visitor.get(f"/feeds/{path.format(token)}").status == 404


def test_a_revoked_token_opens_nothing(made, visitor, token):
    with app.open_workspace(made) as opened:
        of = app.usable(opened.publish().read).agreements[0]
        key, kept = new_token(app.giver(opened), of, "A trial", "J. Editor")
        assert visitor.get(f"/feeds/{key}/morning.atom").status == 200
        revoke_token(app.giver(opened), of, kept.name, "J. Editor")
    assert visitor.get(f"/feeds/{key}/morning.atom").status == 404


def test_a_token_is_in_no_file_and_in_no_log(made, visitor, token, caplog, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("monitor.web.routes.feeds.give", broken)
    with caplog.at_level(logging.DEBUG):
        assert visitor.get(f"/feeds/{token}/morning.atom").status == 500
    told = [record.getMessage() for record in caplog.records if record.name.startswith("monitor")]
    assert any("/feeds/{token}/{name:path}" in line for line in told)
    assert not any(token in line for line in told)
    assert not any(token.encode() in file.read_bytes() for file in (made / "var").rglob("*") if file.is_file())
