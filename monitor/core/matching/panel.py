"""Many articles judged by all sections of many agreements, in one pass over each text.

Articles are folded, read by the automaton and shown to the sections in batches: `sitting.py` says how.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import AliasHit, Judgement, Verdict
from monitor.core.matching.byline import journalist_of
from monitor.core.matching.columns.hits import Seen
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.filing import filing, recategorised
from monitor.core.matching.folding import folded
from monitor.core.matching.found import FIELDS
from monitor.core.matching.seats import Seats
from monitor.core.matching.sitting import Sitting
from monitor.core.matching.verdicts import Verdicts
from monitor.core.source import Sources

Named: TypeAlias = dict[int, tuple[str, str]]
"""By number of the agreement: the section whose list an article's byline is on, and the name."""
BATCH = 128
"""Articles that are judged together, at most."""
LETTERS = 2_000_000
"""Characters of articles that are judged together, at most: their columns take eight bytes for each."""


class Panel:
    """Judges articles by all sections of some agreements. The same article gets the same judgement, always."""

    def __init__(
        self, agreements: Sequence[Agreement], sources: Sources, compiled: Compiled | None = None
    ) -> None:
        """`compiled`: of these very agreements, made earlier; else it is made here, which for many takes time."""
        self._agreements = agreements
        self._sources = sources
        self._compiled = compiled or Compiled.of(agreements)
        self._seats = Seats(agreements, sources, self._compiled)
        self._bylined = [n for n, a in enumerate(agreements) if any(p.bylines for p in a.profiles)]

    def judge(self, articles: Iterable[Article]) -> Iterator[dict[str, Judgement]]:
        """For each article the judgements by agreement id, of those that have anything to say of it.

        An agreement is left out when no term of it was seen and nothing is wrong: the article is in none of its
        sections.
        """
        for batch in _batches(articles):
            yield from self._judged(batch)

    def _judged(self, batch: Sequence[Article]) -> Iterator[dict[str, Judgement]]:
        texts = folded([[article.text_of(field) for field in FIELDS] for article in batch])
        seen = Seen(self._compiled.automaton.hits(text.stream) for text in texts)
        named = [self._key_journalists(article) for article in batch]
        said = [_Said() for _ in batch]
        some = seen.with_any_below(self._compiled.anchors)
        if len(some):
            at: list[int] = some.tolist()
            sitting = Sitting([batch[n] for n in at], [texts[n] for n in at], seen.of(some), self._seats)
            self._sit(sitting, [said[n] for n in at], [named[n] for n in at])
        for article, names, of_article in zip(batch, named, said, strict=True):
            yield self._judgements(article, names, of_article)

    def _sit(self, sitting: Sitting, said: Sequence[_Said], named: Sequence[Named]) -> None:
        """Write down what the seats say of each article."""
        owner = self._seats.owner
        outlets = [self._sources.outlets.get(article.outlet or "") for article in sitting.batch]
        verdicts = Verdicts(
            sitting, self._seats.context, outlets, lambda article, seat: owner(seat) not in named[article]
        )
        for case, verdict in verdicts.made():
            said[sitting.articles[case]].verdicts[owner(sitting.seats[case])].append(verdict)
        for case, aliases in sitting.aliases():
            said[sitting.articles[case]].aliases[owner(sitting.seats[case])] += aliases

    def _judgements(self, article: Article, named: Named, said: _Said) -> dict[str, Judgement]:
        faults = _unknown_outlets(article, self._sources)
        owners = range(len(self._agreements)) if faults else sorted({*said.verdicts, *said.aliases, *named})
        return {
            self._agreements[n].id: _judgement(
                article, said.verdicts.get(n), said.aliases.get(n), faults, named.get(n)
            )
            for n in owners
        }

    def _key_journalists(self, article: Article) -> Named:
        return {n: key for n in self._bylined if (key := _key_journalist(self._agreements[n], article))}


class _Said:
    """What the seats say of an article, by number of the agreement."""

    __slots__ = ("aliases", "verdicts")

    def __init__(self) -> None:
        self.verdicts: defaultdict[int, list[Verdict]] = defaultdict(list)
        self.aliases: defaultdict[int, list[AliasHit]] = defaultdict(list)


def _judgement(
    article: Article,
    verdicts: Sequence[Verdict] | None,
    aliases: Sequence[AliasHit] | None,
    faults: tuple[Fault, ...],
    key: tuple[str, str] | None,
) -> Judgement:
    given = tuple(verdicts or ())
    primary, also = filing(given)
    judgement = Judgement(
        article.url, primary, also, given, article.evidence, aliases=tuple(aliases or ()), faults=faults
    )
    return recategorised(judgement, *key) if key else judgement


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    letters = 0
    for article in articles:
        size = len(article.headline) + len(article.standfirst) + len(article.body)
        if batch and (len(batch) == BATCH or letters + size > LETTERS):
            yield batch
            batch, letters = [], 0
        batch.append(article)
        letters += size
    if batch:
        yield batch


def _key_journalist(agreement: Agreement, article: Article) -> tuple[str, str] | None:
    """The section whose list the byline is on, and the name."""
    for profile in agreement.profiles:
        name = journalist_of(article, profile.bylines)
        if name:
            return profile.section, name
    return None


def _unknown_outlets(article: Article, sources: Sources) -> tuple[Fault, ...]:
    if not article.carried_by and (not article.outlet or article.outlet in sources.outlets):
        return ()
    named = [article.outlet] if article.outlet else []
    return tuple(
        Fault(
            article.url or "article",
            f"no outlet {outlet!r} is known",
            "judged without source, area and tier; add it to sources/ or correct the id",
            field="outlet" if outlet == article.outlet else "carried_by",
        )
        for outlet in (*named, *article.carried_by)
        if outlet not in sources.outlets
    )
