"""Section 1 of the contract: a standfirst is searched unless the body starts with it."""

import pytest
from oracle.text import fields
from twins import both_twins

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Field
from monitor.core.matching.folding import folded
from monitor.core.matching.matcher import Matcher
from monitor.core.matching.text import Text
from monitor.core.profile import Profile, Term
from monitor.core.source import Sources

AGREEMENT = Agreement("a", "c", "n", (Profile("s", "S", terms=(Term("Ferry Fund"),)),))
HEADLINE = "Boats are late"
FIRST = "The Ferry Fund met at nine."
BODY = FIRST + "\n\nNobody came for a while and then some did, said the “Ferry Fund”. Read on, it said."


def fields_hit(standfirst, body=BODY):
    article = Article("u", headline=HEADLINE, standfirst=standfirst, body=body)
    (verdict,) = Matcher(AGREEMENT, Sources()).judge(article).verdicts
    found = {str(hit.span.field) for hit in verdict.hits}
    assert bool(fields(article)[Field.STANDFIRST].words) == ("standfirst" in found)
    return found


@pytest.mark.parametrize(
    "standfirst",
    [
        FIRST,
        f"<p>{FIRST}</p>",
        f"{FIRST} Nobody came for a while",
        f"{FIRST}\nNobody came for a wh…",
        f"{FIRST} Nobody came for a wh",
        f"{FIRST} Nobody came for [...]",
        f"{FIRST} Nobody came for a wh [&hellip;]",
        f"{FIRST} Nobody came for a wh[&#8230;]",
        f"{FIRST} Continue reading",
        f"{FIRST} Continue reading {HEADLINE} →",
        f"{FIRST} Nobody came for a while... Read more",
        f"{FIRST} Nobody came for a wh… Read the full story",
        f"{FIRST} Nobody came for a while and then some did, said the “Ferry Fund”. Read on",
        f"<p>{FIRST}</p><p>The post <a href='x'>{HEADLINE}</a> appeared first on <a href='y'>The Pier</a>.</p>",
        f"{FIRST} Nobody [&#8230;] Read more The post {HEADLINE} first appeared on The Pier.",
        "the ferry fund met at nine",
        BODY,
    ],
)
@both_twins
def test_what_the_body_says_again_is_searched_there(twin, standfirst):
    with twin():
        assert fields_hit(standfirst) == {"body"}


@pytest.mark.parametrize(
    "standfirst",
    [
        f"{FIRST} Nobody stayed.",
        f"{FIRST} Nobody came for a wh.",  # said to its end: another word
        f"{FIRST} Nobody came for a wharf…",
        f"{FIRST} Nobody, came for a while",
        f"{FIRST} Nobody came for a while: read on tax",
        f"{FIRST} The post of chair is vacant.",
        f"{FIRST} The post appeared first on",
        f"{FIRST} The post by the Ferry Fund's chair first appeared on Facebook.",
        f"{FIRST} Continue reading Boats",
        "Ferry Fund: the facts. Read more",
        f"{BODY} And more.",
    ],
)
@both_twins
def test_a_standfirst_that_says_something_of_its_own_is_searched(twin, standfirst):
    with twin():
        assert fields_hit(standfirst) == {"standfirst", "body"}


@both_twins
def test_a_label_is_no_text_cut_short(twin):
    with twin():
        assert fields_hit("Ferry Fund", "Ferry Funding rose. The Ferry Fund said so.") == {"standfirst", "body"}


@pytest.mark.parametrize("more", ["the post ", "appeared first on ", "read more ", "the post first appeared on "])
def test_long_standfirsts_take_no_time(more):
    standfirst, body = f"{FIRST} {more * 20_000}", f"{FIRST} {more * 30_000}"
    assert Text(folded([[HEADLINE, standfirst, body]])[0]).starts_again(1, 2)
    assert not Text(folded([[HEADLINE, f"{standfirst}{'x ' * 11}", body]])[0]).starts_again(1, 2)
