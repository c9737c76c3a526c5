"""Examples, journalists and the agreement's words, as a press officer without scripts changes them."""

from __future__ import annotations

import re

import pytest
from test_web_profiles import BENEFITS, HOME, change, editors, fields, file, first, home, published, second, term

__all__ = ["editors", "first", "home", "second"]
EXAMPLES = f"{BENEFITS}/examples"
JOURNALIST = {
    "name": "Rita Sample",
    "purpose": "The client answers what she writes.",
    "approved_by": "Head of Communications",
    "second_approval": "Data Protection Officer",
    "review_by": "2027-03-31",
}


def forms(page: str) -> list[dict]:
    """What each example's form would send; the last is that of a new one."""
    return [fields(f'class="mo_form{part}') for part in page.split('class="mo_form')[1:]]


def example(editor, number: int, **typed):
    sent = forms(editor.get(EXAMPLES).text)[number]
    new = {f"examples[{sent['number']}].{key}": value for key, value in typed.items()}
    return editor.post(EXAMPLES, **{**sent, "act": "change", **new})


def drafted(editor) -> str:
    return editor.get(f"{HOME}/draft").words


def test_every_example_says_whether_it_comes_out(first):
    page = first.get(EXAMPLES).words
    assert page.count(" comes out") == len(forms(first.get(EXAMPLES).text)) - 1 > 5
    assert "does not come out" not in page


def test_each_of_them_sent_as_it_is_changes_nothing(first):
    for sent in forms(first.get(EXAMPLES).text)[:-1]:
        answer = first.post(EXAMPLES, **sent)
        assert answer.status == 422, sent
        assert "Nothing was changed" in answer.words
    assert "Nothing is drafted" in drafted(first)


def test_one_that_does_not_come_out_is_drafted_and_says_what_is_wrong(first):
    new = {
        "text": "Rain fell on Oban.",
        "verdict": "in",
        "hits.asked": "yes",
        "hits": "Universal Credit",
        "why": "No.",
    }
    assert example(first, -1, **new).status == 303
    page = first.get(EXAMPLES).words
    assert "does not come out 'Universal Credit' should hit, and does not It is out, and should be in" in page
    assert "Example “Rain fell on Oban.”: added" in drafted(first)
    sent = forms(first.get(EXAMPLES).text)[-2]
    assert first.post(EXAMPLES, **sent, act="remove").status == 303
    assert "Rain fell on Oban" not in first.get(EXAMPLES).words


def test_one_that_proves_nothing_is_told_beside_its_text(first):
    answer = example(first, -1, text="Rain fell.")
    assert answer.status == 422
    number = forms(answer.text)[-1]["number"]
    assert f'<a href="#examples[{number}].text">The example expects nothing' in answer.text


def test_a_journalist_is_followed_only_where_the_agreement_takes_them(first):
    path = f"{BENEFITS}/journalists"
    typed = {f"bylines[0].{key}": value for key, value in JOURNALIST.items()}
    answer = change(first, path, **typed)
    assert answer.status == 422
    assert "A journalist is named, and this agreement takes none" in answer.words
    assert change(first, f"{HOME}/agreement", **{"people.journalists": "yes"}).status == 303
    missing = change(first, path, **(typed | {"bylines[0].second_approval": ""}))
    assert "on one approval" in missing.words
    assert change(first, path, **typed).status == 303
    assert "Journalist “Rita Sample”: added" in drafted(first)
    assert change(first, path, **{"bylines[0].remove": "yes"}).status == 303
    assert "Rita Sample" not in drafted(first)


def test_the_agreements_words_are_changed_and_nothing_else(first, home):
    before = file(home)
    said = fields(first.get(f"{BENEFITS}/rules").text)["agreement_says"]
    assert "Best Start Foods" in said
    assert change(first, f"{BENEFITS}/rules").status == 422, "sent as it is, nothing is changed"
    assert change(first, f"{BENEFITS}/rules", agreement_says=f"{said} Cold Spell Loan").status == 303
    assert published(first).status == 303
    after = file(home)
    assert "Cold Spell Loan" in after
    assert re.split(r"(?m)^terms:", after)[1] == re.split(r"(?m)^terms:", before)[1]


@pytest.mark.parametrize("kind", ["organisation", "phrase"])
def test_a_term_that_is_no_person_any_more_loses_what_was_said_of_the_person(first, kind):
    assert first.post(BENEFITS, term="Rita Sample").status == 303
    person = {
        f"person__{key}": JOURNALIST.get(key, "Minister for Harbours")
        for key in ("purpose", "approved_by", "review_by", "role")
    }
    assert term(first, "Rita Sample", kind="person", person__class="office_holder", **person).status == 303
    assert term(first, "Rita Sample", kind=kind).status == 303
    page = first.get(f"{BENEFITS}/term?name=Rita+Sample").text
    assert "Minister for Harbours" not in page
    assert "<summary>The person</summary>" in page
