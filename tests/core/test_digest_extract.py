"""Extracts: whole sentences where they fit, words where they do not, and never a mark that is not a span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.digest import Mark
from monitor.core.digest.extract import extract
from monitor.core.digest.words import line, shortened, shown
from monitor.core.match import Finding, Hit, Outcome, Rule, Span, Verdict
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import ContextRule, ContextWord, Profile, SourceRule, Term
from monitor.core.source import Sources

PROFILE = Profile(
    "s",
    "S",
    terms=(Term("Universal Credit"), Term("Shirley-Anne Example")),
    context=(ContextRule((ContextWord("tax"),)),),
    sources=SourceRule(any_monitored=True),
)
MATCHER = Matcher(Agreement("a", "c", "n", (PROFILE,)), Sources())


def cut(limit: int = 200, **fields: str):
    article = Article("u", **fields)
    return extract(article, MATCHER.judge(article).verdict("s"), limit)


def text(pieces) -> str:
    return "".join(p.text for p in pieces)


def marks(pieces, mark: Mark = Mark.TERM) -> list[str]:
    return [p.text for p in pieces if p.mark is mark]


def verdict(*hits: Hit, findings: tuple[Finding, ...] = ()) -> Verdict:
    return Verdict("s", Outcome.IN, "all", findings, hits)


def hit(field: Field, start: int, text_: str, *, derived: bool = False) -> Hit:
    return Hit("T", Span(field, start, start + len(text_), text_), derived)


# --------------------------------------------------------------- which sentence


def test_a_standfirst_with_a_term_goes_before_the_body():
    found = cut(standfirst="Universal Credit rises.", body="Universal Credit is paid to many.")
    assert text(found) == "Universal Credit rises."
    assert marks(found) == ["Universal Credit"]


def test_the_sentence_of_the_hit_is_cut_out_whole():
    found = cut(
        60, body="It rained. Then Universal Credit rose again. After that the river rose, and the bridge closed."
    )
    assert text(found) == "Then Universal Credit rose again."


def test_sentences_that_follow_are_taken_while_they_fit():
    found = cut(100, body="It rained. Universal Credit rose. Few noticed. " + "Nobody minded at all. " * 9)
    assert text(found) == "Universal Credit rose. Few noticed. Nobody minded at all. Nobody minded at all."


def test_a_sentence_with_its_context_word_is_better_than_the_first():
    found = cut(
        70, body="Universal Credit was there. It rained for days. The tax on Universal Credit rose on Monday."
    )
    assert text(found) == "The tax on Universal Credit rose on Monday."
    assert marks(found, Mark.CONTEXT) == ["tax"]


def test_a_hit_in_the_headline_alone_shows_how_the_article_begins():
    assert text(cut(headline="Universal Credit", standfirst="It rained.", body="For days.")) == "It rained."
    assert text(cut(headline="Universal Credit", body="For days it rained.")) == "For days it rained."
    assert cut(headline="Universal Credit") == ()


def test_the_opening_quotation_mark_belongs_to_the_sentence():
    found = cut(40, body="It rained for days. “Universal Credit is late,” she said. “Again.”")
    assert text(found) == "“Universal Credit is late,” she said."


# --------------------------------------------------------------- rights


def test_rights_of_none_give_no_extract():
    assert cut(0, body="Universal Credit rose.") == ()


@given(st.integers(0, 400))
def test_never_more_of_the_outlets_characters_than_its_rights(limit):
    body = (
        "Before that, "
        + "many long words went by " * 9
        + "until Universal Credit and a tax "
        + "came along again " * 9
    )
    found = cut(limit, body=body + ".")
    shown_of_it = text(found).removeprefix("… ").removesuffix(" …")
    assert len(shown_of_it) <= limit
    assert shown_of_it in body
    assert not shown_of_it or body[body.index(shown_of_it) - 1 : body.index(shown_of_it)] in ("", " ")
    if len(shown_of_it) > 40:
        assert "Universal Credit" in marks(found)


def test_a_long_sentence_is_cut_between_words_and_says_so():
    found = cut(60, body="word " * 40 + "Universal Credit " + "word " * 40 + ".")
    assert text(found).startswith("… word")
    assert text(found).endswith("word …")
    assert marks(found) == ["Universal Credit"]


def test_an_end_at_a_full_stop_has_no_ellipsis():
    assert not text(cut(30, body="Universal Credit rose. " + "x" * 300)).endswith("…")


# --------------------------------------------------------------- marks


def test_marks_are_spans_and_never_a_search():
    """The words stand there three times; only one place is a hit."""
    article = Article("u", body="Tax is not tax, and no tax is.")
    found = extract(article, verdict(hit(Field.BODY, 11, "tax")), 200)
    assert [(p.text, p.mark) for p in found] == [
        ("Tax is not ", Mark.NONE),
        ("tax", Mark.TERM),
        (", and no tax is.", Mark.NONE),
    ]


def test_a_span_that_does_not_cut_its_text_is_not_marked():
    article = Article("u", body="The text was changed since.")
    stale = verdict(hit(Field.BODY, 4, "Universal Credit"), findings=(evidence("body", 0, 3, "Tax"),))
    assert [p.mark for p in extract(article, stale, 200)] == [Mark.NONE]


def evidence(field: str, start: int, end: int, text_: str, holds: bool = True) -> Finding:
    return Finding(Rule.CONTEXT, holds, {"field": field, "start": start, "end": end, "text": text_})


def test_a_context_word_inside_a_term_is_the_terms():
    article = Article("u", body="Universal Credit rose.")
    found = extract(
        article,
        verdict(hit(Field.BODY, 0, "Universal Credit"), findings=(evidence("body", 10, 16, "Credit"),)),
        99,
    )
    assert [(p.text, p.mark) for p in found] == [("Universal Credit", Mark.TERM), (" rose.", Mark.NONE)]


def test_each_context_rule_is_marked_when_there_are_several():
    article = Article("u", body="A rose, a tax and a thorn.")
    several: list = [
        {"holds": True, **evidence("body", a, b, article.body[a:b]).evidence} for a, b in ((10, 13), (20, 25))
    ]
    finding = Finding(Rule.CONTEXT, True, {"all": several})
    found = extract(article, verdict(hit(Field.BODY, 2, "rose"), findings=(finding,)), 99)
    assert marks(found, Mark.CONTEXT) == ["tax", "thorn"]


def test_what_failed_is_not_marked():
    article = Article("u", body="A rose and a tax.")
    failed = verdict(hit(Field.BODY, 2, "rose"), findings=(evidence("body", 13, 16, "tax", holds=False),))
    assert marks(extract(article, failed, 99), Mark.CONTEXT) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"field": "byline", "start": 0, "end": 1},
        {"field": "body", "start": "0", "end": 1},
        {"field": "body", "start": 3, "end": 2},
        {"field": "body", "start": -2, "end": 2},
        {"field": "body", "start": 0, "end": 9999, "text": "x"},
        {"all": ["x"]},
    ],
)
def test_evidence_of_another_form_marks_nothing(wrong):
    found = extract(Article("u", body="A rose."), verdict(findings=(Finding(Rule.PLACE, True, wrong),)), 99)
    assert text(found) == "A rose."
    assert marks(found, Mark.CONTEXT) == []


@given(
    st.text(max_size=300),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 30)), max_size=6),
    st.integers(1, 200),
)
def test_any_text_gives_pieces_of_it_in_order(body, spans, limit):
    hits = [hit(Field.BODY, a, body[a : a + n]) for a, n in spans if body[a : a + n]]
    found = extract(Article("u", body=body), verdict(*hits), limit)
    plain = shown(body)
    at = 0
    for piece in found:
        if piece.text.strip(" …"):
            at = plain.find(piece.text.strip(), at)
            assert at >= 0


# --------------------------------------------------------------- texts as shown


@pytest.mark.parametrize(
    ("given_", "is_shown"),
    [
        ("two\n\nlines\tand  spaces", "two lines and spaces"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nul\x00 bell\x07", "nul bell"),
        ("\ud800lone", "\ufffdlone"),
        ("cafe\u0301 “it’s”", "cafe\u0301 “it’s”"),
        ("👩\u200d👧 family", "👩\u200d👧 family"),
    ],
)
def test_hidden_characters_are_dropped(given_, is_shown):
    assert line(given_) == is_shown


@given(st.text(), st.integers(3, 60))
def test_shortened_keeps_to_its_limit(text_, limit):
    assert len(shortened(text_, limit)) <= limit
