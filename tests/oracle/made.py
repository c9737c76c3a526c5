"""Profiles and texts made up by hypothesis: every option of a term, every trick of a text.

Few words are used, so that they meet often: a text is built of its profile's own phrases, noise and separators.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from monitor.core.agreement import Agreement, MinorForms
from monitor.core.article import Article
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
    ScopeUnit,
    SignificanceRule,
    SourceRule,
    Term,
)
from monitor.core.source import SCOTLAND, Group, Outlet, Sources

WORDS = (
    "tax Tax credit Universal Social Security Grant party crutch DEMOS allpay cost-of-living "
    "Carer's Carers O'Neill Café Straße İzmir R&D D.W.P. 2018 UC ﬁnance Security's"
).split()
NAMES = "Mark Griffin,Pam Duncan-Glancy,Jane Smith,Mark Smith,Emma Jones".split(",")
PLACES = "Scotland Glasgow Perth".split()
JOINS = (" ", " ", " ", " ", "-", ", ", " (", ": ", " & ", " / ", "’ ", " - ")


def maybe(strategy: st.SearchStrategy, default: object) -> st.SearchStrategy:
    """The default more often than not."""
    return st.one_of(st.just(default), st.just(default), strategy)


def some(strategy: st.SearchStrategy, most: int = 2) -> st.SearchStrategy:
    """A few, as a tuple."""
    return st.lists(strategy, min_size=1, max_size=most).map(tuple)


words = st.sampled_from(WORDS)
joined = st.lists(st.tuples(st.sampled_from(JOINS), words), max_size=2).map(
    lambda parts: "".join(j + w for j, w in parts)
)
phrases = st.builds(lambda first, rest: first + rest + (")" if "(" in rest else ""), words, joined)
wildcards = st.sampled_from(("tax*", "cred*", "Univ*", "Social Sec*"))
scopes = st.one_of(
    st.sampled_from(
        [Scope(u) for u in (ScopeUnit.DOCUMENT, ScopeUnit.PARAGRAPH, ScopeUnit.SENTENCE, ScopeUnit.HEADLINE)]
    ),
    st.builds(Scope, st.sampled_from([ScopeUnit.WORDS, ScopeUnit.WORDS_OR_HEADLINE]), st.integers(0, 5)),
)
guards = st.builds(Guard, some(phrases), scopes)
pairs = st.builds(Pair, some(phrases), some(phrases), st.integers(0, 4))
aliases = st.builds(Alias, phrases, st.booleans())
cases = st.sampled_from(Case)

plain_terms = st.builds(
    Term,
    name=phrases,
    kind=st.sampled_from([k for k in Kind if k is not Kind.PERSON]),
    match=maybe(some(st.one_of(phrases, wildcards)), ()),
    case=maybe(cases, Case.ANY),
    abbreviations=maybe(st.sampled_from([("UC",), ("SSS", "DWP")]), ()),
    aliases=maybe(some(aliases), ()),
    only_with=maybe(guards, None),
    near=maybe(maybe(pairs, None), None),
    blockers=maybe(some(phrases), ()),
)
persons = st.builds(
    Term,
    name=st.sampled_from(NAMES),
    kind=st.just(Kind.PERSON),
    surname_alone=st.booleans(),
    only_with=maybe(maybe(guards, None), None),
    blockers=maybe(some(st.sampled_from(NAMES)), ()),
)
terms = st.one_of(plain_terms, plain_terms, persons)
context_words = st.builds(
    ContextWord, phrases, st.booleans(), maybe(cases, Case.ANY), maybe(some(phrases), ()), maybe(some(phrases), ())
)
context_rules = st.builds(ContextRule, some(context_words), scopes, st.booleans())
place_lists = st.builds(
    PlaceList,
    id=st.just("scotland"),
    area=st.just(SCOTLAND),
    words=st.just(("Scotland", "Scottish")),
    places=st.just(("Glasgow", "Perth")),
    blockers=st.just(("Scotland Yard", "Perth, Australia", "Social Scotland")),
    wire_paths=st.just(("/uk-news/",)),
)
place_rules = st.builds(PlaceRule, place_lists, st.booleans())
source_rules = st.one_of(
    st.just(SourceRule(any_monitored=True)),
    st.builds(SourceRule, maybe(st.just(("regionals",)), ("nationals",)), maybe(st.just(("times",)), ())),
)


@st.composite
def profiles(draw: st.DrawFn, section: str) -> Profile:
    """A section of up to four terms of different names."""
    return Profile(
        section=section,
        title=section.upper(),
        terms=tuple(draw(st.lists(terms, min_size=1, max_size=4, unique_by=lambda t: t.name.casefold()))),
        context=draw(maybe(some(context_rules), ())),
        place=draw(maybe(st.tuples(place_rules), ())),
        aboutness=draw(maybe(st.just(AboutnessRule()), None)),
        significance=draw(maybe(st.builds(SignificanceRule, st.integers(0, 4), st.integers(0, 5)), None)),
        sources=draw(source_rules),
    )


JOURNALISTS = Profile(
    "journalists",
    "JOURNALISTS",
    bylines=("Jane Smith",),
    recategorise=True,
    sources=SourceRule(any_monitored=True),
)
MINOR = MinorForms(paths=("/sport/",), headlines=("Letters:",))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """One or two sections, and blockers for both."""
    sections = tuple(draw(profiles(s)) for s in draw(st.sampled_from([("one",), ("one", "two")])))
    journalists = draw(maybe(st.just((JOURNALISTS,)), ()))
    return Agreement("made", "client", "name", sections + journalists, draw(maybe(some(phrases), ())), MINOR)


MADE_SOURCES = Sources.of(
    [
        Outlet("times", "Times", "A", "UK", 1, groups=("nationals", "regionals")),
        Outlet("herald", "Herald", "B", SCOTLAND, 2, groups=("regionals",)),
        Outlet("gazette", "Gazette", "B", SCOTLAND, 3, groups=("regionals",)),
        Outlet("courier", "Courier", "C", SCOTLAND, 3),
        Outlet("press", "Press", "D", "UK", 3),
    ],
    [Group("nationals", "Nationals"), Group("regionals", "Regionals - Scotland Only", SCOTLAND)],
)
SEVEN = datetime(2026, 3, 4, 7, tzinfo=UTC)
FILLERS = tuple("\n\n" + "word " * n for n in (60, 74, 199, 299, 310))

NOISE = (
    "the said Of a report families. No. Mr Ms Cllr Yesterday Smith Griffin Duncan-Glancy Glancy John "
    "tax-free 'tis it's &amp; &quot; &#8217; £5 3.5 U.K. e.g. https://x.org/tax/credit www.x.org/tax a.tax@x.org "
    "@tax #tax @a.tax @a@tax.uk #a#tax x.org:80/tax x.org?q=tax ＠tax tax.@UC what?tax "
    "Scotland Glasgow Perth Yard Australia & <b> </b> <p> </p> <br> ( ) “ ” ‘ ’ \" ' ! ? ... — – - / "
    "DWP SSS TAX CREDITS"
).split()
SEPARATORS = (" ",) * 12 + tuple("- ‑ – — \n \u00a0 , . : ; ? ! ' ’ “ ” ( ) / & *".split(" ")) + (
    "", "\n", "\n\n", "\r\n\r\n", ". ", ", ", " - ", "\u00ad", "\u200b", "&nbsp;", "&amp;nbsp;", "&#8209;",
    "’s ", "'s ", "' ", "s ", "es ", "\u0301 ", " &amp; ", "<br/>", "</p><p>", ".” ", ".’ ", "!",
)  # fmt: skip


def variants(word: str) -> st.SearchStrategy[str]:
    """A word as it might be printed."""
    changes = (
        lambda w: w,
        lambda w: w,
        lambda w: w,
        str.upper,
        str.lower,
        str.title,
        lambda w: w[:1].upper() + w[1:],
        lambda w: w.replace("'", "’"),
        lambda w: w.replace(" ", "\n"),
        lambda w: w.replace(" ", "-"),
        lambda w: w.replace("-", " "),
        lambda w: w.replace("&", "&amp;"),
        lambda w: w[:2] + "\u00ad" + w[2:],
        lambda w: w[:2] + "\u0301" + w[2:],
        lambda w: w.replace("fi", "ﬁ"),
        lambda w: w[:-1] + "ies" if w.endswith("y") else w + "s",
        lambda w: w + "es",
        lambda w: w + "’s",
        lambda w: w.replace(" (", " ").replace(")", ""),
        lambda w: ".".join(w) + "." if w.isalpha() and len(w) < 5 else w,
        lambda w: f"“{w}”",
        lambda w: f"‘{w}’",
        lambda w: f"({w})",
    )
    return st.sampled_from(changes).map(lambda change: change(word))


def own_words(agreement: Agreement) -> list[str]:
    """Every phrase that a profile knows."""
    found: list[str] = list(agreement.blockers)
    for profile in agreement.profiles:
        for t in profile.terms:
            found += [t.name, *t.match, *t.abbreviations, *t.blockers, *(a.text for a in t.aliases)]
            found += t.only_with.any if t.only_with else ()
            found += (*t.near.one_of, *t.near.with_one_of) if t.near else ()
            found += [t.name.split()[-1], "Ms " + t.name.split()[-1]] if t.kind is Kind.PERSON else []
        for rule in profile.context:
            for word in rule.any:
                found += [word.word, *word.also, *word.blockers]
    return [f.replace("*", "") for f in found]


@st.composite
def texts(draw: st.DrawFn, own: list[str], most: int, least: int = 0) -> str:
    """Words of the profile and noise, with every kind of separator between them."""
    parts = st.one_of(st.sampled_from(own).flatmap(variants), st.sampled_from(own), st.sampled_from(NOISE))
    pieces = st.lists(st.tuples(parts, st.sampled_from(SEPARATORS)), min_size=least, max_size=most)
    return "".join(p + s for p, s in draw(pieces))


@dataclass(frozen=True)
class MadeCase:
    """An agreement, and articles that speak its words, some of them copies of one another."""

    agreement: Agreement
    articles: tuple[Article, ...]
    copies: tuple[tuple[str, str], ...] = ()


@st.composite
def heads_of(draw: st.DrawFn, body: str, headline: str) -> str:
    """What a feed makes of a body: its head, and an end of the feed's own."""
    head = body[: draw(st.integers(0, len(body)))].replace("\n\n", " ")
    post = f" The post {headline} appeared first on the Tax Herald."
    return head + draw(st.sampled_from(["", "", "…", "...", " [&hellip;]", ".", "… Read more", " tax", post]))


