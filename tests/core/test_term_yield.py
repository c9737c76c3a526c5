"""What terms brought; other spellings of the dead; what would have spared exclusions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching.matcher import Matcher
from monitor.core.near_spellings import found_in, spellings
from monitor.core.profile import ContextRule, ContextWord, Guard, Profile, SourceRule, Term
from monitor.core.proposals import Seen, propose
from monitor.core.source import Sources
from monitor.core.term_yield import Harvest, TermYield, Word

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ANY = SourceRule(any_monitored=True)


def of(*terms: Term, **rules: object) -> Profile:
    return Profile("s", "S", terms=terms, sources=ANY, **rules)  # type: ignore[arg-type]


def seen(profile: Profile, *texts: str) -> list[Seen]:
    matcher = Matcher(Agreement("a", "c", "n", (profile,)), Sources())
    judged = [(a, matcher.judge(a)) for a in (Article(f"u{n}", "", body=t) for n, t in enumerate(texts))]
    return [Seen(article, judgement.verdicts[0]) for article, judgement in judged]


# --------------------------------------------------------------- counts


def test_each_article_counts_once_for_each_term() -> None:
    profile = of(
        Term("Pier Fund"), Term("Tide", only_with=Guard(("sea",))), Term("Gone"),
        context=(ContextRule((ContextWord("fares"),)),),
    )  # fmt: skip
    harvest = Harvest(Agreement("a", "c", "n", (profile,)))
    texts = ("Pier Fund and Pier Fund: fares", "Pier Fund fares", "Pier Fund alone", "Tide fares")
    for number, one in enumerate(seen(profile, *texts)):
        harvest.count([one.verdict], NOON, excluded=number == 1)
    fund, tide, gone = harvest.all()
    assert (fund.kept, fund.excluded, fund.near_misses, fund.out) == (1, 1, 1, 0)
    assert fund.last_kept == NOON
    assert tide.stood == 1
    assert tide.kept == 0
    assert gone.said(4) is Word.DEAD


@pytest.mark.parametrize(
    ("counts", "looked_at", "word"),
    [
        ({}, 100, Word.DEAD),
        ({"kept": 1}, 10_000, Word.FINE),
        ({"kept": 6, "excluded": 3}, 10_000, Word.FINE),
        ({"kept": 7, "excluded": 3}, 10_000, Word.FINE),
        ({"kept": 6, "excluded": 4}, 10_000, Word.NOISY),
        ({"near_misses": 10}, 10_000, Word.NOISY),
        ({"kept": 1, "out": 9}, 10_000, Word.FINE),
        ({"kept": 1, "out": 10}, 10_000, Word.NOISY),
        ({"kept": 20}, 1_000, Word.BROAD),
        ({"kept": 20}, 1_001, Word.FINE),
        ({"kept": 19}, 19, Word.FINE),
    ],
)
def test_dead_noisy_and_too_broad(counts: dict[str, int], looked_at: int, word: Word) -> None:
    assert TermYield("s", "t", **counts).said(looked_at) is word  # type: ignore[arg-type]


# --------------------------------------------------------------- other spellings


def spelt(form: str, text: str) -> set[str]:
    return {found for s in spellings(form) for found in found_in(Article("u", text), s)}


def test_a_word_written_a_little_differently() -> None:
    assert spelt("Foysa Imagined", "Foysal Imagined met Foysa Imagination.") == {"Foysal Imagined"}
    assert spelt("Centre of Tide Justice", "The Centre for Tide Justice said") == {"Centre for Tide Justice"}
    assert spelt("Carer Pier Grant", "A Carers Pier Grant") == {"Carers Pier Grant"}


def test_not_the_term_itself_nor_another_word_nor_one_word_alone() -> None:
    assert spelt("Pier Fund", "The Pier Fund, the Tide Fund") == set()
    assert spelt("Tides", "Tide") == set()
    assert list(spellings("of Tides")) != []
    assert all(s.open != 1 for s in spellings("of Tides")), "nothing but `of` to hold on to"


# --------------------------------------------------------------- proposals

MOBILITY = Term("Mobility")


def test_the_shortest_blocker_around_what_was_excluded() -> None:
    profile = of(MOBILITY)
    out = seen(profile, "Social mobility fell.", "They spoke of social mobility again.", "Mobility, said one.")
    kept = seen(profile, "Mobility aids for all.", "A mobility scheme.")
    (proposal,) = propose(profile, MOBILITY, out, kept)
    assert (proposal.key, proposal.words) == ("blockers", ("social mobility",))
    assert proposal.line == "blockers: [social mobility]"
    changed = proposal.applied(profile).terms[0]
    assert changed.blockers == ("social mobility",)


def test_no_blocker_that_was_kept_too_or_stands_across_a_stop() -> None:
    profile = of(MOBILITY)
    out = seen(profile, "Social mobility fell.", "Social mobility rose.")
    assert list(propose(profile, MOBILITY, out, seen(profile, "Social mobility is ours."))) == []
    apart = seen(profile, "It was social. Mobility fell one.", "It was social. Mobility fell two.")
    (proposal,) = propose(profile, MOBILITY, apart, seen(profile, "Mobility aids."))
    assert proposal.words == ("mobility fell",)


def test_one_exclusion_proves_nothing() -> None:
    profile = of(MOBILITY)
    assert list(propose(profile, MOBILITY, seen(profile, "Social mobility fell."), [])) == []


def test_a_guard_where_no_blocker_helps() -> None:
    profile = of(MOBILITY)
    out = seen(profile, "Mobility, they played.", "Old mobility; a song")
    kept = seen(profile, "Mobility for wheelchair users.", "Wheelchair and mobility.", "Mobility or a wheelchair.")
    (proposal,) = propose(profile, MOBILITY, out, kept)
    assert (proposal.key, proposal.words) == ("only_with", ("wheelchair",))
    assert proposal.line == "only_with: {any: [wheelchair], within: 30 words}"
    assert proposal.applied(profile).terms[0].only_with == Guard(("wheelchair",))


def test_of_no_article_at_all_nothing_is_said():
    assert TermYield("benefits", "Best Start").said(0) is Word.FINE
    assert TermYield("benefits", "Best Start").said(1) is Word.DEAD
