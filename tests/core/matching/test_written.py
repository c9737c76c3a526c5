"""What is stored is JSON whatever a text has in it: the same compiled or not, and again when it is read."""

import pytest

from monitor.core.agreement import Agreement
from monitor.core.article import Article
from monitor.core.json import texts_only
from monitor.core.match import Judgement
from monitor.core.matching import native
from monitor.core.matching.matcher import Matcher
from monitor.core.matching.panel import Panel
from monitor.core.profile import ContextRule, ContextWord, Pair, Profile, Scope, Term
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
