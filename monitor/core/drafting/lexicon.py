"""What is known of names before any agreement is read: how public bodies, benefits and offices are called.

Class words of British public life, not names: they say where a name may end, never which names there are. Names
are learned from profiles that were published (`Dictionary`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.matching.text import comparable
from monitor.core.profile import Kind, PlaceList

BENEFIT_WORDS = frozenset(
    "allowance allowances assistance benefit benefits bonus credit credits discount fund grant grants loan "
    "loans payment payments pension pensions rebate relief subsidy supplement supplements voucher vouchers".split()
)
BODY_WORDS = frozenset(
    "agency alliance assembly association authority board campaign centre coalition college commission "
    "committee committees company confederation consortium corporation council department directorate "
    "federation forum foundation government inspectorate institute institution ministry network observatory "
    "ombudsman parliament partnership secretariat society statistics taskforce tribunal trust union "
    "university".split()
)
OFFICE_WORDS = frozenset(
    "advocate ambassador chair chancellor commissioner convener director executive governor leader mayor minister "
    "moderator officer president secretary speaker spokesperson".split()
)
LAW_WORDS = frozenset("act bill directive order regulations".split())
SUBJECT_WORDS = frozenset(
    "bills cap charges closures conditions cost costs crisis cuts delays economy emissions employment fares "
    "fees funding homelessness housing illness industry inequality inflation inquiry levy policy poverty "
    "prices programme rates reform review rights safety sanctions scheme services shortages standards "
    "strategy strike strikes survey targets tax taxes timetable timetables tourism trade unemployment wages "
    "waste".split()
)
HEADS = BENEFIT_WORDS | BODY_WORDS | OFFICE_WORDS | LAW_WORDS | SUBJECT_WORDS
"""Words that a name may end with, and seldom begins with."""
STRONG = BENEFIT_WORDS | BODY_WORDS | LAW_WORDS
"""Of these, words that a name ends with unless another such word, or "of" or "for", comes next."""
OPENERS = frozenset(
    "british cabinet chief deputy european first international joint national northern royal scottish shadow "
    "standing trades welsh".split()
)
"""Words that a name begins with, and that seldom stand inside one."""
PLACES = frozenset(
    "aberdeen aberdeenshire angus argyll ayrshire britain bute cardiff clackmannanshire dumfries dundee "
    "edinburgh england falkirk fife glasgow highland highlands inverclyde inverness ireland lanarkshire "
    "london lothian moray orkney perth renfrewshire scotland shetland stirling uk ulster wales".split()
)
JOINING = frozenset("and of for on in the to with at by from a an or & / - – against into".split())
"""Words that stand between two parts of one name and never at its end."""
OF = frozenset("of for on in to against".split())
"""Those that take words after them: Office *for* National Statistics."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Names that profiles use already, and what kind each is; empty before anything was published."""

    names: dict[str, Kind]
    """Comparable form -> kind."""
    places: dict[str, PlaceList]
    """Comparable form of each word that an OICW rule may name a place by -> the list."""

    @property
    def longest(self) -> int:
        """Words of the longest name."""
        return max((len(name.split()) for name in self.names), default=0)


def learn(agreements: Iterable[Agreement]) -> Dictionary:
    """The dictionary of what these agreements look for."""
    names: dict[str, Kind] = {}
    places: dict[str, PlaceList] = {}
    for profile in (profile for agreement in agreements for profile in agreement.profiles):
        for term in profile.terms:
            names.update({comparable(form): term.kind for form in (*term.forms, term.name)})
        places |= {comparable(rule.place.area): rule.place for rule in profile.place}
    return Dictionary(names, places)


NOTHING_LEARNED = Dictionary({}, {})
