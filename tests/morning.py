"""A morning to compose digests of: a small agreement, outlets and articles, judged by the real matcher.

Events and people are invented; the bodies and benefits are the agreement's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from monitor.adapters.cluster import copies
from monitor.core.agreement import Agreement, Digest
from monitor.core.article import Article
from monitor.core.digest import Earlier, EditionContent, Material, compose
from monitor.core.edition import EditionItem, Window
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import (
    AboutnessRule,
    ContextRule,
    ContextWord,
    Pair,
    PlaceList,
    PlaceRule,
    Profile,
    SignificanceRule,
    SourceRule,
    Term,
)
from monitor.core.significance import judge_stories
from monitor.core.source import SCOTLAND, Outlet, Rights, Source, Sources, SourceState
from monitor.core.story import stories

END = datetime(2023, 11, 27, 7, 0, tzinfo=UTC)
WINDOW = Window(datetime(2023, 11, 24, 7, 0, tzinfo=UTC), END)
MADE = END + timedelta(seconds=40)
EVERYWHERE = SourceRule(any_monitored=True)
CONTEXT = ContextRule(
    tuple(ContextWord(w) for w in ("poverty", "benefits", "social security", "tax", "credit", "welfare"))
)
PLACE = PlaceRule(
    PlaceList("scotland", SCOTLAND, ("Scotland", "Scottish", "Scots"), ("Glasgow", "Dundee", "Orkney", "Shetland"))
)
MAJOR = SignificanceRule()


def section(id_: str, title: str, *terms: str, **rules: object) -> Profile:
    return Profile(id_, title, terms=tuple(Term(t) for t in terms), sources=EVERYWHERE, **rules)  # type: ignore[arg-type]


PROFILES = (
    section(
        "ministerial",
        "MINISTERIAL",
        "Cabinet Secretary for Social Justice",
        "Social Security Scotland",
        context=(CONTEXT,),
    ),
    section(
        "benefits",
        "BENEFITS",
        "Winter Heating Payment",
        "Carer Support Payment",
        "Adult Disability Payment",
        "Scottish Child Payment",
        "Best Start Foods",
        "Universal Credit",
        place=(PLACE,),
        significance=MAJOR,
    ),
    section(
        "organisations",
        "ORGANISATIONS",
        "Audit Scotland",
        "Joseph Rowntree Foundation",
        "Poverty Alliance",
        place=(PLACE,),
        significance=MAJOR,
    ),
    section(
        "scottish_parliament",
        "SCOTTISH PARLIAMENT & MSPs",
        "Social Justice and Social Security Committee",
        context=(CONTEXT,),
    ),
    section(
        "general_news",
        "GENERAL NEWS",
        "Universal Credit",
        "Funeral Costs",
        "Advocacy",
        place=(PLACE,),
        aboutness=AboutnessRule(),
        significance=MAJOR,
    ),
    section("uk_government", "UK GOVERNMENT & MPs", "Department for Work and Pensions", context=(CONTEXT,)),
    Profile(
        "local_economy",
        "LOCAL ECONOMY FOCUS",
        sources=EVERYWHERE,
        significance=MAJOR,
        terms=(Term("Dundee Economy", near=Pair(("Dundee",), ("economy",))),),
    ),
    Profile("key_journalist", "KEY JOURNALIST", recategorise=True, sources=EVERYWHERE),
)
DIGEST = Digest("morning", "Morning digest", (), (0, 1, 2, 3, 4), 7, 0, ("communications",))
AGREEMENT = Agreement(
    "social-security-scotland",
    "Social Security Scotland",
    "Stakeholder Insights and Strategic Engagement",
    PROFILES,
    digests=(DIGEST,),
    fingerprint="f" * 64,
)


def outlet(id_: str, name: str, owner: str, tier: int, area: str = SCOTLAND, **more: object) -> Outlet:
    feeds = (Source(f"{id_}-news", id_, url=f"https://{id_}.example/feed"),)
    return Outlet(id_, name, owner, area, tier, **{"sources": feeds, **more})  # type: ignore[arg-type]


SOURCES = Sources.of(
    [
        outlet("bbc", "BBC Scotland", "BBC", 1, "UK"),
        outlet("guardian", "The Guardian", "Guardian Media Group", 1, "UK"),
        outlet("herald", "The Herald", "Newsquest", 2),
        outlet("scotsman", "The Scotsman", "National World", 2),
        outlet("daily_record", "Daily Record", "Reach", 2),
        outlet("stv", "STV", "STV Group", 2),
        outlet("the_courier", "The Courier", "DC Thomson", 2),
        outlet("glasgow_times", "Glasgow Times", "Newsquest", 3),
        outlet("greenock_telegraph", "Greenock Telegraph", "Newsquest", 3),
        outlet("third_force_news", "Third Force News", "SCVO", 3),
        outlet("press_and_journal", "The Press and Journal", "DC Thomson", 2, rights=Rights(extract_chars=0)),
        outlet("ferret", "The Ferret", "The Ferret", 3, sources=()),
    ]
)


def article(
    outlet_id: str | None,
    headline: str,
    standfirst: str = "",
    body: str = "",
    *,
    hours: float = 12,
    **more: object,
) -> Article:
    """One seen some hours before the window's end."""
    seen = END - timedelta(hours=hours)
    slug = "".join(c if c.isalnum() and c.isascii() else "-" for c in headline.lower())[:60]
    known = {"url": f"https://{outlet_id}.example/news/{slug}", "published_at": seen - timedelta(minutes=9)}
    return Article(
        headline=headline,
        standfirst=standfirst,
        body=body,
        outlet=outlet_id,
        first_seen=seen,
        **{**known, **more},  # type: ignore[arg-type]
    )


