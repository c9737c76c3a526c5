"""The desk in a real browser: by keyboard alone from the story to the mail in the outbox, axe in every state."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from browsing import PASSWORD, Visitor
from chromium import needs_chromium
from test_web_desk import DESK, number, stories
from test_web_imports_in_chromium import reached, sound
from test_web_in_chromium import SPILLS, browser, opened

from monitor import app, web
from monitor.core.access import Granted, Role
from monitor.jobs.users import add_user, choose_password, known

pytestmark = needs_chromium
__all__ = ["browser"]
LONG = "Tain" + "achnagarron" * 6
"""A place that no phone has room for in one line."""
MORE = ("Wick", "Thurso", LONG, "Brora", "Golspie", "Dornoch")
WHY = "as the office asked"
LINE = "He answers questions at two."


class Hours:
    """The real clock, put forward."""

    ahead = timedelta()

    def __call__(self):
        return app.now() + self.ahead


@pytest.fixture
def morning(made, tmp_path):
    """A workspace with six stories of this hour, an editor who is signed in, and its clock."""
    home, hours = tmp_path / "workspace", Hours()
    shutil.copytree(made, home)
    with app.open_workspace(home, hours) as workspace, web.served(workspace) as address:
        of = stories(MORE, workspace.clock() - timedelta(minutes=3))
        workspace.store.add_articles("test", [(a.url, a) for a in of])
        accounts = workspace.accounts("tests", "here")
        add_user(accounts, "desk-editor", (Granted(Role.EDITOR),))
        choose_password(accounts, known(accounts, "desk-editor"), PASSWORD)
        someone = Visitor(address, name="desk-editor")
        assert someone.sign_in("desk-editor", PASSWORD).status == 303
        yield workspace, someone, hours


def chosen(page, place: str, key: str) -> None:
    """Tab to the story, and press the key of what is to be done."""
    no = number(page.content(), f"Minister in {place}")
    reached(page, text=f"Change {no}:")
    page.keyboard.press(key)


def reasoned(page, says: str) -> None:
    """Type the reason where the focus is, send it, and read what was done."""
    page.wait_for_function("document.activeElement.name === 'reason'")
    page.keyboard.type(WHY)
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text(says).wait_for()
    sound(page)


def made_and_sent(workspace, hours: Hours) -> str:
    """Of the edition, once its time has come: the page that the outbox has of it."""
    library = app.usable(workspace.read())
    [agreement] = [one for one in library.agreements if one.id in DESK]
    desk = app.desk_of(workspace, library, agreement, agreement.digests[0])
    hours.ahead = desk.window.end + timedelta(minutes=1) - app.now()
    before = set(workspace.outbox.rglob("*.html"))
    app.compose_all(workspace, library)
    app.send_all(workspace)
    new = set(workspace.outbox.rglob("*.html")) - before
    return next(path.as_uri() for path in new if "Minister in" in path.read_text("utf-8"))


def test_from_the_desk_to_the_outbox_by_keyboard_alone(browser, morning):
    workspace, editor, hours = morning
    context = opened(browser, editor, 375, bypass_csp=True)
    page = context.new_page()
    page.goto(DESK)
    sound(page)

    chosen(page, "Wick", "x")
    page.get_by_text("Enter: Exclude").wait_for()
    sound(page)
    reasoned(page, "Excluded: “Minister in Wick”")

    chosen(page, "Thurso", "m")
    page.keyboard.type("Ben")
    assert page.evaluate("document.activeElement.value") == "benefits"
    page.keyboard.press("Enter")  # the reason is missing: the browser leads to it
    reasoned(page, "Moved: “Minister in Thurso”")

    chosen(page, LONG, "p")
    reasoned(page, f"Pinned: “Minister in {LONG}”")
    assert page.evaluate(SPILLS) <= 0

    chosen(page, "Brora", "n")
    page.keyboard.type(LINE)
    page.keyboard.press("Enter")
    reasoned(page, "Given a line: “Minister in Brora”")

    chosen(page, "Golspie", "j")
    page.wait_for_url("**/desk/story?*")
    sound(page)
    reached(page, ident="other")
    page.keyboard.type(page.locator("#other option", has_text="Minister in Dornoch").text_content()[:4])
    reached(page, ident="reason")
    reasoned(page, "They are one story now")
    assert page.get_by_text("2 articles told as one").is_visible()

    page.goto(made_and_sent(workspace, hours))
    text = page.locator("body").inner_text()
    assert "Minister in Wick" not in text
    assert LINE in text
    first = min(MORE[1:], key=lambda place: text.index(f"Minister in {place}") if place in text else len(text))
    assert first == LONG
    [edition] = [one for one in workspace.store.editions() if LINE in one.mail.text]
    items = {i.article: i for i in workspace.store.items(edition.id)}
    sections = {a.headline: items[a.id].section for a in stories(MORE, workspace.clock()) if a.id in items}
    assert sections["Minister in Thurso"] == "benefits"
    context.close()
