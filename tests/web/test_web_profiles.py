"""Profiles as a press officer without scripts changes them: drafted, tried, published, merged, taken back."""

from __future__ import annotations

import re
import shutil
from html import unescape
from urllib.parse import urlencode

import pytest
from browsing import AGREEMENT, two_editors

from monitor import app, web

HOME = f"/a/{AGREEMENT}"
BENEFITS = f"{HOME}/profiles/benefits"
WHY = "as the benefits team asked"


@pytest.fixture(scope="module")
def home(made, tmp_path_factory):
    """A workspace of its own, served, with two editors."""
    home = tmp_path_factory.mktemp("profiles") / "workspace"
    shutil.copytree(made, home)
    return home


@pytest.fixture(scope="module")
def editors(home):
    with app.open_workspace(home) as opened, web.served(opened) as address:
        yield two_editors(opened, address)


@pytest.fixture
def first(editors):
    yield from clean(editors[0])


@pytest.fixture
def second(editors):
    yield from clean(editors[1])


def clean(editor):
    yield editor
    editor.post(f"{HOME}/draft/drop")


def fields(page: str) -> dict[str, str | list[str]]:
    """What the section's form on a page would send if nothing were touched."""
    form = page[page.index('class="mo_form') : page.index("</form>", page.index('class="mo_form'))]
    found: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("type") not in ("checkbox", "radio") or " checked" in tag:
            name, value = unescape(said["name"]), unescape(said.get("value", ""))
            found[name] = [*found.get(name, ()), value] if said.get("type") == "checkbox" else value
    for name, body in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        found[name] = unescape(body)
    for name, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        found[name] = unescape(chosen[1])
    return found


def change(editor, path: str, post: str = "", **typed: str):
    """Open a form, type into it, and send it."""
    page = editor.get(path)
    assert page.status == 200, path
    return editor.post(
        post or path, **{**fields(page.text), **{k.replace("__", "."): v for k, v in typed.items()}}
    )


def term(editor, name: str, **typed: str):
    path = f"{BENEFITS}/term?name={name.replace(' ', '+')}"
    return change(editor, path, f"{BENEFITS}/term", act="change", **typed)


def file(home, name="benefits.yaml") -> str:
    return (home / "profiles" / AGREEMENT / name).read_text("utf-8")


def published(editor, reason=WHY):
    return editor.post(f"{HOME}/draft/publish", reason=reason)


# --------------------------------------------------------------- terms


def test_terms_stand_with_what_they_brought(first):
    page = first.get(BENEFITS).words
    assert re.search(r"Adult Disability Payment [1-9]\d* kept ?, 0 excluded, \d+ near miss", page)
    assert re.search(r"The numbers are articles since \w+ \d+ \w+ \d{4}, when this record begins", page)
    assert "Carer Support Payment Nothing yet" in page


def test_a_term_is_added_to_a_draft_and_nothing_is_in_force(first, second, home):
    before = file(home)
    done = first.post(BENEFITS, term=" Cold  Spell\x0b\x02Loan ")  # as it is pasted out of a PDF
    assert done.status == 303
    assert "“Cold Spell Loan” is added to your draft" in first.get(done.headers["location"]).words
    assert "Your draft changes 1 thing here" in first.get(BENEFITS).words
    assert "Cold Spell Loan" not in second.get(BENEFITS).text
    assert "Drafts of others: first-editor" in second.get(f"{HOME}/profiles").words
    assert "Term “Cold Spell Loan”: added" in second.get(f"{HOME}/draft?of=first-editor").words
    assert "Publish" not in second.get(f"{HOME}/draft?of=first-editor").words
    assert file(home) == before


def test_no_strangers_link_speaks_in_our_voice(first):
    said = "Your session is stolen"
    for query in (f"done={said}", f"done={said}&seal={'0' * 32}", f"done={said}&seal="):
        assert said not in first.get(f"{BENEFITS}?{query}".replace(" ", "+")).text


def test_the_longest_term_is_drafted_and_told(first):
    term = "w" * 300
    done = first.post(BENEFITS, term=term)
    assert done.status == 303
    page = first.get(done.headers["location"])
    assert page.status == 200
    assert f"“{term[:290]}" in page.words


