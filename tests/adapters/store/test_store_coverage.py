"""Coverage: each field of the question, alone and together."""

from collections import Counter
from datetime import timedelta
from itertools import islice

import pytest
from store_samples import AGREEMENT, DIGEST, MORNING, article, edition, item, judgement, verdict

from monitor.adapters.store import coverage
from monitor.core.coverage import CoverageQuestion
from monitor.core.dates import LONDON
from monitor.core.edition import ItemState
from monitor.core.match import Outcome

A = article(0, headline="Carer’s Allowance: new ‘Càrer’ payment", body="", outlet="herald")
B = article(1, headline="Straße closed for taxi rank", standfirst="Low-income drivers", body="", outlet="bbc")
C = article(2, headline="Quiet day", standfirst="", body="The Universal\nCredit deadline, £1,250.", outlet="bbc")
D = article(3, headline="Nothing to see")
E = article(4, headline="No section took this")
SAID = {
    A.id: judgement(
        A,
        verdict("benefits", Outcome.IN, "Carer's Allowance", "payment"),
        verdict("ministerial", Outcome.NEAR_MISS),
    ),
    B.id: judgement(B, verdict("ministerial", Outcome.IN, "payment")),
    C.id: judgement(
        C, verdict("benefits", Outcome.NEAR_MISS, "Universal Credit"), verdict("poverty", Outcome.IN, "Credit")
    ),
    D.id: judgement(D),
    E.id: judgement(E, verdict("benefits", Outcome.OUT)),
}
ALL_IN = [(A.id, "benefits"), (B.id, "ministerial"), (C.id, "poverty")]


@pytest.fixture(autouse=True)
def judged(store):
    store.add_articles("s", [(a.url, a) for a in (E, D, C, B, A)])
    store.save_judgements(AGREEMENT, "f1", SAID.items(), MORNING)
    return store


def ask(store, **question):
    return [
        (row.article.id, row.verdict.section) for row in store.coverage(CoverageQuestion(AGREEMENT, **question))
    ]


def test_all_that_is_in_with_its_proof_in_order(store):
    rows = list(store.coverage(CoverageQuestion(AGREEMENT)))
    assert [(r.article.id, r.verdict.section) for r in rows] == ALL_IN
    assert [r.article for r in rows] == [A, B, C]
    assert all(r.verdict == SAID[r.article.id].verdict(r.verdict.section) for r in rows)
    assert {r.fingerprint for r in rows} == {"f1"}
    assert {r.editions for r in rows} == {()}


def test_near_misses_only_when_asked_and_what_is_out_never(store):
    near = [(A.id, "ministerial"), (C.id, "benefits")]
    assert ask(store, near_misses=True) == sorted(ALL_IN + near, key=lambda r: (list(SAID).index(r[0]), r[1]))


def test_the_names_that_something_was_found_under(store):
    sections = {row.verdict.section for row in store.coverage(CoverageQuestion(AGREEMENT, near_misses=True))}
    outlets = {row.article.outlet for row in store.coverage(CoverageQuestion(AGREEMENT, near_misses=True))}
    found = store.names_found(AGREEMENT)
    assert sections
    assert sections | outlets <= found
    assert not sections & store.names_found("another")


def test_another_agreement_has_none(store):
    assert list(store.coverage(CoverageQuestion("other"))) == []


def test_a_window_is_half_open(store):
    minute = timedelta(minutes=1)
    assert ask(store, since=MORNING + minute, until=MORNING + 2 * minute) == ALL_IN[1:2]
    assert ask(store, since=MORNING + minute) == ALL_IN[1:]
    assert ask(store, until=MORNING + minute) == ALL_IN[:1]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"sections": ("benefits",)}, [0]),
        ({"sections": ("poverty", "benefits", "nowhere")}, [0, 2]),
        ({"outlets": ("bbc",)}, [1, 2]),
        ({"terms": ("payment",)}, [0, 1]),
        ({"terms": ("Credit", "Carer's Allowance")}, [0, 2]),
        ({"terms": ("Universal Credit",)}, []),
        ({"terms": ("payment",), "outlets": ("bbc",)}, [1]),
        ({"terms": ("payment",), "sections": ("poverty",)}, []),
    ],
)
def test_sections_outlets_terms(store, question, found):
    assert ask(store, **question) == [ALL_IN[n] for n in found]


def test_a_near_miss_is_found_by_its_term(store):
    assert ask(store, terms=("Universal Credit",), near_misses=True) == [(C.id, "benefits")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("carers ALLOWANCE", [0]),
        ("Carer's", [0]),
        ("“carer”", [0]),
        ("allowance carers", [0]),
        ("strasse", [1]),
        ("tax", []),
        ("low-income", [1]),
        ("income low taxi", [1]),
        ("universal credit", [2]),
        ("250", [2]),
        ("universal carers", []),
        ("nothing", []),
        ('"', []),
        ("NOT carers", []),
        ("carers OR", []),
        ("allow*", []),
        ("' OR 1=1 --", []),
        ("quiet\x00day", [2]),
        ("  ", [0, 1, 2]),
    ],
)
def test_text_is_whole_words_all_of_them_in_any_order(store, text, found):
    assert ask(store, text=text) == [ALL_IN[n] for n in found]


