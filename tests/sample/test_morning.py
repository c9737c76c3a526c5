"""The sixty texts keep their promises: counted, unnamed, consistent with what is expected of them."""

import doctest
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from monitor.sample import morning as module
from monitor.sample.morning import SECTIONS, Morning, age, load_morning, outlets_text

SEVEN = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)

# The persons of the agreement's sections, and their surnames where no other word is spelt so.
NAMED = (
    "Shirley-Anne Somerville", "Elena Whitham", "Natalie Don", "Jeremy Balfour", "Miles Briggs", "Foyso Choudhury",
    "Foysol Choudhury", "Pam Duncan-Glancy", "Marie McNair", "Emma Roddick", "Mark Griffin", "Rachael Hamilton",
    "Evelyn Tweed", "Angela Crawley", "Chris Stephens",
    "Somerville", "Whitham", "Balfour", "Briggs", "Choudhury", "Glancy", "McNair", "Roddick", "Griffin", "Tweed",
    "Crawley", "Stephens",
)  # fmt: skip

# Judged in the agreement's sections that ask for a major story.
MAJOR_ONLY = {"benefits", "organisations", "general_news", "local_economy"}
RULES = {"source", "aboutness", "significance"}
GROUPS = {
    "uk_nationals", "uk_online_nationals", "uk_key_regionals", "uk_additional_regionals", "uk_online_regionals",
    "uk_online_trade", "uk_online_communities_lg", "uk_blogs",
}  # fmt: skip


@pytest.fixture(scope="module")
def morning() -> Morning:
    return load_morning(SEVEN)


def test_sixty_articles_of_twelve_outlets(morning: Morning) -> None:
    assert len(morning.articles) == 60
    assert len(morning.outlets) == 12
    assert len({o.owner for o in morning.outlets}) == 7
    assert {g for o in morning.outlets for g in o.groups} == GROUPS


def test_one_outlet_each_is_broken_slow_and_silent(morning: Morning) -> None:
    seen = Counter(o.behaviour for o in morning.outlets)
    assert seen == {"steady": 9, "broken": 1, "slow": 1, "silent": 1}
    mute = {o.id for o in morning.outlets if o.behaviour in {"broken", "silent"}}
    assert not any(a.outlet in mute for a in morning.articles)
    assert {a.outlet for a in morning.articles} == {o.id for o in morning.outlets} - mute


def test_slugs_are_unique(morning: Morning) -> None:
    slugs = Counter(a.slug for a in (*morning.articles, *morning.archive))
    assert slugs.most_common(1)[0][1] == 1


def test_nearly_all_were_published_in_the_last_day(morning: Morning) -> None:
    ages = [SEVEN - a.published for a in morning.articles]
    assert min(ages) > timedelta(0)
    assert sum(a > timedelta(hours=24) for a in ages) == 3
    assert all(SEVEN - a.published > timedelta(days=14) for a in morning.archive)


def test_no_article_names_a_person_of_the_agreement(morning: Morning) -> None:
    named = re.compile(r"\b(" + "|".join(map(re.escape, NAMED)) + r")\b", re.IGNORECASE)
    for article in (*morning.articles, *morning.archive):
        text = " ".join((article.headline, article.standfirst, article.byline, article.body, *article.related))
        assert not named.search(text.replace("\u2011", "-")), article.slug


def test_bylines_are_desks(morning: Morning) -> None:
    desk = re.compile(r"desk|reporter|staff|close|wire|newsdesk|letters", re.IGNORECASE)
    assert all(desk.search(a.byline) for a in morning.articles)


def test_expectations_name_known_sections_once_each(morning: Morning) -> None:
    for article in morning.articles:
        expect = article.expect
        primary = (expect.primary,) if expect.primary else ()
        named = (*primary, *expect.also, *expect.near_miss, *expect.out)
        assert set(named) <= set(SECTIONS), article.slug
        assert len(set(named)) == len(named), article.slug
        assert set(expect.out.values()) <= RULES, article.slug
        assert expect.why, article.slug
        assert expect.primary or not expect.also, article.slug
        assert list(expect.also) == sorted(expect.also, key=SECTIONS.index), article.slug


def test_every_section_but_the_journalists_has_a_match(morning: Morning) -> None:
    found = {a.expect.primary for a in morning.articles}
    assert found == {*SECTIONS, None} - {"key_journalist"}


def test_summaries_only_are_provisional(morning: Morning) -> None:
    bare = [a for a in morning.articles if a.page_status != 200]
    assert {a.page_status for a in bare} == {403, 404}
    assert {a.slug for a in bare} == {a.slug for a in morning.articles if a.expect.provisional}
    assert all(a.standfirst and not a.body for a in bare)


