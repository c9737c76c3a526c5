"""What would have spared exclusions, replayed over what was judged, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from breaking import Breaking
from memory_archive import Quiet

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.curation import Act, Curation
from monitor.core.profile import Profile, Term
from monitor.core.source import Sources
from monitor.jobs.match import match
from monitor.jobs.weigh_terms import propose_changes

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
AGREEMENT = Agreement("a", "client", "name", (Profile("o", "O", terms=(Term("Universal Credit"),)),))
NOBODY = Sources.of([])


def article(number: int, headline: str) -> Article:
    return Article(f"https://x.example/{number}", headline, first_seen=MONDAY + timedelta(hours=number))


def test_an_article_that_breaks_the_matcher_is_told_and_counts_nowhere(store):
    unwanted = [article(n, f"Universal Credit Union of Glasgow opens branch {n}") for n in range(4)]
    wanted = article(5, "Universal Credit claims rise")
    store.add_articles("s", [(a.url, a) for a in (*unwanted, wanted)])
    match(AGREEMENT, NOBODY, store, lambda: MONDAY, Quiet())
    for one in unwanted[:3]:  # the fourth went with the third, as another outlet's copy
        store.curate(Curation(Act.EXCLUDE, "a", "morning", "", one.line, "E", "a bank", MONDAY))
    broken = unwanted[0]
    story = {a.line for a in unwanted[2:]}
    week = (MONDAY, MONDAY + timedelta(days=7))
    (tried,) = propose_changes(
        AGREEMENT,
        NOBODY,
        Breaking(store, broken),
        *week,
        Quiet(),
        lambda one: story if one.line in story else {one.line},
    )
    assert tried.proposal.line == "blockers: [universal credit union]"
    assert [a.url for a in tried.spared] == [a.url for a in unwanted[1:]]
    assert (tried.lost, tried.excluded, tried.kept) == ((), 4, 1)
    assert [(f.where, f.what) for f in tried.faults] == [
        (broken.url, "cannot be judged: RuntimeError: no such text")
    ]