_WORDS = """
council leaders charities people advice centres announcement months weeks prepared budget winter letters phone
evening offices families answer week road island school market clinic harbour library ferry village meeting paper
figures staff visit street garden bridge railway hospital kitchen theatre museum valley river coast storm queue
""".split()


def filler(seed: int, words: int = 60) -> str:
    """Words that make a text longer and like no other."""
    picked = Random(seed).choices(_WORDS, k=words)
    return " ".join(f"{w}." if n % 12 == 11 else w for n, w in enumerate(picked)) + ". "


HEATING = (
    "Families across the northern isles will receive the Winter Heating Payment from Monday, a month earlier "
    "than planned, after a review of postal delays in Orkney and Shetland. Campaigners called it the first good "
    "news of a long autumn.\n\nThe money goes to households on low incomes. " + filler(1, 210)
)


def _wire(where: str, hours: float) -> Article:
    return article(
        where,
        "Winter Heating Payment to reach islands a month early",
        body=HEATING,
        hours=hours,
        byline="By Jo Writer",
    )


def articles() -> list[Article]:
    """The morning's articles: copies, near misses, a purged text, a hostile headline, several sections."""
    return [
        _wire("herald", 24.8),
        _wire("glasgow_times", 24.5),
        _wire("greenock_telegraph", 24.4),
        _wire("stv", 23.0),
        _wire("daily_record", 20.0),
        article(
            "bbc",
            "Minister sets out plan on child poverty",
            "The Cabinet Secretary for Social Justice told a meeting in Perth that poverty targets will be met.",
            "Delegates heard of a plan in four parts. " + filler(2, 105),
            hours=9.95,
            byline="A Reporter",
        ),
        article(
            "third_force_news",
            "Carers’ groups welcome faster decisions on Carer Support Payment",
            "Decisions on the Carer Support Payment take half as long as in spring, Scottish figures say.",
            hours=1.4,
            carried_by=("scotsman", "stv", "guardian"),
        ),
        article(
            "guardian",
            "Universal Credit: one in three Scots claimants in work",
            "More than a third of people on Universal Credit in Scotland have a job, a study of tax records says.",
            "Universal Credit was paid to half a million people in Scotland last month. " + filler(3, 280),
            hours=30,
        ),
        article(
            "scotsman",
            "Audit Scotland warns on cost of new computer system",
            body="The bill has doubled. Audit Scotland said that the agency “had been slow to see it”, and that "
            "savings would not come before 2026. Work began five years ago, and was thought to take "
            "eighteen months. " + filler(4, 315),
            hours=40,
            byline="By Ann Example and Sam Sample",
        ),
        article(
            "press_and_journal",
            "Poverty Alliance: rents outrun wages in Aberdeen",
            body="The Poverty Alliance said that Scottish rents had risen twice as fast as wages. "
            + filler(5, 315),
            hours=50,
        ),
        article(
            "the_courier",
            "MSPs to question agency on waiting times",
            body=filler(6)
            + "The Social Justice and Social Security Committee will ask why some people wait for five months. "
            "It meets on Thursday. Welfare rights officers will be heard first. " + filler(7),
            hours=60,
        ),
        article(
            "daily_record",
            "‘I sold my van to heat the house’ <b>",
            "A father of three tells of a winter on benefits & hope.",
            "He rang the Department for Work and Pensions eleven times. Nobody could say when the benefits would "
            "come. " + filler(8),
            hours=5,
        ),
        article(
            "herald",
            "Letters: the Department for Work and Pensions and the tax on patience",
            hours=70,
        ),
        article(
            "the_courier",
            "Dundee’s economy grows faster than Scotland’s",
            body="Games studios and the port lead, figures show. " + filler(9, 315),
            hours=15,
        ),
        # Matched, and not major.
        *[
            article(
                "greenock_telegraph",
                f"Advice session number {n}",
                body=f"Session {n} is for people in Glasgow. Ask there about Best Start Foods. Tea is served.",
                hours=30 + n,
            )
            for n in range(7)
        ],
        # Near miss and nothing.
        article("bbc", "Social Security Scotland office closed by snow", body="Nobody was hurt.", hours=3),
        article("bbc", "Otters return to the river", body=filler(10), hours=3),
    ]