def test_what_is_unwise_in_a_draft_is_told_before_it_is_published(first):
    assert "Worth a look" not in first.get(f"{HOME}/draft").text
    saved = first.post(BENEFITS, term="Fire")
    told = first.get(saved.headers["location"]).words
    assert "“Fire” is added to your draft. Worth a look: 'Fire' is a common word, and nothing must stand" in told
    page = first.get(f"{HOME}/draft").words
    assert "Worth a look before you publish" in page
    new, before = page.split("from before", 1)
    assert "BENEFITS, “Fire”: " in new
    assert "BENEFITS, “Universal Credit”: " not in new, "what is in force has it too"
    assert "BENEFITS, “Universal Credit”: " in before
    assert "MINISTERIAL, " not in page, "of the sections that the draft changes, and no others"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the word or phrase to look for"),
        ("Universal Credit", "“Universal Credit” is there already"),
        ("a*", "would match too much"),
        ("--", "has no letter and no figure"),
        ("word " * 80, "399 characters long"),
        ("Foo\u200bbar", "cannot be seen (U+200B)"),
        ("abc\u202edef", "cannot be seen (U+202E)"),
    ],
)
def test_what_cannot_be_a_term_is_told_beside_the_field(first, typed, said):
    answer = first.post(BENEFITS, term=typed)
    assert answer.status == 422
    assert said in answer.words
    assert 'id="term-error"' in answer.text
    assert "Nothing is drafted" in first.get(f"{HOME}/draft").words


def test_every_option_of_every_term_that_is_shipped_survives_its_form(first):
    """A form that is sent as it was shown changes nothing: no key is lost, none is added."""
    for section in ("benefits", "ministerial", "local_economy", "organisations", "uk_government"):
        at = f"{HOME}/profiles/{section}"
        for name in re.findall(r'/term\?name=([^"]+)"', first.get(at).text):
            answer = change(first, f"{at}/term?name={name}", f"{at}/term", act="change")
            assert answer.status == 422, name
            assert "Nothing was changed" in answer.words, name
        for below in ("rules", "sources"):
            page = first.get(f"{at}/{below}").text
            sent = fields(page)
            body = [(k, v) for k, v in sent.items() if k not in ("groups", "plus")]
            body += [(k, v) for k, v in re.findall(r'name="(groups|plus)" value="([^"]+)" checked', page)]
            answer = post_all(first, f"{at}/{below}", body)
            assert answer.status == 422, (section, below)
            assert "Nothing was changed" in answer.words, (section, below)


def post_all(editor, path, body):
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return editor.ask("POST", path, urlencode(body).encode(), kind)


def test_options_are_written_and_comments_stay(first, home):
    assert term(first, "Universal Credit", case="capitalised", only_with__any="Scotland\nGlasgow").status == 303
    assert "Term “Universal Credit”: capitals: capitalised" in first.get(f"{HOME}/draft").words
    before = file(home)
    assert published(first).status == 303
    new = [line.strip() for line in file(home).splitlines() if line not in before.splitlines()]
    assert new == ["case: capitalised", "only_with:", "any: [Scotland, Glasgow]"]
    gone = [line for line in before.splitlines() if line not in file(home).splitlines()]
    assert gone == []


def test_a_fault_stands_beside_its_option_and_what_was_typed_stays(first):
    answer = term(
        first, "Job Start Payment", blockers="fine\n!!", only_with__any="x", only_with__within__number="many"
    )
    assert answer.status == 422
    assert 'id="blockers-error"' in answer.text
    assert 'id="only_with.within-error"' in answer.text
    assert fields(answer.text)["blockers"] == "fine\n!!"


def test_a_term_changed_in_another_window_is_not_overwritten_unseen(first):
    path = f"{BENEFITS}/term?name=School+Age+Payment"
    old = fields(first.get(path).text)
    assert term(first, "School Age Payment", note="The first window.").status == 303
    answer = first.post(f"{BENEFITS}/term", **{**old, "act": "change", "note": "The second window."})
    assert answer.status == 422
    assert "changed meanwhile, in another window" in answer.words
    assert first.post(f"{BENEFITS}/term", **{**fields(answer.text), "act": "change"}).status == 303
    assert "The second window." in first.get(path).text


def test_an_individual_needs_a_decision(first):
    at = f"{HOME}/profiles/scottish_parliament"
    assert first.post(at, term="Convener of a Committee").status == 303
    answer = change(first, f"{at}/term?name=Convener+of+a+Committee", f"{at}/term", act="change", kind="person")
    assert answer.status == 422
    assert 'id="person.role-error"' in answer.text


def test_a_term_that_is_taken_away_or_renamed_takes_its_examples_along(first):
    values = first.get(f"{HOME}/profiles/ministerial").text
    assert "Shirley-Anne Somerville" in values
    at = f"{HOME}/profiles/ministerial"
    name = "Social+Security+Scotland"
    assert change(first, f"{at}/term?name={name}", f"{at}/term", act="remove").status == 303
    page = first.get(f"{HOME}/draft").words
    assert "Term “Social Security Scotland”: taken away" in page
    assert "Example “Social Security Scotland moved" in page


