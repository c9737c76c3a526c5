"""Leaving a list in a real browser, on a phone, by keyboard; axe finds nothing, with a bad link neither."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import Visitor
from chromium import needs_chromium
from test_web_in_chromium import AXE, SPILLS, browser, looked_at, opened  # noqa: F401 - a fixture

from monitor import app
from monitor.core.edition import Delivery, DeliveryState, Edition, Mail, Window
from monitor.core.unsubscribing import link_of

pytestmark = needs_chromium

SECRET = "what our links are made with"
READER = "eve@reader.example"
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
LINK = urlsplit(link_of("https://monitor.example", SECRET, "sss/evening", READER)).path


@pytest.fixture(scope="module")
def reader(serving, made: Path) -> Visitor:
    """Somebody at the service of a workspace that has written to them."""
    someone = serving("[mail]", f'secret = "{SECRET}"')
    window = Window(NOW - timedelta(days=1), NOW)
    edition = Edition("sss/evening/1", "sss", "evening", window, NOW, "f", Mail("S", "T", "H"), "{}")
    with app.open_workspace(made) as workspace:
        workspace.store.make_edition(edition, [], [Delivery(edition.id, READER, "<eve@x>", DeliveryState.SENT)])
    return someone


def test_a_list_is_left_on_a_phone_by_keyboard(browser, reader: Visitor, made: Path) -> None:  # noqa: F811
    context = opened(browser, reader, 375, bypass_csp=True)
    page = context.new_page()
    looked_at(page, LINK[:-3])
    looked_at(page, LINK)
    assert page.get_by_label("The day you are back").bounding_box()["height"] >= 24
    button = page.get_by_role("button", name="Stop these mails")
    assert button.bounding_box()["height"] >= 24
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("b => b === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_text("no more of these mails").wait_for()
    page.add_script_tag(path=str(files("axe_playwright_python") / "axe.min.js"))
    assert page.evaluate(AXE) == []
    assert page.evaluate(SPILLS) == 0
    context.close()
    with app.open_workspace(made) as workspace:
        assert [str(a.verb) for a in workspace.store.recipient_acts()[READER]] == ["unsubscribe"]
