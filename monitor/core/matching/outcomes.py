"""What sections say of the articles of a sitting, in columns: which rules hold, what decides (section 10).

Significance is not here: it is judged on the story, when an edition is made (`core/significance.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, product
from operator import itemgetter

import msgspec
import numpy as np

from monitor.core.match import Outcome, Reason, Rule
from monitor.core.matching.aboutness import Points
from monitor.core.matching.columns.context import Nearest, Tasks
from monitor.core.matching.columns.terms import REASONS
from monitor.core.matching.filing import best_first
from monitor.core.matching.outlets import UNKNOWN
from monitor.core.matching.place import Placed
from monitor.core.matching.seats import Seats
from monitor.core.matching.section import BY_ALL, decide
from monitor.core.matching.sitting import Sitting
from monitor.core.matching.tables import NONE, Column, Mask, distinct, halves, keys

RULES = (Rule.SOURCE, Rule.QUERY, Rule.CONTEXT, Rule.PLACE, Rule.ABOUTNESS)
"""In the order they are judged."""
OUTCOMES = tuple(Outcome)
IN = OUTCOMES.index(Outcome.IN)
DECIDE = (*map(str, RULES), BY_ALL, *map(str, REASONS))
"""What may decide: the rule that fails first, or all where none does; else a reason."""


def _decided() -> Column:
    """What comes of each rule that may fail first, or none, each reason that may come first, and so on."""
    rules, reasons, both = range(len(RULES) + 1), range(len(REASONS) + 1), (False, True)
    decided = np.zeros((2, *_SHAPE), np.int64)
    for failed, reason, guarded, direct, nearly in product(rules, reasons, both, both, both):
        given = [*REASONS[reason : reason + 1], *([Reason.GUARD] if guarded else [])]
        stands = direct or not given  # where nothing stands nobody asks
        outcome, by = decide(given, RULES[failed : failed + 1], direct=stands, nearly=nearly)
        row = (failed, reason, int(guarded), int(direct), int(nearly))
        decided[:, *row] = OUTCOMES.index(outcome), DECIDE.index(by)
    return decided.reshape(2, -1)


_SHAPE = (len(RULES) + 1, len(REASONS) + 1, 2, 2, 2)
_DECIDED = _decided()


class Ruled(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What a rule comes to, by case."""

    asked: Mask
    """Whether the section has such a rule, and it counts here."""
    holds: Mask
    numbers: Column
    """Where it is asked, the number of what was found."""

    @classmethod
    def of(cls, asked: Mask, holds: Mask, numbers: Column) -> Ruled:
        """`holds`, `numbers`: of those cases alone for which it is asked."""
        all_holds, all_numbers = np.zeros(len(asked), np.bool_), np.full(len(asked), NONE)
        all_holds[asked], all_numbers[asked] = holds, numbers
        return cls(asked, all_holds, all_numbers)

    @property
    def fails(self) -> Mask:
        """Where it is asked and does not hold."""
        return self.asked & ~self.holds


