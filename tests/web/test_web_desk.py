"""The morning desk as an editor without scripts uses it."""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta
from html import unescape

import pytest
from browsing import AGREEMENT, PASSWORD, Visitor
from morning import filler

from monitor import app, web
from monitor.core.access import Granted, Role
from monitor.core.article import Article
from monitor.jobs.users import add_user, choose_password, known

DESK = f"/a/{AGREEMENT}/desk"
TEXT = "The Cabinet Secretary for Social Justice spoke of poverty in PLACE. "
PLACES = ("Wick", "Thurso", "Tain")
WHY = "as the office asked"


def stories(places: tuple[str, ...], seen: datetime) -> list[Article]:
    """One of each place, that `ministerial` takes."""
    return [
        Article(
            f"https://desk.example/{place}",
            f"Minister in {place}",
            body=TEXT.replace("PLACE", place) + filler(n, 80),
            outlet="herald",
            first_seen=seen,
        )
        for n, place in enumerate(places)
    ]


def between_two(seen: datetime) -> Article:
    """One that stands as high in `scottish_parliament` as in `ministerial`."""
    return Article(
        "https://desk.example/committee",
        "Cabinet Secretary for Social Justice before a Scottish Parliament Committee",
        body="They spoke of poverty. " + filler(31, 80),
        outlet="herald",
        first_seen=seen,
    )


@pytest.fixture(scope="module")
def editor(made, tmp_path_factory):
    """An editor at a desk of their own, with three stories of this hour."""
    home = tmp_path_factory.mktemp("desk") / "workspace"
    shutil.copytree(made, home)
    with app.open_workspace(home) as opened, web.served(opened) as address:
        seen = opened.clock() - timedelta(minutes=3)
        of = [*stories(PLACES, seen), between_two(seen)]
        opened.store.add_articles("test", [(a.url, a) for a in of])
        accounts = opened.accounts("tests", "here")
        add_user(accounts, "desk-editor", (Granted(Role.EDITOR),))
        choose_password(accounts, known(accounts, "desk-editor"), PASSWORD)
        someone = Visitor(address, name="desk-editor")
        assert someone.sign_in("desk-editor", PASSWORD).status == 303
        yield someone


def number(page: str, headline: str) -> str:
    found = re.search(rf'id="story-(\d+)">\d+\. (?:<a [^>]+>)?{headline}', page)
    assert found, headline
    return found[1]


def act(editor, **fields: str):
    return editor.post(DESK, form_key=editor.form_key, digest="morning", **fields)


def test_an_editor_sees_the_edition_and_changes_it(editor):
    page = editor.get(DESK)
    assert page.status == 200
    no = number(page.text, "Minister in Wick")
    done = act(editor, act="exclude", name=no, reason=WHY)
    assert done.status == 303
    after = unescape(editor.follow(done.headers["location"]).text)
    assert "Excluded: “Minister in Wick” (act" in after
    assert f"excluded by {editor.name}" in after
    assert "At work on it: " in after
    excluded = after[after.index(">Excluded</h2>") :]
    assert number(excluded, "Minister in Wick") == no
    back = act(editor, act="include", name=no, reason="it is ours after all")
    assert back.status == 303
    assert "undone by act" in editor.get(DESK).text


def test_what_is_suggested_is_taken_by_its_button(editor):
    page = editor.get(DESK).text
    form = page[page.index('class="mo_suggested"') :]
    form = form[: form.index("</form>")]
    assert "Or under SCOTTISH PARLIAMENT &amp; MSPs?" in form
    told = "Scottish Parliament Committee stands in the headline: as high as what MINISTERIAL takes it for."
    assert told in unescape(form)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', unescape(form)))
    done = editor.post(DESK, **fields)
    assert done.status == 303
    after = unescape(editor.follow(done.headers["location"]).text)
    assert "Moved: “Cabinet Secretary for Social Justice before a Scottish Parliament Committee”" in after
    assert f"moved to SCOTTISH PARLIAMENT & MSPs by {editor.name}" in after
    log = after[after.index('id="log"') :]
    assert "moved “Cabinet Secretary for Social Justice before a Scottish Parliament Committee” to SCOTTISH" in log
    assert f"As suggested: {told}" in after
    assert 'class="mo_suggested"' not in after


