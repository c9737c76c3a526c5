"""Many articles judged by all sections of many agreements, in one pass over each text.

Every section has a seat, those of an agreement beside each other in its order. An article is shown only to the
sections of which an anchor stands in it; the judges of a section are made when it is first asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.match import AliasHit, Judgement, Verdict
from monitor.core.matching.byline import journalist_of
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.filing import filing, recategorised
from monitor.core.matching.folding import Folded, folded
from monitor.core.matching.lexicon import Lexicon
from monitor.core.matching.scan import Ends, Scan
from monitor.core.matching.section import SectionJudge
from monitor.core.matching.terms import blocker_phrases
from monitor.core.source import Sources

BATCH = 64
"""Articles that are folded together."""


class Panel:
    """Judges articles by all sections of some agreements. The same article gets the same judgement, always."""

    def __init__(
        self, agreements: Sequence[Agreement], sources: Sources, compiled: Compiled | None = None
    ) -> None:
        """`compiled`: of these very agreements, made earlier; else it is made here, which for many takes time."""
        self._agreements = agreements
        self._sources = sources
        self._compiled = compiled or Compiled.of(agreements)
        self._lexicon = Lexicon(self._compiled.patterns)
        self._seats = [(number, profile) for number, a in enumerate(agreements) for profile in a.profiles]
        self._judges: dict[int, SectionJudge] = {}
        self._bylined = [n for n, a in enumerate(agreements) if any(p.bylines for p in a.profiles)]

    def judge(self, articles: Iterable[Article]) -> Iterator[dict[str, Judgement]]:
        """For each article the judgements by agreement id, of those that have anything to say of it.

        An agreement is left out when no term of it was seen and nothing is wrong: the article is in none of its
        sections.
        """
        for batch in _batches(articles):
            texts = folded([(a.headline, a.standfirst, a.body) for a in batch])
            found = [self._ends(text) for text in texts]  # one after the other: the automaton then stays at hand
            for article, text, ends in zip(batch, texts, found, strict=True):
                yield self._judged(article, text, ends)

    def _ends(self, text: Folded) -> Ends:
        """Where each pattern ends that stands in a text."""
        ends: defaultdict[int, list[int]] = defaultdict(list)
        for end, number in self._compiled.automaton.hits(text.stream):
            ends[number].append(end)
        return ends

    def _judged(self, article: Article, text: Folded, ends: Ends) -> dict[str, Judgement]:
        numbers = sorted(ends)
        seen = numbers[: bisect_left(numbers, self._compiled.anchors)]
        faults = _unknown_outlets(article, self._sources)
        if not seen and not faults and not self._bylined:
            return {}
        return self._judgements(article, Scan(article, text, ends), seen, faults)

    def _judgements(
        self, article: Article, scan: Scan, seen: Sequence[int], faults: tuple[Fault, ...]
    ) -> dict[str, Judgement]:
        named = {n: key for n in self._bylined if (key := _key_journalist(self._agreements[n], article))}
        outlet = self._sources.outlets.get(article.outlet or "")
        verdicts: defaultdict[int, list[Verdict]] = defaultdict(list)
        aliases: defaultdict[int, list[AliasHit]] = defaultdict(list)
        for seat, asked in self._compiled.asked(seen).items():
            owner, judge = self._seats[seat][0], self._judge(seat)
            if verdict := judge.judge(scan, outlet, asked, by_source=owner not in named):
                verdicts[owner].append(verdict)
            if judge.waiting:
                aliases[owner] += judge.aliases(scan, asked)
        owners = range(len(self._agreements)) if faults else sorted({*verdicts, *aliases, *named})
        return {
            self._agreements[n].id: _judgement(article, verdicts.get(n), aliases.get(n), faults, named.get(n))
            for n in owners
        }

    def _judge(self, seat: int) -> SectionJudge:
        judge = self._judges.get(seat)
        if judge is None:
            number, profile = self._seats[seat]
            shared = self._lexicon.sought(blocker_phrases(self._agreements[number].blockers))
            judge = self._judges[seat] = SectionJudge(profile, shared, self._sources, self._lexicon)
        return judge


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
    asked = iter(articles)
    while batch := list(islice(asked, BATCH)):
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