STATES: Mapping[str, SourceState] = {
    s.id: SourceState(
        s.id, last_tried=END, last_heard=END - timedelta(minutes=10), last_new=END - timedelta(hours=2)
    )
    for s in SOURCES.polled()
} | {
    "the_courier-news": SourceState(
        "the_courier-news",
        END,
        END - timedelta(hours=37),
        END - timedelta(hours=60),
        "no answer within 20 s",
        END - timedelta(hours=36),
    ),
    "stv-news": SourceState("stv-news", END, END - timedelta(minutes=7), END - timedelta(days=5)),
}


@dataclass(frozen=True)
class Morning:
    """Articles judged, and what an edition is made of."""

    agreement: Agreement
    judgements: Mapping[str, Judgement]
    material: Material

    def compose(self, digest: Digest = DIGEST, **more: object) -> tuple[EditionContent, tuple[EditionItem, ...]]:
        known = {"window": WINDOW, "made_at": MADE, **more}
        return compose(self.agreement, digest, known.pop("window"), known.pop("made_at"), self.material, **known)  # type: ignore[arg-type]

    def after(self, earlier: Earlier) -> Morning:
        return replace(self, material=replace(self.material, earlier=earlier))


def morning(
    of: Iterable[Article] | None = None,
    agreement: Agreement = AGREEMENT,
    sources: Sources = SOURCES,
    extra_copies: Sequence[tuple[str, str]] = (),
) -> Morning:
    """Everything judged and folded as the jobs do it."""
    seen = articles() if of is None else list(of)
    matcher = Matcher(agreement, sources)
    judgements = {a.id: matcher.judge(a) for a in seen}
    folded = stories(seen, [*copies(seen), *extra_copies])
    findings = judge_stories(agreement, folded, judgements, sources)
    material = Material(folded, judgements, findings, sources, STATES, articles=len(seen))
    return Morning(agreement, judgements, material)
