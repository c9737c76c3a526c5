"""Archives taken over: columns guessed and named, outlets found, faults by line, run twice, killed half way."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from memory_archive import NOON, Memory, Quiet

from monitor.adapters.imports import read
from monitor.adapters.store import Store
from monitor.core.article import Article
from monitor.core.source import Outlet, Source, Sources
from monitor.errors import InputError, StoreError
from monitor.jobs.import_articles import ImportReport, guessed, import_articles, plan_import
from monitor.jobs.import_articles.outlets import Outlets

BBC = Outlet(
    "bbc",
    "BBC News",
    "BBC",
    "UK",
    1,
    homepage="https://www.bbc.co.uk/news",
    sources=(Source("bbc-1", "bbc", url="https://feeds.bbci.co.uk/news/rss.xml"),),
)
HERALD = Outlet("herald", "The Herald", "Newsquest", "Scotland", 2, homepage="https://www.heraldscotland.com")
TIMES = Outlet("times", "Daily Times", "N", "Scotland", 3, homepage="https://www.newsgroup.example/times")
ECHO = Outlet("echo", "Daily Echo", "N", "Scotland", 3, homepage="https://www.newsgroup.example/echo")
SOURCES = Sources.of([BBC, HERALD, TIMES, ECHO])
WHEN = datetime(2026, 3, 1, 9, tzinfo=UTC)


def written(tmp_path: Path, items: Iterable[object]) -> str:
    path = tmp_path / "archive.jsonl"
    path.write_text("".join((i if isinstance(i, str) else json.dumps(i)) + "\n" for i in items))
    return str(path)


def imported(path: str, archive: Memory | Store, **options: object) -> ImportReport:
    plan = plan_import(read(path), SOURCES, **options)  # type: ignore[arg-type]
    return import_articles(read(path), plan, archive, SOURCES, lambda: NOON, Quiet(), where="archive.jsonl")


def article_of(tmp_path: Path, **values: object) -> Article:
    archive = Memory()
    imported(written(tmp_path, [values]), archive)
    return archive.latest[0]


ITEM = {
    "source_feed": "http://feeds.bbci.co.uk/news/rss.xml",
    "title": "Carer&#8217;s  Allowance",
    "description": "<p>One.</p><p>Two &amp; three.</p>",
    "link": "https://www.bbc.co.uk/news/1",
    "date_published": "2026-03-01 09:00:00+00:00",
    "author": ["Jane Example", {"name": "Sam Sample"}],
}


def test_well_known_columns_and_outlets_are_found(tmp_path: Path) -> None:
    assert article_of(tmp_path, **ITEM) == Article(
        url="https://www.bbc.co.uk/news/1",
        headline="Carer’s Allowance",
        standfirst="One.\n\nTwo & three.",
        byline="Jane Example, Sam Sample",
        outlet="bbc",
        source="import",
        published_at=WHEN,
        first_seen=WHEN,
    )


def test_columns_may_be_named(tmp_path: Path) -> None:
    path = written(tmp_path, [{"Überschrift": "H", "meta": {"link": "https://x.example/1"}, "title": "not this"}])
    archive = Memory()
    imported(path, archive, wanted={"headline": "Überschrift", "url": "meta.link"}, outlet="herald")
    (article,) = archive.latest
    assert (article.headline, article.url, article.outlet) == ("H", "https://x.example/1", "herald")


def test_the_surest_name_of_a_column_wins() -> None:
    columns = ["Source", "Publication Name", "Date", "Hit Sentence", "Headline", "URL", "Author Name"]
    assert guessed(columns) == {
        "headline": "Headline",
        "standfirst": "Hit Sentence",
        "url": "URL",
        "published_at": "Date",
        "byline": "Author Name",
        "outlet": "Publication Name",
    }


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"wanted": {"headline": "nothing"}}, "no column nothing"),
        ({"wanted": {"heading": "title"}}, "heading is no field"),
        ({"outlet": "nobody"}, "nobody is no outlet"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(tmp_path: Path, options: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=why):
        plan_import(read(written(tmp_path, [ITEM])), SOURCES, **options)  # type: ignore[arg-type]


def test_a_file_without_headline_or_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column looks like a headline"):
        plan_import(read(written(tmp_path, [{"a": 1}])), SOURCES)


@pytest.mark.parametrize(
    ("name", "url", "found"),
    [
        ("bbc", "", "bbc"),
        ("BBC News", "", "bbc"),
        ("Herald", "", "herald"),
        ("THE HERALD", "", "herald"),
        ("https://feeds.bbci.co.uk/news/rss.xml?edition=uk", "", "bbc"),
        ("http://feeds.bbci.co.uk/other.xml", "", "bbc"),
        ("", "https://www.bbc.co.uk/sport/1", "bbc"),
        ("somebody", "https://m.heraldscotland.com/1", "herald"),
        ("", "https://www.newsgroup.example/times/1", None),
        ("Daily Echo", "https://www.newsgroup.example/times/1", "echo"),
        ("somebody", "https://co.uk/1", None),
        ("", "", None),
        ("http://[bad", "http://[bad", None),
    ],
)
def test_outlets_by_name_feed_and_host(name: str, url: str, found: str | None) -> None:
    assert Outlets(SOURCES).find(name, url) == found


def test_outlets_we_do_not_know_are_counted(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [ITEM | {"source_feed": "https://a.example/f", "link": f"https://a.example/{n}"} for n in range(3)],
    )
    archive = Memory()
    assert imported(path, archive).unknown_outlets == {"https://a.example/f": 3}
    assert [article.outlet for article in archive.latest] == [None] * 3


def test_faults_by_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [
            ITEM,
            "{broken",
            {"link": "https://www.bbc.co.uk/2"},
            ITEM | {"link": "https://www.bbc.co.uk/3", "date_published": "soon"},
            ITEM | {"link": "https://www.bbc.co.uk/4", "title": ""},
            ITEM | {"link": "javascript:alert(1)"},
            ITEM | {"link": "https://www.bbc.co.uk/6", "date_published": "NaN"},
        ],
    )
    archive = Memory()
    report = imported(path, archive)
    assert (report.items, report.new, report.skipped, report.fault_count) == (7, 5, 2, 5)
    assert [(fault.line, fault.field) for fault in report.faults] == [
        (2, ""),
        (3, ""),
        (4, "date_published"),
        (5, "title"),
        (6, "link"),
    ]
    assert "not JSON" in str(report.faults[0])
    undated = archive.latest[1]
    assert (undated.published_at, undated.first_seen) == (None, NOON)


def test_first_seen_may_be_now(tmp_path: Path) -> None:
    archive = Memory()
    imported(written(tmp_path, [ITEM]), archive, first_seen_now=True)
    assert (archive.latest[0].published_at, archive.latest[0].first_seen) == (WHEN, NOON)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("First paragraph here.\nSecond one.\nThird.", "First paragraph here.\n\nSecond one.\n\nThird."),
        ("Wrapped at some\ncolumn or other, as\nmail does.", "Wrapped at some column or other, as mail does."),
        ("One.\n\nTwo\nlines.", "One.\n\nTwo lines."),
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
    ],
)
def test_paragraphs_of_the_body(tmp_path: Path, text: str, body: str) -> None:
    assert article_of(tmp_path, title="T", text=text).body == body


def test_running_it_again_stores_nothing_twice(tmp_path: Path, store: Store) -> None:
    items = [ITEM | {"link": f"https://www.bbc.co.uk/news/{n}"} for n in range(30)]
    path = written(tmp_path, [*items, items[0]])
    first = imported(path, store)
    assert (first.items, first.new, first.known) == (31, 30, 1)
    again = imported(path, store)
    assert (again.items, again.new, again.known) == (31, 0, 31)
    assert store.count_articles(WHEN, WHEN + timedelta(hours=1)) == 30


def test_an_import_that_was_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    class Killed(Memory):
        left = 1

        def add_articles(self, *given: object, **options: object) -> int:
            if not self.left:
                raise StoreError("killed")
            self.left -= 1
            return super().add_articles(*given, **options)  # type: ignore[arg-type]

    path = written(tmp_path, [ITEM | {"link": f"https://www.bbc.co.uk/news/{n}"} for n in range(4_500)])
    archive = Killed()
    with pytest.raises(StoreError):
        imported(path, archive)
    assert len(archive.stored) == 2_000
    archive.left = 100
    report = imported(path, archive)
    assert (report.new, report.known) == (2_500, 2_000)
    assert archive.left == 98
