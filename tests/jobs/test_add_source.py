"""`monitor sources add`, `import`, `export`: real sites on loopback, every way to find what can be polled."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import Result
from pytest_httpserver import HTTPServer
from test_ingest import SENTENCE
from typer.testing import CliRunner

from monitor import app
from monitor.adapters import opml
from monitor.adapters.kinds.named import parse as named
from monitor.app import source_lines
from monitor.cli.main import app as commands

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path, httpserver: HTTPServer) -> Path:
    """A workspace that may fetch from the test's own site."""
    app.new_workspace(tmp_path)
    (tmp_path / "monitor.toml").write_text(f'[fetch]\nallow_private = ["localhost:{httpserver.port}"]\n')
    return tmp_path


def typed(home: Path, *words: str) -> Result:
    return CliRunner().invoke(commands, ["sources", *words, "--home", str(home)])


def added(home: Path, server: HTTPServer, path: str, *words: str) -> dict:
    done = typed(home, "add", server.url_for(path), "--json", *words)
    assert done.exit_code == 0, (done.output, done.exception)
    return json.loads(done.stdout)


def rss(*headlines: str) -> str:
    items = "".join(
        f"<item><title>{headline}</title><link>/news/{n}</link>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=n + 1))}</pubDate></item>"
        for n, headline in enumerate(headlines)
    )
    return f"<rss version='2.0'><channel><title>Paper</title>{items}</channel></rss>"


