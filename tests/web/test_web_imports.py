"""An agreement handed in on a page: read, corrected term by term, published; by the API the same."""

from __future__ import annotations

import http.client
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlsplit

import pytest
from browsing import Answer, Visitor, handed_in

from monitor import app
from monitor.core.access import Granted, Role

AGREEMENT = """Client: Pier Council
Agreement name: Piers and ferries
FERRIES
SEARCH TERMS:
Pier Fund Harbour Board Ferry Relief Payment
Rita Sample
All OICW boats, tides
SOURCES:
UK Nationals, Nobody Weekly
"""
DECISION = {"purpose": "Contract", "approved_by": "Head of News", "review_by": "2099-01-01"}


@pytest.fixture(scope="module")
def editor(member: Callable[..., Visitor]) -> Visitor:
    return member(Granted(Role.EDITOR))


@pytest.fixture
def places(made: Path) -> Iterator[Path]:
    """The folder `profiles/`; agreements that a test makes are gone afterwards."""
    folder = made / "profiles"
    before = set(folder.iterdir())
    yield folder
    for new in set(folder.iterdir()) - before:
        rmtree(new)


@pytest.fixture
def draft(editor: Visitor) -> str:
    """The address of a draft's page."""
    answer = handed_in(editor, AGREEMENT.encode())
    assert answer.status == 303, answer.text
    return answer.headers["location"]


def version(page: Answer) -> str:
    return re.search(r'name="version" value="(\d+)"', page.text)[1]  # type: ignore[index]


def say(editor: Visitor, draft: str, below: str, **fields: str) -> Answer:
    return editor.post(f"{draft}/{below}", version=version(editor.get(draft)), **fields)


def terms(page: Answer) -> list[str]:
    return re.findall(r'<p><strong class="">([^<]+)</strong>', page.text)


def test_a_document_becomes_a_draft_beside_it(editor: Visitor, draft: str) -> None:
    page = editor.get(draft)
    assert terms(page) == ["Pier Fund", "Harbour Board", "Ferry Relief Payment", "Rita Sample"]
    assert "Only in connection with any of: boats, tides" in page.text
    assert "Nobody knows “Nobody Weekly”" in page.text
    assert "1 name</a> waits" in page.text or "1 name waits for a decision" in page.text
    assert "piers.txt" in editor.get("/import").text


