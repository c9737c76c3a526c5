"""The pages on the sample morning, as each of their readers asks them, over a real socket."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from browsing import AGREEMENT, morning_edition

from monitor import app
from monitor.core.access import Granted, Role
from monitor.core.coverage import CoverageQuestion
from monitor.core.dates import LONDON
from monitor.core.match import Outcome
from monitor.web.agreements import Room
from monitor.web.asked import _unknown
from monitor.web.pages import moment, pages_of

HOME = f"/a/{AGREEMENT}"


@pytest.fixture(scope="module")
def reader(member):
    return member(Granted(Role.READER))


@pytest.fixture(scope="module")
def answerer(member):
    return member(Granted(Role.ANSWERER))


@pytest.fixture(scope="module")
def editor(member):
    return member(Granted(Role.EDITOR))


@pytest.fixture(scope="module")
def workspace(made):
    with app.open_workspace(made) as opened:
        yield opened


@pytest.fixture(scope="module")
def edition(workspace):
    return morning_edition(workspace.store)


@pytest.fixture(scope="module")
def judged(workspace):
    """Every stored article with its judgement."""
    now = workspace.clock()
    articles = workspace.store.articles(now.replace(year=2000), now.replace(year=2100))
    judgements = workspace.store.judgements(AGREEMENT, [a.id for a in articles])
    return [(a, judgements[a.id]) for a in articles if a.id in judgements]


def acts_of(workspace, someone):
    """What somebody did: (what, about) pairs."""
    now = workspace.clock()
    acts = workspace.store.acts(now.replace(year=2000), now.replace(year=2100), someone.name)
    return [(act.what, act.about) for act in acts]


def plain(html: str) -> str:
    """What a reader reads: no markup, single spaces."""
    text = re.sub(r"<(style|script|svg).*?</\1>", " ", html, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    return " ".join(unescape(text).split())


# --------------------------------------------------------------- today, the archive


def test_the_first_page_leads_to_the_only_agreement(reader):
    assert reader.get("/").headers["location"] == HOME


def test_today_tells_the_last_edition_what_is_heard_and_when_the_next_goes_out(reader, edition):
    text = plain(reader.get(HOME).text)
    assert edition.mail.subject in text
    assert re.search(r"The next goes out \w+day \d+ \w+ \d{4} at \d\d:\d\d|An edition is owed", text)
    assert re.search(r"\d+ of 12 sources heard now", text)
    assert "Britannic Online" in text


def test_an_edition_is_given_back_byte_for_byte_and_shut_in(reader, edition):
    at = f"{HOME}/editions/{edition.id.partition('/')[2]}"
    page, mail = reader.get(at), reader.get(f"{at}/mail")
    assert edition.mail.subject in plain(page.text)
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert mail.text == edition.mail.html
    policy = mail.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy, "so default-src: none"
    assert reader.get(f"{at}/text").text == edition.mail.text
    assert reader.get(f"{HOME}/editions/morning/20010101T000000Z").status == 404


def test_editions_are_found_by_the_words_in_them(reader, edition):
    content = json.loads(edition.content)
    headline = content["sections"][0]["items"][0]["headline"]
    found = plain(reader.get(f"{HOME}/editions?words={quote(headline)}").text)
    assert "1 edition with" in found
    assert headline in found
    assert "0 editions with “zebra%”" in plain(reader.get(f"{HOME}/editions?words=zebra%25").text)
    assert "0 editions" in plain(reader.get(f"{HOME}/editions?until=2001-01-01").text)


@pytest.mark.parametrize("asked", ["since=yesterday", "until=2026-02-30", "digest=none"])
def test_what_cannot_be_read_of_a_search_is_said_at_its_field(reader, asked):
    answer = reader.get(f"{HOME}/editions?{asked}")
    assert answer.status == 422
    assert f'href="#{asked.partition("=")[0]}"' in answer.text


# --------------------------------------------------------------- why


def test_why_is_told_of_an_address_an_id_and_a_headline(reader, judged):
    article = next(a for a, j in judged if j.primary)
    for said in (article.url, article.id, article.headline):
        answer = reader.get(f"{HOME}/why?article={quote(said)}")
        text = plain(answer.text)
        assert answer.status == 200
        assert article.headline in text
        assert "the Morning digest, edition of" in text
        assert "What each section says" in text


def test_a_near_miss_tells_how_near_with_the_words_marked(reader, judged):
    near = [
        (a, v)
        for a, j in judged
        if j.primary is None
        for v in j.verdicts
        if v.outcome is Outcome.NEAR_MISS and v.hits
    ]
    article, verdict = near[0]
    text = reader.get(f"{HOME}/why?article={article.id}").text
    assert f'<mark class="mo_mark--term">{verdict.hits[0].span.text}' in text
    assert "Not in the Morning digest" in plain(text)


def test_the_box_asks_on_pages_of_no_agreement_too_and_says_when_it_was_given_too_much(reader):
    for elsewhere in ("/account", "/users"):
        assert 'action="/why"' in reader.get(elsewhere).text
    asked = reader.get("/why?article=d%26c+fog")
    assert (asked.status, asked.headers["location"]) == (303, f"{HOME}/why?article=d%26c+fog")
    long = reader.get(f"{HOME}/why?article={'a' * 2001}")
    assert long.status == 422
    assert "What you pasted is longer than 2,000 characters." in plain(long.text)
    assert "“page” is to be a whole number." in plain(reader.get(f"{HOME}/editions?page=x").text)


def test_words_that_several_have_give_a_choice_and_words_that_none_has_say_so(reader):
    choice = plain(reader.get(f"{HOME}/why?article=scottish+child").text)
    assert "Which article do you mean?" in choice
    nothing = reader.get(f"{HOME}/why?article=zebra+crossing+xylophone")
    assert nothing.status == 404
    assert "paste the article's address" in plain(nothing.text)


def test_an_address_that_is_not_stored_says_why_and_asking_is_written_down(reader, workspace):
    url = "http://169.254.1.1/secret"
    text = plain(reader.get(f"{HOME}/why?article={quote(url)}").text)
    assert "It is in no digest" in text
    assert ("address looked up", url) in acts_of(workspace, reader)


def test_an_address_of_a_host_of_several_outlets_is_not_said_to_be_of_none(reader, judged):
    beside = judged[0][0].url.rsplit("/", 1)[0] + "/nothing-here"
    text = plain(reader.get(f"{HOME}/why?article={quote(beside)}").text)
    assert re.search(r"one of our \d+ outlets at 127\.0\.0\.1", text)
    assert "no outlet of ours" not in text
    assert "What each section says" not in text  # nothing could be read of it


def test_no_more_of_an_article_is_shown_than_its_outlet_allows(reader, judged, workspace):
    sources = workspace.read().sources
    for article, judgement in judged:
        if not judgement.primary:
            continue
        html = reader.get(f"{HOME}/why?article={article.id}").text
        quotes = re.findall(r'<blockquote class="mo_extract"><span class="mo_small">(\w+):</span> (.*?)</bl', html)
        shown = {re.sub("<.*?>", "", quote) for field, quote in quotes if field != "headline"}
        allowed = sources.outlets[article.outlet].rights.extract_chars
        assert sum(map(len, shown)) <= allowed, article.headline
        if len(article.body) > 2 * allowed:
            assert article.body[-200:] not in plain(html)


# --------------------------------------------------------------- sources


def test_the_sources_page_names_the_broken_one_first_with_the_reason(reader):
    text = reader.get(f"{HOME}/sources").text
    assert plain(text).count("Last heard") == 12
    assert "web page, not a feed" in plain(text)


# --------------------------------------------------------------- people


def test_the_register_has_everybody_and_the_claims_are_answered(answerer):
    html = answerer.get(f"{HOME}/people").text
    assert html.count('<th scope="row">') == 14
    assert "31 March 2027" in html
    text = plain(html)
    assert "We do not monitor any individuals or journalists. Not true" in text
    assert "We use key words of each of our 14 benefits. True" in text


def test_the_register_of_a_day_and_of_one_before_all_profiles(answerer):
    today = f"{datetime.now(LONDON):%Y-%m-%d}"
    assert "14 names in force at the end of" in plain(answerer.get(f"{HOME}/people?as_of={today}").text)
    early = answerer.get(f"{HOME}/people?as_of=2020-01-01")
    assert (early.status, "Nothing was in force on 2020-01-01" in early.text) == (422, True)
    wrong = answerer.get(f"{HOME}/people?as_of=%3Cb%3E")
    assert (wrong.status, "&lt;b&gt; is no date" in wrong.text) == (422, True)


def test_the_register_is_taken_out_and_that_is_written_down(answerer, workspace):
    taken = answerer.get(f"{HOME}/people.csv")
    assert taken.text.count("office_holder") == 14
    assert any(act == "register taken out" for act, _ in acts_of(workspace, answerer))


# --------------------------------------------------------------- coverage


def table_of(html: str, caption: str) -> dict[str, int]:
    (body,) = re.findall(rf"<caption>{caption}</caption>.*?<tbody>(.*?)</tbody>", html, re.DOTALL)
    rows = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td>', body)
    return {plain(name): int(number) for name, number in rows}


def test_coverage_counts_what_it_lists(answerer, judged, edition):
    html = answerer.get(f"{HOME}/coverage").text
    rows = [(a, v) for a, j in judged for v in j.verdicts if v.outcome is Outcome.IN]
    assert f"{len({a.id for a, _ in rows})} articles, {len(rows)} times in a section" in plain(html)
    assert sum(table_of(html, "By section").values()) == len(rows)
    assert table_of(html, "By outlet")["The Clyde Herald-Post"] == len(
        {a.id for a, _ in rows if a.outlet == "clyde_herald_post"}
    )
    assert table_of(html, "By term")["Scottish Child Payment"] == len(
        {a.id for a, v in rows if any(h.term == "Scottish Child Payment" for h in v.hits)}
    )
    at = f"{HOME}/editions/{edition.id.partition('/')[2]}"
    link = f'In the <a href="{at}">Morning digest, {moment(edition.window.end)}</a>, under '
    assert link in html, "an edition in words, not by its id"
    second = answerer.get(f"{HOME}/coverage?page=2").text
    assert html.count("mo_results__title") + second.count("mo_results__title") == len(rows)


def test_coverage_is_asked_by_section_outlet_term_words_and_days(answerer, judged, workspace):
    def found(asked: str) -> int:
        rows = answerer.get(f"{HOME}/coverage.json?{asked}")
        return len(json.loads(rows.text)["rows"])

    benefits = [a for a, j in judged for v in j.verdicts if v.section == "benefits" and v.outcome is Outcome.IN]
    assert found("section=benefits") == len(benefits) > 0
    assert found("section=benefits&section=ministerial") > len(benefits)
    assert 0 < found("outlet=clyde_herald_post") < found("")
    assert 0 < found("term=scottish+child+payment") < found("")
    assert 0 < found("words=hospital+OR") + found("words=payment") < found("")
    assert found("until=2001-01-01") == 0
    today = min(a.first_seen for a, _ in judged).date().isoformat()
    assert found(f"since={today}") == found("")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("since=x", "since"),
        ("until=2026-13-01", "until"),
        ("since=2026-02-02&until=2026-02-01", "until"),
        ("words=%3F", "words"),
    ],
)
def test_a_question_that_makes_no_sense_is_no_answer_of_nothing(answerer, asked, field):
    answer = answerer.get(f"{HOME}/coverage?{asked}")
    assert answer.status == 422
    assert f'href="#{field}"' in answer.text
    assert "0 articles" not in answer.text
    assert answerer.get(f"{HOME}/coverage.csv?{asked}").status == 400


@pytest.mark.parametrize("field", ["term", "section", "outlet"])
def test_a_name_that_there_never_was_is_a_fault_of_its_field(answerer, field):
    answer = answerer.get(f"{HOME}/coverage?{field}=zebra")
    assert answer.status == 422
    assert f"There is no {field} “zebra”, and nothing was ever found under it" in plain(answer.text)
    assert f'href="#{field}"' in answer.text
    assert answerer.get(f"{HOME}/coverage.csv?{field}=zebra").status == 400


def test_what_is_not_known_today_is_said_and_still_looked_for(answerer, made):
    with app.open_workspace(made) as workspace:
        found = workspace.store.names_found(AGREEMENT)
        room = next(a for a in workspace.read().agreements if a.id == AGREEMENT)
    section = next(name for name in found if name in room.order)
    gone = replace(room, profiles=tuple(p for p in room.profiles if p.section != section))
    with app.open_workspace(made) as workspace:
        asked = CoverageQuestion(AGREEMENT, sections=(section,))
        never, said = _unknown(asked, Room(workspace, workspace.read(), gone))
    assert never == []
    assert said == (f"There is no section “{section}” today; only what was found under it earlier is listed.",)


def test_a_page_behind_the_last_says_so(answerer):
    answer = answerer.get(f"{HOME}/coverage?page=99999")
    assert answer.status == 404
    assert "There is no page 99,999: the last is" in answer.text


def test_near_misses_are_for_editors(answerer, editor):
    def verdicts(someone):
        return {row["verdict"] for row in json.loads(someone.get(f"{HOME}/coverage.json?near=true").text)["rows"]}

    assert verdicts(answerer) == {"in"}
    assert verdicts(editor) == {"in", "near_miss"}
    assert 'name="near"' not in answerer.get(f"{HOME}/coverage").text


def test_it_is_taken_out_as_csv_spreadsheet_and_json_alike_and_written_down(answerer, workspace):
    asked = "section=benefits"
    as_json = json.loads(answerer.get(f"{HOME}/coverage.json?{asked}").text)
    as_csv = answerer.get(f"{HOME}/coverage.csv?{asked}")
    assert "attachment" in as_csv.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(as_csv.body.decode("utf-8-sig"))))
    assert [r["url"] for r in rows] == [r["url"] for r in as_json["rows"]]
    assert as_json["asked"]["sections"] == "benefits"
    book = ZipFile(io.BytesIO(answerer.get(f"{HOME}/coverage.xlsx?{asked}").body))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert sheet.count("<row ") == len(rows) + 1
    assert all(row["why"] for row in rows)
    said = f"{AGREEMENT}, {len(rows)} rows as csv: section=benefits"
    assert ("coverage taken out", said) in acts_of(workspace, answerer)


def test_no_text_of_an_article_leaves_beyond_what_its_outlet_allows(answerer, judged):
    out = "".join(answerer.get(f"{HOME}/coverage.{ending}").body.decode("utf-8-sig") for ending in ("csv", "json"))
    html = plain("".join(answerer.get(f"{HOME}/coverage?page={n}").text for n in (1, 2)))
    for article, _ in judged:
        if len(article.body) > 600:
            assert article.body[-150:].replace("\n", " ") not in out + html


@pytest.mark.parametrize(
    ("at", "title"),
    [
        ("", "Today"),
        ("/desk/story", "Desk"),
        ("/profiles/benefits/terms", "Profiles"),
        ("/agreement/lists", "Profiles"),
        ("/digests", "Profiles"),
        ("/draft/preview", "Profiles"),
        ("/history/benefits", "Profiles"),
        ("/yield", "Profiles"),
    ],
)
def test_the_bar_marks_where_a_page_belongs(at: str, title: str) -> None:
    assert [marked for marked, _, _, here in pages_of("x", f"/a/x{at}") if here] == [title]