def test_a_line_stands_in_the_mail_that_is_shown(editor):
    no = number(editor.get(DESK).text, "Minister in Thurso")
    assert act(editor, act="note", name=no, reason=WHY, text="Read <b>this</b> one.").status == 303
    mail = editor.get(f"{DESK}/mail?digest=morning")
    assert "Read &lt;b&gt;this&lt;/b&gt; one." in mail.text
    assert "sandbox" in mail.headers["content-security-policy"]


def seen(page: str, headline: str) -> dict[str, str]:
    """What the form of a story carries."""
    form = page[page.index(f'id="story-{number(page, headline)}"') :]
    return {n: re.search(rf'name="{n}" value="([^"]+)"', form)[1] for n in ("name", "edition", "last_act")}


def log_of(page: str) -> int:
    return len(re.findall(r"<li><p><strong>\d+\.</strong>", page))


def test_what_is_excluded_already_is_told_and_nothing_is_written(editor):
    form = seen(editor.get(DESK).text, "Minister in Tain")
    assert act(editor, act="exclude", reason=WHY, **form).status == 303
    before = log_of(editor.get(DESK).text)
    for _ in range(2):  # by the same tab, which has not been loaded again
        again = act(editor, act="exclude", reason="once more, with feeling", **form)
        assert again.status == 422
        assert f"“Minister in Tain” is excluded already: by {editor.name}" in unescape(again.text)
        assert 'value="once more, with feeling"' in again.text, "what was typed is kept"
        assert log_of(again.text) == before
    form = seen(again.text, "Minister in Tain")
    assert act(editor, act="include", reason="it is ours after all", **form).status == 303


def test_of_two_tabs_the_second_is_told_what_the_first_did(editor):
    form = seen(editor.get(DESK).text, "Minister in Tain")
    assert act(editor, act="pin", reason="for the office", **form).status == 303
    late = act(editor, act="hold", reason=WHY, **form)
    assert late.status == 409
    assert "“Minister in Tain” has changed since you looked: it was pinned by" in unescape(late.text)
    assert "held by" not in late.text
    form = seen(late.text, "Minister in Tain")
    other = seen(late.text, "Minister in Thurso")
    assert act(editor, act="hold", reason=WHY, **form).status == 303
    assert act(editor, act="pin", reason=WHY, **other).status == 303, "what was said of another story is no matter"
    back = act(editor, act="include", reason=WHY, **form)
    assert back.status == 409
    assert act(editor, act="include", reason=WHY, **seen(back.text, "Minister in Tain")).status == 303


def test_a_tab_of_an_edition_that_is_made_changes_nothing_on_this_desk(editor):
    form = seen(editor.get(DESK).text, "Minister in Tain") | {"edition": f"{AGREEMENT}/morning/20010101T070000Z"}
    for what in ("exclude", "include"):
        late = act(editor, act=what, reason=WHY, **form)
        assert late.status == 409
        assert "The edition you had before you is not on the desk any more" in late.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"act": "exclude", "name": "1", "reason": "no"}, "A decision needs a reason"),
        ({"act": "exclude", "name": "99999", "reason": WHY}, "There is no 99999 on the desk"),
        ({"act": "burn", "name": "1", "reason": WHY}, "Burn is nothing"),
        ({"act": "undo", "name": "x", "reason": WHY}, "There is no act 0"),
        (
            {"act": "add", "name": "http://127.0.0.1:9/a", "section": "benefits", "reason": WHY},
            "9/a was not added",
        ),
    ],
)
def test_what_cannot_be_done_is_said_above_the_desk(editor, fields, says):
    page = act(editor, **fields)
    assert page.status == 422
    assert says in unescape(page.text)
    assert "There is a problem" in page.text


def test_what_is_wrong_with_a_missed_article_stands_at_its_fields(editor):
    page = unescape(act(editor, act="add", name=" ", reason="no", section="benefits").text)
    assert '<a href="#name">Give the address of the article</a>' in page
    assert '<a href="#reason">A decision needs a reason' in page
    assert page.count('aria-invalid="true"') == 2


def test_there_is_no_desk_of_a_digest_that_is_not_there(editor):
    assert editor.get(f"{DESK}?digest=nowhere").status == 404