@st.composite
def articles(draw: st.DrawFn, own: list[str], number: int) -> Article:
    """An article that speaks a profile's words."""
    headline = draw(texts(own, 4))
    body = draw(texts(own, 14)) + draw(maybe(st.sampled_from(FILLERS), ""))
    path = draw(st.sampled_from(["news", "news", "uk-news", "sport"]))
    hours = draw(st.one_of(st.none(), st.integers(0, 100)))
    return Article(
        url=f"https://x.org/{path}/{number}",
        headline=draw(st.sampled_from([headline, headline.upper(), headline.title(), f"Letters: {headline}"])),
        standfirst=draw(maybe(st.one_of(texts(own, 4), heads_of(body, headline)), "")),
        body=body,
        byline=draw(maybe(st.sampled_from(["By Dr Jane Smith", "Mark Griffin and Jane Smith, Editor"]), "")),
        outlet=draw(st.sampled_from(["times", "herald", "gazette", "unknown", None])),
        first_seen=None if hours is None else SEVEN + timedelta(hours=hours),
        carried_by=draw(maybe(st.sampled_from([("gazette",), ("courier", "press")]), ())),
    )


@st.composite
def made_cases(draw: st.DrawFn, most: int = 1) -> MadeCase:
    """An agreement with an article or more."""
    agreement = draw(agreements())
    own = own_words(agreement)
    number = draw(st.integers(1, most))
    made = tuple(draw(articles(own, n)) for n in range(number))
    ids = st.sampled_from([a.id for a in made])
    return MadeCase(agreement, made, tuple(draw(st.lists(st.tuples(ids, ids), max_size=most - 1))))
