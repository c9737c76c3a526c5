"""What each section sees of a replay: gained, lost, and what another section took from under its heading."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from oracle.changed import ChangedCase, changed_cases

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import Profile, SourceRule, Term
from monitor.core.replay.by_section import Fate, come_and_gone, seen_by_sections, sums
from monitor.core.replay.outcome import Difference, differ
from monitor.core.source import Sources

MANY = 1500 if os.environ.get("MONITOR_FULL") else 60


def section(name: str, *terms: str) -> Profile:
    found = tuple(Term(term) for term in terms)
    return Profile(name, name.upper(), terms=found, sources=SourceRule(any_monitored=True))


def difference(old: list[Profile], new: list[Profile], **article: str) -> Difference:
    of = Article("https://example.org/1", first_seen=datetime(2026, 5, 4, 23, 30, tzinfo=UTC), **article)  # type: ignore[arg-type]
    before, after = (Matcher(Agreement("a", "", "", tuple(p)), Sources()).judge(of) for p in (old, new))
    return Difference(of, before, after)


def told(of: Difference) -> list[tuple[str, Fate, str, tuple[str, ...]]]:
    return [(s.section, s.fate, s.other, s.terms) for s in seen_by_sections([of])]


def test_gained_by_one_and_filed_there() -> None:
    of = difference([section("one", "tax")], [section("one", "tax", "rent")], headline="Rent up")
    assert told(of) == [("one", Fate.GAINED, "", ("rent",))]


def test_gained_and_filed_elsewhere_is_told_with_the_section_that_has_it() -> None:
    old, two = section("one", "tax"), section("two", "rent")
    of = difference([old, two], [section("one", "tax", "fares"), two], headline="Rent up", standfirst="Fares too.")
    assert told(of) == [("one", Fate.GAINED, "two", ("fares",))]


def test_what_another_section_takes_is_lost_to_the_heading_and_no_less_in_the_section() -> None:
    """The edited section has the term in the headline now, and so the article; the other had it by the lead."""
    one, two = section("one", "fares"), section("two", "tax")
    of = difference([one, two], [section("one", "fares", "rent"), two], headline="Rent up", standfirst="The tax.")
    assert told(of) == [("one", Fate.GAINED, "", ("rent",)), ("two", Fate.TAKEN, "one", ("tax",))]
    back = Difference(of.article, of.after, of.before)
    assert told(back) == [("two", Fate.GIVEN, "one", ("tax",)), ("one", Fate.LOST, "two", ("rent",))]


def test_an_edited_section_loses_its_heading_to_one_that_nobody_edited() -> None:
    one, two = section("one", "rent", "fares"), section("two", "tax")
    of = difference([one, two], [section("one", "fares"), two], headline="Rent up", standfirst="Tax and fares.")
    assert told(of) == [("one", Fate.PROOF, "", ("rent", "fares"))]
    reverse = difference([two, one], [two, section("one", "fares")], headline="Rent up", standfirst="Tax, fares.")
    assert told(reverse) == [("two", Fate.GIVEN, "one", ("tax",)), ("one", Fate.TAKEN, "two", ("fares",))]


def test_sums_and_days() -> None:
    one, two = section("one", "fares"), section("two", "tax")
    of = difference([one, two], [section("one", "fares", "rent"), two], headline="Rent up", standfirst="The tax.")
    seen = seen_by_sections([of])
    counted = {s.section: {fate: n for fate, n in s.fates if n} for s in sums(seen, ["two", "one"])}
    assert list(counted) == ["two", "one"]
    assert counted == {"one": {Fate.GAINED: 1}, "two": {Fate.TAKEN: 1}}
    assert sums(seen, [])[0].of(Fate.GAINED) == 1
    assert come_and_gone(seen) == {date(2026, 5, 5): (1, 0)}, "the day is London's"


@settings(max_examples=MANY, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(changed_cases())
def test_the_sections_see_just_what_two_full_judgings_say(case: ChangedCase) -> None:
    matchers = [Matcher(state.agreement, state.sources) for state in (case.old, case.new)]
    for article in case.articles:
        before, after = (matcher.judge(article) for matcher in matchers)
        found = {s.section: s for s in seen_by_sections([Difference(article, before, after)])}
        for name in {*case.old.agreement.order, *case.new.agreement.order}:
            was, now = name in before.sections, name in after.sections
            fate = found[name].fate if name in found else None
            assert (fate is Fate.GAINED) == (now and not was)
            assert (fate is Fate.LOST) == (was and not now)
            assert (fate is Fate.TAKEN) == (was and now and before.primary == name != after.primary)
            assert (fate is Fate.GIVEN) == (was and now and after.primary == name != before.primary)
            if fate is None:
                assert before.verdict(name) == after.verdict(name)
        assert not found or differ(before, after)
