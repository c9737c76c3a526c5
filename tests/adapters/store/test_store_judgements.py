"""Judgements in the store: nothing lost, one for each agreement and article."""

import json
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from store_samples import A_DAY, AGREEMENT, MORNING, article, judgement, verdict

from monitor.adapters.store.judgement_json import dumps, loads
from monitor.core.article import Evidence, Field
from monitor.core.fault import Fault
from monitor.core.match import (
    AliasHit,
    Finding,
    Hit,
    Judgement,
    Outcome,
    Reason,
    Rejected,
    Rule,
    Span,
    Standing,
    Verdict,
)
from monitor.errors import StoreError

words = st.text(max_size=12)
positions = st.integers(0, 10**9)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


def built(kind, **parts):
    """Values of a type of the core in all its fields: a field that is new there must be stored here too."""
    assert set(parts) == ({f.name for f in fields(kind)} if is_dataclass(kind) else set(kind.__struct_fields__))
    return st.builds(kind, **parts)


def tuples(of, most=3, **options):
    return st.lists(of, max_size=most, **options).map(tuple)


evidence = st.dictionaries(words.filter(lambda name: name != "holds"), json_values, max_size=3)
spans = built(Span, field=st.sampled_from(Field), start=positions, end=positions, text=words)
hits = built(Hit, term=words, span=spans, derived=st.booleans())
rejected = built(Rejected, hit=hits, reason=st.sampled_from(Reason), detail=words)
findings = built(Finding, rule=st.sampled_from(Rule), holds=st.booleans(), evidence=evidence)
faults = built(
    Fault,
    where=words,
    what=words,
    remedy=words,
    line=st.none() | positions,
    field=words,
    on_page=st.just(""),  # a judgement's fault is about an article, which no page mends
)
verdicts = built(
    Verdict,
    section=words,
    outcome=st.sampled_from(Outcome),
    decided_by=words,
    findings=tuples(findings, 5, unique_by=lambda f: f.rule),
    hits=tuples(hits),
    rejected=tuples(rejected, 2),
    standing=built(Standing, headline=st.booleans(), lead=st.booleans(), hits=positions),
)
judgements = built(
    Judgement,
    url=words,
    primary=st.none() | words,
    also=tuples(words),
    verdicts=tuples(verdicts),
    evidence=st.sampled_from(Evidence),
    recategorised=st.none() | words,
    aliases=tuples(built(AliasHit, section=words, alias=words, hit=hits), 2),
    faults=tuples(faults, 2),
)


@given(judgements)
def test_json_says_all_of_a_judgement(said):
    text = dumps(said)
    if text is None:
        assert said == Judgement(said.url, said.primary, evidence=said.evidence)
    else:
        assert loads(text) == said
        assert dumps(loads(text)) == text


@given(st.lists(judgements, min_size=1, max_size=3))
def test_what_was_stored_in_the_first_form_can_be_read(said):
    for one in said:
        line = json.dumps(one.to_json())
        assert loads(line) == one
        assert json.dumps(loads(line).to_json()) == line


def test_what_was_stored_before_the_core_said_more_can_be_read():
    old = judgement(article(), verdict())
    said = old.to_json()
    del said["aliases"]
    for section in said["sections"]:
        del section["standing"]
    assert loads(json.dumps(said)) == old


@pytest.fixture
def stored(store):
    articles = [article(n) for n in range(6)]
    store.add_articles("s", [(a.url, a) for a in articles])
    return articles


def save(store, *pairs, agreement=AGREEMENT, fingerprint="f1", at=MORNING):
    store.save_judgements(agreement, fingerprint, [(a.id, said) for a, said in pairs], at)


def test_a_judgement_comes_back_as_it_was(store, stored):
    said = Judgement(
        url=stored[0].url,
        primary="benefits",
        also=("ministerial",),
        verdicts=(
            verdict("ministerial"),
            Verdict(
                "benefits",
                Outcome.NEAR_MISS,
                "context",
                (Finding(Rule.SOURCE, True), Finding(Rule.CONTEXT, False, {"nearest": None, "distance": 61})),
                (Hit("Child Payment", Span(Field.BODY, 3, 16, "Child\u00a0Payment \x00"), derived=True),),
                (Rejected(Hit("DLA", Span(Field.STANDFIRST, 0, 3, "DLA")), Reason.BLOCKER, "DLA Piper"),),
            ),
        ),
        evidence=Evidence.SUMMARY,
        recategorised="A Writer",
        faults=(Fault("line 3", "unknown outlet", "add it", 3, "outlet"),),
    )
    save(store, (stored[0], said))
    assert store.judgement(AGREEMENT, stored[0].id) == said


@pytest.mark.parametrize("evidence", Evidence)
def test_an_article_without_terms_is_judged_too(store, stored, evidence):
    said = Judgement(stored[0].url, None, evidence=evidence)
    save(store, (stored[0], said))
    assert store.judgement(AGREEMENT, stored[0].id) == said


