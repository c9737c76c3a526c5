"""What sections share, as a press officer without scripts changes it; only the lines touched are others."""

from __future__ import annotations

from difflib import unified_diff

import pytest
from test_web_examples import example
from test_web_profiles import HOME, change, editors, file, first, home, published, second

__all__ = ["editors", "first", "home", "second"]
AGREEMENT = f"{HOME}/agreement"
FORMS = ("", "/list?name=main", "/place?name=scotland", "/left-out", "/sentences")
LIST = f"{AGREEMENT}/list?name=main"


def changed_lines(before: str, after: str) -> list[str]:
    return [
        line
        for line in unified_diff(before.splitlines(), after.splitlines(), n=0)
        if line[:2] not in ("--", "++", "@@")
    ]


def drafted(editor) -> str:
    return editor.get(f"{HOME}/draft").words


@pytest.mark.parametrize("path", FORMS)
def test_sent_as_it_is_nothing_is_changed(first, path):
    answer = change(first, f"{AGREEMENT}{path}", f"{AGREEMENT}{path.partition('?')[0]}")
    assert answer.status == 422
    assert "Nothing was changed" in answer.words
    assert "Nothing is drafted" in drafted(first)


def test_the_name_is_changed_in_its_line_alone_and_taken_back(first, home):
    before = file(home, "agreement.yaml")
    assert change(first, AGREEMENT, name="Insights").status == 303
    assert "Name: Insights (was Stakeholder Insights and Strategic Engagement)" in drafted(first)
    assert published(first).status == 303
    assert changed_lines(before, file(home, "agreement.yaml")) == [
        "-name: Stakeholder Insights and Strategic Engagement",
        "+name: Insights",
    ]
    assert change(first, AGREEMENT, name="Stakeholder Insights and Strategic Engagement").status == 303
    assert published(first).status == 303
    assert file(home, "agreement.yaml") == before


def test_a_section_moves_to_where_its_number_says(first):
    assert change(first, AGREEMENT, **{"place:key_journalist": "2"}).status == 303
    page = first.get(AGREEMENT).text
    order = [
        page.index(f'id="place:{one}"') for one in ("ministerial", "key_journalist", "benefits", "local_economy")
    ]
    assert order == sorted(order)


def test_a_word_has_its_options_and_comments_stay(first, home):
    before = file(home, "agreement.yaml")
    assert change(first, LIST, f"{AGREEMENT}/list", more="levy\n", **{"[3].also": "earnings"}).status == 303
    said = drafted(first)
    assert "Word list “main”: word “levy”: added" in said
    assert "Word list “main”: word “income”: also" in said or "word “income”: other forms: earnings" in said
    assert published(first).status == 303
    lines = changed_lines(before, file(home, "agreement.yaml"))
    assert lines == ["+      also: [earnings]", "+    - levy"]


def test_a_list_that_a_section_uses_is_not_taken_away(first):
    answer = change(first, LIST, f"{AGREEMENT}/list", act="remove")
    assert answer.status == 422
    assert "goes by this list" in answer.words


def test_a_list_is_made_and_taken_away(first):
    assert change(first, f"{AGREEMENT}/lists", title="Money words", words="cash\ncoin").status == 303
    assert "Money words cash, coin No section uses it" in first.get(f"{AGREEMENT}/lists").words.replace(
        "Change the list ", ""
    )
    path = f"{AGREEMENT}/list?name=money_words"
    assert change(first, path, f"{AGREEMENT}/list", act="remove").status == 303
    assert "Money words" not in first.get(f"{AGREEMENT}/lists").text.split("mo_results", 1)[1].split("add", 1)[0]


def test_a_place_is_made_and_what_is_wrong_stands_beside_its_field(first):
    path = f"{AGREEMENT}/place"
    assert "Write what the place is called" in change(first, path, area="Scotland").words
    wrong = change(first, path, title="Northern Isles", area="")
    assert wrong.status == 422
    assert '<a href="#area">The text is empty' in wrong.text
    assert change(first, path, title="Northern Isles", area="Scotland", places="Lerwick").status == 303
    assert "Place “northern_isles”: added" in drafted(first)


def test_a_sentence_has_one_test(first):
    path = f"{AGREEMENT}/sentences"
    page = first.get(path).text
    new = f"claims[{page.count('Take sentence')}]"
    wrong = change(first, path, **{f"{new}.says": "We look for ferries."})
    assert wrong.status == 422
    assert f'<a href="#{new}.says">' in wrong.text
    assert (
        change(first, path, **{f"{new}.says": "We look for it.", f"{new}.terms_for": "Universal Credit"}).status
        == 303
    )
    assert "Sentence “We look for it.”: added" in drafted(first)


