"""The sample morning as data: outlets, articles with what they should become, and stories.

The texts are in `articles/*.yaml`; this module reads them, expands copies and reckons times of publication.
How they are served is `site.py`'s affair, and how they are printed `press.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).parent
SECTIONS = (
    "ministerial",
    "benefits",
    "organisations",
    "scottish_parliament",
    "general_news",
    "uk_government",
    "local_economy",
    "key_journalist",
)
"""The agreement's sections, in its order, by the ids that `expect` uses."""

_AGE = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?")
_INHERITED = ("headline", "standfirst", "byline")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an article should become, alone in its outlet, at seven; worked out by hand from the contract.

    A section that is not named must not be `in`; whether it then leaves a trace is not promised.
    """

    primary: str | None
    """The section its own best hit files it in; None when it is in none."""
    also: tuple[str, ...] = ()
    """The other sections it is in, in the agreement's order."""
    near_miss: tuple[str, ...] = ()
    """Sections where a term stands and its guard, context or place fails."""
    out: Mapping[str, str] = field(default_factory=dict)
    """Sections it is out of, with the rule that decides: source, aboutness or significance."""
    provisional: bool = False
    """Judged on the feed's summary, since the page cannot be had."""
    why: str = ""
    """The rule it shows, in a line."""


@dataclass(frozen=True, slots=True)
class SampleOutlet:
    """An invented outlet, and how its feed behaves this morning."""

    id: str
    name: str
    owner: str
    area: str
    tier: int
    medium: str
    groups: tuple[str, ...]
    form: str = "rss"
    """rss, rss_full (with content:encoded), atom, sitemap, listing or folder."""
    behaviour: str = "steady"
    """steady, broken, slow or silent."""

    @property
    def has_feed(self) -> bool:
        """Whether it publishes a feed; others have a sitemap, a page of links, or send files."""
        return self.form in {"rss", "rss_full", "atom"}

    @property
    def feed_path(self) -> str:
        """Where the site lists its articles: feed, sitemap or page; empty when it sends files.

        >>> SampleOutlet("up_the_close", "Up the Close", "", "Scotland", 3, "web", (), form="atom").feed_path
        '/up_the_close/atom.xml'
        """
        names = {"atom": "atom.xml", "sitemap": "sitemap-news.xml", "listing": "latest/"}
        return "" if self.form == "folder" else f"/{self.id}/{names.get(self.form, 'rss.xml')}"


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """An article as its outlet publishes it, and what it should become."""

    slug: str
    outlet: str
    path: str
    """The part of the address between outlet and slug; `news/national-news` is a wire section."""
    headline: str
    published: datetime
    standfirst: str = ""
    byline: str = ""
    body: str = ""
    """Plain paragraphs, a blank line between them."""
    caption: str = ""
    """The line under the photograph; none, no photograph."""
    related: tuple[str, ...] = ()
    """Headlines of the related-stories block, which is not content."""
    charset: str = "utf-8"
    declared_in: str = "header"
    """Where the page says its charset: header or meta."""
    entities: str = "none"
    """How quotes are written in markup: none (as they are), named (`&rsquo;`) or double (`&amp;#8217;`)."""
    markup: tuple[tuple[str, str], ...] = ()
    """Words of the body and the HTML they are printed as: tags inside a term."""
    page_status: int = 200
    """What the page answers; other than 200 the article exists as a summary only."""
    copy_of: str | None = None
    """The slug whose text this is, edited."""
    expect: Expectation = Expectation(None)

    @property
    def url_path(self) -> str:
        """Where its page stands on the site."""
        return f"/{self.outlet}/{self.path}/{self.slug}/"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body's paragraphs."""
        return tuple(p for p in self.body.split("\n\n") if p)

    @property
    def summary(self) -> str:
        """What the feed says of it: the standfirst, or the first paragraph where there is none."""
        return self.standfirst or next(iter(self.paragraphs), "")

    @property
    def words(self) -> int:
        """Words of the body."""
        return len(self.body.split())


@dataclass(frozen=True, slots=True)
class SampleStory:
    """Articles that should fold into one story, and where the digest should file it."""

    id: str
    articles: tuple[str, ...]
    """Slugs."""
    filed: str | None = None
    also: tuple[str, ...] = ()
    major: bool = False
    """One of its sections asks for significance, and the story has it."""


@dataclass(frozen=True, slots=True)
class Morning:
    """Everything that was published before one seven o'clock."""

    seven: datetime
    outlets: tuple[SampleOutlet, ...]
    articles: tuple[SampleArticle, ...]
    """The sixty, newest first."""
    archive: tuple[SampleArticle, ...]
    """The old entries of silent feeds."""
    stories: tuple[SampleStory, ...]

    def article(self, slug: str) -> SampleArticle:
        """The article of that slug.

        Raises:
            KeyError: no article has it.
        """
        for article in (*self.articles, *self.archive):
            if article.slug == slug:
                return article
        raise KeyError(slug)

    def of(self, outlet: str) -> tuple[SampleArticle, ...]:
        """An outlet's articles, newest first, archive included."""
        return tuple(a for a in (*self.articles, *self.archive) if a.outlet == outlet)


