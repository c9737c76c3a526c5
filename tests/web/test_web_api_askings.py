"""A second person by the API: what is asked for together is confirmed together, refused, or withdrawn."""

from __future__ import annotations

import shutil

import pytest
from browsing import AGREEMENT, asking_a_second_person, program

from monitor import app, web

MINE = f"/api/v1/agreements/{AGREEMENT}"
WHY = "as the benefits team asked"


@pytest.fixture(scope="module")
def programs(made, tmp_path_factory):
    """Ask for two programs, each of an editor of its own, of an agreement that asks for a second person."""
    home = tmp_path_factory.mktemp("askings-api") / "workspace"
    with asking_a_second_person(made, home) as opened, web.served(opened) as address:

        def asks(name):
            ask = program(opened, address, name)
            return lambda method, path, *more, **given: ask(method, f"{MINE}{path}", *more, **given)

        yield asks("one"), asks("other")


def with_term(ask, section, name):
    state = ask("GET", f"/profiles/{section}")
    values = state["values"] | {"terms": [*state["values"]["terms"], name]}
    ask("PUT", f"/profiles/{section}", {"version": state["version"], "values": values})


def revisions(ask, file):
    return [one["author"] for one in ask("GET", f"/history/{file}")]


def test_files_that_are_asked_for_together_are_confirmed_together(programs):
    one, other = programs
    with_term(one, "benefits", "Cold Spell Loan")
    with_term(one, "ministerial", "Minister for Cold Spells")
    told = one("POST", "/draft/publish", {"reason": WHY}, 400)
    assert "second person" in told["detail"]
    made = one("POST", "/askings", {"reason": WHY})
    assert (made["author"], made["state"]) == ("one", "waits")
    assert {f["file"]: f["changes"] for f in made["files"]} == {
        "benefits.yaml": ["Term “Cold Spell Loan”: added"],
        "ministerial.yaml": ["Term “Minister for Cold Spells”: added"],
    }
    assert other("GET", "/askings") == [made]
    answer = {"author": "one", "seal": made["seal"]}
    assert "themselves" in one("POST", "/askings/confirm", answer, 400)["detail"]
    other("POST", "/askings/confirm", answer | {"seal": "0" * 16}, 409)
    before = {file: len(revisions(one, file)) for file in ("benefits.yaml", "ministerial.yaml")}
    done = other("POST", "/askings/confirm", answer)
    assert [(r["file"], r["author"], r["confirmed_by"], r["reason"]) for r in done] == [
        ("benefits.yaml", "one", "other", WHY),
        ("ministerial.yaml", "one", "other", WHY),
    ]
    assert {file: len(revisions(one, file)) for file in before} == {f: n + 1 for f, n in before.items()}
    assert one("GET", "/askings") == []
    other("POST", "/askings/confirm", answer, 404)


def test_what_is_asked_for_is_refused_with_a_reason_changed_and_withdrawn(programs):
    one, other = programs
    with_term(one, "benefits", "Cold Week Loan")
    answer = {"author": "one", "seal": one("POST", "/askings", {"reason": WHY})["seal"]}
    other("POST", "/askings/refuse", answer | {"reason": ""}, 400)
    refused = other("POST", "/askings/refuse", answer | {"reason": "mostly weather"})
    assert (refused["state"], refused["refused_by"], refused["refusal"]) == ("refused", "other", "mostly weather")
    again = one("POST", "/askings", {"reason": f"{WHY}, again"})
    with_term(one, "benefits", "Cold Month Loan")
    assert [found["state"] for found in other("GET", "/askings")] == ["withdrawn"]
    other("POST", "/askings/confirm", {"author": "one", "seal": again["seal"]}, 409)
    assert one("DELETE", "/askings") == ["benefits.yaml"]
    assert one("GET", "/draft")["files"] == []
    one("DELETE", "/askings", status=404)


def test_an_earlier_revision_is_asked_for_too(programs):
    one, other = programs
    before = len(revisions(one, "benefits.yaml"))
    made = one("POST", "/askings", {"reason": "it was only noise", "file": "benefits.yaml", "number": 1})
    assert [f["file"] for f in made["files"]] == ["benefits.yaml"]
    (done,) = other("POST", "/askings/confirm", {"author": "one", "seal": made["seal"]})
    past = one("GET", "/history/benefits.yaml")
    assert (len(past), past[-1]["revision"]) == (before + 1, done["revision"])
    assert past[-1]["revision"] == past[0]["revision"]


def test_where_no_second_person_is_asked_for_nothing_is_asked(made, tmp_path):
    home = tmp_path / "workspace"
    shutil.copytree(made, home)
    with app.open_workspace(home) as opened, web.served(opened) as address:
        ask = program(opened, address, "alone")
        assert "publish the draft" in ask("POST", f"{MINE}/askings", {"reason": WHY}, 400)["detail"]