def page(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html><head><title>The Paper</title>{head}</head><body>{body}</body></html>"


def serve(server: HTTPServer, path: str, body: str, kind: str = "text/html") -> None:
    server.expect_request(path).respond_with_data(body, content_type=kind)


def test_a_feed_that_the_page_names_with_what_it_would_bring(httpserver: HTTPServer, home: Path) -> None:
    comments = "<link rel='alternate' type='application/rss+xml' title='Comments' href='/comments/feed'>"
    feed = "<link rel='alternate' type='application/rss+xml' href='/news.rss'>"
    other = "<link rel='alternate' type='application/atom+xml' href='/sport.atom'>"
    serve(httpserver, "/", page(comments + feed + other))
    serve(httpserver, "/news.rss", rss("Ferries", "Rents"), "application/rss+xml")
    serve(
        httpserver,
        "/news/0",
        page(body=f"<article><h1>Ferries</h1><p>{SENTENCE}</p><p>In Scotland.</p></article>"),
    )
    done = typed(home, "add", httpserver.url_for("/"))
    assert done.exit_code == 0, done.output
    assert f"{httpserver.url_for('/news.rss')}: feed, named by the page" in done.stdout
    assert re.search(r"2 entries, the newest \d+ minutes old, the oldest 2 hours", done.stdout)
    assert "MINISTERIAL" in done.stdout
    assert "sport.atom too" in done.stdout
    assert "nothing was saved; --yes saves it" in done.stdout
    assert not (home / "sources" / "added.yaml").exists()
    said = added(
        home, httpserver, "/", "--yes", "--name", "The Paper", "--area", "Scotland", "--group", "uk_blogs"
    )
    assert (said["source"], said["outlet"], said["new_outlet"]) == ("localhost_all", "localhost", True)
    assert [section["section"] for section in said["sections"]] == ["ministerial"]
    library = app.read_library(home)
    assert not library.faults
    assert library.sources.outlets["localhost"].groups == ("uk_blogs",)
    again = typed(home, "add", httpserver.url_for("/news.rss"))
    assert again.exit_code != 0
    assert "is polled already: localhost_all, of The Paper" in str(again.exception)


@pytest.mark.parametrize(
    ("path", "body", "kind", "how"),
    [
        ("/feed/", rss("A"), "feed", "a usual place for a feed"),
        (
            "/feed.json",
            '{"version": "x", "items": [{"id": "1", "url": "/1", "title": "A"}]}',
            "feed",
            "a usual place",
        ),
        (
            "/wp-json/wp/v2/posts",
            '[{"link": "/1", "title": {"rendered": "A"}}]',
            "wordpress",
            "where WordPress has it",
        ),
    ],
)
def test_where_nothing_is_named(
    httpserver: HTTPServer, home: Path, path: str, body: str, kind: str, how: str
) -> None:
    serve(httpserver, "/", page())
    serve(httpserver, path, body, "application/xml")
    said = added(home, httpserver, "/")
    assert (said["kind"], said["url"], said["saved"]) == (kind, httpserver.url_for(path), None)
    assert said["how"].startswith(how)


def test_a_news_sitemap_of_robots_txt_goes_before_others(httpserver: HTTPServer, home: Path) -> None:
    serve(httpserver, "/", page())
    robots = f"User-agent: *\nSitemap: {httpserver.url_for('/pages.xml')}\nsitemap: /news-index.xml\n"
    serve(httpserver, "/robots.txt", robots, "text/plain")
    dated = f"<lastmod>{NOW.isoformat()}</lastmod>"
    serve(httpserver, "/pages.xml", f"<urlset><url><loc>/about</loc>{dated}</url></urlset>")
    serve(httpserver, "/news-index.xml", "<sitemapindex><sitemap><loc>/n1.xml</loc></sitemap></sitemapindex>")
    serve(httpserver, "/n1.xml", f"<urlset><url><loc>/news/1</loc>{dated}</url></urlset>")
    serve(httpserver, "/news/1", page(body=f"<article><h1>One</h1><p>{SENTENCE}</p></article>"))
    said = added(home, httpserver, "/", "--yes")
    assert (said["kind"], said["url"]) == ("sitemap", httpserver.url_for("/news-index.xml"))
    assert "kind: sitemap" in (home / "sources" / "added.yaml").read_text()


def test_wordpress_that_the_page_names(httpserver: HTTPServer, home: Path) -> None:
    serve(httpserver, "/", page("<link rel='https://api.w.org/' href='/cms/wp-json/'>"))
    serve(httpserver, "/cms/wp-json/wp/v2/posts", '[{"link": "/1", "title": {"rendered": "A"}}]')
    said = added(home, httpserver, "/")
    assert (said["kind"], said["url"]) == ("wordpress", httpserver.url_for("/cms/wp-json/wp/v2/posts"))


def test_an_account_is_of_medium_social_and_its_hashtags_count(httpserver: HTTPServer, home: Path) -> None:
    item = "<item><link>/@org/1</link><description>Up: #SocialSecurityScotland on #benefits</description></item>"
    serve(httpserver, "/@org.rss", f"<rss version='2.0'><channel>{item}</channel></rss>", "application/rss+xml")
    said = added(home, httpserver, "/@org", "--yes")
    assert (said["url"], said["outlet"]) == (httpserver.url_for("/@org.rss"), "localhost_org")
    assert "ministerial" in [section["section"] for section in said["sections"]]
    assert app.read_library(home).sources.outlets["localhost_org"].medium == "social"


def test_a_listing_page_by_its_selector(httpserver: HTTPServer, home: Path) -> None:
    serve(
        httpserver, "/latest", page(body="<ul><li><a href='/news/1'>One</a></li></ul><a href='/about'>About</a>")
    )
    said = added(
        home,
        httpserver,
        "/latest",
        "--kind",
        "listing",
        "--selector",
        "li > a",
        "--yes",
        "--outlet",
        "times_scotland",
    )
    assert (said["entries"], said["outlet"], said["new_outlet"]) == (1, "times_scotland", False)
    (source,) = app.read_library(home).sources.outlets["times_scotland"].sources
    assert (source.kind, source.selector) == ("listing", "li > a")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--kind", "listing"), "needs a --selector"),
        (("--selector", "a"), "a selector is for --kind listing"),
        (("--outlet", "nobody"), "there is no outlet nobody"),
        (("--group", "nobody"), "there is no group nobody"),
        (("--kind", "feed"), "nothing that can be polled was found"),
        ((), "nothing that can be polled was found"),
    ],
)
def test_what_cannot_be_done_says_why(
    httpserver: HTTPServer, home: Path, words: tuple[str, ...], why: str
) -> None:
    serve(httpserver, "/", page())
    done = typed(home, "add", httpserver.url_for("/"), *words)
    assert why in str(done.exception)
    if "polled" in why:
        assert "tried " in done.stderr
    assert not (home / "sources" / "added.yaml").exists()


def test_what_is_said_of_an_outlet_that_is_there_is_not_passed_over(httpserver: HTTPServer, home: Path) -> None:
    for path in ("/one.rss", "/two.rss"):
        serve(httpserver, path, rss("Ferries"), "application/rss+xml")
    assert added(home, httpserver, "/one.rss", "--yes")["new_outlet"]
    done = typed(home, "add", httpserver.url_for("/two.rss"), "--name", "Other", "--tier", "1", "--file", "x.yaml")
    assert str(done.exception).startswith("--name, --tier, --file: for new outlets only, and this is of localhost")
    assert not added(home, httpserver, "/two.rss")["new_outlet"]
    assert added(home, httpserver, "/two.rss", "--outlet", "other", "--name", "Other", "--tier", "1")["new_outlet"]
    outlet = app.read_library(home).sources.outlets["localhost"]
    assert re.search(r"Added .* \(the address itself\); 1 entry then\.", outlet.sources[0].note)


