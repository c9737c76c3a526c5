"""An agreement of everyday words, so that real text hits often and every kind of rule has work."""

from __future__ import annotations

from monitor.core.agreement import Agreement
from monitor.core.profile import (
    AboutnessRule,
    Alias,
    Case,
    ContextRule,
    ContextWord,
    Guard,
    Kind,
    Pair,
    PlaceList,
    PlaceRule,
    Profile,
    Scope,
    SourceRule,
    Term,
)
from monitor.core.source import SCOTLAND

ANY = SourceRule(any_monitored=True)
MONEY = (
    ContextWord("tax", plural=True),
    ContextWord("credit", plural=True, case=Case.LOWER, also=("tax credit",), blockers=("credit:", "credit card")),
    ContextWord("cost", plural=True, blockers=("at all costs",)),
    ContextWord("Grant", plural=True, case=Case.LOWER),
)
PLACE = PlaceList(
    "uk",
    SCOTLAND,
    ("Scotland", "Scottish", "London", "UK"),
    ("Na h-Eileanan Siar",),
    ("London Stock Exchange",),
    ("/uk/",),
)
PEOPLE = "Boris Johnson,Rishi Sunak,Nicola Sturgeon,Keir Starmer,Tony Blair,Gordon Brown,Michael Howard,Liz Truss"
COMMON = Agreement(
    "common",
    "nobody",
    "everyday words",
    (
        Profile(
            "people",
            "PEOPLE",
            terms=tuple(
                Term(name, Kind.PERSON, surname_alone=True, blockers=("Gordon Brown's",))
                for name in PEOPLE.split(",")
            ),
            context=(ContextRule(MONEY, Scope.parse("20 words or headline")),),
            sources=ANY,
        ),
        Profile(
            "bodies",
            "BODIES",
            terms=(
                Term(
                    "European Union",
                    Kind.ORGANISATION,
                    abbreviations=("EU",),
                    aliases=(Alias("Brussels", approved=True),),
                ),
                Term("Bank of England", Kind.ORGANISATION, case=Case.CAPITALISED, abbreviations=("BoE",)),
                Term("Treasury", Kind.ORGANISATION, case=Case.EXACT, only_with=Guard(("minister", "chancellor"))),
                Term(
                    "House", Kind.ORGANISATION, case=Case.CAPITALISED, blockers=("White House", "House of Lords")
                ),
                Term("D.U.P.", Kind.ORGANISATION),
            ),
            place=(PlaceRule(PLACE),),
            aboutness=AboutnessRule(),
            sources=ANY,
        ),
        Profile(
            "subjects",
            "SUBJECTS",
            terms=(
                Term("government"),
                Term("prime minister", only_with=Guard(("said", "says"), Scope.parse("5 words"))),
                Term("minister"),
                Term("company", match=("company", "firm*", "business")),
                Term(
                    "house price",
                    near=Pair(("house", "home"), ("price", "value"), 4),
                    blockers=("home secretary",),
                ),
                Term("cost-of-living"),
            ),
            context=(
                ContextRule(MONEY, Scope.parse("sentence")),
                ContextRule((ContextWord("year", plural=True),), Scope.parse("paragraph"), self_context=False),
            ),
            sources=ANY,
        ),
    ),
    blockers=("local government", "government bond"),
)
