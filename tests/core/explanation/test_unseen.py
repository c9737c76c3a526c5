"""Why an address is not stored, source by source."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.core.article import Article
from monitor.core.explanation import not_fetched, outlet_said
from monitor.core.source import Outlet, Source, SourceKind, Sources, SourceState, Trouble

URL = "https://loch.example/news/1"
SEVEN = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
FEED = Source("loch_news", "loch", url="https://loch.example/feed")
OTHER = Source("loch_sport", "loch", url="https://loch.example/sport")
NONE = Source("loch_none", "loch", SourceKind.NONE, note="It has no feed.")


def loch(*sources: Source) -> Outlet:
    return Outlet("loch", "Loch News", "Loch", "Scotland", 3, sources=sources)


def said(outlet: Outlet | None, *states: SourceState, refused: str = "") -> str:
    outlets = [outlet] if outlet else []
    return not_fetched(URL, "loch.example", outlets, {s.source: s for s in states}, refused).sentence


def test_a_host_that_nobody_monitors():
    assert said(None) == (
        "It is not stored. No outlet in sources/ has the host loch.example, so nothing of it is read. To have it "
        "read: monitor sources add https://loch.example/ finds its feeds."
    )


def test_the_port_of_a_host_that_nobody_monitors_is_kept():
    link = not_fetched("http://127.0.0.1:8520/x", "127.0.0.1", [], {})
    assert "monitor sources add http://127.0.0.1:8520/ finds" in link.sentence


def test_every_outlet_of_a_host_is_named():
    hill = Outlet("hill", "Hill Post", "Hill", "Scotland", 3, sources=(Source("hill_all", "hill", url="u"),))
    link = not_fetched(URL, "loch.example", [loch(FEED), hill], {})
    assert "Loch News is read by loch_news" in link.sentence
    assert "Hill Post is read by hill_all" in link.sentence
    assert link.sentence.count("A feed holds its newest items only") == 1
    assert link.evidence["outlets"] == ["loch", "hill"]


def at(folder: str, *, feed: str = "feed.xml") -> Outlet:
    source = Source(folder, folder, url=f"https://press.example/{folder}/{feed}")
    return Outlet(folder, folder.title(), "Press", "Scotland", 3, sources=(source,))


def test_of_many_outlets_of_a_host_that_is_told_whose_addresses_begin_alike():
    heard = {name: SourceState(name, SEVEN, SEVEN, SEVEN) for name in ("loch", "hill", "firth", "glen")}
    heard["glen"] = SourceState("glen", SEVEN, error="HTTP 503")
    outlets = [at(name) for name in heard]
    link = not_fetched("https://press.example/hill/2026/1", "press.example", outlets, heard)
    assert link.sentence == (
        "It is not stored. Hill is read by hill, which did not bring it. Its source hill was last heard "
        "Wed 25 Nov 2026 07:00 and last brought something new Wed 25 Nov 2026 07:00. 3 outlets of ours are at "
        "press.example, too, and nothing brought it: Loch, Firth and Glen. The source glen has never been heard "
        "(HTTP 503). A feed holds its newest items only: what came and went between two readings was never seen."
    )
    assert link.evidence["outlets"] == [*heard]


def test_of_many_outlets_of_a_host_all_are_named_where_no_address_tells():
    outlets = [at("news", feed=f"{name}.xml") for name in ("loch", "hill", "firth", "glen")]
    for url in ("https://press.example/1", "https://press.example/news/1"):
        told = not_fetched(url, "press.example", outlets, {}).sentence
        assert "4 outlets of ours are at press.example, and nothing brought it: News, News, News and News." in told
        assert "read by" not in told


def test_the_head_says_whose_an_address_would_be():
    hill = Outlet("hill", "Hill Post", "Hill", "Scotland", 3)
    sources = Sources.of([loch(FEED), hill])
    of = [not_fetched(URL, "loch.example", outlets, {}) for outlets in ([], [loch(FEED)], [loch(FEED), hill])]
    assert [outlet_said(Article(URL), link, sources) for link in of] == [
        "no outlet of ours",
        "Loch News",
        "one of our 2 outlets at loch.example",
    ]
    assert outlet_said(Article(URL, outlet="hill"), of[-1], sources) == "Hill Post"
    assert outlet_said(Article(URL), None, sources) == "no outlet of ours"


def test_an_outlet_of_which_nothing_is_read():
    assert said(loch(NONE)) == (
        "It is not stored. Loch News is an outlet of ours, and no address of it is read: It has no feed."
    )


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (None, "Its source loch_news has never been heard."),
        (
            SourceState(FEED.id, error="no answer within 20 s"),
            "Its source loch_news has never been heard (no answer within 20 s).",
        ),
        (
            SourceState(FEED.id, SEVEN, SEVEN, SEVEN),
            "Its source loch_news was last heard Wed 25 Nov 2026 07:00 and last brought something new "
            "Wed 25 Nov 2026 07:00.",
        ),
        (
            SourceState(FEED.id, SEVEN, SEVEN, error="HTTP 503", next_due=SEVEN.replace(hour=8)),
            "Its source loch_news was last heard Wed 25 Nov 2026 07:00 and has brought nothing; it fails now "
            "(HTTP 503); it is asked next Wed 25 Nov 2026 08:00.",
        ),
        (
            SourceState(FEED.id, SEVEN, SEVEN, error="HTTP 410", trouble=Trouble.GONE),
            "The address of its source loch_news is gone, and is asked no more: HTTP 410.",
        ),
    ],
)
def test_each_source_and_when_it_was_heard(state, sentence):
    assert said(loch(FEED), *([state] if state else [])) == (
        f"It is not stored. Loch News is read by loch_news, which did not bring it. {sentence} "
        "A feed holds its newest items only: what came and went between two readings was never seen."
    )


def test_the_evidence_has_every_source_and_why_the_page_could_not_be_read():
    link = not_fetched(
        URL, "loch.example", [loch(FEED, OTHER)], {FEED.id: SourceState(FEED.id, SEVEN, SEVEN)}, "HTTP 403."
    )
    assert link.sentence.endswith("Its page cannot be read now: HTTP 403.")
    assert (link.name, link.holds, link.evidence["page"]) == ("fetched", False, "HTTP 403.")
    assert [(s["source"], s["last_heard"]) for s in link.evidence["sources"]] == [
        ("loch_news", "2026-11-25T07:00:00+00:00"),
        ("loch_sport", None),
    ]
