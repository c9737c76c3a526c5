"""Profiles whose context words, guards and pairs are phrases that lie within one another, many at one place."""

from __future__ import annotations

from hypothesis import strategies as st

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.profile import ContextRule, ContextWord, Guard, Pair, Profile, SourceRule, Term
from oracle.made import scopes

CHAIN = "red amber green blue white black grey pink brown teal lime plum".split()
LONG = " ".join(CHAIN)
stretches = st.builds(
    lambda first, size: " ".join(CHAIN[first : first + size]), st.integers(0, 11), st.integers(1, 3)
)
lists = st.lists(
    st.one_of(stretches, stretches, st.sampled_from((LONG, "(red)", "plum:", "gre*"))), min_size=1, max_size=20
)
"""Some parts of the chain, often enough with it, or most of it."""
pieces = st.sampled_from(
    (LONG, LONG, "tax", "Tax", "levy", "Levy", "duty", "duty", "(red)", "plum:", "word", "end. Then")
)


@st.composite
def nested_cases(draw: st.DrawFn) -> tuple[Agreement, list[Article]]:
    """An agreement of one section, and an article of its words."""
    sides, colours = [("duty",), tuple(draw(lists))], tuple(map(ContextWord, draw(lists)))
    if draw(st.booleans()):
        sides.reverse()
    terms = (
        Term("tax"),
        Term("levy", only_with=Guard(tuple(draw(lists)), draw(scopes))),
        Term("duty", near=Pair(*sides, draw(st.integers(0, 3)))),
    )
    rule = ContextRule(colours, draw(scopes), draw(st.booleans()))
    section = Profile("one", "ONE", terms=terms, context=(rule,), sources=SourceRule(any_monitored=True))
    texts = [" ".join(draw(st.lists(pieces, max_size=most))) for most in (2, 8)]
    return Agreement("made", "client", "name", (section,)), [Article("https://x.org/1", texts[0], body=texts[1])]