def load_morning(seven: datetime, root: Path = HERE) -> Morning:
    """The sample morning that ends at `seven`, an aware instant.

    Raises:
        ValueError: `seven` is naive, an age cannot be read, or a copy edits words that its original lacks.
    """
    if seven.tzinfo is None:
        raise ValueError("seven must be an aware instant")
    outlets = _outlets(root)
    rows = [row for file in sorted((root / "articles").glob("*.yaml")) for row in _read(file)["articles"]]
    originals = {row["slug"]: row for row in rows if "copy_of" not in row}
    articles = sorted((_article(_expanded(row, originals), seven) for row in rows), key=_newest_first)
    silent = {o.id for o in outlets if o.behaviour == "silent"}
    return Morning(
        seven,
        outlets,
        tuple(a for a in articles if a.outlet not in silent),
        tuple(a for a in articles if a.outlet in silent),
        tuple(_story(row) for row in _read(root / "stories.yaml")["stories"]),
    )


def outlets_text(site: str, root: Path = HERE) -> str:
    """The outlets file with the site's address in it, ready to be a sources file of the demonstration."""
    return (root / "outlets.yaml").read_text(encoding="utf-8").replace("{site}", site.rstrip("/"))


def age(text: str) -> timedelta:
    """How long before seven: days, hours and minutes, each with its letter.

    >>> age("9h 40m")
    datetime.timedelta(seconds=34800)
    """
    found = _AGE.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise ValueError(f"not an age: {text!r}")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _read(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file)


def _newest_first(article: SampleArticle) -> tuple[float, str]:
    return (-article.published.timestamp(), article.slug)


def _outlets(root: Path) -> tuple[SampleOutlet, ...]:
    feeds = _read(root / "feeds.yaml")["feeds"]
    return tuple(_outlet(row, feeds[row["id"]]) for row in _read(root / "outlets.yaml")["outlets"])


def _outlet(row: Mapping[str, Any], feed: Mapping[str, str]) -> SampleOutlet:
    return SampleOutlet(
        id=row["id"],
        name=row["name"],
        owner=row["owner"],
        area=row["area"],
        tier=row["tier"],
        medium=row["medium"],
        groups=tuple(row["groups"]),
        form=feed["form"],
        behaviour=feed.get("behaviour", "steady"),
    )


def _expanded(row: Mapping[str, Any], originals: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The row with the text of the article it is a copy of, edited; other rows as they are."""
    if "copy_of" not in row:
        return dict(row)
    edits = row["copy_of"]
    original = originals[edits["slug"]]
    inherited = {key: original[key] for key in _INHERITED if key in original}
    return {**inherited, **row, "copy_of": edits["slug"], "body": _edited(original["body"], edits)}


def _edited(body: str, edits: Mapping[str, Any]) -> str:
    for old, new in edits.get("replace", ()):
        if old not in body:
            raise ValueError(f"a copy of {edits['slug']} replaces words that are not there: {old!r}")
        body = body.replace(old, new)
    paragraphs = body.split("\n\n")
    return "\n\n".join(paragraphs[: len(paragraphs) - edits.get("drop_last", 0)])


def _article(row: Mapping[str, Any], seven: datetime) -> SampleArticle:
    plain = ("slug", "outlet", "path", "headline", "standfirst", "byline", "body", "caption")
    flags = ("charset", "declared_in", "entities", "copy_of")
    known = {*plain, *flags, "age", "related", "markup", "summary_only", "page_status", "expect"}
    if unknown := set(row) - known:
        raise ValueError(f"{row['slug']}: unknown keys {sorted(unknown)}")
    return SampleArticle(
        **{key: row[key] for key in (*plain, *flags) if key in row},
        published=seven - age(row["age"]),
        related=tuple(row.get("related", ())),
        markup=_pairs(row.get("markup", ())),
        page_status=row.get("page_status", 404) if row.get("summary_only") else 200,
        expect=_expectation(row["expect"]),
    )


def _pairs(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, new in rows)


def _expectation(row: Mapping[str, Any]) -> Expectation:
    return Expectation(
        primary=row["primary"],
        also=tuple(row.get("also", ())),
        near_miss=tuple(row.get("near_miss", ())),
        out=dict(row.get("out", {})),
        provisional=row.get("provisional", False),
        why=row["why"],
    )


def _story(row: Mapping[str, Any]) -> SampleStory:
    return SampleStory(
        id=row["id"],
        articles=tuple(row["articles"]),
        filed=row.get("filed"),
        also=tuple(row.get("also", ())),
        major=row.get("major", False),
    )