def test_copies_take_the_text_of_their_original(morning: Morning) -> None:
    copies = [a for a in morning.articles if a.copy_of]
    assert len(copies) == 11
    for copy in copies:
        original = morning.article(copy.copy_of or "")
        shared = set(copy.paragraphs) & set(original.paragraphs)
        assert len(shared) >= len(original.paragraphs) - 3, copy.slug
        assert copy.outlet != original.outlet


def test_a_copy_may_lose_its_last_paragraph_and_change_words(morning: Morning) -> None:
    original = morning.article("best-start-foods-card-fault")
    assert morning.article("packet-best-start-foods-cards").paragraphs == original.paragraphs[:-1]
    assert morning.article("packet-best-start-foods-cards").headline == original.headline
    assert "over the weekend" in morning.article("loom-best-start-foods-cards").body
    assert "over the weekend" not in original.body


def test_no_paragraph_stands_twice_but_in_a_copy(morning: Morning) -> None:
    seen = Counter(
        p for a in morning.articles if not a.copy_of for p in a.paragraphs if not p.startswith("A reader")
    )
    assert [p for p, times in seen.items() if times > 1] == []


def test_major_stories_are_long_or_widely_carried(morning: Morning) -> None:
    owners = {o.id: o.owner for o in morning.outlets}
    for story in (s for s in morning.stories if s.major):
        articles = [morning.article(slug) for slug in story.articles]
        carried = len({owners[a.outlet] for a in articles})
        assert carried >= 3 or all(a.words >= 300 for a in articles), story.id


def test_the_agency_story_is_carried_by_five_owners(morning: Morning) -> None:
    owners = {o.id: o.owner for o in morning.outlets}
    story = next(s for s in morning.stories if s.id == "child_payment")
    assert len(story.articles) == 6
    assert len({owners[morning.article(slug).outlet] for slug in story.articles}) == 5


def test_stories_agree_with_their_articles(morning: Morning) -> None:
    told = [slug for s in morning.stories for slug in s.articles]
    assert len(told) == len(set(told))
    for story in morning.stories:
        sections = {
            section
            for slug in story.articles
            for section in (morning.article(slug).expect.primary, *morning.article(slug).expect.also)
            if section
        }
        assert sections == {s for s in (story.filed, *story.also) if s}, story.id
        assert story.major == bool({story.filed, *story.also} & MAJOR_ONLY), story.id


def test_every_match_is_in_a_story(morning: Morning) -> None:
    told = {slug for s in morning.stories for slug in s.articles}
    assert {a.slug for a in morning.articles if a.expect.primary} <= told
    assert {a.slug for a in morning.articles if a.copy_of} <= told


def test_a_third_of_the_morning_is_ordinary_news(morning: Morning) -> None:
    ordinary = [a for a in morning.articles if not a.expect.primary and not a.expect.out]
    assert 18 <= len(ordinary) <= 24


def test_traps_are_still_in_the_texts(morning: Morning) -> None:
    assert "low\u2011income" in morning.article("the-thing-about-thresholds").body
    assert "Tèarainteachd Shòisealta Alba" in morning.article("gaelic-letters-islands").body
    assert {a.charset for a in morning.articles} == {"utf-8", "windows-1252", "iso-8859-1"}
    assert {a.entities for a in morning.articles} == {"none", "named", "double"}
    assert "/national-news/" in morning.article("packet-wire-universal-credit-switch").url_path


def test_times_are_reckoned_from_seven(morning: Morning) -> None:
    assert morning.article("gales-shut-bridges").published == SEVEN - timedelta(hours=2, minutes=10)
    later = load_morning(SEVEN + timedelta(days=1))
    assert later.article("gales-shut-bridges").published == SEVEN + timedelta(hours=21, minutes=50)


def test_a_naive_seven_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        load_morning(SEVEN.replace(tzinfo=None))


@pytest.mark.parametrize("text", ["", "soon", "9", "9h40", "-1h"])
def test_an_age_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an age"):
        age(text)


def test_an_edit_of_words_that_are_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not there"):
        module._edited("One.", {"slug": "x", "replace": [["Two", "Three"]]})


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="headlin"):
        module._article({"slug": "x", "headlin": "X"}, SEVEN)


def test_unknown_slugs_are_refused(morning: Morning) -> None:
    with pytest.raises(KeyError):
        morning.article("no-such-thing")


def test_outlets_text_has_the_address_in_it() -> None:
    text = outlets_text("http://127.0.0.1:8000/")
    assert "http://127.0.0.1:8000/up_the_close/atom.xml" in text
    assert "{site}/" not in text


def test_examples_run() -> None:
    assert doctest.testmod(module).failed == 0