def test_words_longer_than_any_index_takes(store):
    odd = article(7, headline="x" * 50_000, body="𝕬" * 9_000 + " " + "好" * 9_000)
    store.add_articles("s", [("odd", odd)])
    store.save_judgements(
        AGREEMENT, "f", [(odd.id, judgement(odd, verdict("benefits", Outcome.IN, "t" * 9_000)))], MORNING
    )
    assert ask(store, text="x" * 50_000) == [(odd.id, "benefits")]
    assert ask(store, terms=("t" * 9_000,)) == [(odd.id, "benefits")]
    assert ask(store, terms=("t" * 9_001,)) == []


def test_a_judgement_in_place_of_another_leaves_nothing_of_it(store):
    store.save_judgements(AGREEMENT, "f2", [(A.id, judgement(A, verdict("poverty", Outcome.IN, "new")))], MORNING)
    assert ask(store, outlets=("herald",)) == [(A.id, "poverty")]
    assert ask(store, terms=("payment",)) == [ALL_IN[1]]
    assert [r.fingerprint for r in store.coverage(CoverageQuestion(AGREEMENT, terms=("new",)))] == ["f2"]


def test_every_text_that_matched_is_a_row(store):
    edited = article(0, minutes=5, headline="Changed", outlet="herald")
    store.add_articles("s", [("a", edited)])
    store.save_judgements(AGREEMENT, "f1", [(edited.id, judgement(edited, verdict()))], MORNING)
    assert ask(store, outlets=("herald",)) == [(A.id, "benefits"), (edited.id, "benefits")]


def test_the_editions_that_showed_it(store):
    items = [item(A), item(B, ItemState.HELD), item(C, ItemState.COPY)]
    store.make_edition(edition(2), items[:1], [])
    store.make_edition(edition(1), items, [])
    store.make_edition(edition(1, digest="evening"), items[:1], [])
    store.make_edition(edition(1, agreement="other"), items, [])
    rows = list(store.coverage(CoverageQuestion(AGREEMENT)))
    shown = {r.article.id: tuple(s.edition for s in r.editions) for r in rows}
    assert {s.section for r in rows for s in r.editions} == {items[0].section}
    evening, first, second = edition(1, digest="evening").id, edition(1).id, edition(2).id
    assert shown == {A.id: (evening, first, second), B.id: (), C.id: (first,)}
    assert DIGEST in first


def test_a_long_answer_comes_whole_and_may_be_left_half_read(store, monkeypatch):
    monkeypatch.setattr(coverage, "PAGE", 7)
    many = [article(n, minutes=n // 5) for n in range(100, 140)]
    store.add_articles("s", [(a.url, a) for a in many])
    both = [(a.id, judgement(a, verdict("benefits"), verdict("poverty"))) for a in many]
    store.save_judgements(AGREEMENT, "f1", both, MORNING)
    rows = ask(store)
    assert len(rows) == len(set(rows)) == 83
    where = [
        (r.article.first_seen, r.article.id, r.verdict.section)
        for r in store.coverage(CoverageQuestion(AGREEMENT))
    ]
    assert where == sorted(where)
    assert len(list(islice(store.coverage(CoverageQuestion(AGREEMENT)), 10))) == 10
    store.save_judgements(AGREEMENT, "f2", both, MORNING)


# --------------------------------------------------------------- in numbers


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"near_misses": True},
        {"sections": ("benefits",)},
        {"terms": ("payment",)},
        {"terms": ("payment", "Credit"), "near_misses": True},
        {"outlets": ("bbc",), "until": MORNING + timedelta(minutes=2)},
        {"text": "payment"},
        {"sections": ("none",)},
    ],
    ids=str,
)
def test_counts_are_those_of_the_rows(store, asked):
    question = CoverageQuestion(AGREEMENT, **asked)
    rows, counts = list(store.coverage(question)), store.coverage_counts(question)
    terms = {(row.article.id, hit.term) for row in rows for hit in row.verdict.hits}
    seen = {row.article.id: row.article for row in rows}.values()
    assert (counts.rows, counts.articles) == (len(rows), len(seen))
    assert dict(counts.sections) == Counter(row.verdict.section for row in rows)
    assert dict(counts.outlets) == Counter(a.outlet for a in seen)
    assert dict(counts.terms) == Counter(term for _, term in terms)
    assert dict(counts.days) == Counter(a.first_seen.astimezone(LONDON).date() for a in seen)
    assert [n for _, n in counts.terms] == sorted((n for _, n in counts.terms), reverse=True)
