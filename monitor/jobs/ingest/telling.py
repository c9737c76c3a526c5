"""What a recognised entry becomes: a new article, another text of one that is known, or nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.core.address import canonical_url
from monitor.core.article import Article, Entry
from monitor.core.identity import By, Keys, Recognised, Sight, is_beside, is_same, recognise
from monitor.core.source import Outlet, Source
from monitor.jobs.ingest.making import edited
from monitor.jobs.ports import Archive, Clock


@dataclass(frozen=True, slots=True)
class Told:
    """What one entry became."""

    of: Recognised
    article: Article
    """The article to store, or the stored one that it is."""
    edit: bool = False
    """Another text of an article that was stored before."""
    page_failed: bool = False
    """Its page is still to be read: it was asked for and gave no text."""
    page_owed: bool = False
    """Its page is still to be read: it was not asked for."""
    parts: tuple[Article, ...] = ()
    """The pieces of news of a live blog or round-up."""

    @property
    def rows(self) -> list[tuple[str, Article]]:
        """Every key of the entry, with the article it leads to; and those of its parts."""
        keys = self.of.keys.all
        return [(key, self.article) for key in keys] + part_rows(keys[0], self.parts)


def part_rows(key: str, parts: Sequence[Article]) -> list[tuple[str, Article]]:
    """The parts of an entry's page, each under a key of its own."""
    return [(f"{key}#{part.part}", part) for part in parts]


class Telling:
    """Decides what the entries of one source become, one after another."""

    def __init__(self, archive: Archive, clock: Clock, source: Source, outlet: Outlet) -> None:
        self._archive = archive
        self._clock = clock
        self._source = source.id
        self._outlet = outlet.id
        self._others = [other.id for other in outlet.sources if other.id != source.id]
        self._waiting: dict[str, Article] = {}
        """What was told and may not be stored yet, by canonical address."""
        self._free: set[str] = set()
        """Canonical addresses at which the outlet had no article when they were looked up."""

    def unknown(self, entries: Sequence[tuple[Keys, Entry]]) -> list[Recognised]:
        """The entries that are new, edited or doubtful; what is not remembered of the others is noted."""
        keys = [key for keys, _ in entries for key in keys.all]
        here, elsewhere = self._archive.seen_entries(self._source, self._others, keys)
        recognised = [recognise(entry, keys, here, elsewhere) for keys, entry in entries]
        known = [one for one in recognised if one.sight is Sight.KNOWN and one.unnoted]
        if known:
            noted = [(key, one.article, one.keys.said) for one in known for key in one.keys.all]
            self._archive.note_entries(self._source, noted)
        return [one for one in recognised if one.sight is not Sight.KNOWN]

    def look_up(self, batch: Sequence[Recognised]) -> None:
        """Look up the addresses of some entries at once, before they are told one by one."""
        urls = [one.entry.url for one in batch if one.keys.address]
        taken = self._archive.addresses_taken(self._outlet, urls)
        self._free |= {canonical_url(url) for url in urls} - taken

    def told(self, of: Recognised, found: Article, *, page_failed: bool) -> Told:
        """What the entry became; `found` is what was made of it and, unless that failed, of its page.

        Raises:
            StoreError: the database refused.
        """
        if of.sight is Sight.NEW:
            return self._new(of, found, page_failed=page_failed)
        known = self._archive.article(of.article)
        if of.sight is Sight.EDITED and is_beside(known, found, of.entry):
            return self._beside(of, found, page_failed=page_failed)
        if of.sight is Sight.DOUBTFUL:
            if not is_same(known, found, of.by):
                another = self._beside if of.by is By.ADDRESS else self._new
                return another(of, found, page_failed=page_failed)
            if page_failed and not found.body and (known.headline, known.standfirst) == _said(found):
                return Told(of, known)
        return self._edited(of, known, found, page_failed=page_failed)

    def _new(self, of: Recognised, found: Article, *, page_failed: bool) -> Told:
        if of.keys.shares:  # a page may claim the address that all of them have
            found = replace(found, url=of.entry.url)
        if of.keys.shares or not of.keys.address:  # the entry's own key tells it apart
            line = of.keys.line(found.outlet or "")
            return Told(of, replace(found, kept_line=line), page_failed=page_failed)
        claimed = canonical_url(found.url)
        there = self._waiting.get(claimed)
        if there is None and claimed not in self._free:
            there = self._archive.at_address(self._outlet, found.url)
        if there and is_same(there, found) and (there.body or not found.body):
            return Told(of, there)
        if there and claimed == of.keys.address and is_beside(there, found, of.entry):
            return self._beside(of, found, page_failed=page_failed)
        if there and (claimed == of.keys.address or is_same(there, found)):
            return self._edited(of, there, found, page_failed=page_failed)
        # A page that claims the address of another article stays at its entry's.
        article = replace(found, url=of.entry.url) if there else found
        self._waiting[canonical_url(article.url)] = article
        return Told(of, article, page_failed=page_failed)

    def _beside(self, of: Recognised, found: Article, *, page_failed: bool) -> Told:
        """Another article at the address of one that is known."""
        line = of.keys.line_beside(found.outlet or "", of.entry.url)
        return Told(of, replace(found, url=of.entry.url, kept_line=line), page_failed=page_failed)

    def _edited(self, of: Recognised, known: Article, found: Article, *, page_failed: bool) -> Told:
        article = edited(known, of.entry, found, self._clock(), page_failed=page_failed)
        texts = self._archive.texts(article.line)
        if texts and article.id == texts[-1].id:
            return Told(of, texts[-1], page_failed=page_failed)
        if any(article.id == text.id for text in texts):
            article = article.told_again()
        return Told(of, article, edit=True, page_failed=page_failed)


def _said(article: Article) -> tuple[str, str]:
    return article.headline, article.standfirst