class Outcomes:
    """What the cases of a sitting come to."""

    def __init__(
        self, sitting: Sitting, seats: Seats, sources_off: Collection[tuple[int, int]] = (), *, proof: bool
    ) -> None:
        """`sources_off`: article and agreement for which source rules do not count; `proof`: name the nearest."""
        self.sitting, self._seats = sitting, seats
        self.articles, self.seats, self.owners = sitting.articles, sitting.seats, seats.owners[sitting.seats]
        """Of each case the number of the article, of the seat, and of the agreement."""
        self.headline, self.lead, self._direct = sitting.standing(derived=False)
        self.rejected = np.zeros(len(self.owners), np.bool_)
        self.rejected[sitting.rejects.cases] = True
        """Where a term stands and yet is no hit."""
        self.there = (sitting.hit_counts > 0) | self.rejected
        """Where there is anything to say: a term stands, as a hit or not."""
        self.source = self._source(sources_off)
        self.query = self._query()
        self._judged = self.there & ~self.query.fails
        """Where what stands is a hit, so that there is more to judge."""
        self.nearest: Nearest | None = None
        """With proof: what came nearest, of each of `tasks`."""
        self.tasks, self.context = self._context(proof=proof)
        self.placed, self.place = self._place()
        self.points, self.aboutness = self._aboutness()
        self.outcomes, self.deciding = self._decided()
        """Of each case one of `OUTCOMES`, and one of `DECIDE`."""

    @property
    def ranks(self) -> Column:
        """How high the best hit of each case stands (`Standing.rank`)."""
        ranks: Column = np.where(self.headline, 0, np.where(self.lead, 1, 2))
        return ranks

    def filed(self) -> Iterator[tuple[int, int, Sequence[int]]]:
        """Each article and agreement with the seats of its sections that take it, first the one it is filed in."""
        within = (self.there & (self.outcomes == IN)).nonzero()[0]
        columns = (self.articles, self.owners, self.seats, self.ranks)
        rows = zip(*(c[within].tolist() for c in columns), strict=True)
        for (article, owner), of in groupby(rows, key=itemgetter(0, 1)):
            _, _, seats, ranks = zip(*of, strict=True)
            yield article, owner, best_first(seats, ranks)

    # ----------------------------------------------------------- rule by rule

    def _source(self, sources_off: Collection[tuple[int, int]]) -> Ruled:
        articles, rules = self.sitting.articles, self._seats.sources
        outlets = self.sitting.outlets[articles]
        asked = self.there & (outlets != UNKNOWN)
        for article, owner in sources_off:
            asked &= (articles != article) | (self.owners != owner)
        numbers = rules.found(self._seats.sourced(self.seats[asked]), outlets[asked])
        return Ruled.of(asked, rules.holds[numbers] == 1, numbers)

    def _query(self) -> Ruled:
        """The queries of those that have hits; what was found has the number of the case."""
        found = [(case, query.holds) for case, query in self.sitting.queries.items() if self._direct[case]]
        asked = np.zeros(len(self.owners), np.bool_)
        asked[[case for case, _ in found]] = True
        return Ruled.of(asked, np.array([holds for _, holds in found], np.bool_), asked.nonzero()[0])

    def _context(self, *, proof: bool) -> tuple[Tasks, Ruled]:
        """The OICW rules: all must hold; what was found has the number of the first that decides."""
        tasks = self.sitting.context_tasks(self._judged.nonzero()[0])
        if proof:
            self.nearest = self.sitting.nearest(tasks)
        held = self.nearest.holds if self.nearest else self.sitting.held(tasks)
        asked, holds = np.zeros(len(self.owners), np.bool_), np.ones(len(self.owners), np.bool_)
        asked[tasks.cases] = True
        holds[tasks.cases[~held]] = False
        return tasks, Ruled(asked, holds & asked, np.full(len(asked), NONE))

    def _place(self) -> tuple[Placed, Ruled]:
        """The place rules, judged once for all sections that have the same; what was found has the row of that."""
        rules, articles = self._seats.placed(self.sitting.seats), self.sitting.articles
        asked = self._judged & (rules != NONE)
        own = keys(articles[asked], rules[asked])
        judged = distinct(own)
        placed, numbers = self.sitting.placed(*halves(judged)), np.searchsorted(judged, own)
        return placed, Ruled.of(asked, placed.holds[numbers], numbers)

    def _aboutness(self) -> tuple[Points, Ruled]:
        """Aboutness; what was found is how many points are needed."""
        needed, sitting = self._seats.points(self.sitting.seats), self.sitting
        headline, lead, hits = sitting.standing(derived=True)
        points = Points.of(headline, lead, hits, sitting.body_words())
        asked = self._judged & (needed != NONE)
        return points, Ruled(asked, points.all >= needed, needed)

    # ----------------------------------------------------------- what decides

    def _decided(self) -> tuple[Column, Column]:
        rules = (self.source, self.query, self.context, self.place, self.aboutness)
        failed, none = np.zeros(len(self.owners), np.int64), np.ones(len(self.owners), np.bool_)
        for rule in rules:
            none &= ~rule.fails
            failed += none
        rejects, begins = self.sitting.rejects, self.sitting.rejects_begin
        reasons, guarded = np.full(len(self.owners), len(REASONS)), np.zeros(len(self.owners), np.bool_)
        reasons[self.rejected] = rejects.reasons[begins[:-1][self.rejected]]
        guarded[rejects.cases[rejects.reasons == REASONS.index(Reason.GUARD)]] = True
        nearly = np.zeros(len(self.owners), np.bool_)
        nearly[[case for case, query in self.sitting.queries.items() if query.nearly and not query.holds]] = True
        number = np.ravel_multi_index((failed, reasons, guarded, self._direct > 0, nearly), _SHAPE)
        return _DECIDED[0].take(number), _DECIDED[1].take(number)
