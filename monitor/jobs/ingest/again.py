"""Pages of articles that were read once, looked at again: an edit of the page alone is in no feed.

Within the budget of a source's round, after everything that is new, by conditional requests. Killed between an
edit and the note that its look was taken, we take it once more, and find the text that is there.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.core.article import Article
from monitor.core.rereading import Plan, Reread, first_reread, next_reread, says_something_else
from monitor.core.source import Source
from monitor.jobs.ingest.making import completed, parts_of
from monitor.jobs.ingest.pages import PageAnswer, Pages, print_of
from monitor.jobs.ingest.telling import part_rows
from monitor.jobs.ports import Archive, Clock, Rereads


class Again:
    """Plans and takes the looks of one source and round."""

    def __init__(self, archive: Archive, looks: Rereads, clock: Clock, source: Source, plan: Plan) -> None:
        self._archive = archive
        self._looks = looks
        self._clock = clock
        self._source = source.id
        self._plan = plan
        self._planned: list[Reread] = []

    def read(self, key: str, answer: PageAnswer) -> None:
        """The page of an entry was read just now, and is to be looked at again."""
        look = first_reread(key, answer.url, self._clock(), self._plan)
        if look and answer.fetched and answer.text and answer.text.quality.full:
            self._planned.append(_known(look, answer))

    def save(self) -> None:
        """Store what was planned.

        Raises:
            StoreError: the database refused.
        """
        if self._planned:
            self._looks.save_rereads(self._source, self._planned)
            self._planned = []

    async def look(self, pages: Pages) -> int:
        """Take the looks that are due, as far as the budget goes; how many articles say something else.

        Raises:
            StoreError: the database refused.
        """
        edited = 0
        due = self._looks.due_rereads(self._source, self._clock(), pages.left) if pages.left else []
        for look, article in due:
            told = {"etag": look.etag, "last_modified": look.last_modified, "body_print": look.body_print}
            answer = await pages.read(look.url, article.headline, **told)
            if answer.owed:
                continue
            edited += self._edited(look.key, article, answer)
            self._noted(look, answer)
        return edited

    def _edited(self, key: str, article: Article, answer: PageAnswer) -> int:
        """Store what a page says now, if it says something else; how many texts that were."""
        page = answer.text
        if page is None or not (page.quality.full or page.parts):
            return 0
        found = completed(article, page, self._clock())
        changed = found if found.id != article.id and says_something_else(article, found) else article
        if changed is not article and any(changed.id == text.id for text in self._archive.texts(article.line)):
            changed = changed.told_again()
        rows = [(key, changed), *part_rows(key, parts_of(changed, page))]
        return self._archive.add_articles(self._source, rows)

    def _noted(self, look: Reread, answer: PageAnswer) -> None:
        then = next_reread(look, self._plan, self._clock())
        if then is None:
            self._looks.forget_rereads(self._source, [look.key])
        else:
            self._looks.save_rereads(self._source, [_known(then, answer) if answer.text else then])


def _known(look: Reread, answer: PageAnswer) -> Reread:
    """The look with what is known of the answer, for the next request to be conditional."""
    if answer.fetched is None:
        return look
    fetched = answer.fetched
    return replace(look, etag=fetched.etag, last_modified=fetched.last_modified, body_print=print_of(fetched))
