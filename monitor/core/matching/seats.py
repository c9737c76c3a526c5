"""The sections of all agreements, each in its seat; their judges are made when they are first asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from monitor.core.agreement import Agreement
from monitor.core.matching.columns.asked import Asked, Askers
from monitor.core.matching.columns.context import ContextRules, Tasks
from monitor.core.matching.columns.hits import Hits, Seen, further_in, lengths_of
from monitor.core.matching.columns.sheet import Sheet
from monitor.core.matching.columns.stands import Stands
from monitor.core.matching.columns.terms import Terms
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.lexicon import Lexicon
from monitor.core.matching.section import SectionJudge
from monitor.core.matching.tables import Column, Lists, keys
from monitor.core.matching.terms import blocker_phrases
from monitor.core.source import Sources


class Seats:
    """Every section has a seat, those of an agreement beside each other in its order."""

    def __init__(self, agreements: Sequence[Agreement], sources: Sources, compiled: Compiled) -> None:
        self._agreements, self._sources = agreements, sources
        self._profiles = [(owner, profile) for owner, a in enumerate(agreements) for profile in a.profiles]
        self._lexicon = Lexicon(compiled.patterns)
        self._lengths, self._further = lengths_of(compiled.patterns), further_in(compiled.patterns)
        self._askers = Askers(compiled.askers, [len(profile.terms) for _, profile in self._profiles])
        self._judges: dict[int, SectionJudge] = {}
        self._known = np.full(len(self._profiles), -1, np.int64)
        self._rules, self._places = Lists(), Lists()
        self.terms = Terms(int(self._askers.bases[-1]))
        self.context = ContextRules(self._lexicon)

    def owner(self, seat: int) -> int:
        """The number of the agreement a section belongs to."""
        return self._profiles[seat][0]

    def judge(self, seat: int) -> SectionJudge:
        """The judge of a section that was asked."""
        return self._judges[seat]

    def asked(self, sheet: Sheet, seen: Seen) -> tuple[Asked, Stands]:
        """Which sections have a term in the articles of a sheet, and where all that they look for stands."""
        hits = Hits(sheet, seen, self._lengths, self._further)
        asked = self._askers.asked(hits)
        for seat in np.unique(asked.seats[self._known[asked.seats] < 0]).tolist():
            self._seat(seat)
        for slot in self.terms.unknown(asked.slots):
            seat = int(np.searchsorted(self._askers.bases, slot, side="right")) - 1
            number = slot - int(self._askers.bases[seat]) - 1
            self.terms.add(slot, self._judges[seat].asks(number))
        owners, places = self._places.of(self._known[asked.seats])
        tasks = self.tasks(asked, np.arange(len(asked.seats)))
        wanted = [
            self.terms.asked(asked),
            keys(asked.articles[owners], places),
            self.context.asked(tasks.articles, tasks.rules),
        ]
        return asked, Stands(sheet, hits, self._lexicon, np.unique(np.concatenate(wanted)))

    def tasks(self, asked: Asked, cases: Column) -> Tasks:
        """The OICW rules of some cases."""
        owners, rules = self._rules.of(self._known[asked.seats[cases]])
        return Tasks(cases[owners], asked.articles[cases][owners], rules)

    def _seat(self, seat: int) -> None:
        owner, profile = self._profiles[seat]
        shared = self._lexicon.sought(blocker_phrases(self._agreements[owner].blockers))
        judge = SectionJudge(profile, shared, self._sources, self._lexicon, self.context)
        self._judges[seat] = judge
        self._known[seat] = self._rules.add(judge.context)
        self._places.add(sought.number for sought in (judge.place.sought if judge.place else ()))