def test_one_change_is_put_back_and_the_others_stay(first):
    assert change(first, AGREEMENT, name="Insights", client="The Islands").status == 303
    page = first.get(f"{HOME}/draft").text
    way = page.split("Put back", 1)[0].rpartition('name="way" value="')[2].partition('"')[0]
    put = {"file": "agreement.yaml", "way": way}
    done = first.post(f"{HOME}/draft/put-back", **put)
    assert done.status == 303
    said = first.get(done.headers["location"]).words
    assert "Put back: Who is served." in said
    assert "Name: Insights" in said
    assert first.post(f"{HOME}/draft/put-back", **put).status == 409


def test_what_cannot_be_put_back_by_itself_says_why(first):
    benefits = f"{HOME}/profiles/benefits"
    new = {"text": "Ferry relief begins.", "verdict": "in", "hits.asked": "yes", "hits": "Ferry Relief"}
    assert first.post(benefits, term="Ferry Relief").status == 303
    assert example(first, -1, **new, why="An example needs the term.").status == 303
    page = first.get(f"{HOME}/draft").text
    added = page.index("Term “Ferry Relief”: added")
    way = page[added:].partition('name="way" value="')[2].partition('"')[0]
    answer = first.post(f"{HOME}/draft/put-back", file="benefits.yaml", way=way)
    assert answer.status == 422
    assert "cannot be put back by itself" in answer.words


def test_history_answers_to_a_sections_id(first):
    answer = first.get(f"{HOME}/history/benefits")
    assert answer.status == 303
    assert first.get(answer.headers["location"]).words.count("History of BENEFITS") >= 1


# --------------------------------------------------------------- a section added, taken away, brought back

NEW = f"{HOME}/sections/new"
FERRIES = f"{HOME}/profiles/ferry_fares"


def add_ferries(editor, **typed):
    said = {"title": "FERRY FARES", "terms": "Ferry Users Group\nisland fares", "oicw[0].any": "ferry\nferries"}
    said |= {"agreement_says": "Fares of ferries", "groups": ["uk_nationals"], "place": "2", **typed}
    return change(editor, NEW, f"{HOME}/sections", **said)


def test_what_is_wrong_with_a_new_section_stands_beside_its_field_and_nothing_is_lost(first):
    assert "Write the heading of the section" in change(first, NEW, f"{HOME}/sections", terms="fares").words
    wrong = add_ferries(first, groups=[], terms="x*\nfares")
    assert wrong.status == 422
    assert '<a href="#terms">' in wrong.text
    assert '<a href="#sources">' in wrong.text
    assert "x*\nfares</textarea>" in wrong.text
    assert "ferry\nferries</textarea>" in wrong.text
    assert "Nothing is drafted" in drafted(first)


def test_a_section_is_added_in_a_draft_previewed_and_published(first, home):
    before = file(home, "agreement.yaml")
    done = add_ferries(first)
    assert (done.status, done.headers["location"].partition("?")[0]) == (303, FERRIES)
    assert "island fares" in first.get(FERRIES).words
    assert "FERRY FARES new in your draft 2 terms." in first.get(f"{HOME}/profiles").words
    assert "FERRY FARES" in first.get(f"{HOME}/digests/digest?name=morning").words
    assert "FERRY FARES" in first.get(AGREEMENT).words
    said = drafted(first)
    assert "Section “FERRY FARES”: added" in said
    assert "Term “Ferry Users Group”: added" in said
    answer = first.get(f"{HOME}/draft/preview")
    assert answer.status in (200, 202)
    assert file(home, "agreement.yaml") == before
    assert published(first).status == 303
    assert changed_lines(before, file(home, "agreement.yaml")) == ["+  - ferry_fares"]
    assert "\ntitle: FERRY FARES\n" in file(home, "ferry_fares.yaml")
    assert "FERRY FARES 2 terms." in first.get(f"{HOME}/profiles").words


def test_a_section_is_taken_away_and_brought_back(first, second, home):
    if first.get(FERRIES).status == 404:
        add_ferries(first)
        published(first)
    before = file(home, "ferry_fares.yaml")
    assert change(first, f"{FERRIES}/rules", f"{FERRIES}/away").status == 303
    assert "FERRY FARES taken away in your draft" in first.get(f"{HOME}/profiles").words
    assert "Section “FERRY FARES”: taken away" in drafted(first)
    refused = change(first, FERRIES, term="quay")
    assert (refused.status, "does not list this section" in refused.words) == (422, True)
    assert published(first).status == 303
    assert not (home / "profiles" / HOME.removeprefix("/a/") / "ferry_fares.yaml").exists()
    assert first.get(FERRIES).status == 404
    assert "History of FERRY FARES" in first.get(f"{HOME}/history/ferry_fares.yaml").words
    assert "FERRY FARES" in second.get(NEW).text.partition("Sections that were taken away")[2]
    back = second.post(f"{HOME}/sections/back", section="ferry_fares")
    assert (back.status, back.headers["location"].partition("?")[0]) == (303, FERRIES)
    assert published(second).status == 303
    assert file(home, "ferry_fares.yaml") == before
