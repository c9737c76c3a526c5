"""Days: what was stored over a stretch of time, a day at a time, so that memory holds no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from monitor.core.article import Article
from monitor.jobs.ports import Archive

DAY = timedelta(days=1)


def day_by_day(archive: Archive, since: datetime, until: datetime) -> Iterator[list[Article]]:
    """The articles first seen in `[since, until)`; one whose text changed on a later day comes again with that."""
    while since < until:
        end = min(since + DAY, until)
        yield archive.articles(since, end)
        since = end
