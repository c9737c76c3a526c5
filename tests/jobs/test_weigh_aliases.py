"""What an alias would have added, judged on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from breaking import Breaking
from memory_archive import Quiet

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.match import Outcome
from monitor.core.profile import Alias, ContextRule, ContextWord, Profile, SourceRule, Term
from monitor.core.source import Outlet, Sources
from monitor.jobs.weigh_aliases import AliasWeight, weigh_aliases

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
SOURCES = Sources.of([Outlet(i, i, i, "UK", 1) for i in ("bbc", "blog")])
TERMS = (
    Term("Centre of Social Justice", aliases=(Alias("Centre for Social Justice"), Alias("the Centre"))),
    Term("Audit Scotland", aliases=(Alias("the auditors", approved=True),)),
)
PROFILE = Profile(
    "o", "O", terms=TERMS, context=(ContextRule((ContextWord("poverty"),)),), sources=SourceRule(plus=("bbc",))
)
AGREEMENT = Agreement("a", "client", "name", (Profile("other", "OTHER", terms=(Term("tax"),)), PROFILE))


def article(number: int, body: str, outlet: str = "bbc", *, hours: float = 1) -> Article:
    seen = MONDAY + timedelta(hours=hours)
    return Article(
        f"https://{outlet}.example/{number}", f"News {number}", body=body, outlet=outlet, first_seen=seen
    )


def weighed(store, *articles: Article, days: int = 7) -> list[AliasWeight]:
    store.add_articles("s", [(a.url, a) for a in articles])
    end = MONDAY + timedelta(days=days)
    return list(weigh_aliases(AGREEMENT, SOURCES, store, MONDAY, end, Quiet()).weights)


def test_each_alias_is_weighed_by_itself_and_with_all_rules(store):
    full, whole = weighed(
        store,
        article(1, "The Centre for Social Justice on poverty."),
        article(2, "The Centre for Social Justice and Audit Scotland on poverty.", hours=30),
        article(3, "The Centre for Social Justice met."),
        article(4, "The Centre for Social Justice on poverty.", "blog"),
        article(5, "Poverty, and the Centre.", hours=50),
        article(6, "It rained."),
    )
    assert (full.section, full.term, full.alias.text) == (
        "o",
        "Centre of Social Justice",
        "Centre for Social Justice",
    )
    assert [s.article.headline for s in full.added] == ["News 1"]
    assert full.added[0].verdict.hits[0].span.text == "Centre for Social Justice"
    assert [full.count(o) for o in Outcome] == [1, 1, 1]
    assert [s.article.headline for s in whole.added] == ["News 1", "News 5"]
    assert len(whole.stands) == 5


def test_only_the_period_is_looked_at_and_the_latest_text_counts(store):
    first = article(1, "The Centre for Social Justice on poverty.")
    corrected = replace(
        first, body="The Centre of Social Justice on poverty.", first_seen=MONDAY + timedelta(days=2)
    )
    late = article(2, "The Centre for Social Justice on poverty.", hours=24 * 8)
    full, _ = weighed(store, first, corrected, late)
    assert full.stands == ()
    (again, _) = weighed(store, days=1)
    assert [s.article for s in again.added] == [first]


def test_articles_looked_at_are_counted_and_nothing_is_stored(store):
    articles = [article(n, "It rained.") for n in range(3)]
    store.add_articles("s", [(a.url, a) for a in articles])
    report = weigh_aliases(AGREEMENT, SOURCES, store, MONDAY, MONDAY + timedelta(days=1), Quiet())
    assert (report.looked_at, report.purged) == (3, 0)
    assert [w.stands for w in report.weights] == [(), ()]
    assert len(store.unjudged("a", 10)) == 3


def test_where_no_alias_waits_nothing_is_looked_at(store):
    store.add_articles("s", [("k", article(1, "It rained."))])
    plain = replace(AGREEMENT, profiles=AGREEMENT.profiles[:1])
    report = weigh_aliases(plain, SOURCES, store, MONDAY, MONDAY + timedelta(days=1), Quiet())
    assert (report.looked_at, report.weights) == (0, ())


def test_an_article_that_breaks_the_matcher_costs_itself_and_no_other(store):
    broken, sound = (article(n, "The Centre for Social Justice on poverty.") for n in (1, 2))
    store.add_articles("s", [(a.url, a) for a in (broken, sound)])
    end = MONDAY + timedelta(days=7)
    report = weigh_aliases(AGREEMENT, SOURCES, Breaking(store, broken), MONDAY, end, Quiet())
    assert [s.article.headline for s in report.weights[0].added] == ["News 2"]
    assert [(f.where, f.what) for f in report.faults] == [
        (broken.url, "cannot be judged: RuntimeError: no such text")
    ]
