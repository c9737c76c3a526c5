"""The browser that tests look with.

Debian's Chromium without windows (`chromium-headless-shell`) where it is installed: the same engine, and a page
costs a sixth of the processor time. Else Chromium itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
]
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: nobody looked at the pages")


@contextmanager
def started() -> Iterator[Browser]:
    """A browser without a page, for a module at most: as long as it is there, nothing else can run asyncio."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright here to drive chromium with")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
