"""The pages of one source's articles in one round: how many are asked for, and what an answer means for later."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from monitor.core.landing import has_nothing_of, led_elsewhere
from monitor.core.quality import Kind, Quality
from monitor.errors import FetchError, HostWaits
from monitor.jobs.ingest.robots import Leave, Robots
from monitor.jobs.ports import Fetched, PageReader, PageText
from monitor.jobs.road import Road


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What asking for a page came to."""

    text: PageText | None
    """None when there is none to be had now."""
    url: str
    """Where it was found, after redirects."""
    failed: bool = False
    """It was asked for and gave no full text (a wall, a teaser, a menu are none): one try less."""
    owed: bool = False
    """It was not asked for, and is to be another time."""
    refused: bool = False
    """Its site's robots.txt keeps it to itself."""
    fetched: Fetched | None = None
    """The answer itself."""


class Pages:
    """Reads pages within the budget of one source and round."""

    def __init__(self, road: Road, robots: Robots | None, read_page: PageReader, budget: int) -> None:
        self._road = road
        self._robots = robots
        self._read_page = read_page
        self._budget = budget
        self.refused = 0
        """Pages that their site keeps to itself."""

    @property
    def left(self) -> int:
        """How many more pages will be asked for."""
        return self._budget

    async def read(
        self, url: str, headline: str, *, etag: str = "", last_modified: str = "", body_print: str = ""
    ) -> PageAnswer:
        """The text of the page of an article with that headline, if it may be asked for and gives any.

        One that was read before, by what is known of its answer then, has no text where nothing changed.
        """
        if not self.left:
            return PageAnswer(None, url, owed=True)
        leave = await self._robots.leave(url) if self._robots else Leave.GIVEN
        if leave is not Leave.GIVEN:
            self.refused += leave is Leave.REFUSED
            return PageAnswer(None, url, owed=leave is Leave.UNKNOWN, refused=leave is Leave.REFUSED)
        self._budget -= 1
        try:
            fetched = await self._road.fetch(url, etag=etag, last_modified=last_modified)
        except HostWaits:
            self._budget += 1
            return PageAnswer(None, url, owed=True)
        except FetchError:
            return PageAnswer(None, url, failed=True)
        if fetched.status == HTTPStatus.NOT_MODIFIED or (body_print and print_of(fetched) == body_print):
            return PageAnswer(None, fetched.url, fetched=fetched)
        page = await self._text(fetched) if _is_page(fetched.content_type) else None
        page = page and its_own(page, headline, asked=url, found_at=fetched.url)
        return PageAnswer(page, fetched.url, failed=page is None or not page.quality.full, fetched=fetched)

    async def _text(self, fetched: Fetched) -> PageText | None:
        read = partial(self._read_page, url=fetched.url, content_type=fetched.content_type)
        try:
            return await asyncio.to_thread(read, fetched.body)
        except Exception:  # noqa: BLE001 - markup that breaks a parser costs its page, not the entry or the round
            return None


def its_own(page: PageText, headline: str, *, asked: str, found_at: str) -> PageText:
    """The page, where it is the article's; else no text, and which page its address led to instead."""
    words = "\n\n".join([page.body, *(f"{part.heading}\n\n{part.body}" for part in page.parts)])
    if not (led_elsewhere(asked, found_at) and has_nothing_of(headline, page.headline, words)):
        return page
    called = f", “{page.headline}”" if page.headline else ""
    why = f"its address led to {found_at}{called}, which has nothing of its headline"
    return PageText(body="", quality=Quality(Kind.ELSEWHERE, why=why))


def print_of(fetched: Fetched) -> str:
    """The fingerprint of an answer's bytes."""
    return hashlib.sha256(fetched.body).hexdigest()


def _is_page(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in {"", "text/html", "text/plain", "application/xhtml+xml", "application/xml", "text/xml"}
