"""A text that comes later is judged again; an address that never came says why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from real_runs import Typed, typed
from werkzeug import Request, Response

AGREEMENT = """
client: Harbour Council
name: Media monitoring
sections: [harbours]
"""
SECTION = """
section: harbours
title: HARBOURS
terms: [Ferry Users Group]
oicw:
  - {any: [fares], within: paragraph}
sources: any_monitored
"""
FEED = """<rss version="2.0"><channel><title>Pier Post</title>
<item><title>Ferry Users Group meets</title><link>{page}</link><guid isPermaLink="false">1</guid></item>
</channel></rss>"""
TEXT = " ".join(["The meeting was long, and the hall was cold, and nobody spoke of the weather."] * 6)
PAGE = f"""<html><head><title>Ferry Users Group meets</title></head><body><article>
<h1>Ferry Users Group meets</h1><p>The Ferry Users Group met in Oban to talk about fares.</p><p>{TEXT}</p>
</article></body></html>"""


class Publisher:
    """A site whose page cannot be had at first."""

    def __init__(self, server: HTTPServer) -> None:
        self.page = server.url_for("/news/ferry-users")
        self.feed = server.url_for("/feed")
        self.host = f"127.0.0.1:{server.port}"
        self.open = False
        self.asked: list[str] = []
        server.expect_request("/feed").respond_with_data(FEED.format(page=self.page), content_type="text/xml")
        server.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/")
        server.expect_request(re.compile("/(news|private)/ferry-users")).respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        self.asked.append(request.path)
        return Response(PAGE, content_type="text/html") if self.open else Response("not yet", 404)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with HTTPServer("127.0.0.1") as server:
        yield Publisher(server)


@pytest.fixture
def home(tmp_path: Path, publisher: Publisher) -> Path:
    """A workspace that reads the site."""
    outlet = (
        "outlets:\n  - {id: pier_post, name: The Pier Post, owner: Pier, area: Scotland, tier: 1,\n"
        f"     sources: [{{id: pier_post_news, url: '{publisher.feed}'}}]}}\n"
    )
    files = {
        "monitor.toml": f'[fetch]\nallow_private = ["{publisher.host}"]\n',
        "sources/groups.yaml": "groups: []\n",
        "sources/outlets.yaml": outlet,
        "profiles/harbour/agreement.yaml": AGREEMENT,
        "profiles/harbour/harbours.yaml": SECTION,
        "profiles/harbour/digests.yaml": (
            'morning: {title: M, sections: all, days: [mon, tue, wed, thu, fri, sat, sun], at: "07:00", to: [x]}'
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def monitor(home: Path, *words: str) -> Typed:
    return typed(home.parent, *words, "--home", str(home))


def explained(home: Path, address: str) -> dict:
    done = monitor(home, "explain", address, "--json")
    assert done.status == 0, done.errors
    return json.loads(done.out)


def test_a_text_that_arrives_is_judged_again_and_both_are_told(home, publisher):
    assert "1 article judged (1 without their full text), 0 matched, 1 near" in monitor(home, "run").out.decode()
    first = explained(home, publisher.page)
    assert (first["provisional"], first["evidence"], first["primary"], first["texts"]) == (
        True,
        "headline",
        None,
        [],
    )
    assert "no context word stands anywhere" in first["explanations"]["harbours"]

    publisher.open = True
    again = monitor(home, "run", "--all-sources").out.decode()
    assert "1 article judged, 1 matched, 0 near" in again
    now = explained(home, publisher.page)
    assert (now["provisional"], now["evidence"], now["primary"]) == (False, "full", "harbours")
    assert now["article"] != first["article"]
    (earlier,) = now["texts"]
    assert (earlier["article"], earlier["evidence"], earlier["primary"]) == (first["article"], "headline", None)
    told = " ".join(monitor(home, "explain", publisher.page).out.decode().split())
    assert f"OTHER TEXTS OF IT {first['article']}, seen " in told
    assert "Judged on its headline alone" in told


def test_an_address_that_is_not_stored_says_why_its_page_included(home, publisher):
    assert monitor(home, "run").status == 0
    done = monitor(home, "explain", publisher.page.replace("/news/", "/private/"), "--json")
    assert done.status == 1
    assert "robots.txt keeps this page to itself" in done.errors
    unseen = json.loads(done.out)["unseen"]
    assert (unseen["link"], unseen["holds"], unseen["outlets"]) == ("fetched", False, ["pier_post"])
    assert unseen["page"] == "its site's robots.txt keeps this page to itself"
    (source,) = unseen["sources"]
    assert (source["source"], bool(source["last_heard"]), source["error"]) == ("pier_post_news", True, "")
    assert "/private/ferry-users" not in publisher.asked

    publisher.open = True
    known = monitor(home, "explain", f"{publisher.page}?utm_source=mail#top")
    assert "from The Pier Post" in known.out.decode(), "an address is known with or without what only tracks"
