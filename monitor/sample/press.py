"""Prints the sample morning: feeds, pages and files, with the furniture that real sites put around an article.

The furniture (related stories, most read, newsletter, comments, cookie text, author biography) is full of the
agreement's terms on purpose: none of it is content, and none of it may count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.sample.morning import Morning, SampleArticle, SampleOutlet

_LISTS = {"atom": "atom.xml.j2", "sitemap": "sitemap.xml.j2", "listing": "listing.html.j2"}
"""By form; RSS where there is no other."""
TEMPLATES = Path(__file__).parent / "templates"
_NUMERIC = {"‘": "&#8216;", "’": "&#8217;", "“": "&#8220;", "”": "&#8221;", "–": "&#8211;", "£": "&#163;"}
_NAMED = {"‘": "&lsquo;", "’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;", "–": "&ndash;", "£": "&pound;"}


class Press:
    """Prints every feed and page of one morning for a site at `base`."""

    def __init__(self, morning: Morning, base: str) -> None:
        self._morning = morning
        self._base = base
        self._templates = _environment()
        self._outlets = {o.id: o for o in morning.outlets}

    def feed(self, outlet: SampleOutlet) -> bytes:
        """The outlet's feed, sitemap or page of links, UTF-8."""
        articles = self._morning.of(outlet.id)
        newest = max((a.published for a in articles), default=self._morning.seven)
        name = _LISTS.get(outlet.form, "rss.xml.j2")
        return self._print(name, outlet=outlet, articles=articles, newest=newest).encode("utf-8")

    def sent(self, article: SampleArticle) -> bytes:
        """The article as its desk sends it to those who take its files: NITF, in its charset."""
        outlet = self._outlets[article.outlet]
        page = 2 + self._morning.of(outlet.id).index(article)
        text = self._print("nitf.xml.j2", outlet=outlet, article=article, page=page)
        return text.encode(article.charset, "xmlcharrefreplace")

    def page(self, article: SampleArticle) -> bytes:
        """The article's page in its charset; what the charset lacks becomes character references."""
        others = [a for a in self._morning.of(article.outlet) if a.slug != article.slug]
        outlet = self._outlets[article.outlet]
        text = self._print("article.html.j2", outlet=outlet, article=article, others=others)
        return text.encode(article.charset, "xmlcharrefreplace")

    def refusal(self, article: SampleArticle) -> bytes:
        """The page a reader gets who may not read the article, or comes too late."""
        return self._print("refusal.html.j2", outlet=self._outlets[article.outlet], article=article).encode()

    def front(self, outlet: SampleOutlet) -> bytes:
        """The outlet's front page."""
        articles = self._morning.of(outlet.id)
        return self._print("front.html.j2", outlet=outlet, articles=articles).encode("utf-8")

    def index(self) -> bytes:
        """The list of all outlets, for whoever opens the site by hand."""
        return self._print("index.html.j2", morning=self._morning).encode("utf-8")

    def breakdown(self, outlet: SampleOutlet) -> bytes:
        """The HTML a broken outlet sends in place of its feed."""
        return self._print("breakdown.html.j2", outlet=outlet).encode("utf-8")

    def _print(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(base=self._base, **values)


def written(text: str, entities: str = "none") -> str:
    """Plain text as HTML, its quotes and signs written the outlet's way.

    >>> written("Carer’s & co", "double")
    'Carer&amp;#8217;s &amp;amp; co'
    """
    html = escape(text, quote=False)
    if entities == "none":
        return html
    for sign, entity in (_NAMED if entities == "named" else _NUMERIC).items():
        html = html.replace(sign, entity)
    return escape(html, quote=False) if entities == "double" else html


def body_html(article: SampleArticle) -> str:
    """The paragraphs of the body as HTML, with the article's own tags inside its words.

    Raises:
        ValueError: the article marks up words it does not contain.
    """
    html = "\n".join(f"<p>{written(p, article.entities)}</p>" for p in article.paragraphs)
    for words, tagged in article.markup:
        plain = written(words, article.entities)
        if plain not in html:
            raise ValueError(f"{article.slug}: no such words to mark up: {words!r}")
        html = html.replace(plain, tagged)
    return html


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "written": written,
        "body_html": body_html,
        "rfc822": _rfc822,
        "iso": _iso,
        "feed_html": _feed_html,
        "feed_title": _feed_title,
    }
    env.filters.update(filters)
    return env


def _feed_html(text: str, entities: str) -> str:
    """HTML inside a feed's XML: escaped once more."""
    return escape(written(text, entities), quote=False)


def _feed_title(text: str, entities: str) -> str:
    """A title inside a feed's XML; outlets that write entities do so here too, one layer less when double."""
    return _feed_html(text, entities) if entities == "named" else written(text, entities)


def _rfc822(when: datetime) -> str:
    return format_datetime(when.astimezone(UTC), usegmt=True)


def _iso(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it arrives in a workspace."""

    path: str
    """From the workspace on."""
    content: bytes
    at: datetime
    """When it was sent."""


def sent_files(morning: Morning, base: str) -> Iterator[SentFile]:
    """The files that outlets without a feed send, one for each article."""
    press = Press(morning, base)
    for outlet in morning.outlets:
        for article in morning.of(outlet.id) if outlet.form == "folder" else ():
            name = f"arrivals/{outlet.id}/{article.slug}.xml"
            yield SentFile(name, press.sent(article), article.published)
