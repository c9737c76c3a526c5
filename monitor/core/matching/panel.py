"""Many articles judged by all sections of many agreements, in one pass over each text.

Articles are folded, read by the automaton and shown to the sections in batches: `sitting.py` says how.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import AliasHit, Judgement
from monitor.core.matching.byline import journalist_of
from monitor.core.matching.columns.hits import Seen
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.filing import best_first, recategorised
from monitor.core.matching.folding import folded
from monitor.core.matching.found import FIELDS
from monitor.core.matching.outcomes import IN, Outcomes
from monitor.core.matching.seats import Seats
from monitor.core.matching.sitting import Sitting
from monitor.core.matching.written import Envelope, written_verdicts
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
            for article, written in zip(batch, self._of_batch(batch), strict=True):
                yield {agreement: _read(stored, article) for agreement, stored in written.items()}

    def written(self, articles: Iterable[Article]) -> Iterator[dict[str, bytes]]:
        """The same judgements in their stored form: what `judge` reads them from, and no object is made."""
        for batch in _batches(articles):
            yield from self._of_batch(batch)

    def _of_batch(self, batch: Sequence[Article]) -> Iterator[dict[str, bytes]]:
        named = [self._key_journalists(article) for article in batch]
        found = self._sat(batch, named, proof=True)
        for article, names, said in zip(batch, named, found, strict=True):
            yield self._written(article, names, said)

    def sections(self, articles: Iterable[Article]) -> Iterator[dict[str, tuple[str, ...]]]:
        """For each article the sections it is in, by agreement id, the one it is filed in first; and no proof.

        `Judgement.sections` of the same, for a fraction of the cost; agreements without any are left out.
        """
        for batch in _batches(articles):
            named = [self._key_journalists(article) for article in batch]
            for article, names, said in zip(batch, named, self._sat(batch, named, proof=False), strict=True):
                found = {self._agreements[n].id: self._named(one.filed) for n, one in said.items()}
                if names:
                    (judged,) = self.judge([article])
                    found |= {agreement: judgement.sections for agreement, judgement in judged.items()}
                yield {agreement: sections for agreement, sections in found.items() if sections}

    def _named(self, seats: Iterable[int]) -> tuple[str, ...]:
        return tuple([self._seats.section(seat) for seat in seats])

    def _sat(self, batch: Sequence[Article], named: Sequence[Named], *, proof: bool) -> list[_Said]:
        """What is said of each article of a batch; verdicts and aliases only with proof."""
        texts = folded([[article.text_of(field) for field in FIELDS] for article in batch])
        seen = Seen.by(self._compiled.automaton, texts)
        said: list[_Said] = [defaultdict(_OfAgreement) for _ in batch]
        some = seen.with_any_below(self._compiled.anchors)
        if len(some):
            at: list[int] = some.tolist()
            sitting = Sitting([batch[n] for n in at], [texts[n] for n in at], seen.of(some), self._seats)
            sources_off = [(number, owner) for number, n in enumerate(at) for owner in named[n]]
            outcomes = Outcomes(sitting, self._seats, sources_off, proof=proof)
            there = [said[n] for n in at]
            self._file(outcomes, there)
            if proof:
                self._write(outcomes, there)
        return said

    def _file(self, outcomes: Outcomes, said: Sequence[_Said]) -> None:
        """Write down the sections that each article is in."""
        within = (outcomes.there & (outcomes.outcomes == IN)).nonzero()[0]
        columns = (outcomes.articles, outcomes.owners, outcomes.seats, outcomes.ranks)
        for article, owner, seat, rank in zip(*(c[within].tolist() for c in columns), strict=True):
            of = said[article][owner]
            of.within.append(seat)
            of.ranks.append(rank)

    def _write(self, outcomes: Outcomes, said: Sequence[_Said]) -> None:
        """Write down the verdicts on each article, and where names stand that nobody has approved."""
        articles, owners = outcomes.articles.tolist(), outcomes.owners.tolist()
        cases = outcomes.there.nonzero()[0].tolist()
        for case, verdict in zip(cases, written_verdicts(outcomes, self._seats), strict=True):
            said[articles[case]][owners[case]].verdicts.append(verdict)
        for case, aliases in outcomes.sitting.aliases():
            said[articles[case]][owners[case]].aliases += aliases

    def _written(self, article: Article, named: Named, said: _Said) -> dict[str, bytes]:
        faults = _unknown_outlets(article, self._sources)
        owners = range(len(self._agreements)) if faults else sorted({*said, *named})
        envelope = Envelope(article, faults)
        return {self._agreements[n].id: self._stored(envelope, said[n], named.get(n)) for n in owners}

    def _stored(self, envelope: Envelope, said: _OfAgreement, key: tuple[str, str] | None) -> bytes:
        sections = [self._seats.judge(seat).named for seat in said.filed]
        stored = envelope.around(sections, said.verdicts, said.aliases)
        return recategorised(Judgement.read(stored), *key).stored() if key else stored

    def _key_journalists(self, article: Article) -> Named:
        return {n: key for n in self._bylined if (key := _key_journalist(self._agreements[n], article))}


class _OfAgreement:
    """What the sections of one agreement say of an article."""

    __slots__ = ("aliases", "ranks", "verdicts", "within")

    def __init__(self) -> None:
        self.within: list[int] = []
        """The seats of the sections it is in."""
        self.ranks: list[int] = []
        """How high the best hit of each stands."""
        self.verdicts: list[str] = []
        """In their stored form."""
        self.aliases: list[AliasHit] = []

    @property
    def filed(self) -> Sequence[int]:
        """The same, the one it is filed in first."""
        return best_first(self.within, self.ranks)


_Said: TypeAlias = "defaultdict[int, _OfAgreement]"
"""What is said of an article, by number of the agreement."""


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


def _read(stored: bytes, article: Article) -> Judgement:
    """The judgement, its address to the letter: half of a surrogate pair in it cannot be stored."""
    judgement = Judgement.read(stored)
    return judgement if judgement.url == article.url else replace(judgement, url=article.url)