def test_what_was_never_judged_is_none_and_left_out(store, stored):
    save(store, (stored[0], judgement(stored[0])))
    assert store.judgement(AGREEMENT, stored[1].id) is None
    assert store.judgement("other", stored[0].id) is None
    assert list(store.judgements(AGREEMENT, [a.id for a in stored] + ["nobody"])) == [stored[0].id]
    assert store.judgements(AGREEMENT, []) == {}


def test_saving_again_replaces(store, stored):
    a = stored[0]
    save(store, (a, judgement(a, verdict("benefits"), verdict("ministerial"))))
    latest = judgement(a, verdict("ministerial", Outcome.IN, "Minister"))
    for _ in range(2):
        save(store, (a, latest), fingerprint="f2", at=MORNING + A_DAY)
    assert store.judgement(AGREEMENT, a.id) == latest


def test_agreements_judge_apart(store, stored):
    a = stored[0]
    save(store, (a, judgement(a, verdict("benefits"))))
    save(store, (a, judgement(a)), agreement="other")
    assert store.judgement(AGREEMENT, a.id).primary == "benefits"
    assert store.judgement("other", a.id).primary is None


def test_a_judgement_of_no_article_is_refused_and_nothing_stored(store, stored):
    with pytest.raises(StoreError):
        save(store, (stored[0], judgement(stored[0])), (article(99), judgement(article(99))))
    assert store.judgement(AGREEMENT, stored[0].id) is None


def test_thousands_at_once(store):
    articles = [article(n) for n in range(1_700)]
    store.add_articles("s", [(a.url, a) for a in articles])
    said = {a.id: judgement(a, verdict()) if n % 3 == 0 else judgement(a) for n, a in enumerate(articles)}
    store.save_judgements(AGREEMENT, "f", said.items(), MORNING)
    assert store.judgements(AGREEMENT, said) == said


class TestUnjudged:
    def test_the_oldest_come_first_and_no_more_than_asked(self, store, stored):
        assert [a.id for a in store.unjudged(AGREEMENT, 4)] == [a.id for a in stored[:4]]

    def test_until_none_is_left(self, store, stored):
        rounds = 0
        while batch := store.unjudged(AGREEMENT, 4):
            save(store, *((a, judgement(a)) for a in batch))
            rounds += 1
        assert rounds == 2
        assert store.unjudged("other", 10) == stored

    def test_what_was_not_saved_comes_again(self, store, stored):
        store.unjudged(AGREEMENT, 4)
        save(store, (stored[1], judgement(stored[1])))
        assert [a.id for a in store.unjudged(AGREEMENT, 10)] == [a.id for n, a in enumerate(stored) if n != 1]

    def test_an_older_article_that_arrives_late_is_not_forgotten(self, store, stored):
        for a in store.unjudged(AGREEMENT, 10):
            save(store, (a, judgement(a)))
        assert store.unjudged(AGREEMENT, 10) == []
        old, today = article(50, minutes=-5_000_000), max(a.first_seen for a in stored)
        store.add_articles("s", [("old", old)], stored_at=today)
        assert store.unjudged(AGREEMENT, 10) == [old]
        newer = article(51, minutes=5_000)
        store.add_articles("s", [("newer", newer)])
        assert store.unjudged(AGREEMENT, 10) == [old, newer]
        save(store, (old, judgement(old)))
        assert store.unjudged(AGREEMENT, 10) == [newer]

    def test_a_look_reads_what_was_stored_lately_and_not_the_record(self, store, stored):
        """However much there is: every statement of it searches by an index, and none from its beginning."""
        for a in store.unjudged(AGREEMENT, 10):
            save(store, (a, judgement(a)))
        assert store.unjudged(AGREEMENT, 10) == []
        asked = []
        event.listen(
            store._db.engine, "before_cursor_execute", lambda c, cur, sql, given, *_: asked.append((sql, given))
        )
        assert store.unjudged(AGREEMENT, 10) == []
        assert len(asked) >= 3
        if store._db.engine.dialect.name != "sqlite":
            return  # asked about a few rows, PostgreSQL looks through them
        with store._db.engine.connect() as c:
            plans = [c.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given).all() for sql, given in tuple(asked)]
        steps = [row.detail for plan in plans for row in plan]
        assert [s for s in steps if "articles" in s and "stored_at" not in s] == []
        assert sum("(stored_at>?)" in s or "stored_at,id)>" in s for s in steps) == 2, steps

    def test_every_text_of_an_edited_article_is_judged(self, store, stored):
        edited = article(0, minutes=100, body="Changed.")
        store.add_articles("s", [("0", edited)])
        assert store.unjudged(AGREEMENT, 10) == [*stored, edited]
