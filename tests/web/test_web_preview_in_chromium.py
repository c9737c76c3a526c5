"""A draft seen before it is saved, in a real browser: axe, by keyboard alone, thresholds that move, no script."""

from __future__ import annotations

import re
import shutil

import pytest
from browsing import PASSWORD, Visitor
from chromium import needs_chromium
from previewing import PREVIEW, THRESHOLD, draft
from test_web_in_chromium import WIDTHS, browser, looked_at, opened

from monitor import app, web
from monitor.config import SETTINGS_FILE
from monitor.core.access import Granted, Role
from monitor.jobs.users import add_user, choose_password, known

pytestmark = needs_chromium
__all__ = ["browser"]
PATIENCE = 120_000
"""Milliseconds: a preview waits for its turn on a busy machine."""
PROVEN = f"{PREVIEW}?section=ministerial"


@pytest.fixture(scope="module")
def editor(made, tmp_path_factory):
    home = tmp_path_factory.mktemp("chromium-preview") / "workspace"
    shutil.copytree(made, home)
    (home / SETTINGS_FILE).write_text('[web]\nlisten = "127.0.0.1:0"\n', "utf-8")
    with app.open_workspace(home) as opened_home, web.served(opened_home) as address:
        accounts = opened_home.accounts("tests", "here")
        add_user(accounts, "keyboard-editor", (Granted(Role.EDITOR),))
        choose_password(accounts, known(accounts, "keyboard-editor"), PASSWORD)
        draft(opened_home, "keyboard-editor")
        someone = Visitor(address, name="keyboard-editor")
        assert someone.sign_in("keyboard-editor", PASSWORD).status == 303
        yield someone


def ready(page, path: str) -> None:
    """The page when it is worked out: it looks again by itself."""
    page.goto(path)
    page.locator("#articles").wait_for(timeout=PATIENCE)


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_spills(browser, editor, width):
    context = opened(browser, editor, width, bypass_csp=True)
    page = context.new_page()
    for path in (PREVIEW, f"{THRESHOLD}?section=benefits&prominence=0"):
        ready(page, path)
        looked_at(page, path)
    looked_at(page, f"{PREVIEW}?since=x")
    ready(page, PROVEN)
    for proof in page.locator("summary", has_text="Its proof").all():
        proof.click()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    context.close()


def test_by_keyboard_alone_an_article_opens_and_a_threshold_moves(browser, editor):
    context = opened(browser, editor)
    page = context.new_page()
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if "Security Policy" in said.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    ready(page, PROVEN)
    summary = page.locator("summary", has_text="Its proof").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("By the draft.").first.is_visible()
    ready(page, f"{THRESHOLD}?section=benefits")
    said = page.locator("#would")
    assert re.search(r": 0 would come, 0 would go", said.inner_text())
    assert page.locator("#none").is_visible()
    slider = page.get_by_role("slider", name="Points of prominence needed")
    slider.focus()
    page.keyboard.press("Home")
    found = re.search(r": (\d+) would come, 0 would go", said.inner_text())
    assert found
    assert int(found[1]) == page.locator("#moved > li:visible").count() > 0
    assert page.get_by_label("Points of prominence needed").first.input_value() == "0"
    assert slider.get_attribute("aria-valuetext", timeout=PATIENCE).startswith("0: ")
    page.keyboard.press("End")
    assert re.search(r"^0 articles in these days: 0 would come, \d+ would go", said.inner_text())
    assert page.get_by_text("Would go").first.is_visible()
    assert broken == []
    context.close()


def test_a_script_says_what_the_server_says(browser, editor):
    context = opened(browser, editor)
    page = context.new_page()
    ready(page, f"{THRESHOLD}?section=benefits")
    for prominence in page.locator("#prominence option").evaluate_all("all => all.map(one => one.value)"):
        page.locator("#prominence").select_option(prominence)
        by_script = page.locator("#would").inner_text()
        page.get_by_role("button", name="Show").click()
        page.locator("#articles").wait_for(timeout=PATIENCE)
        assert page.locator("#would").inner_text() == by_script
    context.close()


def test_without_scripts_all_of_it_is_there(browser, editor):
    context = opened(browser, editor, java_script_enabled=False)
    page = context.new_page()
    page.goto(PREVIEW)
    again = page.get_by_role("link", name="See whether it is ready")
    while again.count():
        again.click()
    page.get_by_label("What becomes of them", exact=True).select_option("lost")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "fate=lost" in page.url
    page.locator("summary", has_text="Its proof").first.click()
    assert page.get_by_text("As it is in force.").first.is_visible()
    page.get_by_role("link", name="BENEFITS", exact=True).click()
    again = page.get_by_role("link", name="See whether it is ready")
    while again.count():
        again.click()
    page.locator("#prominence").select_option("0")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "prominence=0" in page.url
    assert page.get_by_text("Would come").first.is_visible()
    context.close()
