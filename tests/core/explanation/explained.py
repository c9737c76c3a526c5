"""A section to explain, made of what a test wants in it, and three outlets."""

from __future__ import annotations

from typing import Any

from monitor.core.agreement import Agreement, MinorForms
from monitor.core.article import Article
from monitor.core.match import Verdict
from monitor.core.matching.matcher import Matcher
from monitor.core.profile import ContextRule, ContextWord, PlaceList, Profile, SourceRule, Term
from monitor.core.significance import settle
from monitor.core.source import Outlet, Sources
from monitor.core.story import Story

BBC = "bbc"
SOURCES = Sources.of(
    [
        Outlet(BBC, "BBC News", "BBC", "UK", 1),
        Outlet("loch", "Loch News", "Loch", "Scotland", 3),
        Outlet("other", "The Other", "O", "UK", 3),
    ]
)
PLACE = PlaceList("scotland", "Scotland", words=("Scotland",))
POVERTY = (ContextRule((ContextWord("poverty"),)),)
TERMS = (Term("Universal Credit", blockers=("Universal Credit Union",)),)


def section(terms: tuple[Term, ...] = TERMS, **rules: Any) -> Profile:
    return Profile("s", "SECTION", terms=terms, sources=SourceRule(plus=(BBC, "loch")), **rules)


def article(outlet: str | None = BBC, **texts: str) -> Article:
    return Article("https://x.example/1", outlet=outlet, **texts)


def agreement(*profiles: Profile) -> Agreement:
    return Agreement("a", "client", "name", profiles, minor=MinorForms(headlines=("Letters:",)))


def judged(outlet: str | None = BBC, **case: Any) -> Verdict:
    """The verdict of a section with these rules on an article with these texts, significance settled."""
    texts = {field: case.pop(field) for field in ("headline", "standfirst", "body") if field in case}
    made, of = article(outlet, **texts), agreement(section(**case))
    judgement = Matcher(of, SOURCES).judge(made)
    settled = settle(of, SOURCES, [Story("s", (made,))], {made.id: judgement})
    verdict = settled[made.id].verdict("s")
    assert verdict
    return verdict
