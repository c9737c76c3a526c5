"""What is stored is JSON whatever a text has in it: the same compiled or not, and again when it is read."""

import pytest

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.json import texts_only
from monitor.core.match import Judgement
from monitor.core.matching import native
from monitor.core.matching.matcher import Matcher
from monitor.core.matching.panel import Panel
from monitor.core.profile import Alias, ContextRule, ContextWord, Kind, Pair, Profile, Scope, Term
from monitor.core.query.parse import parse
from monitor.core.source import Sources

BETWEEN = [
    "é €",
    "😀",
    '“quoted” "so"',
    "a\\b",
    "\x01\x0b\x1f\x7f",
    "\b\t\n\f\r",
    "half \ud800 pair",
    "\ud83d \ude00",
]


@pytest.mark.parametrize("between", BETWEEN)
def test_what_is_stored_holds_any_text(between):
    near = Pair(("poverty",), ("Glasgow",), 10)
    context = ContextRule((ContextWord("benefit"),), Scope.parse("document"))
    section = Profile("s", "S", terms=(Term("a \\ pair", near=near),), context=(context,))
    agreement = Agreement("a", "c", "n", (section,))
    article = Article("https://example.org/1", headline="A benefit", body=f"Of poverty {between} in Glasgow.")
    judgement = Matcher(agreement, Sources()).judge(article)
    (verdict,) = judgement.verdicts
    assert verdict.hits[0].span.text == texts_only(f"poverty {between} in Glasgow")
    (written,) = Panel([agreement], Sources()).written([article])
    with native.in_python():
        assert [*Panel([agreement], Sources()).written([article])] == [written]
    assert Judgement.read(written["a"]).stored() == written["a"]


def test_who_asks_for_one_article_may_ask_for_another_meanwhile():
    """The other brings in names and sections that nobody asked for before: what is half given stays what it is."""
    sections = [Profile(word, word, terms=(Term(f"{word} tax"), Term(f"{word} levy"))) for word in ("old", "new")]
    agreements = [Agreement(profile.section, "c", "n", (profile,)) for profile in sections]
    olds = [Article(f"https://example.org/{n}", body="An old tax.") for n in range(3)]
    news = Article("https://example.org/new", body="A new levy and a new tax beside an old levy.")
    expected = [*Panel(agreements, Sources()).written(olds)]
    panel = Panel(agreements, Sources())
    half_given = panel.written(olds)
    first = next(half_given)
    assert [*panel.written([news])] == [*Panel(agreements, Sources()).written([news])]
    assert [first, *half_given] == expected


def test_an_alias_is_told_where_a_query_is_asked_for_too():
    """Of each place where nothing is wrong with it by itself, in the order of the terms."""
    terms = (
        Term("Neil Gray", Kind.PERSON, aliases=(Alias("Mr Gray", approved=False),)),
        Term("quango", aliases=(Alias("board", approved=False), Alias("the body", approved=False))),
    )
    section = Profile("é", "E", terms=terms, query=parse("board NEAR/3 chairman").query)
    agreement = Agreement("a", "c", "n", (section,))
    body = (
        "😀 The board&#8217;s chairman told the body, a quango. Neil Gray, Mr Gray, Mr Gray-Smith: <b>board</b>."
    )
    articles = [Article("https://example.org/1", body=body), Article("https://example.org/2", body="The board.")]
    made = [*Panel([agreement], Sources()).written(articles)]
    with native.in_python():
        assert [*Panel([agreement], Sources()).written(articles)] == made
    first, second = (Judgement.read(found["a"]) for found in made)
    assert [(one.alias, one.hit.term, one.hit.span.text) for one in first.aliases] == [
        ("Mr Gray", "Neil Gray", "Mr Gray"),
        ("board", "quango", "board&#8217;s"),
        ("board", "quango", "board"),
        ("the body", "quango", "the body"),
    ]
    assert [alias.hit.span.text for alias in second.aliases] == ["board"]


def test_all_that_is_stored_is_written_alike():
    """Moved texts, a phrase's own punctuation, several contexts, rejects, names beyond ASCII, faults, aliases."""
    terms = (
        Term("Naïve “tax” 😀", match=("tax credit",), aliases=(Alias("credit", False), Alias("levy", False))),
        Term("(Scotland) Act"),
        Term("tax", blockers=("tax é haven",)),
        Term("quango", aliases=(Alias("board", False),), blockers=("board games",)),
    )
    contexts = (
        ContextRule((ContextWord("bénéfit"),), Scope.parse("document")),
        ContextRule((ContextWord("of"), ContextWord("nowhere")), Scope.parse("1 word")),
    )
    sections = [Profile(name, name, terms=terms, context=contexts) for name in ("é", "two")]
    agreements = [Agreement(name, "c", "n", (*sections,)) for name in ("a", "b")]
    agreements.append(Agreement("none", "c", "n", (Profile("s", "S", terms=(Term("zebra"),)),)))
    headline, standfirst = "R&amp;D <b>tax</b> credit of &#8220;x&#8221;", "The levy (Scotland) Act"
    body = "A tax credit, a <i>tax</i> é haven.\n\nThe bénéfit &amp; (Scotland) Act" + " €😀 word" * 80
    moved = Article("https://example.org/é", headline, standfirst, body, outlet="unheard-of")
    blocked = Article("https://example.org/2", body="Of a tax on board games")
    made = [*Panel(agreements, Sources()).written([moved, blocked])]
    with native.in_python():
        assert [*Panel(agreements, Sources()).written([moved, blocked])] == made
    assert [[*found] for found in made] == [["a", "b", "none"], ["a", "b"]]
    for article, found in zip((moved, blocked), made, strict=True):
        for stored in found.values():
            judgement = Judgement.read(stored)
            assert judgement.stored() == stored
            for span in (hit.span for verdict in judgement.verdicts for hit in verdict.hits):
                assert article.text_of(span.field)[span.start : span.end] == span.text
    first, second = (Judgement.read(found["a"]) for found in made)
    assert {alias.hit.span.text for alias in first.aliases} == {"credit", "levy"}
    assert second.verdicts
    assert not second.aliases
    assert {reject.detail for verdict in first.verdicts for reject in verdict.rejected} == {"tax</i> é haven"}
