"""The sections of all agreements, each in its seat; their judges are made when they are first asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from monitor.core.agreement import Agreement
from monitor.core.match import as_json
from monitor.core.matching.columns.asked import Asked, Askers, Wanted
from monitor.core.matching.columns.context import ContextRules, Tasks
from monitor.core.matching.columns.hits import Hits, Seen, further_in
from monitor.core.matching.columns.sheet import Sheet
from monitor.core.matching.columns.standing import standing_of
from monitor.core.matching.columns.stands import Stands
from monitor.core.matching.columns.terms import Terms
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.lexicon import NOTHING, Lexicon
from monitor.core.matching.outlets import Outlets
from monitor.core.matching.place import PlaceRules
from monitor.core.matching.ready import Ready
from monitor.core.matching.section import SectionJudge
from monitor.core.matching.tables import NONE, Column, Growing, Lists, column, distinct
from monitor.core.matching.taken_from import SourceRules
from monitor.core.matching.terms import blocker_phrases
from monitor.core.source import Sources


class Seats:
    """Every section has a seat, those of an agreement beside each other in its order."""

    def __init__(self, agreements: Sequence[Agreement], sources: Sources, compiled: Compiled) -> None:
        self._agreements = agreements
        self._profiles = [profile for agreement in agreements for profile in agreement.profiles]
        self.owners = column(owner for owner, a in enumerate(agreements) for _ in a.profiles)
        """The number of the agreement that each belongs to."""
        self.ids = [agreement.id for agreement in agreements]
        """Of each agreement."""
        self._lexicon = Lexicon(compiled.patterns)
        self._further = further_in(compiled.patterns)
        self._askers = Askers(compiled.askers, [len(profile.terms) for profile in self._profiles])
        self._judges: dict[int, SectionJudge] = {}
        self.sections, self.named = Ready(), np.full(len(self._profiles), -1, np.int64)
        """Names of sections as JSON, and which of them each seat has that was asked."""
        self._known = np.full(len(self._profiles), -1, np.int64)
        self._rules, self._wanted = Lists(), Lists()
        self._placed, self._points, self._sourced = Growing(), Growing(), Growing()
        self.terms = Terms(int(self._askers.bases[-1]))
        self.context = ContextRules(self._lexicon)
        self.outlets = Outlets(sources)
        self.sources, self.places = SourceRules(sources, self.outlets), PlaceRules(self._lexicon, self.outlets)

    def judge(self, seat: int) -> SectionJudge:
        """The judge of a section that was asked."""
        return self._judges[seat]

    def section(self, seat: int) -> str:
        """The name of a section."""
        return self._profiles[seat].section

    def asked(self, sheet: Sheet, seen: Seen) -> tuple[Asked, Stands]:
        """Which sections have a term in the articles of a sheet, and where all that they look for stands."""
        hits = Hits.of(sheet, seen, self._further)
        asked = self._askers.asked(hits)
        self._make(asked)  # before anything is looked for: what they look for has its numbers then
        of_seats, of_slots = self._known[asked.seats], self.terms.known[asked.slots]
        wanted = Wanted(asked, of_seats, self._wanted, of_slots, self.terms.all)
        return asked, standing_of(sheet, hits, self._lexicon, wanted)

    def _make(self, asked: Asked) -> None:
        """The judges of sections and terms that are asked for the first time."""
        for seat in distinct(asked.seats[self._known[asked.seats] < 0]).tolist():
            self._seat(seat)
        for slot in self.terms.unknown(asked.slots):
            seat = int(self._askers.seats[slot])
            number = slot - int(self._askers.bases[seat]) - 1
            self.terms.add(slot, self._judges[seat].asks(number))

    def tasks(self, asked: Asked, cases: Column) -> Tasks:
        """The OICW rules of some cases."""
        owners, rules = self._rules.of(self._known[asked.seats[cases]])
        return Tasks(cases[owners], asked.articles[cases][owners], rules)

    def placed(self, seats: Column) -> Column:
        """For each seat the number of its place rules, or `NONE`."""
        return self._placed.column[self._known[seats]]

    def sourced(self, seats: Column) -> Column:
        """For each seat the number of its source rule."""
        return self._sourced.column[self._known[seats]]

    def points(self, seats: Column) -> Column:
        """For each seat how many points of aboutness it needs, or `NONE`."""
        return self._points.column[self._known[seats]]

    def _seat(self, seat: int) -> None:
        profile = self._profiles[seat]
        shared = self._lexicon.sought(blocker_phrases(self._agreements[self.owners[seat]].blockers))
        judge = self._judges[seat] = SectionJudge(profile, shared, self._lexicon, self.context)
        self.named[seat] = self.sections.number(as_json(profile.section))
        self._known[seat] = self._rules.add(judge.context)
        place = self.places.number(profile.place)
        of_rules = (number for rule in judge.context for number in self.context.asked(rule))
        self._wanted.add({*of_rules} - {NOTHING.number} | self.places.asked(place))
        self._placed.add(place)
        self._sourced.add(self.sources.rule(profile.sources))
        self._points.add(profile.aboutness.points if profile.aboutness else NONE)
