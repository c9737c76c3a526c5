"""An agreement imported in a real browser: by keyboard alone, one key for each cut, axe in every state."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from shutil import rmtree

import pytest
from browsing import Visitor
from chromium import needs_chromium
from test_web_in_chromium import AXE, SPILLS, browser, opened

from monitor.core.access import Granted, Role

pytestmark = needs_chromium
__all__ = ["browser"]
AGREEMENT = """Client: Harbour Council
Agreement name: Harbours
FERRIES
SEARCH TERMS:
Harbour Board Smith Village Boats Ferry Relief Payment
SOURCES:
UK Nationals
"""
NAME = "harbours-by-keyboard"
FOCUS_STAYS = "document.activeElement.id === 'ferries-1'"


@pytest.fixture
def place(made: Path) -> Iterator[Path]:
    """Where the agreement is made; it is gone afterwards."""
    folder = made / "profiles" / NAME
    yield folder
    rmtree(folder, ignore_errors=True)


def sound(page) -> None:
    page.add_script_tag(path=str(files("axe_playwright_python") / "axe.min.js"))
    assert page.evaluate(AXE) == []
    assert page.evaluate(SPILLS) == 0


def reached(page, *, text: str = "", ident: str = "") -> None:
    """Press Tab until the focus stands there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.id, document.activeElement.textContent.trim()]")
        if here[0] == ident if ident else here[1].startswith(text):
            return
    raise AssertionError(f"Tab leads to no {text or ident}")


def terms(page) -> list[str]:
    return page.locator(".mo_term strong").all_text_contents()


def pressed(page, key: str, number: int) -> list[str]:
    """The terms once the key's correction was made: the page comes again, with so many."""
    page.keyboard.press(key)
    page.wait_for_function(f"document.querySelectorAll('.mo_term').length === {number}")
    page.wait_for_function(FOCUS_STAYS)
    return terms(page)


def test_hand_in_cut_and_publish_by_keyboard_alone(browser, member, place, tmp_path):
    editor: Visitor = member(Granted(Role.EDITOR))
    document = tmp_path / "harbours.txt"
    document.write_text(AGREEMENT, "utf-8")
    context = opened(browser, editor, 375, bypass_csp=True)
    page = context.new_page()
    page.goto("/import")
    sound(page)
    page.set_input_files("#document", document)  # the dialogue for files is the system's, not ours
    reached(page, text="Read it")
    page.keyboard.press("Enter")
    page.wait_for_url("**/import/2*")
    first = terms(page)
    reached(page, text="Change 1")
    parts = len(first[0].split())
    split = pressed(page, "1", len(first) + 1)
    assert split[:2] == [first[0].split(" ", 1)[0], first[0].split(" ", 1)[1]] or parts == 1
    assert pressed(page, "j", len(first))[0] == first[0]
    page.keyboard.press("x")
    page.locator(".mo_term:has(#ferries-1) .mo_tag", has_text="left out").wait_for()
    page.wait_for_function(FOCUS_STAYS)
    page.keyboard.press("x")
    page.locator(".mo_term:has(#ferries-1) .mo_tag", has_text="left out").wait_for(state="detached")
    sound(page)
    for ident, words in (("short_name", NAME), ("reason", "A new contract")):
        reached(page, ident=ident)
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/a/{NAME}?founded=1")
    assert (place / "ferries.yaml").exists()
    context.close()