def test_the_page_says_whom_it_recognises(editor: Visitor) -> None:
    nobody = "FERRIES\nSEARCH TERMS: Pier Fund\nSOURCES: UK Nationals"
    page = editor.get(handed_in(editor, nobody.encode()).headers["location"])
    assert "People named: none that we recognise</h2>" in page.text
    titled = nobody.replace("Pier Fund", "<ul><li>Thrawn O'Sample MSP</ul>")
    page = editor.get(handed_in(editor, f"<html>{titled}".encode(), "a.html").headers["location"])
    assert "people named (1)" in page.text
    assert "none that we recognise" not in page.text


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        (b"", "", "Choose the file"),
        (b"", "piers.txt", "piers.txt is empty"),
        (b"Nothing to see.", "piers.txt", "no section was found"),
        (b"PK\x03\x04 no more", "piers.docx", "cannot be read as a Word document"),
        (b"%PDF-1.4 no more", "piers.pdf", "piers.pdf: "),
        (b"\xd0\xcf\x11\xe0", "piers.doc", "Word before 2007"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(editor: Visitor, body: bytes, name: str, why: str) -> None:
    answer = handed_in(editor, body, name)
    assert answer.status == 422
    assert why in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_file_larger_than_any_agreement_is_not_read(editor: Visitor) -> None:
    place = urlsplit(editor.address)
    with closing(http.client.HTTPConnection(place.hostname or "", place.port or 80, timeout=60)) as connection:
        connection.putrequest("POST", "/import")
        connection.putheader("Content-Length", "10000005")
        connection.endheaders()
        connection.send(b"Pier " * 2_000_001)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
        assert "At most 10 MB can be handed in here" in answer.read().decode()
    more_than_a_form_holds = b"Pier " * 300_000
    assert handed_in(editor, more_than_a_form_holds).status == 422


def test_terms_are_split_joined_left_out_and_called(editor: Visitor, draft: str) -> None:
    at = {"section": "ferries", "number": "1"}
    answer = say(editor, draft, "terms", act="split 1", **at)
    assert answer.headers["location"] == f"{draft}#ferries-1"
    assert terms(editor.get(draft))[:2] == ["Pier", "Fund"]
    say(editor, draft, "terms", act="join", **at)
    say(editor, draft, "terms", act="leave_out", section="ferries", number="2")
    say(editor, draft, "terms", act="call", kind="law", **at)
    page = editor.get(draft)
    assert terms(page) == ["Pier Fund", "Ferry Relief Payment", "Rita Sample"]
    assert "<option selected>law</option>" in page.text
    wrong = say(editor, draft, "terms", act="split 9", **at)
    assert wrong.status == 422
    assert "cannot be split after word 9" in wrong.text
    assert say(editor, draft, "terms", act="dance", **at).status == 422


def test_the_second_of_two_tabs_is_told_and_changes_nothing(editor: Visitor, draft: str) -> None:
    seen = version(editor.get(draft))
    at = {"section": "ferries", "number": "1", "version": seen}
    assert editor.post(f"{draft}/terms", act="split 1", **at).status == 303
    late = editor.post(f"{draft}/terms", act="leave_out", **at)
    assert late.status == 409
    assert "corrected meanwhile" in late.text
    assert terms(editor.get(draft))[:2] == ["Pier", "Fund"]


def test_an_agreement_is_made_once_nothing_lacks(editor: Visitor, draft: str, places: Path, made: Path) -> None:
    names = {"client": "Pier Council", "name": "Piers", "short_name": "piers", "reason": "A new contract"}
    early = say(editor, draft, "save", **names)
    assert early.status == 422
    assert "Rita Sample is a person" in early.text
    assert not (places / "piers").exists()

    person = {"who": "ferries-4", "standing": "office_holder"}
    wrong = say(editor, draft, "people", **person, role="", purpose="", approved_by="", review_by="2001-01-01")
    for told in (
        "Say what the names are needed for",
        "Say who decided it",
        "a day to come",
        "in which public role",
    ):
        assert told in wrong.text
    assert say(editor, draft, "people", **person, role="Minister for Piers", **DECISION).status == 303
    silent = say(editor, draft, "sources", section="ferries", name="Nobody Weekly", means="")
    assert (silent.status, "Choose what Nobody Weekly is" in silent.text) == (422, True)
    assert '<option value="">Choose what it is</option>' in silent.text, "nothing is chosen for anybody"
    assert say(editor, draft, "sources", section="ferries", name="Nobody Weekly", means="none").status == 303

    unnamed = say(editor, draft, "save", **{**names, "reason": " "})
    assert unnamed.status == 422
    assert "Say why" in unnamed.text
    saved = say(editor, draft, "save", **names)
    assert (saved.status, saved.headers.get("location")) == (303, "/a/piers?founded=1"), saved.text
    assert editor.get("/a/piers").status == 200
    assert "role: Minister for Piers" in (places / "piers" / "ferries.yaml").read_text("utf-8")
    with app.open_workspace(made) as workspace:
        signed = {(r.file, r.author, r.reason) for r in workspace.store.revisions("piers")}
        acts = [a.what for a in workspace.store.acts(workspace.clock().replace(year=2020), workspace.clock())]
    assert signed == {(file, editor.name, "A new contract") for file in ("agreement.yaml", "ferries.yaml")}
    assert acts[:1] == ["agreement published"]
    again = editor.get(draft)
    assert "It became the agreement" in again.text
    assert 'name="act"' not in again.text


def test_the_files_can_be_taken_out_and_the_draft_dropped(editor: Visitor, draft: str) -> None:
    answer = editor.get(f"{draft}/files.zip")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        names = packed.namelist()
        assert b"term: Rita Sample" in packed.read("pier-council/ferries.yaml")
    assert sorted(names) == [f"pier-council/{name}" for name in ("agreement.yaml", "ferries.yaml", "review.html")]
    assert editor.post(f"{draft}/drop").status == 303
    assert editor.get(draft).status == 404


def test_an_editor_of_one_agreement_imports_none(member: Callable[..., Visitor]) -> None:
    assert member(Granted(Role.EDITOR, "social-security-scotland")).get("/import").status == 403


def test_a_form_of_another_site_hands_in_nothing(editor: Visitor) -> None:
    stranger = Visitor(editor.address, editor.cookies)
    answer = stranger.ask(
        "POST",
        "/import",
        b'--x\r\nContent-Disposition: form-data; name="document"; filename="a.txt"\r\n\r\nx\r\n--x--\r\n',
        {"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status == 403


def test_programs_do_the_same(editor: Visitor, places: Path) -> None:
    key = {"X-Form-Key": editor.form_key, "Content-Type": "application/json"}

    def posted(path: str, **said: object) -> Answer:
        return editor.ask("POST", f"/api/v1/imports/{path}", json.dumps(said).encode(), key)

    told = json.loads(handed_in(editor, AGREEMENT.encode(), at="/api/v1/imports").text)
    ident = told["id"]
    assert told["draft"]["sections"][0]["terms"][0]["term"] == "Pier Fund"
    assert "Rita Sample is a person" in told["lacking"][0]
    assert ident in [one["id"] for one in json.loads(editor.get("/api/v1/imports").text)]
    said = {"section": "ferries", "number": 4, "act": "leave_out"}
    corrected = posted(f"{ident}/corrections", version=told["version"], **said)
    assert json.loads(corrected.text)["lacking"] == []
    assert posted(f"{ident}/corrections", version=told["version"], **said).status == 409
    made = posted(f"{ident}/agreement", version=2, agreement="piers-by-api", reason="A new contract")
    assert json.loads(made.text) == {"agreement": "piers-by-api", "files": ["agreement.yaml", "ferries.yaml"]}
    assert json.loads(editor.get(f"/api/v1/imports/{ident}").text)["became"] == "piers-by-api"