def test_another_port_is_another_site(httpserver: HTTPServer, home: Path) -> None:
    (home / "sources" / "near.yaml").write_text(
        "outlets:\n  - id: near\n    name: Near\n    owner: Near\n    area: UK\n    tier: 3\n"
        f"    homepage: http://localhost:{httpserver.port + 1}/\n    sources: []\n"
    )
    serve(httpserver, "/one.rss", rss("Ferries"), "application/rss+xml")
    assert added(home, httpserver, "/one.rss")["outlet"] != "near"


def test_what_stands_twice_in_a_list_is_not_polled_already(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    one = "<outline text='Loom' xmlUrl='https://loom.example/feed'/>"
    file.write_text(f"<opml><body>{one}{one}</body></opml>")
    said = json.loads(typed(home, "import", str(file), "--dry-run", "--json").stdout)
    assert (len(said["added"]), said["known"], said["repeated"]) == (1, [], ["https://loom.example/feed"])
    assert "1 more than once in the list" in typed(home, "import", str(file), "--dry-run").stdout


def test_a_list_of_feeds_in_and_out(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(
        "<opml><body><outline text='Mine'><outline text='Loom & Co' xmlUrl='https://loom.example/a/feed'/>"
        "<outline text='Loom sport' xmlUrl='https://loom.example/sport/feed'/>"
        "<outline text='BBC' xmlUrl='http://feeds.bbci.co.uk/news/rss.xml'/>"
        "<outline text='Guardian money' xmlUrl='https://www.theguardian.com/money/rss'/>"
        "<outline text='Org' xmlUrl='https://social.example/@org.rss'/><outline text='x' xmlUrl='nonsense'/>"
    )
    dry = typed(home, "import", str(file), "--dry-run", "--json")
    assert json.loads(dry.stdout)["known"] == ["http://feeds.bbci.co.uk/news/rss.xml"]
    assert not (home / "sources" / "added.yaml").exists()
    done = typed(home, "import", str(file), "--file", "mine.yaml", "--area", "Scotland")
    assert done.exit_code == 1  # one is no address
    assert "'nonsense' is no http(s) address" in done.stderr
    read = app.read_library(home)
    assert not read.faults
    outlets = read.sources.outlets
    assert {s.id for s in outlets["loom"].sources} == {"loom_a", "loom_sport"}
    assert (outlets["loom"].name, outlets["loom"].area) == ("Loom & Co", "Scotland")
    assert outlets["social_org"].medium == "social"
    assert "https://www.theguardian.com/money/rss" in {s.url for s in outlets["guardian"].sources}
    again = typed(home, "import", str(file), "--json")
    assert len(json.loads(again.stdout)["known"]) == 5
    out = tmp_path / "out.opml"
    exported = typed(home, "export", "--output", str(out))
    assert exported.exit_code == 0
    feeds = {s.url for s in read.sources.polled() if s.kind == "feed"}
    assert {o.url for o in opml.read(str(out)).outlines} == feeds
    assert f"{len(feeds)} feeds in it" in exported.stderr


def test_a_page_that_names_nothing_names_nothing() -> None:
    assert named(b"", url="https://a.example/").feeds == ()
    assert named(b"%PDF", url="https://a.example/").feeds == ()
    assert named(b"<link rel='alternate' hreflang='gd' href='/gd'>", url="https://a.example/").feeds == ()


def test_examples_run() -> None:
    import doctest

    assert doctest.testmod(source_lines).failed == 0


def test_a_named_feed_that_fails_and_one_that_looks_dead_are_told(httpserver: HTTPServer, home: Path) -> None:
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' href='/{n}.rss'>" for n in ("gone", "live", "third")
    )
    serve(httpserver, "/", page(links))
    httpserver.expect_request("/gone.rss").respond_with_data("Gone", status=410)
    old = "<item><title>Ferries</title><link>/news/0</link><pubDate>Mon, 03 Jun 2024 09:00:00 GMT</pubDate></item>"
    serve(httpserver, "/live.rss", f"<rss version='2.0'><channel>{old}</channel></rss>", "application/rss+xml")
    done = typed(home, "add", httpserver.url_for("/"))
    assert done.exit_code == 0, done.output
    flat = " ".join(done.stdout.split())
    assert f"tried {httpserver.url_for('/gone.rss')}: answers 410" in flat
    assert f"The page names {httpserver.url_for('/gone.rss')}" not in flat
    assert f"The page names {httpserver.url_for('/third.rss')} too" in flat
    assert "Its newest entry is so old that it may be dead" in flat
    found = added(home, httpserver, "/")
    assert [tried["url"] for tried in found["tried"]] == [httpserver.url_for("/gone.rss")]
