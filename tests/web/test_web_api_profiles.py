"""Profiles by the API: the same drafts, faults, merges and revisions as the pages."""

from __future__ import annotations

import json
import shutil

import pytest
from browsing import AGREEMENT, program

from monitor import app, web

MINE = f"/api/v1/agreements/{AGREEMENT}"
BENEFITS = f"{MINE}/profiles/benefits"


@pytest.fixture(scope="module")
def programs(made, tmp_path_factory):
    """Ask for two programs, each of an editor of its own."""
    home = tmp_path_factory.mktemp("profiles-api") / "workspace"
    shutil.copytree(made, home)
    with app.open_workspace(home) as opened, web.served(opened) as address:
        yield program(opened, address, "one"), program(opened, address, "other")


def with_term(ask, name, status=200):
    state = ask("GET", BENEFITS)
    values = state["values"] | {"terms": [*state["values"]["terms"], name]}
    return ask("PUT", BENEFITS, {"version": state["version"], "values": values}, status)


def test_a_section_is_drafted_tried_published_and_taken_back(programs):
    ask, _ = programs
    drafted = with_term(ask, "Cold Spell Loan")
    assert (drafted["drafted"], drafted["changes"]) == (True, ["Term “Cold Spell Loan”: added"])
    assert next(one for one in drafted["terms"] if one["term"] == "Best Start Foods")["kept"]
    told = ask("POST", f"{BENEFITS}/try", {"headline": "Cold Spell Loan opens in Scotland"})
    assert any("Cold Spell Loan" in json.dumps(one["passages"], ensure_ascii=False) for one in told["sections"])
    assert ask("GET", f"{MINE}/draft")["files"][0]["changes"] == drafted["changes"]
    (made,) = ask("POST", f"{MINE}/draft/publish", {"reason": "asked for by the team"})
    assert (made["file"], made["author"]) == ("benefits.yaml", "one")
    past = ask("GET", f"{MINE}/history/benefits.yaml")
    assert past[-1] == made
    back = ask(
        "POST", f"{MINE}/history/benefits.yaml", {"number": made["number"] - 1, "reason": "it was only noise"}
    )
    assert back["number"] == made["number"] + 1
    assert ask("GET", BENEFITS)["changes"] == []


def test_faults_are_told_and_nothing_is_drafted(programs):
    ask, _ = programs
    said = with_term(ask, "Universal Credit", 400)
    assert "stands in line" in said["detail"]
    state = ask("GET", BENEFITS)
    assert not state["drafted"]
    deep = state["values"] | {"terms": [[[[[[[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]]]]]]]}
    assert "nested" in ask("PUT", BENEFITS, {"version": state["version"], "values": deep}, 400)["detail"]
    assert (
        ask("PUT", BENEFITS, {"version": "old", "values": {}}, 409)["title"] == "It was changed since you looked"
    )


def test_of_two_programs_the_second_merges(programs):
    ask, other = programs
    with_term(ask, "Loan of the one")
    with_term(other, "Loan of the other")
    ask("POST", f"{MINE}/draft/publish", {"reason": "asked for by the team"})
    other("POST", f"{MINE}/draft/publish", {"reason": "asked for as well"}, 409)
    (file,) = other("GET", f"{MINE}/draft")["files"]
    assert file["meanwhile"]["changes"] == ["Term “Loan of the one”: added"]
    assert file["meanwhile"]["clashes"] == []
    merging = {"file": file["file"], "revision": file["meanwhile"]["revision"]}
    (file,) = other("POST", f"{MINE}/draft/merge", merging)["files"]
    assert file["meanwhile"] is None
    other("POST", f"{MINE}/draft/publish", {"reason": "asked for as well"})
    assert {"Loan of the one", "Loan of the other"} <= {one["term"] for one in ask("GET", BENEFITS)["terms"]}


def test_a_draft_is_dropped(programs):
    ask, _ = programs
    with_term(ask, "Yet Another Loan")
    assert ask("DELETE", f"{MINE}/draft?file=benefits.yaml")["files"] == []
    ask("DELETE", f"{MINE}/draft", status=404)


def test_a_section_is_added_dropped_taken_away_and_brought_back(programs):
    ask, _ = programs
    values = {"title": "FERRIES", "terms": ["Ferry Users Group"], "sources": "any_monitored"}
    path = f"{MINE}/profiles/ferries"
    refused = ask("POST", f"{MINE}/profiles", {"section": "ferries", "values": {**values, "terms": [""]}}, 400)
    assert refused["detail"] == "Terms[0]: the text is empty."
    new = {"section": "ferries", "values": values, "place": 1}
    assert ask("POST", f"{MINE}/profiles", new)["values"] == {"section": "ferries", **values}
    assert ask("DELETE", f"{MINE}/draft?file=ferries.yaml")["files"] == []
    assert ask("GET", path, status=404)
    ask("POST", f"{MINE}/profiles", new)
    assert [one["file"] for one in ask("POST", f"{MINE}/draft/publish", {"reason": "the client's wish"})] == [
        "agreement.yaml",
        "ferries.yaml",
    ]
    assert ask("DELETE", path)["files"][0]["changes"] == ["Section “ferries”: taken away"]
    ask("POST", f"{MINE}/draft/publish", {"reason": "not any more"})
    assert "bring it back" in ask("POST", f"{MINE}/profiles", new, 400)["detail"]
    assert ask("POST", f"{path}/back")["values"]["title"] == "FERRIES"
    ask("DELETE", f"{MINE}/draft")