# --------------------------------------------------------------- rules and sources


def test_a_rule_is_changed_added_and_taken_away(first):
    at = f"{HOME}/profiles/ministerial/rules"
    typed = {"oicw[1].place": "scotland", "oicw[0].within": "sentence", "subject_of": "yes"}
    page = first.get(at)
    assert first.post(at, **{**fields(page.text), **typed}).status == 303
    page = first.get(f"{HOME}/draft").words
    assert "Must be about a term: yes" in page
    assert "Rule “scotland”: added" in page
    sent = fields(first.get(at).text)
    assert sent["oicw[0].within"] == "sentence"
    assert first.post(at, **{**sent, "oicw[1].remove": "yes"}).status == 303
    assert "Rule “scotland”" not in first.get(f"{HOME}/draft").words


def test_points_that_are_no_number_are_told(first):
    at = f"{HOME}/profiles/ministerial/rules"
    page = first.get(at)
    answer = first.post(at, **{**fields(page.text), "subject_of": "yes", "subject_of.points": "lots"})
    assert answer.status == 422
    assert 'id="subject_of.points-error"' in answer.text


def test_a_query_is_read_and_its_fault_has_a_place(first):
    at = f"{HOME}/profiles/benefits/rules"
    answer = first.post(at, **{**fields(first.get(at).text), "query": "benefit AND (poverty"})
    assert answer.status == 422
    assert 'id="query-error"' in answer.text
    assert first.post(at, **{**fields(first.get(at).text), "query": "benefit AND poverty"}).status == 303


def test_outlets_are_ticked(first):
    at = f"{BENEFITS}/sources"
    sent = fields(first.get(at).text)
    assert first.post(at, **{**sent, "any_monitored": "yes"}).status == 303
    assert "Sources: every outlet that is monitored" in first.get(f"{HOME}/draft").words
    said = {**fields(first.get(at).text), "any_monitored": "no"}
    body = [(key, value) for key, value in said.items() if key not in ("groups", "plus")]
    assert post_all(first, at, [*body, ("groups", "uk_nationals"), ("plus", "stv"), ("plus", "bbc")]).status == 303
    ticked = re.findall(r'name="(groups|plus)" value="([^"]+)" checked', first.get(at).text)
    assert sorted(ticked) == [("groups", "uk_nationals"), ("plus", "bbc"), ("plus", "stv")]


def test_no_source_at_all_is_told(first):
    at = f"{BENEFITS}/sources"
    sent = {key: value for key, value in fields(first.get(at).text).items() if key not in ("groups", "plus")}
    answer = first.post(at, **sent)
    assert answer.status == 422
    assert "No source is named" in answer.words


# --------------------------------------------------------------- trying


def test_a_text_is_tried_against_the_draft(first):
    typed = {"headline": "Cold Spell Loan opens in Scotland", "text": "Everybody may ask."}
    assert "Cold Spell Loan</mark>" not in first.post(f"{BENEFITS}/try", **typed).text
    first.post(BENEFITS, term="Cold Spell Loan")
    answer = first.post(f"{BENEFITS}/try", **typed)
    assert answer.status == 200
    assert '<mark class="mo_mark--term">Cold Spell Loan</mark>' in answer.text


def test_a_stored_article_is_tried_by_its_address(first, home):
    with app.open_workspace(home) as opened:
        stored = next(
            a for a in opened.store.articles(*all_days(opened)) if "Scottish Child Payment" in a.headline
        )
    answer = first.post(f"{BENEFITS}/try", address=stored.url)
    assert answer.status == 200
    assert "Scottish Child Payment</mark>" in answer.text


def test_an_address_that_cannot_be_read_is_told_so(first):
    answer = first.post(f"{BENEFITS}/try", address="http://127.0.0.1:9/closed")
    assert answer.status == 200
    assert "There is no text of it that could be judged" in answer.words or "It is not fetched" in answer.words


def all_days(workspace):
    now = workspace.clock()
    return now.replace(year=2000), now.replace(year=now.year + 1)


@pytest.mark.parametrize(
    ("typed", "said"), [({}, "There is nothing to try"), ({"address": "example.org"}, "is no web address")]
)
def test_what_cannot_be_tried_is_told(first, typed, said):
    answer = first.post(f"{BENEFITS}/try", **typed)
    assert answer.status == 422
    assert said in answer.words


# --------------------------------------------------------------- publishing


@pytest.mark.parametrize("reason", ["", "so"])
def test_a_reason_is_asked_for(first, reason):
    first.post(BENEFITS, term="Cold Spell Loan")
    answer = published(first, reason)
    assert answer.status == 422
    assert 'id="reason-error"' in answer.text
    assert "--reason" not in answer.words


