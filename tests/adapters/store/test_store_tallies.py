"""What terms brought, counted where it lies."""

from store_samples import A_DAY, AGREEMENT, MORNING, article, judgement, verdict

from monitor.core.match import Outcome
from monitor.jobs.ports import Tally

IN, NEAR = Outcome.IN, Outcome.NEAR_MISS


def stored(store, number, *verdicts, **changes):
    one = article(number, **changes)
    store.add_articles("s", [(one.url + one.headline, one)])
    store.save_judgements(AGREEMENT, "f", [(one.id, judgement(one, *verdicts))], MORNING)
    return one


def tally(store, *excluded):
    return store.tally(AGREEMENT, MORNING, MORNING + A_DAY, excluded)


def test_each_term_of_each_section_by_its_end(store):
    stored(store, 1, verdict("benefits", IN, "A", "B"), verdict("poverty", NEAR, "A"))
    last = stored(store, 2, verdict("benefits", IN, "A"))
    found = {(one.section, one.term, one.outcome): (one.articles, one.last) for one in tally(store)}
    assert found["benefits", "A", IN] == (2, last.first_seen)
    assert found["benefits", "B", IN][0] == found["poverty", "A", NEAR][0] == 1
    assert len(found) == 3


def test_what_editors_excluded_is_counted_apart(store):
    out = stored(store, 1, verdict("benefits", IN, "A"))
    kept = stored(store, 2, verdict("benefits", IN, "A"))
    before = stored(store, 3, verdict("benefits", IN, "A"), first_seen=MORNING - A_DAY)
    assert sorted(tally(store, out.line, before.line), key=lambda one: one.excluded) == [
        Tally("benefits", "A", IN, 1, kept.first_seen),
        Tally("benefits", "A", IN, 1, out.first_seen, excluded=True),
    ]


def test_two_texts_of_an_article_are_one(store):
    one = stored(store, 1, verdict("benefits", IN, "A"))
    stored(store, 1, verdict("benefits", IN, "A"), body="Another text.", minutes=9)
    assert [row.articles for row in tally(store)] == [1]
    assert one.line


def test_other_days_and_agreements_do_not_count(store):
    one = stored(store, 1, verdict("benefits", IN, "A"))
    store.save_judgements("another", "f", [(one.id, judgement(one, verdict("benefits", IN, "A")))], MORNING)
    assert [row.articles for row in tally(store)] == [1]
    assert store.tally(AGREEMENT, MORNING - A_DAY, MORNING, ()) == []


def test_the_first_that_was_judged_says_from_when_is_counted(store):
    assert store.first_judged(AGREEMENT, MORNING - A_DAY) is None
    stored(store, 1, first_seen=MORNING)
    early = stored(store, 2, first_seen=MORNING - A_DAY)
    never = article(3, first_seen=MORNING - A_DAY - A_DAY)
    store.add_articles("s", [(never.url, never)])
    assert store.first_judged(AGREEMENT, never.first_seen) == early.first_seen
    assert store.first_judged(AGREEMENT, MORNING) == MORNING
    assert store.first_judged("another", never.first_seen) is None
