"""The world outside: outlets whose feeds list what they had published by a moment, on a server on loopback."""

from __future__ import annotations

import gzip
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from random import Random

from press import Press, Reply, Request

from monitor.core.source import Outlet, Source, Sources

NEWS = Path("/work/shared/data/news/uk_feeds_2023_jan_sep.jsonl.gz")
"""Headlines and descriptions of UK nationals as captured, from 8 February to 30 September 2023."""
FEEDS = {
    "dailymail": "daily_mail",
    "theguardian": "guardian",
    "bbci": "bbc",
    "ft.com": "financial_times",
    "telegraph": "telegraph",
    "skynews": "sky_news",
}
"""A part of a captured feed's address -> the outlet that it is of, as we ship it."""
LISTED = 80
"""Entries of a feed: older ones are gone from it."""
EDITED = 0.02
"""Of all entries, those whose words change within a day."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class News:
    """An entry of an outlet's feed."""

    outlet: str
    link: str
    title: str
    description: str
    at: datetime
    edited_at: datetime | None = None
    edited: str = ""
    """What its description becomes then."""

    def says(self, now: datetime) -> str:
        return self.edited if self.edited_at and now >= self.edited_at else self.description


@dataclass(frozen=True)
class Outage:
    """A stretch in which an outlet's server fails."""

    outlet: str
    start: datetime
    end: datetime


class World:
    """Answers for every outlet by its own clock, which is the true one."""

    def __init__(self, news: Iterable[News], outages: Sequence[Outage], now: Callable[[], datetime]) -> None:
        self._news: dict[str, list[News]] = defaultdict(list)
        for one in sorted(news, key=lambda one: one.at):
            self._news[one.outlet].append(one)
        self._times = {outlet: [one.at for one in listed] for outlet, listed in self._news.items()}
        self._outages = outages
        self.now = now
        self.refused = 0
        self.press = Press(now, self.answer)

    def answer(self, request: Request) -> Reply:
        now, outlet = self.now(), request.path.strip("/")
        if any(o.outlet == outlet and o.start <= now < o.end for o in self._outages):
            self.refused += 1
            return Reply(status=503)
        until = bisect_right(self._times.get(outlet, []), now)
        listed = self._news[outlet][max(0, until - LISTED) : until]
        body = "".join(_item(one, now) for one in reversed(listed))
        top = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet}</title>{body}</channel></rss>'
        return Reply(top, headers={"Content-Type": "application/rss+xml"})

    def sources(self, outlets: Mapping[str, Outlet]) -> Sources:
        """The outlets as they are, each with one feed of this server; their pages are not read."""
        here = [
            replace(
                outlets[name],
                sources=(Source(name, name, url=f"http://{name}.example:{self.press.port}/{name}"),),
                rights=replace(outlets[name].rights, store_text=False),
            )
            for name in self._news
        ]
        return Sources.of(here)


def _item(one: News, now: datetime) -> str:
    date = format_datetime(one.at.astimezone(UTC))
    texts = (escape(one.title), escape(one.link), escape(one.link), escape(one.says(now)), date)
    tags = ("title", "link", "guid", "description", "pubDate")
    return "<item>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in zip(tags, texts, strict=True)) + "</item>"


def real_news(start: datetime, end: datetime, seed: int) -> Iterator[News]:
    """What was captured of a stretch, each address once; some of it is edited later, as publishers do."""
    random, seen = Random(seed), set()
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            at = datetime.fromisoformat(row["date_published"]).astimezone(UTC)
            outlet = next((name for part, name in FEEDS.items() if part in row["source_feed"]), None)
            link = row["link"].partition("?")[0]
            if outlet and start <= at < end and link not in seen:
                seen.add(link)
                yield edited(News(outlet, link, row["title"], row["description"], at), random)


def edited(one: News, random: Random) -> News:
    """The same or, one in fifty, with other words from some hour of the next day on."""
    if random.random() >= EDITED:
        return one
    tail = random.choice(["The article was corrected.", "Ministers answered later.", "More follows."])
    words = one.description.split()
    kept = words[: len(words) // 2] if random.random() < 0.3 else words  # what is cut may take the match with it
    return replace(one, edited_at=one.at + random.random() * 24 * HOUR, edited=f"{' '.join(kept)} {tail}")


TOPICS = (
    "Universal Credit",
    "inflation",
    "the cost of living",
    "NHS waiting lists",
    "First Minister",
    "ferries",
    "snow",
)
PLACES = ("Glasgow", "Dundee", "Leeds", "Orkney", "Cardiff")


def made_up_news(start: datetime, end: datetime, seed: int, outlets: Sequence[str]) -> Iterator[News]:
    """Invented news of our own: about 60 entries a day, some carried by several outlets, some edited."""
    random, at, number = Random(seed), start, 0
    while at < end:
        at += timedelta(minutes=random.expovariate(1 / 24))
        number += 1
        topic, place = random.choice(TOPICS), random.choice(PLACES)
        title = f"{topic.capitalize()} in {place}: report {number}"
        body = f"In {place}, Scotland, people spoke of {topic} on day {number}. " + " ".join(
            random.choices(WORDS, k=40)
        )
        for outlet in random.sample(outlets, random.choice((1, 1, 1, 2, 4))):
            link = f"https://{outlet}.example/news/{number}"
            yield edited(News(outlet, link, title, body, at + random.random() * 3 * HOUR), random)


WORDS = (
    "council charity street garden bridge railway hospital kitchen theatre museum valley river coast storm queue "
    "market harbour library village meeting paper figures staff visit winter letters evening offices families"
).split()
