"""Who finds what tells one story with an article, for jobs that ask it of several."""

from __future__ import annotations

from collections.abc import Callable

from monitor.adapters.cluster import Sieve, copies
from monitor.app.workspace import Workspace
from monitor.core.article import Article
from monitor.jobs.around import Around


def lines_around(workspace: Workspace) -> Callable[[Article], set[str]]:
    """The lines of an article's story; asked in order of time it reads each day once."""
    around = Around(workspace.store, copies, Sieve())
    return lambda article: {one.line for one in around.story_of(article).articles}
