"""A sweep says for every value of a threshold what judging everything by that value says, on both databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from breaking import Breaking
from hypothesis import HealthCheck, given, settings
from memory_archive import Quiet
from oracle.changed import ChangedCase, changed_cases
from test_replay import NOW, _numbers, apart, naive, section, state, text

from monitor.adapters.store import Store
from monitor.core.edition import Window
from monitor.core.profile import AboutnessRule, Profile, SignificanceRule, Term
from monitor.core.replay.changes import State
from monitor.core.replay.sweep import ALWAYS, Points, Sweep, Threshold
from monitor.core.retention import Term as Keep
from monitor.jobs.sweep import sweep

FULL = bool(os.environ.get("MONITOR_FULL"))


def asking(of: State, name: str, needed: Points) -> State:
    """The state with a section that needs so many points of the rules it has."""
    profile = of.agreement.profile(name)
    rules: dict[str, object] = {}
    if profile.aboutness:
        rules["aboutness"] = AboutnessRule(needed.aboutness)
    if profile.significance:
        rules["significance"] = SignificanceRule(needed.prominence, needed.impact)
    profiles = tuple(replace(p, **rules) if p is profile else p for p in of.agreement.profiles)  # type: ignore[arg-type]
    return replace(of, agreement=replace(of.agreement, profiles=profiles))


def tried(found: Sweep) -> Iterator[Points]:
    """Every value that is told of each threshold with the others as they are, and some of all of them together."""
    yield found.needed
    for threshold in found.thresholds:
        yield from (found.needed.put(threshold, value) for value in found.values(threshold))
    every = [found.values(t)[:2] if t in found.thresholds else (0,) for t in Threshold]
    yield from (Points(*values) for values in product(*every))


def with_thresholds(of: State) -> State:
    """The state, the first of its sections with terms asking for points of both kinds."""
    bare = next((p for p in of.agreement.profiles if p.terms and not p.bylines), None)
    if bare is None:
        return of
    given = replace(bare, aboutness=AboutnessRule(50), significance=SignificanceRule(2, 1))
    return replace(
        of,
        agreement=replace(of.agreement, profiles=tuple(given if p is bare else p for p in of.agreement.profiles)),
    )


@settings(
    max_examples=600 if FULL else 15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(case=changed_cases(most=5))
def test_each_value_says_what_judging_by_it_says(store: Store, case: ChangedCase) -> None:
    articles, window, copies = apart(case, next(_numbers))
    store.add_articles("s", [(a.url, a) for a in articles])
    within = {a.id for a in articles if a.first_seen and window.start <= a.first_seen < window.end}
    draft = with_thresholds(case.new)
    for profile in draft.agreement.profiles:
        found = sweep(draft, profile.section, window, store, copies, Quiet())
        for needed in set(tried(found)):
            judged = naive(asking(draft, profile.section, needed), articles, copies)
            really = {i for i in within if profile.section in judged[i].sections}
            assert {one.article.id for one in found.articles if one.is_in(needed)} == really, needed


# --------------------------------------------------------------- what is told


def swept(store: Store, profile: Profile, *articles: object) -> Sweep:
    store.add_articles("s", [(a.url, a) for a in articles])  # type: ignore[attr-defined]
    return sweep(state(profile), profile.section, Window(NOW, NOW.replace(day=30)), store, lambda _: [], Quiet())


def test_steps_of_aboutness(store: Store) -> None:
    about = section("one", Term("tax"), aboutness=AboutnessRule(50))
    head, lead, both = text("Tax up"), text("News"), text("Tax and more")
    lead = replace(lead, standfirst="A tax is planned.")
    both = replace(both, standfirst="The tax is new.")
    found = swept(store, about, head, lead, both)
    assert found.thresholds == (Threshold.ABOUTNESS,)
    steps = [(s.value, s.count, s.more, s.fewer) for s in found.steps(Threshold.ABOUTNESS)]
    assert steps == [(1, 3, 1, 0), (30, 3, 1, 0), (50, 2, 0, 0), (80, 1, 0, 1), (81, 0, 0, 2)]
    came, went = found.moved(Points(aboutness=80))
    assert ([a.article.id for a in came], [a.article.id for a in went]) == ([], [head.id])


def test_steps_of_significance(store: Store) -> None:
    major = section("one", Term("tax"), significance=SignificanceRule(2, 2))
    loud, quiet = text("Tax up"), replace(text("News"), standfirst="A tax is planned.")
    found = swept(store, major, loud, quiet)
    assert found.thresholds == (Threshold.PROMINENCE, Threshold.IMPACT)
    assert [(s.value, s.count) for s in found.steps(Threshold.PROMINENCE)] == [(0, 0), (1, 0), (2, 0), (3, 0)]
    assert [(s.value, s.count) for s in found.steps(Threshold.IMPACT)] == [(0, 1), (1, 1), (2, 0)]
    assert {a.article.id: a.points for a in found.articles} == {
        quiet.id: (Points(0, 1, 1),),
        loud.id: (Points(0, 2, 1),),
    }


def test_a_section_without_thresholds_has_none(store: Store) -> None:
    found = swept(store, section("one", Term("tax")), text("Tax up"))
    assert (found.thresholds, [a.points for a in found.articles]) == ((), [(Points(0, ALWAYS, ALWAYS),)])


def test_a_purged_text_is_counted(store: Store) -> None:
    article = replace(text("Tax up"), body="A tax is due.")
    store.add_articles("s", [("1", article)])
    later = NOW.replace(year=NOW.year + 2)
    store.purge_texts(Keep("herald", later, later, keep_words=True), 10, later)
    found = swept(store, section("one", Term("tax"), aboutness=AboutnessRule(50)))
    assert (found.articles, found.purged) == ((), 1)


def test_an_article_that_breaks_the_matcher_costs_itself_and_no_other(store: Store) -> None:
    profile = section("one", Term("tax"), aboutness=AboutnessRule(30))
    broken, sound = text("Tax breaks"), text("Tax up", 1)
    store.add_articles("s", [(a.url, a) for a in (broken, sound)])
    records: Any = Breaking(store, broken)
    window = Window(NOW, NOW.replace(day=30))
    found = sweep(state(profile), "one", window, records, lambda _: [], Quiet())
    assert [one.article.id for one in found.articles] == [sound.id]
    assert [f.what for f in found.faults] == ["cannot be judged: RuntimeError: no such text"]
