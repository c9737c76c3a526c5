"""A draft seen before it is saved, as an editor without scripts sees it."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from threading import Event

import pytest
from browsing import AGREEMENT, PASSWORD, Answer, Visitor
from previewing import PREVIEW, THRESHOLD, compared, draft, judged

from monitor import app, web
from monitor.config import SETTINGS_FILE
from monitor.core.access import Granted, Role
from monitor.core.edition import Window
from monitor.core.replay.by_section import Fate
from monitor.core.replay.sweep import Threshold
from monitor.jobs.users import add_user, choose_password, known
from monitor.web import previews
from monitor.web.proving import FATES

LONG = 60.0
TAG = re.compile(r'<strong class="mo_tag mo_tag--\w+">([^<]+)</strong> ([^.,<]+)')


@pytest.fixture(scope="module")
def home(made, tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("preview") / "workspace"
    shutil.copytree(made, home)
    (home / SETTINGS_FILE).write_text('[web]\nlisten = "127.0.0.1:0"\n', "utf-8")
    return home


@pytest.fixture(scope="module")
def address(home):
    with app.open_workspace(home) as opened, web.served(opened) as address:
        yield address


def editor_of(home: Path, address: str, name: str, *, drafts: bool) -> Visitor:
    with app.open_workspace(home) as opened:
        accounts = opened.accounts("tests", "here")
        add_user(accounts, name, (Granted(Role.EDITOR),))
        choose_password(accounts, known(accounts, name), PASSWORD)
        if drafts:
            draft(opened, name)
    someone = Visitor(address, name=name)
    assert someone.sign_in(name, PASSWORD).status == 303
    return someone


@pytest.fixture(scope="module")
def editor(home, address) -> Visitor:
    return editor_of(home, address, "drafting-editor", drafts=True)


@pytest.fixture(scope="module")
def other(home, address) -> Visitor:
    return editor_of(home, address, "idle-editor", drafts=False)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Pages are waited for as long as a busy machine needs."""
    monkeypatch.setattr(previews, "WAIT_SECONDS", LONG)


def shown(answer: Answer) -> str:
    assert answer.status == 200, answer.text
    return unescape(answer.text)


def listed(text: str) -> Counter[tuple[str, str]]:
    """(What became of it, section) of every line of the list."""
    return Counter(TAG.findall(text))


@pytest.fixture(scope="module")
def really(home, editor):
    with app.open_workspace(home) as opened:
        now = opened.clock()
    return judged(home, editor.name, Window(now - timedelta(days=20), now))


def test_the_page_shows_what_two_full_judgings_say(editor, really):
    moved = Counter(FATES[one.fate] for one in really if one.fate is not Fate.PROOF)
    assert {FATES[Fate.GAINED], FATES[Fate.LOST], FATES[Fate.TAKEN], FATES[Fate.GIVEN]} == set(moved)
    text = shown(editor.get(PREVIEW))
    found: Counter[str] = Counter()
    for (fate, _), number in listed(text).items():
        found[fate] += number
    assert found == moved
    assert f"The draft of {editor.name}, beside what is in force" in text
    assert "MINISTERIAL: term council added" in text
    assert "BENEFITS: the rule of significance changed" in text


def test_each_article_opens_to_its_proof(editor):
    text = shown(editor.get(f"{PREVIEW}?section=ministerial&fate=gained"))
    items = text.split("<li>")[1:]
    gained = [item for item in items if "Its proof" in item]
    assert gained
    for item in gained:
        assert "<strong>By the draft.</strong> In: it names council" in item
        assert "<strong>As it is in force.</strong> Out: no term of the section stands in it." in item
        assert '<mark class="mo_mark--term">council' in item or "rights let us show no more" in item
        assert "/why?article=" in item
    assert any('<mark class="mo_mark--term">council' in item for item in gained)


def test_what_another_section_took_is_lost_to_the_heading(editor, really):
    (taken,) = (one for one in really if one.fate is Fate.TAKEN)
    text = shown(editor.get(f"{PREVIEW}?section={taken.section}"))
    assert set(listed(text)) == {("Filed elsewhere", "SCOTTISH PARLIAMENT & MSPs")}
    assert "filed under MINISTERIAL" in text


def test_the_list_is_narrowed_by_section_fate_and_term(editor, really):
    lost = {one.difference.article.id for one in really if one.fate is Fate.LOST and one.section == "benefits"}
    text = shown(editor.get(f"{PREVIEW}?section=benefits&fate=lost&term=Adult+Disability+Payment"))
    assert sum(listed(text).values()) == len(lost) > 0
    none = shown(editor.get(f"{PREVIEW}?section=benefits&fate=lost&term=council"))
    assert "0 lines." in none
    proofs = [one for one in really if one.fate is Fate.PROOF and one.section == "ministerial"]
    text = shown(editor.get(f"{PREVIEW}?section=ministerial&fate=proof"))
    assert sum(listed(text).values()) == len(proofs)


