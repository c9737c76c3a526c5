"""The mail in a real browser: on a phone, in a window, in the dark, at twice the size, with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import needs_chromium, started
from morning import morning

from monitor.adapters.render import Renderer, chart
from monitor.core.agreement import Layout
from monitor.core.digest import CutLine, SilentSource, trials
from monitor.core.look import Theme
from monitor.core.ways_back import Pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BOARD = Theme("The board reads", chart.bars([1, 2, 3]), "Harbour Board", 260, 45, "#5b2a86", "#cdb4f0")
RENDERER = Renderer(Path(__file__).parents[2] / "templates/digest", {"board": BOARD})
ALERT = Renderer(Path(__file__).parents[2] / "templates/alert")
LAYOUTS = [f"{layout}{more}" for layout in Layout for more in ("", "-trial")]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
pytestmark = needs_chromium

CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.getClientRects().length) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), walk.currentNode.data.trim().slice(0, 40)]);
  }
  return found.sort((x, y) => x[0] - y[0])[0];
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('.index a, h3 a, li a')].map(a => {
  const box = (a.closest('li') || a).getBoundingClientRect(); return [box.height, a.textContent];
}).filter(([height]) => height < 20)"""
"""WCAG 2.5.8: 24 px, or as much room around it; a headline of one line is 21 and has the room."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as opened:
        yield opened


def full() -> str:
    """A morning with everything a mail can hold, long words among it."""
    content, _ = morning().compose()
    long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
    first = replace(
        content.sections[0], cut=(CutLine("A story that was cut", "https://stv.example/1", "STV"),), unnamed=2
    )
    item = content.sections[1].items[0]
    second = replace(
        content.sections[1], items=(replace(item, headline=long, note="now major"), *content.sections[1].items[1:])
    )
    silent = tuple(SilentSource(f"Outlet {n}", f"{long}-{n}", None, "HTTP 503 " + long) for n in range(7))
    heard = replace(content.completeness, failed=content.completeness.failed + silent)
    odd = replace(
        content, sections=(first, second, *content.sections[2:]), completeness=heard, delayed=True, unassigned=1
    )
    return RENDERER.render(odd).html


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("mails")
    content, _ = morning().compose()
    content = replace(content, back=Pages("https://monitor.example", leaving=True).ways_back("sss/morning/1"))
    nothing, _ = morning([]).compose()
    made = {"odd": full(), "empty": RENDERER.render(nothing).html}
    made |= {layout: RENDERER.render(replace(content, layout=layout, theme="board")).page for layout in Layout}
    made["full"] = RENDERER.render(content).html
    made |= {f"{c.layout}-trial": RENDERER.render(c).page for c in trials() if c.stories}
    made |= {"plain brief": RENDERER.render(replace(content, layout=Layout.BRIEF)).page}
    made |= {"alert": ALERT.render(content).page}
    (everything,) = (c for c in trials() if c.stories and c.layout is Layout.FULL)
    made |= {"alert-trial": ALERT.render(everything).page}
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in made}


@pytest.fixture(params=["full", "odd", "empty"])
def address(request: pytest.FixtureRequest, mails: dict[str, str]) -> str:
    return mails[request.param]


def opened(browser: Browser, address: str, width: int, mode: str = "light", **more: object) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=mode, **more)  # type: ignore[arg-type]
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [320, 375, 600, 1280])
def test_nothing_stands_outside_the_window(browser, address, width):
    page = opened(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_at_twice_the_size_nothing_is_lost(browser, address):
    """WCAG 1.4.4: a window of 1280 px at 200 % is one of 640."""
    page = opened(browser, address, 640, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_it_is_one_column_of_600_at_most(browser, address, width):
    page = opened(browser, address, width)
    box = page.locator(".page").bounding_box()
    assert box is not None
    assert box["width"] == min(width, 600)
    assert abs(box["x"] - (width - box["width"]) / 2) <= 1
    page.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_all_text_can_be_read(browser, address, mode):
    page = opened(browser, address, 375, mode)
    ratio, text = page.evaluate(CONTRAST)
    assert ratio >= 4.5, text
    page.close()


def test_the_dark_is_dark(browser, mails):
    page = opened(browser, mails["full"], 375, "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(27, 27, 27)"
    assert page.evaluate("getComputedStyle(document.querySelector('.in')).color") == "rgb(240, 240, 240)"
    page.close()


def test_text_is_of_sixteen_pixels(browser, mails):
    page = opened(browser, mails["full"], 375)
    assert page.evaluate("getComputedStyle(document.querySelector('p mark')).fontSize") == "16px"
    page.close()


def test_headings_are_in_order(browser, address):
    page = opened(browser, address, 375)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    page.close()


def test_links_can_be_hit_with_a_thumb(browser, address, mails):
    page = opened(browser, address, 375)
    assert page.evaluate(SMALL_TARGETS) == []
    heights = page.evaluate(
        "[...document.querySelectorAll('.index a')].map(a => a.getBoundingClientRect().height)"
    )
    assert bool(heights) is (address != mails["empty"])  # an empty day has no list of sections
    assert all(height >= 32 for height in heights)
    page.close()


def test_the_index_leads_to_its_sections(browser, mails):
    page = opened(browser, mails["full"], 375)
    page.get_by_role("link", name="UK GOVERNMENT & MPs").click()
    assert page.evaluate("document.getElementById('uk-government').getBoundingClientRect().top") < 900
    assert page.evaluate("location.hash") == "#uk-government"
    page.close()


def test_nothing_is_asked_for(browser, address):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert asked == [address]
    page.close()


def test_the_preheader_is_not_seen(browser, mails):
    page = opened(browser, mails["full"], 375)
    assert not page.locator(".pre").is_visible()
    assert "BENEFITS 3" in page.locator(".pre").text_content()
    page.close()


# --------------------------------------------------------------- every layout


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_fits_every_window(browser, mails, name):
    page = opened(browser, mails[name], 320)
    for width in (320, 375, 600, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_can_be_read_in_light_and_dark(browser, mails, name):
    page = opened(browser, mails[name], 375)
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        ratio, text = page.evaluate(CONTRAST)
        assert ratio >= 4.5, (mode, text)
    page.close()


@pytest.mark.parametrize("name", [*LAYOUTS, "odd", "empty", "alert", "alert-trial"])
def test_axe_finds_nothing(browser, mails, name):
    """In light and dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(browser, mails[name], 375)
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode)
        found = axe.run(page, options=AXE)
        wrong = {v["id"]: [node["html"][:90] for node in v["nodes"][:3]] for v in found.response["violations"]}
        assert wrong == {}, mode
    page.close()


@pytest.mark.parametrize("name", ["weekly", "ministerial"])
def test_pictures_travel_with_the_mail(browser, mails, name):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(mails[name])
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [mails[name]]
    sizes = page.evaluate("[...document.images].map(i => [i.complete, i.naturalWidth > 0, i.alt.length > 0])")
    assert sizes
    assert all(all(size) for size in sizes)
    page.close()


@pytest.mark.parametrize(
    ("name", "width", "screen"), [("plain brief", 375, 812), ("brief", 600, 900), ("brief", 1280, 900)]
)
def test_the_brief_is_one_screen(browser, mails, name, width, screen):
    """A phone's, a tablet's held upright, a window's."""
    page = opened(browser, mails[name], width)
    page.set_viewport_size({"width": width, "height": 100})
    assert page.evaluate("document.documentElement.scrollHeight") <= screen
    page.close()
