"""`monitor demo`, and the acceptance test of the sample morning: every article becomes what its author expects.

The product is asked as an editor would ask it: what is stored, settled with the significance of its story, and the
edition as it was frozen. The expectations are in `monitor/sample/articles` and `monitor/sample/stories.yaml`.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import real_runs
from real_runs import AGREEMENT, FAR_AHEAD, LONG_AGO, SECONDS

from monitor.adapters.cluster import copies
from monitor.adapters.store import open_store
from monitor.app import read_library
from monitor.core.edition import Edition, ItemState
from monitor.core.match import Judgement
from monitor.core.significance import settle
from monitor.core.story import Story, stories
from monitor.sample import load_morning
from monitor.sample.morning import SampleStory

ROOT = Path(__file__).parents[2]
HTML_LIMIT = 90_000
MORNING = load_morning(FAR_AHEAD)
"""For the words alone; its times are not looked at."""


@dataclass(frozen=True)
class Demo:
    """What one `monitor demo` said and left."""

    home: Path
    said: str
    document: dict
    judged: dict[str, Judgement]
    """By slug, significance settled."""
    folded: tuple[Story, ...]
    edition: Edition
    shown: frozenset[str]
    """Slugs of the articles that stories are shown by, or folded under them."""
    held: frozenset[str]

    def item(self, slugs: frozenset[str]) -> tuple[str, dict] | None:
        """The section and the item that shows a story with one of these articles; None when none does."""
        for part in json.loads(self.edition.content)["sections"]:
            for item in part["items"]:
                if slug_of(item["url"]) in slugs:
                    return part["id"], item
        return None


def slug_of(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def ran(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "monitor", "demo", "--dir", str(folder), *options]
    done = subprocess.run(command, cwd=folder.parent, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = tmp_path_factory.mktemp("demo") / "monitor-demo"
    document = json.loads(ran(home, "--json").stdout)
    said = ran(home).stdout  # the last run: what it says to type is asked of what it left
    library = read_library(home)
    store = open_store(f"sqlite:///{home / 'var' / 'monitor.db'}")
    articles = store.articles(LONG_AGO, FAR_AHEAD)
    folded = stories(articles, copies(articles))
    judgements = store.judgements(AGREEMENT, [a.id for a in articles])
    settled = settle(library.agreements[0], library.sources, folded, judgements)
    (edition,) = store.editions()
    slugs = {a.id: slug_of(a.url) for a in articles}
    items = store.items(edition.id)
    store.close()
    return Demo(
        home,
        said,
        document,
        {slugs[i]: judgement for i, judgement in settled.items()},
        folded,
        edition,
        frozenset(slugs[i.article] for i in items if i.state in (ItemState.SHOWN, ItemState.COPY)),
        frozenset(slugs[i.article] for i in items if i.state is ItemState.HELD),
    )


# --------------------------------------------------------------- what it leaves


def test_it_leaves_a_mail_and_a_page_to_open(demo):
    files = {path.suffix: path for path in (demo.home / "var" / "outbox").rglob("*.*")}
    assert set(files) == {".eml", ".html", ".txt"}
    message = message_from_bytes(files[".eml"].read_bytes(), policy=default)
    assert message["Subject"] == demo.edition.mail.subject == demo.document["subject"]
    text, page = message.iter_parts()
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert files[".html"].stat().st_size < HTML_LIMIT
    assert files[".html"].read_text("utf-8") == demo.edition.mail.html
    assert {ending: str(path) for ending, path in files.items()} == demo.document["files"]


def test_it_says_what_was_read_and_what_to_open(demo):
    assert "11 of 12 sources heard, 60 articles read, not heard: britannic_online" in demo.said
    assert "Near miss: it names" in demo.said
    for path in (demo.document["files"][".html"], demo.document["files"][".eml"]):
        assert path in demo.said
    assert (demo.document["heard"], demo.document["sources"], demo.document["articles"]) == (11, 12, 60)


@pytest.mark.parametrize(("command", "shows"), [("explain", "MINISTERIAL: near miss"), ("coverage", "BENEFITS")])
def test_what_it_says_to_type_can_be_typed(demo, command, shows):
    (line,) = [line for line in demo.said.splitlines() if f" {command} " in line and str(demo.home) in line]
    typed = line[: line.index(str(demo.home)) + len(str(demo.home))]
    done = subprocess.run(shlex.split(typed), capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    assert shows in done.stdout


# --------------------------------------------------------------- every article


@pytest.mark.parametrize("slug", [a.slug for a in MORNING.articles])
def test_an_article_becomes_what_is_expected(demo, slug):
    expected, judgement = MORNING.article(slug).expect, demo.judged[slug]
    outcomes = {v.section: str(v.outcome) for v in judgement.verdicts}
    assert (judgement.primary, judgement.also) == (expected.primary, expected.also)
    assert [s for s, o in outcomes.items() if o == "near_miss"] == list(expected.near_miss)
    out = {v.section: str(v.decided_by) for v in judgement.verdicts if v.outcome == "out"}
    assert out.items() >= dict(expected.out).items()
    assert judgement.provisional is expected.provisional


# --------------------------------------------------------------- every story


def test_articles_fold_into_the_stories_that_are_expected(demo):
    expected = {frozenset(s.articles) for s in MORNING.stories}
    found = {frozenset(slug_of(a.url) for a in story.articles) for story in demo.folded}
    assert expected - found == set()
    assert {s for s in found - expected if len(s) > 1} == set()


@pytest.mark.parametrize("story", MORNING.stories, ids=lambda s: s.id)
def test_a_story_stands_where_it_is_expected(demo, story: SampleStory):
    found = demo.item(frozenset(story.articles))
    if story.filed is None:
        assert found is None
        return
    assert found, "it is not shown"
    section, item = found
    titles = titles_of(demo)
    assert (section, item["also"], item["major"]) == (story.filed, [titles[s] for s in story.also], story.major)


def titles_of(demo: Demo) -> dict[str, str]:
    return {part["id"]: part["title"] for part in json.loads(demo.edition.content)["sections"]}


def test_nothing_else_is_shown(demo):
    assert demo.shown == {slug for story in MORNING.stories if story.filed for slug in story.articles}


# --------------------------------------------------------------- what the guides quote


HOST, ID = re.compile(r"127\.0\.0\.1:\d+"), re.compile(r"\b[0-9a-f]{24}\b")
EDITION = re.compile(r"\b[a-z-]+/[a-z]+/\d{8}T\d{6}Z")
DATE = re.compile(r"\b[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d\b")


def plain(text: str) -> str:
    """Without what differs from demo to demo: the day, the port (and so ids), and where lines break."""
    for pattern, name in ((DATE, "DAY"), (EDITION, "EDITION"), (HOST, "HOST"), (ID, "ID")):
        text = pattern.sub(name, text)
    return " ".join(text.split())


def explained(demo: Demo, slug: str) -> str:
    """What `monitor explain` prints of an article of the morning."""
    article = next(a for s in demo.folded for a in s.articles if slug_of(a.url) == slug)
    done = real_runs.typed(demo.home.parent, "explain", article.id, "--home", str(demo.home))
    assert done.status == 0, done.errors
    return done.out.decode()


@pytest.mark.parametrize(
    ("guide", "slug"), [("for-editors", "nairn-garden-opened"), ("for-foi", "trade-emergency-awards-audit")]
)
def test_a_guide_quotes_what_explain_prints(demo, guide, slug):
    page = (ROOT / "docs" / f"{guide}.md").read_text("utf-8")
    quoted = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (block,) = [block for language, block in quoted if not language and "NOT IN THE DIGEST" in block]
    assert plain(block) in plain(explained(demo, slug))