def test_the_days_before_and_after_are_drawn_and_in_numbers(editor, really):
    text = shown(editor.get(f"{PREVIEW}?section=benefits"))
    assert "Articles that match in BENEFITS by day" in text
    rows = re.findall(r'<th scope="row">\d+ \w+ \d{4}</th>((?:<td[^>]*>\d+</td>)+)', text)
    assert len(rows) == 30
    numbers = [[int(n) for n in re.findall(r">(\d+)<", row)] for row in rows]
    lost = sum(one.fate is Fate.LOST and one.section == "benefits" for one in really)
    assert sum(row[3] for row in numbers) == lost
    assert all(before - after == went - came for before, after, came, went in numbers)
    assert text.count('class="mo_chart__before"') == 30


def test_days_that_cannot_be_read_are_told_beside_their_field(editor):
    for path in (PREVIEW, THRESHOLD):
        answer = editor.get(f"{path}?since=soon")
        assert answer.status == 422
        assert '<a href="#since">soon is no date: write it as 2026-11-23</a>' in answer.text
        later = editor.get(f"{path}?since=2026-11-02&until=2026-11-01")
        assert "The first day is later than the last" in later.text


def test_days_without_articles_are_no_error(editor):
    text = shown(editor.get(f"{PREVIEW}?since=2020-01-01&until=2020-01-31"))
    assert "No article of these days comes, goes or changes its section." in text


def test_whoever_has_no_draft_sees_what_the_files_say(other):
    text = shown(other.get(PREVIEW))
    assert "What the files say and nobody has published yet" in text
    assert "Nothing is changed that articles are judged by." in text


def test_anothers_draft_can_be_seen_too(other, editor):
    text = shown(other.get(f"{PREVIEW}?of={editor.name}&section=ministerial"))
    assert f"The draft of {editor.name}" in text
    assert f'name="of" value="{editor.name}"' in text


def test_a_draft_at_fault_is_told_and_the_rest_shown(home, address):
    someone = editor_of(home, address, "wrong-editor", drafts=True)
    with app.open_workspace(home) as opened:
        (kept,) = (
            d for d in opened.store.draft_files(AGREEMENT) if (d.author, d.file) == (someone.name, "benefits.yaml")
        )
        wrong = replace(kept, content=kept.content.replace("prominence: 3", "prominence: many"))
        assert opened.store.save_draft(wrong, kept.fingerprint)
    text = shown(someone.get(PREVIEW))
    assert "benefits.yaml" in text
    assert "term council added" in text
    assert "the rule of significance changed" not in text


# --------------------------------------------------------------- for programs


def told(editor: Visitor, path: str):
    answer = editor.get(f"/api/v1/agreements/{AGREEMENT}/draft/{path}")
    assert answer.status == 200, answer.text
    return json.loads(answer.text)


def test_the_api_says_what_the_page_says(editor, really):
    said = told(editor, "preview?fate=lost&section=benefits")
    lost = [one for one in really if one.fate is Fate.LOST and one.section == "benefits"]
    assert said["total"] == len(lost) == len(said["rows"])
    assert {row["article"] for row in said["rows"]} == {one.difference.article.id for one in lost}
    assert {row["before"]["verdict"] for row in said["rows"]} == {"in"}
    assert said["rows"][0]["draft_says"].startswith("Out: ")
    (benefits,) = (line for line in said["sections"] if line["section"] == "benefits")
    assert benefits["lost"] == len(lost)
    assert (said["author"], said["faults"]) == (editor.name, [])
    changes = {change["what"] for change in said["changes"]}
    assert changes == {"term council added", "the rule of significance changed"}
    assert sum(day["before"] - day["after"] for day in said["days"]) == len(lost)


def test_the_api_sweeps(editor, sweep):
    said = told(editor, "threshold?section=benefits")
    assert said["needed"] == {"prominence": 3, "impact": 2}
    steps = [(s.value, s.count, s.more, s.fewer) for s in sweep.steps(Threshold.PROMINENCE)]
    assert [tuple(step.values()) for step in said["thresholds"]["prominence"]] == steps
    assert said["total"] == len(sweep.articles) == len(said["rows"])
    answer = editor.get(f"/api/v1/agreements/{AGREEMENT}/draft/preview?since=soon")
    assert (answer.status, "soon is no date" in answer.text) == (400, True)


# --------------------------------------------------------------- what takes long


