"""What is given out of editions: read back from what they were frozen with, with ids that stay."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from morning import AGREEMENT, DIGEST, END, MADE, WINDOW, morning

from monitor.core.digest import CutLine, EditionContent, trimmed
from monitor.core.edition import Edition, Mail, Window, edition_id
from monitor.core.outward import feed_of, sections_out

DAY = timedelta(days=1)


def edition(content: EditionContent, days: int = 0) -> tuple[Edition, EditionContent]:
    window = Window(WINDOW.start + days * DAY, END + days * DAY)
    made = Edition(
        edition_id(AGREEMENT.id, DIGEST.id, window),
        AGREEMENT.id,
        DIGEST.id,
        window,
        MADE + days * DAY,
        "f",
        Mail("", "", ""),
        content.to_json(),
    )
    return made, EditionContent.from_json(made.content)


@pytest.fixture(scope="module")
def content() -> EditionContent:
    return morning().compose()[0]


def test_a_content_comes_back_as_it_was_frozen(content):
    assert EditionContent.from_json(content.to_json()) == content


def test_a_content_of_an_older_form_comes_back_with_what_was_not_known_then_left_out(content):
    old = json.loads(content.to_json())
    for key in ("editors", "top", "days", "missed", "layout"):
        del old[key]
    for part in old["sections"]:
        for item in part["items"]:
            for key in ("editors_line", "pinned", "page", "publishers"):
                del item[key]
    read = EditionContent.from_json(json.dumps({**old, "of_a_later_form": 1}))
    assert [i.headline for i in read.items] == [i.headline for i in content.items]


def test_a_feed_has_every_story_of_the_editions_the_latest_first(content):
    feed = feed_of(AGREEMENT, DIGEST, "", [edition(content)], "monitor.example", END)
    assert feed.id == "tag:monitor.example,2026:social-security-scotland/morning"
    assert [e.title for e in feed.entries] == [i.headline for i in content.items]
    assert len({e.id for e in feed.entries}) == len(feed.entries)
    assert all(e.updated == MADE and e.url and e.outlet for e in feed.entries)


def test_a_section_has_a_feed_of_its_own(content):
    feed = feed_of(AGREEMENT, DIGEST, "benefits", [edition(content)], "monitor.example", END)
    [part] = [p for p in content.sections if p.id == "benefits"]
    assert feed.title == "BENEFITS: Morning digest, Social Security Scotland"
    assert [e.title for e in feed.entries] == [i.headline for i in part.items]
    assert sections_out(AGREEMENT, replace(DIGEST, sections=("benefits",))) == ["benefits"]


def test_a_story_keeps_its_id_when_it_is_told_again_and_stands_once(content):
    first, again = edition(content), edition(content, 1)
    feed = feed_of(AGREEMENT, DIGEST, "", [again, first], "monitor.example", END)
    before = feed_of(AGREEMENT, DIGEST, "", [first], "monitor.example", END)
    assert [e.id for e in feed.entries] == [e.id for e in before.entries]
    assert {e.updated for e in feed.entries} == {MADE + DAY}


def test_what_the_mail_only_named_is_named(content):
    small = trimmed(content, 2, 3)
    feed = feed_of(AGREEMENT, DIGEST, "", [edition(small)], "monitor.example", END)
    named = [line for part in small.sections for line in part.cut if isinstance(line, CutLine)]
    assert len(named) == 3
    assert {line.headline for line in named} <= {e.title for e in feed.entries}


def test_a_story_that_one_edition_only_named_and_the_next_tells_stands_once(content):
    only_named, told = edition(trimmed(content, 0, 99)), edition(content, 1)
    feed = feed_of(AGREEMENT, DIGEST, "", [told, only_named], "monitor.example", END)
    alone = feed_of(AGREEMENT, DIGEST, "", [told], "monitor.example", END)
    assert [e.id for e in feed.entries] == [e.id for e in alone.entries]


def test_a_name_in_an_edition_of_before_the_article_was_kept_has_an_id_of_its_own(content):
    old = json.loads(trimmed(content, 2, 99).to_json())
    for part in old["sections"]:
        for cut in part["cut"]:
            del cut["article"]
    read = EditionContent.from_json(json.dumps(old))
    feed = feed_of(AGREEMENT, DIGEST, "", [edition(read)], "monitor.example", END)
    assert len({e.id for e in feed.entries}) == len(feed.entries) == content.stories


def test_without_an_edition_a_feed_is_empty_and_as_of_now():
    feed = feed_of(AGREEMENT, DIGEST, "", [], "monitor.example", END)
    assert (feed.entries, feed.updated) == ((), END)
