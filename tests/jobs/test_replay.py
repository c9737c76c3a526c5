"""Replay of changes over a store: by the index of words as by judging everything, on both databases."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from breaking import Breaking
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_archive import Quiet
from oracle.changed import ChangedCase, changed_cases

from monitor.adapters.cluster import copies
from monitor.adapters.crew import Crew
from monitor.adapters.crew.shards import FEW
from monitor.adapters.store import Store
from monitor.app import read_agreement
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.edition import Window
from monitor.core.match import Judgement
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Alias, Profile, SignificanceRule, SourceRule, Term
from monitor.core.replay.changes import State
from monitor.core.replay.outcome import Kind
from monitor.core.significance import settle
from monitor.core.source import Outlet, Sources
from monitor.core.story import stories
from monitor.jobs.replay import ReplayReport, replay

FULL = bool(os.environ.get("MONITOR_FULL"))
ROOT = Path(__file__).parents[2]
DATA = next((p / "shared/data" for p in ROOT.parents if (p / "shared/data").exists()), ROOT.parent / "shared/data")
THREE_DAYS = timedelta(hours=72)
_numbers = count(1)


def apart(
    case: ChangedCase, number: int
) -> tuple[tuple[Article, ...], Window, Callable[..., list[tuple[str, str]]]]:
    """The case's articles in a stretch of time of their own, its window, and who copies whom.

    The window leaves out what was seen in the first and the last hours, which yet may tell the same stories.
    """
    shift = timedelta(days=30 * number)
    moved = {a.id: _moved(a, number, shift) for a in case.articles}
    pairs = [(moved[a].id, moved[b].id) for a, b in case.copies]
    seen = [a.first_seen for a in moved.values() if a.first_seen]
    start = datetime(2026, 3, 4, 7, tzinfo=UTC) + shift
    assert min(seen) >= start

    def copies(articles: Sequence[Article]) -> list[tuple[str, str]]:
        there = {a.id for a in articles}
        return [pair for pair in pairs if there.issuperset(pair)]

    return tuple(moved.values()), Window(start + timedelta(hours=8), start + timedelta(hours=92)), copies


def _moved(article: Article, number: int, shift: timedelta) -> Article:
    assert article.first_seen
    url = article.url.replace("x.org", f"x{number}.org")
    return replace(article, url=url, first_seen=article.first_seen + shift)


def naive(
    state: State, articles: Sequence[Article], copies: Callable[..., Iterable[tuple[str, str]]]
) -> dict[str, Judgement]:
    """Every article judged on its story among those within 72 hours of it: the long way, by the contract."""
    matcher = Matcher(state.agreement, state.sources)
    judged = {a.id: matcher.judge(a) for a in articles}
    found = {}
    for article in articles:
        assert article.first_seen
        start, end = article.first_seen - THREE_DAYS, article.first_seen + THREE_DAYS
        around = [a for a in articles if a.first_seen and start <= a.first_seen < end]
        folded = stories(around, copies(around))
        found[article.id] = settle(state.agreement, state.sources, folded, judged)[article.id]
    return found


def told_by_stories(case: ChangedCase) -> ChangedCase:
    """The same with major stories only in every section: thresholds that some articles reach by others alone."""
    rule = SignificanceRule(prominence=2, impact=2)
    old, new = (
        replace(
            state,
            agreement=replace(
                state.agreement,
                profiles=tuple(replace(p, significance=p.significance or rule) for p in state.agreement.profiles),
            ),
        )
        for state in (case.old, case.new)
    )
    return replace(case, old=old, new=new)


def answer(report: ReplayReport) -> tuple[object, ...]:
    return report.differences, report.terms, report.days, report.articles


@settings(
    max_examples=1500 if FULL else 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(case=st.one_of(changed_cases(most=5), changed_cases(most=5).map(told_by_stories)))
def test_the_index_leaves_out_nothing(store: Store, case: ChangedCase) -> None:
    articles, window, copies = apart(case, next(_numbers))
    store.add_articles("s", [(a.url, a) for a in articles])
    run = [
        replay(case.old, case.new, window, store, copies, Quiet(), everything=everything)
        for everything in (False, True)
    ]
    assert answer(run[0]) == answer(run[1])
    assert run[0].could_change <= run[1].could_change == run[1].articles
    quick = replay(case.old, case.new, window, store, copies, Quiet(), proofs_up_to=0)
    moved = tuple(d for d in run[1].differences if quick.proofs or d.kind is not Kind.PROOF)
    assert (quick.differences, quick.terms, quick.days) == (moved, run[1].terms, run[1].days)
    assert quick.could_change <= run[0].could_change
    before, after = (naive(state, articles, copies) for state in (case.old, case.new))
    within = {a.id for a in articles if a.first_seen and window.start <= a.first_seen < window.end}
    filed = {i for i in within if before[i].sections != after[i].sections}
    assert filed == {d.article.id for d in run[0].differences if d.kind is not Kind.PROOF}


# --------------------------------------------------------------- real articles


@pytest.fixture(scope="module")
def real() -> list[Article]:
    """Real feed items, first seen one after the other."""
    if not DATA.exists():
        pytest.skip(f"{DATA} is not here")
    with gzip.open(DATA / "news/uk_feeds_2023_jan_sep.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 100, 100 + (20_000 if FULL else 200))]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Article(
            url=row["link"],
            headline=row["title"] or "",
            standfirst=row["description"] or "",
            outlet=("bbc", "herald", "guardian")[n % 3],
            first_seen=start + timedelta(minutes=n),
        )
        for n, row in enumerate(rows)
    ]


def shipped() -> State:
    read = read_agreement(ROOT / "profiles/social-security-scotland")
    return State(read.agreements[0], read.sources)


def with_section(state: State, section: str, **new: object) -> State:
    profiles = [replace(p, **new) if p.section == section else p for p in state.agreement.profiles]  # type: ignore[arg-type]
    return replace(state, agreement=replace(state.agreement, profiles=tuple(profiles)))


def test_real_articles_are_found_by_the_index_as_by_judging_all(store: Store, real: list[Article]) -> None:
    store.add_articles("s", [(a.url, a) for a in real])
    old = shipped()
    general = old.agreement.profile("general_news")
    added = (Term("people"), Term("pay rise"), Term("gov*"), Term("King", aliases=(Alias("Charles"),)))
    new = with_section(old, "general_news", terms=(*general.terms[2:], *added), place=())
    new = with_section(new, "organisations", significance=SignificanceRule(1, 1), context=())
    window = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    by_index, by_all = (
        replay(old, new, window, store, lambda _: [], Quiet(), everything=everything)
        for everything in (False, True)
    )
    assert answer(by_index) == answer(by_all)
    assert len(by_index.differences) > 10
    assert by_index.could_change < by_all.could_change / 2


# --------------------------------------------------------------- what is told

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MAJOR = SignificanceRule(prominence=0, impact=0)
OUTLETS = Sources.of([Outlet("herald", "Herald", "A", "Scotland", 2), Outlet("times", "Times", "B", "UK", 3)])


def section(name: str, *terms: Term, **more: object) -> Profile:
    return Profile(name, name.upper(), terms=terms, sources=SourceRule(any_monitored=True), **more)  # type: ignore[arg-type]


def state(*profiles: Profile) -> State:
    return State(Agreement("a", "client", "name", profiles, fingerprint="old"), OUTLETS)


def text(headline: str, hours: int = 0, **more: object) -> Article:
    url = f"https://example.org/{headline.replace(' ', '-')}"
    seen = NOW + timedelta(hours=hours)
    return Article(url, headline, body="", outlet="herald", first_seen=seen, **more)  # type: ignore[arg-type]


def played(store: Store, old: State, new: State, articles: Iterable[Article], **more: object) -> ReplayReport:
    store.add_articles("s", [(a.url, a) for a in articles])
    window = Window(NOW - timedelta(days=3), NOW + timedelta(days=30))
    return replay(old, new, window, store, lambda _: [], Quiet(), **more)  # type: ignore[arg-type]


def test_gained_lost_and_moved_by_term_and_day(store: Store) -> None:
    tax, rent, fare = Term("tax"), Term("rent"), Term("fare")
    old = state(section("one", tax, rent), section("two", fare))
    new = state(section("one", tax, fare), section("two", fare))
    gone, kept, moved, far = text("Rent up"), text("Tax up", 1), text("Fare up", 30), text("Quiet", 50)
    matcher = Matcher(old.agreement, old.sources)
    store.add_articles("s", [(a.url, a) for a in (gone, kept, moved, far)])
    store.save_judgements("a", "old", [(a.id, matcher.judge(a)) for a in (gone, kept, moved, far)], NOW)
    report = played(store, old, new, [])
    assert [(d.article.id, d.kind, d.gained, d.lost) for d in report.differences] == [
        (gone.id, Kind.LOST, (), ("one",)),
        (moved.id, Kind.MOVED, ("one",), ()),
    ]
    assert {(t.section, t.term, t.gained, t.lost) for t in report.terms} == {
        ("one", "fare", 1, 0),
        ("one", "rent", 0, 1),
    }
    assert [(d.day.day, d.before, d.after) for d in report.days] == [(4, 2, 1), (5, 1, 1)]
    assert (report.articles, report.could_change, report.looked_at, report.otherwise) == (4, 2, 2, 0)
    only = played(store, old, new, [], sections=("one",))
    assert [(d.day.day, d.before, d.after) for d in only.days] == [(4, 2, 1), (5, 0, 1)]


def test_nothing_changed_looks_at_nothing(store: Store) -> None:
    same = state(section("one", Term("tax")))
    report = played(store, same, same, [text("Tax up")])
    assert (report.changes, report.differences, report.looked_at, report.articles) == ((), (), 0, 1)


def test_a_purged_text_is_counted_and_not_judged(store: Store) -> None:
    from monitor.core.retention import Term as Keep

    old, new = state(section("one", Term("tax"))), state(section("one", Term("tax"), Term("rent")))
    article = replace(text("News"), body="The rent is due.")
    store.add_articles("s", [("1", article)])
    later = NOW + timedelta(days=400)
    store.purge_texts(Keep("herald", later, later, keep_words=True), 10, later)
    report = played(store, old, new, [])
    assert (report.could_change, report.purged, report.looked_at, report.differences) == (1, 1, 0, ())


def test_a_copy_becomes_major_by_an_article_that_gained_a_term(store: Store) -> None:
    """The one article holds no word of the change; its story does."""
    rule = SignificanceRule(prominence=2, impact=2)
    old = state(section("one", Term("tax"), significance=rule))
    new = state(section("one", Term("tax"), Term("levy"), significance=rule))
    quiet = replace(text("Council meets"), standfirst="A tax is planned.")
    loud = replace(text("Levy planned", 5), outlet="times")
    outside = replace(text("Levy planned too", -80), outlet="times")
    store.add_articles("s", [(a.url, a) for a in (quiet, loud, outside)])
    window = Window(NOW, NOW + timedelta(hours=1))
    pairs = [(quiet.id, loud.id)]

    def copies(articles: Sequence[Article]) -> list[tuple[str, str]]:
        return [p for p in pairs if {a.id for a in articles}.issuperset(p)]

    report = replay(old, new, window, store, copies, Quiet())
    assert [(d.article.id, d.kind) for d in report.differences] == [(quiet.id, Kind.GAINED)]
    assert replay(old, new, window, store, copies, Quiet(), everything=True).differences == report.differences
    assert (report.articles, report.could_change) == (1, 0)


def test_a_copy_becomes_major_while_another_section_asks_for_less(store: Store) -> None:
    """Of two sections that go by stories the one has another threshold, the other another term."""
    rule = SignificanceRule(prominence=2, impact=2)
    fare = section("two", Term("fare"), significance=rule)
    old = state(section("one", Term("tax"), significance=rule), fare)
    new = state(
        section("one", Term("tax"), Term("levy"), significance=rule),
        replace(fare, significance=SignificanceRule(prominence=1, impact=1)),
    )
    quiet = replace(text("Council sits"), standfirst="A tax is planned.")
    loud = replace(text("Levy is planned", 5), outlet="times")
    store.add_articles("s", [(a.url, a) for a in (quiet, loud)])
    window = Window(NOW, NOW + timedelta(hours=9))

    def copies(articles: Sequence[Article]) -> list[tuple[str, str]]:
        return [(quiet.id, loud.id)] if len(articles) == 2 else []

    by_index, by_all = (
        replay(old, new, window, store, copies, Quiet(), everything=everything) for everything in (False, True)
    )
    assert {(d.article.id, d.kind) for d in by_all.differences} == {(a.id, Kind.GAINED) for a in (quiet, loud)}
    assert by_index.differences == by_all.differences


@pytest.mark.parametrize("everything", [False, True])
def test_an_article_that_breaks_the_matcher_costs_itself_and_no_other(store: Store, everything: bool) -> None:
    old, new = state(section("one", Term("tax"))), state(section("one", Term("tax"), Term("rent")))
    broken, sound = text("Rent breaks"), text("Rent up", 1)
    store.add_articles("s", [(a.url, a) for a in (broken, sound)])
    window = Window(NOW - timedelta(days=3), NOW + timedelta(days=30))
    records: Any = Breaking(store, broken)
    report = replay(old, new, window, records, lambda _: [], Quiet(), everything=everything)
    assert [d.article.id for d in report.differences] == [sound.id]
    assert [(f.where, f.what) for f in report.faults] == [
        (broken.url, "cannot be judged: RuntimeError: no such text")
    ]
    assert report.looked_at == 2


def test_several_processes_say_the_same(store: Store) -> None:
    """Forked ones, each with some of the articles: counted, and to the byte."""
    old, new = state(section("one", Term("tax"))), state(section("one", Term("rent"), significance=MAJOR))
    store.add_articles("s", [(a.url, a) for a in (text(f"Rent or tax {n}", n % 90) for n in range(3 * FEW))])
    window = Window(NOW - timedelta(days=3), NOW + timedelta(days=30))
    crews: list[Crew[Any]] = []

    def two(judge: Any, given_up: Any, answer: Any) -> Crew[Any]:
        crews.append(Crew(judge, given_up, answer, processes=2))
        return crews[-1]

    alone = replay(old, new, window, store, copies, Quiet(), everything=True)
    both = replay(old, new, window, store, copies, Quiet(), everything=True, crews=two)
    assert len(crews) == 1
    assert not crews[0].faults
    assert [d.to_json() for d in both.differences] == [d.to_json() for d in alone.differences]
    assert (both.terms, both.days, both.looked_at) == (alone.terms, alone.days, alone.looked_at)
    assert len(alone.differences) == 3 * FEW
