"""The pages in a real browser: axe in every state, zoomed, by keyboard alone, without scripts, under their policy.

At three widths with MONITOR_FULL=1; else each page at one of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from browsing import AGREEMENT, PASSWORD, Visitor, morning_edition
from chromium import needs_chromium, started

from monitor import app
from monitor.core.access import Granted, Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = needs_chromium

HOME = f"/a/{AGREEMENT}"
WIDTHS = (320, 768, 1280)
FULL = bool(os.environ.get("MONITOR_FULL"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLED = (
    "Promise.allSettled(document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished))"
)
"""Colours on their way from one to another have no contrast that counts."""
AXE = f"""async () => (await {SETTLED}, await axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}}))
  .violations.map(v => [v.id, v.nodes.map(n => n.html)])"""
SPILLS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BOXES = f"{HOME}/profiles/benefits/rules"
"""Its boxes have ids with brackets, which no selector takes as they are."""
STRANGERS = ["/sign-in", "/signed-out", "/accessibility", "/no-such-page"]
PAGES = [
    HOME,
    "/account",
    "/account/password",
    "/account/codes",
    f"{HOME}/editions",
    f"{HOME}/editions?words=scottish",
    f"{HOME}/editions?since=x",
    "EDITION",
    f"{HOME}/desk",
    "STORY",
    f"{HOME}/profiles",
    f"{HOME}/profiles/benefits",
    f"{HOME}/profiles/benefits/term?name=Universal+Credit",
    f"{HOME}/profiles/ministerial/rules",
    f"{HOME}/profiles/benefits/rules",
    f"{HOME}/profiles/benefits/sources",
    f"{HOME}/profiles/benefits/try",
    f"{HOME}/sections/new",
    f"{HOME}/yield",
    f"{HOME}/draft",
    f"{HOME}/history",
    f"{HOME}/history/benefits.yaml",
    f"{HOME}/people",
    f"{HOME}/sources",
    f"{HOME}/why",
    f"{HOME}/why?article=scottish",
    f"{HOME}/why?article=zebra+xylophone",
    "NEAR",
    "IN",
    f"{HOME}/coverage",
    f"{HOME}/coverage?section=benefits&since=2020-01-01&near=true&term=zebra",
    f"{HOME}/coverage?since=x&words=%3F",
    "/a/nowhere",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened:
        yield opened


@pytest.fixture(scope="module")
def editor(member) -> Visitor:
    return member(Granted(Role.EDITOR))


@pytest.fixture(scope="module")
def addresses(made) -> dict[str, str]:
    """Pages whose address the sample morning gives."""
    with app.open_workspace(made) as workspace:
        store, now = workspace.store, workspace.clock()
        edition = morning_edition(store)
        judgements = store.judgements(AGREEMENT, [a.id for a in store.articles(now.replace(year=2000), now)])
    near = next(i for i, j in judgements.items() if any(v.outcome == "near_miss" and v.hits for v in j.verdicts))
    within = next(i for i, j in judgements.items() if j.primary)
    tail = edition.id.partition("/")[2]
    named = {"EDITION": f"{HOME}/editions/{tail}", "STORY": f"{HOME}/desk/story?article={within}"}
    return named | {name: f"{HOME}/why?article={i}" for name, i in (("NEAR", near), ("IN", within))}


def opened(browser: Browser, someone: Visitor, width: int = 1280, **options: object) -> BrowserContext:
    """A window of somebody who is signed in, or not."""
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=someone.address, **options)
    context.add_cookies([{"name": n, "value": v, "url": someone.address} for n, v in someone.cookies.items()])
    return context


def looked_at(page: Page, path: str) -> None:
    """Axe finds nothing, and nothing spills over the side."""
    page.goto(path)
    found_nothing(page)


def found_nothing(page: Page) -> None:
    """The same of the page that is open."""
    page.add_script_tag(path=str(files("axe_playwright_python") / "axe.min.js"))
    assert page.evaluate(AXE) == [], page.url
    assert page.evaluate(SPILLS) == 0, page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_page_and_nothing_spills(browser, visitor, editor, addresses, width):
    stranger = opened(browser, Visitor(visitor.address), width, bypass_csp=True)
    somebody = opened(browser, editor, width, bypass_csp=True)
    for context, paths in ((stranger, STRANGERS), (somebody, PAGES)):
        page = context.new_page()
        for number, path in enumerate(paths):
            if FULL or WIDTHS[number % len(WIDTHS)] == width or (path == "STORY" and width != WIDTHS[1]):
                looked_at(page, addresses.get(path, path))
        context.close()


def test_axe_finds_nothing_on_pages_of_administrators(browser, member):
    administrator = member(Granted(Role.ADMINISTRATOR))
    context = opened(browser, administrator, 320, bypass_csp=True)
    page = context.new_page()
    for path in ("/users", f"/users/{administrator.name}", "/log", "/log?user=nobody.at.all&since=x", "/import"):
        looked_at(page, path)
    context.close()


def test_axe_finds_nothing_where_signing_in_failed(browser, visitor):
    context = opened(browser, Visitor(visitor.address), 320, bypass_csp=True)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    page.add_script_tag(path=str(files("axe_playwright_python") / "axe.min.js"))
    assert page.evaluate(AXE) == []
    context.close()


@pytest.mark.parametrize("again", [False, True])
def test_axe_finds_nothing_on_what_is_kept_of_a_form_when_its_session_is_over(browser, member, again):
    """Signed out, what was typed is kept on the page; signed in again meanwhile, it is to be looked at first."""
    someone = member(Granted(Role.EDITOR))
    context = opened(browser, someone, 320, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{HOME}/profiles/benefits/try")
    page.get_by_label("Headline").fill("Rain and fog in Fife")
    assert someone.post("/sign-out").status == 303
    if again:
        assert someone.sign_in(someone.name, PASSWORD).status == 303
        context.add_cookies([{"name": n, "value": v, "url": someone.address} for n, v in someone.cookies.items()])
    page.get_by_role("button", name="Try it").click()
    page.get_by_role("heading", name="Send it again" if again else "You are signed out").wait_for()
    assert page.get_by_text("Rain and fog in Fife").is_visible()
    found_nothing(page)
    context.close()


def test_nothing_on_any_page_breaks_its_policy(browser, editor, addresses):
    context = opened(browser, editor)
    page = context.new_page()
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if "Security Policy" in said.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    for path in (HOME, "/account/codes", addresses["EDITION"], addresses["NEAR"], f"{HOME}/coverage", BOXES):
        page.goto(path)
    page.wait_for_load_state("networkidle")
    assert broken == []
    context.close()


@pytest.mark.parametrize("zoom", [2, 4])
def test_zoomed_everything_is_there_and_nothing_spills(browser, editor, addresses, zoom):
    context = opened(browser, editor, 1280 // zoom, device_scale_factor=zoom)
    page = context.new_page()
    for path in (
        HOME,
        addresses["EDITION"],
        addresses["IN"],
        f"{HOME}/coverage",
        f"{HOME}/sources",
        "/account/codes",
    ):
        page.goto(path)
        assert page.evaluate(SPILLS) == 0, path
        assert (
            page.get_by_role("link", name="Coverage")
            .or_(page.get_by_role("button", name="Sign out"))
            .first.is_visible()
        )
    context.close()


def test_by_keyboard_alone(browser, visitor, editor):
    context = opened(browser, Visitor(visitor.address))
    page = context.new_page()
    page.goto(HOME)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.type(editor.name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOME}")
    asked = tabbed_to(page, "why-article")
    page.keyboard.type("scottish")
    page.keyboard.press("Enter")
    page.wait_for_url("**/why?article=scottish")
    assert asked
    assert page.get_by_role("heading", name="Which article do you mean?").is_visible()
    context.close()


def tabbed_to(page: Page, field: str) -> bool:
    """Whether the Tab key leads to the field, its focus to be seen."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            return bool(page.evaluate("getComputedStyle(document.activeElement).boxShadow !== 'none'"))
    return False


def test_a_fault_leads_to_its_field(browser, editor):
    context = opened(browser, editor)
    page = context.new_page()
    page.goto(f"{HOME}/coverage?words=%3F")
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "words"
    context.close()


def test_every_act_is_possible_without_scripts(browser, visitor, editor, addresses):
    context = opened(browser, Visitor(visitor.address), java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(HOME)
    page.get_by_label("Name").fill(editor.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Coverage").click()
    page.get_by_text("Sections: all").click()
    page.locator("#section").get_by_text("BENEFITS", exact=True).click()
    page.get_by_role("button", name="Show coverage").click()
    assert "section=benefits" in page.url
    assert page.get_by_text("Sections: 1 chosen").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="spreadsheet").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Editions").click()
    page.get_by_label("Words in it").fill("scottish")
    page.get_by_role("button", name="Search").click()
    page.locator("ol.mo_results a").first.click()
    page.frame_locator("iframe").get_by_role("heading").first.wait_for()  # a frame loads after its page
    page.get_by_label("Why is it in, or not?").fill("scottish")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    context.close()
