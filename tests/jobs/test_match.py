"""Matching what is stored, on both databases, and articles judged together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from breaking import Unreadable

from monitor.adapters.cluster import copies
from monitor.app import Unseen
from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.profile import PlaceList, PlaceRule, Profile, SignificanceRule, SourceRule, Term
from monitor.core.source import Outlet, Sources
from monitor.jobs import match as job
from monitor.jobs.explain import Asked, Explainer, explain_given, explain_stored
from monitor.jobs.match import judge_together, match

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
SOURCES = Sources.of([Outlet(i, i, f"owner of {i}", "Scotland", 2) for i in ("herald", "scotsman", "stv")])
PROFILE = Profile(
    "s", "S", terms=(Term("tax"),), significance=SignificanceRule(2, 2), sources=SourceRule(any_monitored=True)
)
AGREEMENT = Agreement("a", "client", "name", (PROFILE,), fingerprint="f1")
LONG = "Tax rises. " + " ".join(f"word{n}" for n in range(60))


def article(number, outlet="herald", body=LONG, headline="Tax"):
    url = f"https://{outlet}.example/{number}"
    return Article(url, headline, body=body, outlet=outlet, first_seen=NOW + timedelta(minutes=number))


def run(store):
    return match(AGREEMENT, SOURCES, store, lambda: NOW, Unseen())


def test_everything_is_judged_once_in_batches(store, monkeypatch):
    monkeypatch.setattr(job, "BATCH", 3)
    articles = [article(n, body=f"tax {n}") for n in range(7)] + [article(8, headline="Rain", body="rain")]
    store.add_articles("herald", [(a.id, a) for a in articles])
    report = run(store)
    assert (report.judged, report.matched, report.near_misses) == (8, 7, 0)
    assert run(store).judged == 0
    assert store.judgement("a", articles[0].id).primary == "s"


def test_a_text_that_arrives_later_is_judged_again(store):
    summary = replace(article(1, headline="Rain", body=""), standfirst="A short summary")
    store.add_articles("herald", [("k", summary)])
    run(store)
    full = replace(summary, body=LONG, first_seen=NOW + timedelta(hours=1))
    store.add_articles("herald", [("k", full)])
    assert run(store).judged == 1
    assert store.judgement("a", summary.id).primary is None
    assert store.judgement("a", full.id).primary == "s"


class Handed:
    """An archive that hands out articles once, whatever they are, and keeps what is said of them."""

    def __init__(self, *articles):
        self.waiting, self.said = list(articles), {}

    def unjudged(self, _agreement, limit):
        batch, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return batch

    def save_judgements(self, _agreement, _fingerprint, judged, _at):
        self.said |= dict(judged)


def test_an_article_that_breaks_the_matcher_costs_itself_and_no_other():
    broken = Unreadable("https://herald.example/broken", "Tax", outlet="herald", first_seen=NOW)
    unknown = replace(article(3, outlet="nobody"), outlet="nobody")
    archive = Handed(article(1), broken, article(2), unknown)
    report = match(AGREEMENT, SOURCES, archive, lambda: NOW, Unseen())
    assert (report.judged, report.matched, report.provisional) == (4, 3, 1)
    assert [f.what for f in report.faults] == [
        "cannot be judged: RuntimeError: no such text",
        "no outlet 'nobody' is known",
    ]
    assert archive.said[article(2).id].primary == "s"
    assert archive.said[broken.id].faults == report.faults[:1]


def test_an_outlet_in_a_file_with_faults_is_told_with_its_file():
    known = replace(SOURCES, unread={"fine": "sources/more.yaml"})
    (one, other) = judge_together([article(1, "fine"), article(2, "nobody")], AGREEMENT, known, copies).judgements
    assert [f"{f.what} ({f.remedy})" for f in one.faults] == [
        "the outlet 'fine' stands in sources/more.yaml, which has faults"
        " (judged without source, area and tier; mend the faults of that file)"
    ]
    assert [f.what for f in other.faults] == ["no outlet 'nobody' is known"]


def test_articles_judged_together_make_stories_and_significance():
    three = [article(n, outlet) for n, outlet in enumerate(("herald", "scotsman", "stv"))]
    judged = judge_together(three, AGREEMENT, SOURCES, copies)
    assert [j.primary for j in judged.judgements] == ["s", "s", "s"]
    assert len(judged.stories) == 1
    alone = judge_together(three[:1], AGREEMENT, SOURCES, copies)
    assert alone.judgements[0].primary is None
    assert alone.judgements[0].verdicts[0].decided_by == "significance"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://herald.example/uk-news/1", "https://herald.example/UK-news/1"),
        ("https://herald.example/a", "https://herald.example/a/"),
        ("https://herald.example/a", "http://www.herald.example/a"),
        ("https://herald.example/a", "https://herald.example/a#x"),
        ("https://herald.example/a", "https://herald.example/a"),
    ],
)
@pytest.mark.parametrize("body", ["Grid Board", LONG])
def test_the_same_words_at_two_forms_of_one_address_are_one_story_and_each_has_its_own_answer(one, other, body):
    rule = PlaceRule(PlaceList("scotland", area="Scotland", wire_paths=("/uk-news/",)))
    profile = replace(PROFILE, terms=(Term("tax"), Term("Grid Board")), significance=None, place=(rule,))
    agreement = replace(AGREEMENT, profiles=(profile,))
    both = [Article(url, "Tax", body=body, outlet="herald") for url in (one, other)]
    judged = judge_together(both, agreement, SOURCES, copies)
    alone = [judge_together([a], agreement, SOURCES, copies).judgements[0] for a in both]
    assert [j.url for j in judged.judgements] == [one, other]
    assert [j.to_json() for j in judged.judgements] == [j.to_json() for j in alone]
    assert [[a.url for a in s.articles] for s in judged.stories] == [[one, other]]


def explained(one, store):
    return explain_stored(one, Explainer(store, AGREEMENT, SOURCES, copies, lambda: NOW), Asked())


def test_a_stored_article_is_explained_among_what_was_seen_around_it(store):
    articles = [article(n, outlet) for n, outlet in enumerate(("herald", "scotsman", "stv"))]
    store.add_articles("x", [(a.id, a) for a in articles])
    run(store)
    found = explained(articles[0], store)
    assert (found.judgement.primary, len(found.copies), found.fates) == ("s", 2, ())
    given = explain_given(articles[0], AGREEMENT, SOURCES)
    assert (given.judgement.primary, given.stored) == (None, False)


def test_the_same_input_gives_the_same_bytes_stored_and_together(store):
    one = article(1)
    store.add_articles("x", [(one.id, one)])
    run(store)
    stored = explained(one, store).judgement.to_json()
    assert stored == judge_together([one], AGREEMENT, SOURCES, copies).judgements[0].to_json()