def test_while_it_is_worked_out_the_page_says_how_far_it_is(home, address, monkeypatch):
    someone = editor_of(home, address, "waiting-editor", drafts=True)
    going, begun = Event(), Event()
    really = previews.preview_draft

    def slow(workspace, of, window, progress):
        progress.start("replay", 1200)
        progress.advance(1000)
        begun.set()
        assert going.wait(LONG)
        return really(workspace, of, window, progress)

    monkeypatch.setattr(previews, "preview_draft", slow)
    monkeypatch.setattr(previews, "WAIT_SECONDS", 0.0)
    someone.get(PREVIEW)
    assert begun.wait(LONG)
    waiting = someone.get(f"{PREVIEW}?term=council")
    assert waiting.status == 202
    text = unescape(waiting.text)
    assert "Looked at 1,000 of 1,200 articles so far." in text
    assert f'href="{PREVIEW}?term=council"' in text, "whoever has no script looks again by a link"
    path = re.search(r'data-progress="([^"]+)"', text)
    assert path
    assert json.loads(someone.get(path[1]).text) == {
        "done": False,
        "said": "Looked at 1,000 of 1,200 articles so far.",
    }
    going.set()
    monkeypatch.setattr(previews, "WAIT_SECONDS", LONG)
    assert "MINISTERIAL: term council added" in shown(someone.get(PREVIEW))
    assert json.loads(someone.get(path[1]).text)["done"] is True


def test_of_very_many_articles_it_first_says_what_moves_and_then_what_has_another_proof(
    home, address, really, monkeypatch
):
    someone = editor_of(home, address, "hasty-editor", drafts=True)
    monkeypatch.setattr("monitor.app.previewing.SOON", 0)
    going, worked_out = Event(), previews.preview_draft

    def proofs_on_word(*asked, proofs=False):
        assert not proofs or going.wait(LONG)
        return worked_out(*asked, proofs=proofs)

    monkeypatch.setattr(previews, "preview_draft", proofs_on_word)
    first = shown(someone.get(PREVIEW))
    moved = Counter(FATES[one.fate] for one in really if one.fate is not Fate.PROOF)
    assert Counter(fate for fate, _ in listed(first).elements()) == moved
    assert "which of them by another proof is still being worked out" in first
    assert 'numeric">Another proof</th>' not in first
    said = told(someone, "preview")
    assert (said["proofs"], {line["proof"] for line in said["sections"]}) == (False, {None})
    going.set()
    proofs = [one for one in really if one.fate is Fate.PROOF and one.section == "ministerial"]
    text = shown(someone.get(f"{PREVIEW}?section=ministerial&fate=proof"))
    assert sum(listed(text).values()) == len(proofs) > 0
    then = shown(someone.get(PREVIEW))
    assert listed(then) == listed(first)
    assert "still being worked out" not in then
    assert 'numeric">Another proof</th>' in then
    said = told(someone, "preview")
    assert said["proofs"]
    assert sum(line["proof"] for line in said["sections"]) == sum(one.fate is Fate.PROOF for one in really)


def test_of_what_nobody_asked_for_there_is_no_progress(editor):
    assert editor.get(f"{PREVIEW}/progress?what=sweep+nowhere").status == 404


# --------------------------------------------------------------- thresholds


@pytest.fixture(scope="module")
def sweep(home, editor):
    with app.open_workspace(home) as opened:
        now = opened.clock()
        window = Window(now - timedelta(days=20), now)
        of = compared(opened, editor.name)
        return app.sweep_draft(opened, of, "benefits", window, app.Unseen()).sweep


def test_a_threshold_shows_what_would_come_and_go(editor, sweep):
    needed = sweep.needed.put(Threshold.PROMINENCE, 0)
    came, went = sweep.moved(needed)
    assert came
    text = shown(editor.get(f"{THRESHOLD}?section=benefits&prominence=0"))
    assert f"{len(came)} would come, {len(went)} would go." in text
    rows = re.findall(r'<li data-number="(\d+)">', text)
    assert {sweep.articles[int(number)].article.id for number in rows} == {one.article.id for one in came}
    assert "Would come" in text


def test_the_page_holds_the_points_for_a_script(editor, sweep):
    text = shown(editor.get(f"{THRESHOLD}?section=benefits"))
    held = re.search(r'data-articles="([^"]+)" data-needed="([^"]+)"', text)
    assert held
    points = [[[p.of(t) for t in sweep.thresholds] for p in one.points] for one in sweep.articles]
    assert json.loads(held[1]) == points
    assert json.loads(held[2]) == [3, 2]
    assert re.findall(r'<option value="3" selected>3 as drafted: \d+ articles?</option>', text)


def test_a_value_that_makes_no_difference_can_be_asked_for(editor):
    text = shown(editor.get(f"{THRESHOLD}?section=benefits&prominence=900"))
    assert '<option value="900" selected>' in text
    assert "0 articles in these days" in text


def test_sections_without_thresholds_and_without_being_there(editor):
    assert "The section has no threshold" in shown(editor.get(f"{THRESHOLD}?section=ministerial"))
    answer = editor.get(f"{THRESHOLD}?section=nowhere")
    assert answer.status == 400
    assert "There is no section 'nowhere'" in unescape(answer.text)
