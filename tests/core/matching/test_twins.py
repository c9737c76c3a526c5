"""The compiled twins against the Python they stand beside, on texts made to be hard."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.matching import native
from monitor.core.matching.columns.sheet import _latin
from monitor.core.matching.folding import folded
from monitor.core.matching.markup import _MEANS, _tags
from monitor.core.matching.panel import Panel
from monitor.core.matching.text import Text, words_of
from monitor.core.profile import ContextRule, ContextWord, Guard, Kind, Pair, Profile, Scope, Term
from monitor.core.source import Sources

pytestmark = pytest.mark.skipif(not native.BUILT, reason="the compiled core is not built here: make native")

PIECES = (
    *"aZé9 ß\n-–'’`.,&;#<>/@!\"“",  # what is met every day, and what is folded to more than one letter
    *"ſıİKŒǅﬁ½②Ωж中𝔘😀",  # capitals of re.IGNORECASE, ligatures, digits, letters of any plane
    *"\u0301\u00ad\u200b\ufeff\u00a0\u2028\ud800\udc00\x00\x1e\x85\u0130",  # marks, invisibles, halves, ends
    *(
        "<p>",
        "</P >",
        "<br/>",
        "<b class='x'>",
        "<ſpan>",
        "<İmg>",
        "<h1>",
        "<//p>",
        "<nav",
        "<!--",
        "-->",
        "<!-->",
        "<b a='",
        "<script>",
        "</Script >",
        "<sty",
        "le ",
        "</style>",
        '<img alt="',
        "' b=",
        '" >',
        "=",
        '"',
    ),
    *("&amp;", "&#8217;", "&amp;amp;lt;b&gt;", "&nosuch;", "&#xD800;", "&AMP", "D.W.P. ", "U.K", "www.", "x@y.uk"),
    *("Carers' ", "R&D ", " & ", "o'clock ", "http://x.uk/a ", "#tag ", "and/or ", "/", "WWw.x.uk", "x.uk/", ":"),
    *("@a.b", "@a@b.uk", "#a#b", "x.uk:80/a", "x.uk?q=a", "＠a", "="),
)
text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12).map("".join)
groups = st.lists(st.lists(text, min_size=1, max_size=3), max_size=4)


def plainly(one):
    """A folded group and its words as values that can be compared."""
    text = Text(one)
    words = [text.stretch(number, number) for number in range(len(text.words))]
    told = one.parts, one.joined, one.stream, one.edges, one.kept.tolist()
    return (*told, words, text.paragraphs, text.stops, _latin([one.joined, one.stream]).tobytes())


@given(groups)
@example([["", "\x00", ""], [""]])
@example([["<p>one</p> <i>and</i>/<b>or</b> D.<u>W</u>.P."]])
def test_texts_are_folded_alike(made):
    compiled = folded(made)
    said = [plainly(one) for one in compiled], [row.tolist() for row in words_of(compiled)] if made else []
    with native.in_python():
        folded_again = folded(made)
        again = [row.tolist() for row in words_of(folded_again)] if made else []
        assert ([plainly(one) for one in folded_again], again) == said


def test_each_tag_is_known_to_both():
    names = [*_MEANS, "para", "h7", "", "!--", "brr"]
    text = "x".join(
        f"<{name}><{name}x></{name.upper()} a='<'></{name}\n>< {name}><{name}/><{name}" for name in names
    )
    compiled = _tags(text)
    assert len(compiled) > 3 * len(_MEANS)
    with native.in_python():
        assert _tags(text) == compiled


WORDS = (*"alpha beta gamma delta Beta 5 x No Mr Lee Lee’s “Alpha".split(), "Ann Lee", "Bob Lee", "ALPHA BETA")
ENDS = (
    *(" ", "-", "’", "\n", ". ", "! ", "? ", ".” “", ".’ (", ".\u02bc ", "...\n", ".\n", "\n\n", " \u2029 \n"),
    *(".& ", "’-", "–", ", "),
)
PEOPLE = Profile("people", "P", terms=(Term("Ann Lee", Kind.PERSON, surname_alone=True), Term("alpha beta")))
WEIGHED = Profile(
    "weighed",
    "W",
    terms=(
        Term("alpha", only_with=Guard(("beta",), Scope.parse("sentence")), blockers=("alpha - beta", "alpha x")),
        Term("a pair", near=Pair(("gamma",), ("delta",), 6)),
        Term("a far pair", near=Pair(("delta", "beta"), ("gamma",), 1_000)),
        Term("beta", only_with=Guard(("delta",), Scope.parse("paragraph"))),
    ),
    context=(ContextRule((ContextWord("x"),), Scope.parse("document")),),
)
LISTED = ContextWord("beta"), ContextWord("x", blockers=("x gamma",))
IN_CONTEXT = [
    Profile(
        unit, unit, terms=(Term("alpha"), Term("delta")), context=(ContextRule(LISTED, Scope.parse(unit), own),)
    )
    for unit, own in (("sentence", True), ("paragraph", False), ("2 words or headline", True))
]
AGREEMENTS = [Agreement("a", "c", "n", (PEOPLE, WEIGHED)), Agreement("b", "c", "n", tuple(IN_CONTEXT))]
PANEL = Panel(AGREEMENTS, Sources())
between = st.one_of(st.just(" "), st.sampled_from(ENDS), st.sampled_from(ENDS), text)
story = st.lists(st.tuples(between, st.sampled_from(WORDS)).map("".join), max_size=16).map("".join)


FAR = (*"alpha beta gamma delta".split(), "alpha", "beta", ". Beta", "\n\nDelta", ". It", "\n\nIt", ",")
far_apart = st.lists(st.sampled_from([*FAR, " word" * 70, " word" * 65, " word" * 20]), max_size=30).map(" ".join)


@given(st.lists(far_apart, min_size=1, max_size=3))
@example(["alpha alpha" + " word" * 70 + " alpha" + " word" * 70 + ". Beta beta" + " alpha" * 70 + " delta"])
def test_what_stands_far_apart_is_weighed_alike(made):
    """Of so many words between two it is remembered what ends among them."""
    articles = [Article("u", headline="x", body=body) for body in made]
    compiled = [*PANEL.written(articles)]
    with native.in_python():
        assert [*PANEL.written(articles)] == compiled


@given(st.lists(st.tuples(story, story), min_size=1, max_size=3))
@example([("alpha", "x.& alpha. “Beta delta")])
@example([("Mr Lee", "Ann Lee. Bob Lee and Lee-\nLee gamma; delta\x1ealpha\x1e.\x85\x85beta"), ("", "")])
def test_gaps_are_weighed_alike(made):
    articles = [Article("u", headline=headline, body=body) for headline, body in made]
    compiled = [*PANEL.written(articles)], [*PANEL.sections(articles)]
    with native.in_python():
        assert ([*PANEL.written(articles)], [*PANEL.sections(articles)]) == compiled
