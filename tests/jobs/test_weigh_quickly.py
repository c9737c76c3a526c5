"""What terms brought, from counts that lie ready: the same as the weighing, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from memory_archive import Quiet

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.curation import Act, Curation
from monitor.core.edition import Edition, EditionItem, ItemState, Mail, Window
from monitor.core.lint import Weight, lint_yields
from monitor.core.profile import Profile, Term
from monitor.core.source import Sources
from monitor.core.term_yield import Word
from monitor.jobs.match import match
from monitor.jobs.weigh_terms import weigh_quickly, weigh_terms

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
WEEK = (MONDAY, MONDAY + timedelta(days=7))
MONTH = (MONDAY, MONDAY + timedelta(days=30))
TERMS = ("Universal Credit", "Foyso Sample", "Otter Payment", "Heron Payment")
AGREEMENT = Agreement("a", "client", "name", (Profile("o", "O", terms=tuple(map(Term, TERMS))),))


def article(number: int, headline: str) -> Article:
    return Article(f"https://x.example/{number}", headline, first_seen=MONDAY + timedelta(hours=number))


def alone(one: Article) -> set[str]:
    return {one.line}


def weighed(store, *headlines: str):
    found = [article(n, headline) for n, headline in enumerate(headlines)]
    store.add_articles("s", [(a.url, a) for a in found])
    match(AGREEMENT, Sources.of([]), store, lambda: MONDAY, Quiet())
    return found


def test_it_says_what_the_weighing_says(store):
    found = weighed(store, *["Universal Credit rises"] * 12, "Foysol Sample speaks", "Rain")
    for one in found[:5]:
        store.curate(Curation(Act.EXCLUDE, "a", "morning", "", one.line, "E", "not ours", MONDAY))
    quick = weigh_quickly(AGREEMENT, store, *WEEK, alone)
    assert quick == weigh_terms(AGREEMENT, store, *WEEK, Quiet(), alone)
    assert quick.looked_at == 14
    assert [y.said(14) for y in quick.yields] == [Word.NOISY, Word.DEAD, Word.DEAD, Word.DEAD]
    assert weigh_quickly(AGREEMENT, store, WEEK[1], WEEK[1] + timedelta(days=7), alone).looked_at == 0


def test_copies_that_went_with_an_excluded_story_were_not_kept(store):
    """As the edition says that left it out; before there is one, as their texts say."""
    told, copy, fresh, its_copy, other = weighed(store, *["Universal Credit rises"] * 5)
    window = Window(MONDAY, MONDAY + timedelta(hours=2))
    edition = Edition("a/morning/1", "a", "morning", window, MONDAY, "f", Mail("subject", "text", "<p>"), "{}")
    items = [EditionItem(one.id, "o", ItemState.EXCLUDED, told.line) for one in (told, copy)]
    store.make_edition(edition, [*items, EditionItem(other.id, "o", ItemState.SHOWN, other.line)], [])
    for one in (told, fresh):
        store.curate(Curation(Act.EXCLUDE, "a", "morning", "", one.line, "E", "not ours", MONDAY))

    def lines_of(one: Article) -> set[str]:
        assert one.line == fresh.line, "the edition says it of the other"
        return {fresh.line, its_copy.line}

    quick = weigh_quickly(AGREEMENT, store, *WEEK, lines_of)
    assert quick == weigh_terms(AGREEMENT, store, *WEEK, Quiet(), lines_of)
    assert [(y.kept, y.excluded) for y in quick.yields if y.stood] == [(1, 4)]


def test_the_weekly_check_names_the_noisy_the_misspelt_and_the_dead_of_each_section(store):
    found = weighed(store, *["Universal Credit rises"] * 12, "Foysol Sample speaks", "Rain")
    for one in found[:5]:
        store.curate(Curation(Act.EXCLUDE, "a", "morning", "", one.line, "E", "not ours", MONDAY))
    advice = list(lint_yields(weigh_quickly(AGREEMENT, store, *MONTH, alone)))
    assert {one.weight for one in advice} == {Weight.CHECK}
    assert [str(one) for one in advice] == [
        "o: Universal Credit: 5 of 12 were not wanted: monitor profiles proposals, or narrow it with `only_with`",
        "o: Foyso Sample: had no hit, and “Foysol Sample” (1) stood in articles: is that what is meant? "
        "Then add it to `match`",
        "o: 2 of its terms had no hit in 14 articles: Otter Payment, Heron Payment (ask the client whether "
        "they are needed, in the next contract review: monitor profiles yield)",
    ]


def test_in_the_first_weeks_no_term_is_called_dead(store):
    """However long a stretch is asked for: what counts is how far back the articles go."""
    weighed(store, "Foysol Sample speaks", "Rain")
    report = weigh_quickly(AGREEMENT, store, MONDAY - timedelta(days=300), WEEK[1], alone)
    assert [report.said(one) for one in report.yields] == [Word.FINE, Word.DEAD, Word.FINE, Word.FINE]
    misspelt, short = lint_yields(report)
    assert misspelt.term == "Foyso Sample", "another spelling stands there: that is no matter of time"
    assert (short.weight, str(short)) == (
        Weight.CHECK,
        "all sections: 3 terms had no hit yet: the record is too short to call them dead "
        "(that takes 28 days of articles)",
    )


def test_before_anything_is_judged_nothing_is_said(store):
    assert list(lint_yields(weigh_quickly(AGREEMENT, store, *WEEK, alone))) == []
