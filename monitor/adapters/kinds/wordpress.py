"""The posts of a WordPress site (`/wp-json/wp/v2/posts`) to entries, back in time page by page.

Pages are asked for by date and not by number: a post that is published meanwhile moves every number. The text that
WordPress gives is the whole of the post, so pages are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from monitor.adapters.kinds.jsons import loaded, text_of
from monitor.core.article import Entry
from monitor.core.dates import instant
from monitor.core.links import absolute
from monitor.core.markup import plain, words_of
from monitor.errors import NotAFeed
from monitor.jobs.ports import Listed

PER_PAGE = 100
"""Posts of one answer; WordPress gives no more."""
FULL_TEXT_WORDS = 100
"""A shorter content may be a teaser before a wall: then the page is asked for too."""
_WANTED = {
    "per_page": str(PER_PAGE),
    "orderby": "date",
    "order": "desc",
    "_embed": "author",
    "_fields": "id,date,date_gmt,link,guid,title,excerpt,content,_links,_embedded",
}

_NOTICE = re.compile(rb"\s*(?:<br ?/?>\s*)*(?:<b>)?(?:Warning|Notice|Deprecated)\b")
_POSTS = re.compile(rb'\[(?:\{"|\]\s*$)')

Post = Mapping[str, object]


def first(url: str) -> str:
    """The address of the newest posts; what the address asks for itself (`categories=5`) stays.

    >>> first("https://paper.example/wp-json/wp/v2/posts?categories=5").partition("&")[0]
    'https://paper.example/wp-json/wp/v2/posts?categories=5'
    """
    return _asking(url, _WANTED)


def parse(body: bytes, *, url: str, since: datetime) -> Listed:
    """The posts of one answer, newest first, and where the older ones are, as long as these reach back to `since`.

    Raises:
        FeedError: it is not a list of posts; what WordPress says against it is told.
    """
    posts = loaded(_without_notices(body))
    if not isinstance(posts, list):
        raise NotAFeed(_refusal(posts))
    posts = [cast("Post", post) for post in posts if isinstance(post, dict)]
    return Listed(tuple(entry for post in posts if (entry := _entry(post, url))), _older(posts, url, since))


def _without_notices(body: bytes) -> bytes:
    """The answer without what PHP says before it on a site that shows its warnings to everybody."""
    found = _POSTS.search(body) if _NOTICE.match(body) else None
    return body[found.start() :] if found else body


def _older(posts: list[Post], url: str, since: datetime) -> tuple[str, ...]:
    """The page before this one; none when this one was not full, or reaches back far enough."""
    dates = [date for post in posts if (date := _local(post))]
    if len(posts) < PER_PAGE or not dates:
        return ()
    oldest = min(posts, key=lambda post: _published(post) or datetime.max.replace(tzinfo=UTC))
    reached = _published(oldest)
    if reached is None or reached < since:
        return ()
    before = min(dates) + timedelta(seconds=1)  # posts of one second may stand on two pages
    asked = dict(parse_qsl(urlsplit(url).query)).get("before", "")
    if asked == before.isoformat():
        before = min(dates)
    return (_asking(url, {**_WANTED, "before": before.isoformat()}),)


def _entry(post: Post, url: str) -> Entry | None:
    headline = " ".join(plain(_rendered(post, "title")).split())
    link, guid = absolute(text_of(post, "link"), url), _rendered(post, "guid")
    standfirst, body = words_of(_rendered(post, "excerpt")), words_of(_rendered(post, "content"))
    if not link or not (headline or body):
        return None
    return Entry(
        url=link,
        headline=headline,
        guid=guid,
        standfirst="" if _begins(body, standfirst) else standfirst,
        body=body,
        byline=_authors(post),
        published_at=_published(post),
        whole=len(body.split()) >= FULL_TEXT_WORDS,
    )


def _begins(body: str, standfirst: str) -> bool:
    """Whether the excerpt is only the text's beginning, which WordPress makes where the author wrote none."""
    start = " ".join(standfirst.removesuffix("[…]").removesuffix("[...]").split())
    return " ".join(body.split()).startswith(start)


def _rendered(post: Post, key: str) -> str:
    value = post.get(key)
    return text_of(cast("Post", value), "rendered") if isinstance(value, dict) else text_of(post, key)


def _published(post: Post) -> datetime | None:
    gmt = text_of(post, "date_gmt")
    return instant(f"{gmt}Z") if gmt else instant(text_of(post, "date"))


def _local(post: Post) -> datetime | None:
    """The date in the site's own time, which is what `before` is compared with."""
    try:
        return datetime.fromisoformat(text_of(post, "date")).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None


def _authors(post: Post) -> str:
    embedded = post.get("_embedded")
    authors = embedded.get("author") if isinstance(embedded, dict) else None
    names = (text_of(author, "name") for author in authors or () if isinstance(author, dict))
    return ", ".join(name for name in names if name)


def _asking(url: str, wanted: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    own = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in wanted]
    return urlunsplit(parts._replace(query=urlencode([*own, *wanted.items()], safe=","), fragment=""))


def _refusal(said: object) -> str:
    if isinstance(said, dict) and text_of(said, "message"):
        return f"WordPress answers: {plain(text_of(said, 'message'))[:200]}"
    return "this is JSON, and not a list of WordPress posts"
