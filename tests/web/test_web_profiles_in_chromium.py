"""Profiles in a real browser: two editors at once, by keyboard alone, axe in every state they come to."""

from __future__ import annotations

from browsing import AGREEMENT
from chromium import needs_chromium
from test_web_imports_in_chromium import reached, sound
from test_web_in_chromium import browser, opened
from test_web_profiles import editors, file, home

pytestmark = needs_chromium
__all__ = ["browser", "editors", "home"]
PROFILES = f"/a/{AGREEMENT}/profiles"


def typed(page, ident: str, words: str) -> None:
    """Tab to a field, type in place of what it says, and send its form."""
    reached(page, ident=ident)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def follow(page, text: str) -> None:
    reached(page, text=text)
    page.keyboard.press("Enter")


def publish(page, reason: str) -> None:
    follow(page, "Look at your draft")
    page.wait_for_url("**/draft")
    sound(page)
    typed(page, "reason", reason)


def test_two_editors_change_merge_publish_and_go_back_by_keyboard_alone(browser, editors, home):
    before = file(home)
    first, second = (
        opened(browser, one, width, bypass_csp=True).new_page()
        for one, width in zip(editors, (375, 1280), strict=True)
    )
    for page in (first, second):
        page.goto(PROFILES)
        follow(page, "BENEFITS")
        page.wait_for_url("**/profiles/benefits")
    typed(first, "term", "--")
    first.locator("#error-summary").wait_for()
    sound(first)
    follow(first, "'--' has no letter")
    typed(first, "term", "Cold Spell Loan")
    first.get_by_text("is added to your draft").wait_for()

    follow(second, "Change Best Start Foods")
    second.wait_for_url("**/term?name=*")
    follow(second, "Options")  # it has some, so they are open: Enter closes them, once more opens them
    second.keyboard.press("Enter")
    typed(second, "note", "Asked for by the second.")
    second.get_by_text("is changed in your draft").wait_for()

    publish(first, "the loan begins in the winter")
    first.get_by_text("Published: benefits.yaml").wait_for()
    follow(second, "Look at your draft")
    second.get_by_text("published BENEFITS meanwhile").wait_for()
    second.locator("#merge").get_by_text("Term “Cold Spell Loan”: added").wait_for()
    sound(second)
    follow(second, "Take it into my draft")
    second.get_by_text("goes on from what first-editor published").wait_for()
    typed(second, "reason", "a note for all of us")
    second.get_by_text("Published: benefits.yaml").wait_for()
    text = file(home)
    assert "  - Cold Spell Loan\n" in text
    assert "note: Asked for by the second.\n" in text

    second.goto(f"/a/{AGREEMENT}/history/benefits.yaml")
    sound(second)
    for _ in range(2):  # past the revision before the last
        reached(second, text="Go back to this")
    second.keyboard.press("Enter")
    typed(second, "reason-1", "both were only tried")
    second.get_by_text("is in force again").wait_for()
    sound(second)
    assert file(home) == before
    for page in (first, second):
        page.context.close()


def test_a_choice_is_made_with_the_keyboard(browser, editors):
    pages = [opened(browser, one, 768, bypass_csp=True).new_page() for one in editors]
    for page, note in zip(pages, ("As the first has it.", "As the second has it."), strict=True):
        page.goto(f"{PROFILES}/benefits/term?name=Job+Start+Payment")
        if not page.locator("#note").is_visible():
            follow(page, "Options")
        typed(page, "note", note)
        page.get_by_text("is changed in your draft").wait_for()
    publish(pages[0], "the first was first")
    pages[0].get_by_text("Published: benefits.yaml").wait_for()
    page = pages[1]
    page.goto(f"/a/{AGREEMENT}/draft")
    page.get_by_text("You both changed the same").wait_for()
    sound(page)
    reached(page, ident="clash-1-mine")
    page.keyboard.press("Space")
    follow(page, "Take it into my draft")
    page.get_by_text("goes on from what").wait_for()
    typed(page, "reason", "the second knows better")
    page.get_by_text("Published: benefits.yaml").wait_for()
    page.goto(f"{PROFILES}/benefits/term?name=Job+Start+Payment")
    assert page.locator("#note").input_value() == "As the second has it."
    for one in pages:
        one.context.close()