def test_published_is_in_force_written_down_and_can_be_taken_back(first, second, home):
    before = file(home)
    first.post(BENEFITS, term="Cold Spell Loan")
    done = published(first)
    assert "Published: benefits.yaml" in first.get(done.headers["location"]).words
    assert "Cold Spell Loan" in file(home)
    past = second.get(f"{HOME}/history/benefits.yaml")
    assert f"first-editor: {WHY} Term “Cold Spell Loan”: added" in past.words
    number = int(re.search(r"Revision (\d+) in force", past.words)[1])
    refused = second.post(f"{HOME}/history/benefits.yaml", revision=str(number - 1))
    assert refused.status == 422
    assert f'id="reason-{number - 1}-error"' in refused.text
    back = second.post(f"{HOME}/history/benefits.yaml", revision=str(number - 1), reason="it was noise")
    assert back.status == 303
    assert file(home) == before
    assert f"Revision {number + 1} in force" in second.get(f"{HOME}/history/benefits.yaml").words
    with app.open_workspace(home) as opened:
        acts = {(act.user, act.what) for act in opened.store.acts(*all_days(opened))}
    assert {
        ("first-editor", "draft: term added"),
        ("first-editor", "draft published"),
        ("second-editor", "revision restored"),
    } <= acts


def test_the_second_of_two_editors_is_shown_the_first_ones_change_and_both_are_kept(first, second, home):
    first.post(BENEFITS, term="Loan of the first")
    second.post(BENEFITS, term="Loan of the second")
    assert published(first).status == 303
    refused = published(second, "mine, too")
    assert refused.status == 409
    page = refused.words
    assert "first-editor published BENEFITS meanwhile" in page
    assert "Term “Loan of the first”: added" in page
    assert 'id="publish"' not in refused.text, "there is nothing to publish before that is taken in"
    assert 'href="#merge"' in refused.text
    merged = merge(second, refused)
    assert merged.status == 303
    again = second.follow(merged.headers["location"]).text
    assert fields(again[again.index('id="publish"') :])["reason"] == "mine, too"
    assert published(second).status == 303
    assert "Loan of the first" in file(home)
    assert "Loan of the second" in file(home)


def test_what_both_changed_is_chosen(first, second):
    term(first, "Best Start Foods", note="The first one's.")
    term(second, "Best Start Foods", note="The second one's.")
    published(first)
    shown = second.get(f"{HOME}/draft")
    assert "You both changed the same" in shown.words
    assert "Yours: The second one's." in shown.words
    unsettled = merge(second, shown)
    assert unsettled.status == 422
    assert "Choose whose word counts" in unsettled.words
    name = unescape(re.search(r'name="(choice:[^"]+)"', shown.text)[1])
    assert merge(second, shown, **{name: "mine"}).status == 303
    assert published(second).status == 303
    assert "The second one" in second.get(f"{BENEFITS}/term?name=Best+Start+Foods").text


def merge(editor, page, **choices):
    names = ("file", "theirs", "reason")
    named = {key: re.search(rf'name="{key}" value="([^"]*)"', part(page))[1] for key in names}
    return editor.post(f"{HOME}/draft/merge", **named, **choices)


def part(page):
    return page.text[page.text.index('id="merge"') :]


def test_a_file_that_was_changed_on_the_machine_is_published_first(first, home):
    first.post(BENEFITS, term="Cold Spell Loan")
    path = home / "profiles" / AGREEMENT / "benefits.yaml"
    path.write_text(f"{file(home)}# on the machine\n", "utf-8")
    refused = published(first)
    assert refused.status == 409
    assert "was changed on the machine" in refused.words
    again = first.post(f"{HOME}/draft/from-disk", file="benefits.yaml", reason="a remark of ours")
    assert again.status == 303
    assert merge(first, first.get(f"{HOME}/draft")).status == 303
    assert published(first).status == 303
    assert file(home).endswith("# on the machine\n")
    assert "  - Cold Spell Loan\n" in file(home)


def test_a_draft_is_dropped(first):
    first.post(BENEFITS, term="Yet Another Loan")
    assert first.post(f"{HOME}/draft/drop", file="benefits.yaml").status == 303
    assert "Yet Another Loan" not in first.get(BENEFITS).text
    assert first.post(f"{HOME}/draft/drop").status == 404


@pytest.mark.parametrize("path", ["profiles/nothing", "profiles/benefits/term?name=x", "history/nothing.yaml"])
def test_what_is_not_there_is_not_found(first, path):
    assert first.get(f"{HOME}/{path}").status == 404
