"""Many articles judged by all sections of many agreements, in one pass over each text.

Articles are folded, read by the automaton and shown to the sections in batches: `sitting.py` says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import Judgement
from monitor.core.matching.byline import journalist_of
from monitor.core.matching.columns.hits import Seen
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.filing import recategorised
from monitor.core.matching.folding import folded
from monitor.core.matching.outcomes import Outcomes
from monitor.core.matching.seats import Seats
from monitor.core.matching.sitting import Sitting
from monitor.core.matching.written import Envelope, Stored, judgements
from monitor.core.source import Sources

Named: TypeAlias = dict[int, tuple[str, str]]
"""By number of the agreement: the section whose list an article's byline is on, and the name."""
BATCH = 256
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
        faults = [_unknown_outlets(article, self._sources) for article in batch]
        stored = self._judged(batch, named, faults)
        for article, judged, names, wrong in zip(batch, stored, named, faults, strict=True):
            yield self._with_all(judged, names, Envelope(article, wrong)) if names or wrong else judged

    def _judged(
        self, batch: Sequence[Article], named: Sequence[Named], faults: Sequence[Sequence[Fault]]
    ) -> Iterator[Stored]:
        """For each article what each agreement says of it; of a key journalist's nothing yet."""
        at, outcomes = self._sat(batch, named, proof=True)
        written = judgements(outcomes, self._seats, [faults[n] for n in at]) if outcomes else iter(())
        some = set(at)
        yield from (next(written) if n in some else {} for n in range(len(batch)))

    def _with_all(self, judged: Stored, named: Named, envelope: Envelope) -> Stored:
        """With what is said where no term was seen: of a fault by all, of a key journalist by who lists them."""
        made = {}
        for n, agreement in enumerate(self._agreements):
            stored = judged.get(agreement.id)
            if stored is None and (envelope.faults or n in named):
                stored = envelope.around()
            if stored is not None and n in named:
                stored = recategorised(Judgement.read(stored), *named[n]).stored()
            if stored is not None:
                made[agreement.id] = stored
        return made

    def sections(self, articles: Iterable[Article]) -> Iterator[dict[str, tuple[str, ...]]]:
        """For each article the sections it is in, by agreement id, the one it is filed in first; and no proof.

        `Judgement.sections` of the same, for a fraction of the cost; agreements without any are left out.
        """
        for batch in _batches(articles):
            named = [self._key_journalists(article) for article in batch]
            within: list[dict[int, tuple[str, ...]]] = [{} for _ in batch]
            at, outcomes = self._sat(batch, named, proof=False)
            for number, owner, seats in outcomes.filed() if outcomes else ():
                within[at[number]][owner] = tuple(map(self._seats.section, seats))
            for article, names, found in zip(batch, named, within, strict=True):
                by_id = {self._agreements[n].id: sections for n, sections in found.items()}
                if names:
                    (judged,) = self.judge([article])
                    by_id |= {agreement: judgement.sections for agreement, judgement in judged.items()}
                yield {agreement: sections for agreement, sections in by_id.items() if sections}

    def _sat(
        self, batch: Sequence[Article], named: Sequence[Named], *, proof: bool
    ) -> tuple[list[int], Outcomes | None]:
        """The articles of a batch in which an anchor stands, and what is said of them; with proof of it or not."""
        texts = folded([article.texts for article in batch])
        seen = Seen.by(self._compiled.automaton, texts)
        some = seen.with_any_below(self._compiled.anchors)
        at: list[int] = some.tolist()
        if not at:
            return at, None
        sitting = Sitting([batch[n] for n in at], [texts[n] for n in at], seen.of(some), self._seats)
        sources_off = [(number, owner) for number, n in enumerate(at) for owner in named[n]]
        return at, Outcomes(sitting, self._seats, sources_off, proof=proof)

    def _key_journalists(self, article: Article) -> Named:
        return {n: key for n in self._bylined if (key := _key_journalist(self._agreements[n], article))}


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
            *_not_known(outlet, sources),
            field="outlet" if outlet == article.outlet else "carried_by",
        )
        for outlet in (*named, *article.carried_by)
        if outlet not in sources.outlets
    )


def _not_known(outlet: str, sources: Sources) -> tuple[str, str]:
    """Why an outlet is not known, and what to do."""
    without = "judged without source, area and tier"
    if file := sources.unread.get(outlet):
        return (
            f"the outlet {outlet!r} stands in {file}, which has faults",
            f"{without}; mend the faults of that file",
        )
    return f"no outlet {outlet!r} is known", f"{without}; add it to sources/ or correct the id"


def _read(stored: bytes, article: Article) -> Judgement:
    """The judgement, its address to the letter: half of a surrogate pair in it cannot be stored."""
    judgement = Judgement.read(stored)
    return judgement if judgement.url == article.url else replace(judgement, url=article.url)
