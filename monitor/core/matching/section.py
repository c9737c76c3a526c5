"""The rules of one section: what it looks for, what is weighed place by place, and what decides (section 10).

Significance is not here: it is judged on the story, when an edition is made (`core/significance.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.core.match import Outcome, Reason, Rule
from monitor.core.matching.columns.context import ContextRules
from monitor.core.matching.columns.terms import Asks
from monitor.core.matching.columns.wordlists import list_phrases
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase
from monitor.core.matching.place import place_phrases
from monitor.core.matching.query import Asked, QueryJudge, query_phrases, wanted_phrases
from monitor.core.matching.scan import Scan
from monitor.core.matching.terms import Credit, TermHits, TermJudge, anchor_phrases, other_phrases
from monitor.core.profile import Profile

_IN = Outcome.IN
BY_ALL = "all"
"""What decides when every rule holds."""
QUERY = -1
"""Stands for the query where terms are numbered."""


def anchors(profile: Profile) -> Iterator[tuple[int, Phrase]]:
    """What must stand somewhere for the section to have anything to say: number of the term, or `QUERY`."""
    for number, term in enumerate(profile.terms):
        yield from ((number, phrase) for phrase in anchor_phrases(term))
    if profile.query:
        yield from ((QUERY, phrase) for phrase in wanted_phrases(profile.query))


def others(profile: Profile) -> Iterator[Phrase]:
    """What else the section asks for, once an anchor stands."""
    for term in profile.terms:
        yield from other_phrases(term)
    if profile.query:
        yield from query_phrases(profile.query)
    for context in profile.context:
        yield from list_phrases(context.any)
    for place in profile.place:
        yield from place_phrases(place.place)


class SectionJudge:
    """The judges of one section's rules."""

    def __init__(self, profile: Profile, shared_blockers: Sought, lexicon: Lexicon, rules: ContextRules) -> None:
        self.profile = profile
        self._terms = TermJudge(profile.terms, shared_blockers, lexicon)
        self._query = QueryJudge(profile.query, shared_blockers, lexicon) if profile.query else None
        self.context = [rules.add(rule) for rule in profile.context]
        """The numbers of its OICW rules."""

    def asks(self, number: int) -> Asks:
        """What one of its terms asks for, or its query."""
        if self._query and number == QUERY:
            return Asks(query=self._query.sought)
        sought = self._terms.term(number)
        return Asks(
            sought.term.name,
            sought.forms,
            sought.partner if sought.term.near else None,
            sought.term.near.within if sought.term.near else 0,
            person=sought.person,
            guard=sought.guard,
            scope=sought.term.only_with.within if sought.term.only_with else None,
            blockers=sought.blockers,
            derived=sought.derived,
            surname=sought.surname,
            first_names=sought.first_names,
            aliases=sought.aliases,
            not_cased=sought.not_cased,
            not_guarded=sought.not_guarded,
        )

    def weighed(self, scan: Scan, asked: Sequence[int]) -> tuple[TermHits, Asked | None]:
        """What became of each place where a term stands, and of the query.

        `asked`: the numbers of the terms of which an anchor was seen, in order; `QUERY` is the first.
        """
        hits = self._terms.judge(scan, _terms(asked))
        if not self._query or asked[0] != QUERY:
            return hits, None
        query = self._query.judge(scan)
        if query and hits.direct and not query.holds:
            query = None  # the terms bring it in without the query
        return query.added_to(hits) if query else hits, query

    def aliases(self, scan: Scan, asked: Sequence[int]) -> Iterator[tuple[Credit, str]]:
        """Where aliases stand that nobody has approved, and which."""
        return self._terms.aliases(scan, _terms(asked))


def _terms(asked: Sequence[int]) -> Sequence[int]:
    """The terms of what is asked for."""
    return asked[1:] if asked[0] == QUERY else asked


def decide(
    reasons: Sequence[Reason], failed: Sequence[Rule], *, direct: bool, nearly: bool
) -> tuple[Outcome, str]:
    """The verdict and the rule that failed first: source, the terms themselves, context, place, aboutness.

    `reasons`: why places are no hits; `failed`: the rules that do not hold, in their order; `direct`: whether
    there is a hit in its own right; `nearly`: whether the query nearly holds.
    """
    if direct and not failed:
        return _IN, BY_ALL
    if Rule.SOURCE in failed:
        return Outcome.OUT, Rule.SOURCE
    guarded = Reason.GUARD in reasons  # that tells more than what a query lacks
    if not direct or (Rule.QUERY in failed and guarded):
        return (Outcome.NEAR_MISS, Reason.GUARD) if guarded else (Outcome.OUT, reasons[0])
    near = nearly or failed[0] in (Rule.CONTEXT, Rule.PLACE)
    return Outcome.NEAR_MISS if near else Outcome.OUT, failed[0]
