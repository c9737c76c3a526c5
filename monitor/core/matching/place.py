"""Place: "OICW Scotland", by the text or by where the outlet is (section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from monitor.core.article import Article
from monitor.core.json import Json
from monitor.core.match import Finding, Rule, Span
from monitor.core.matching.lexicon import Lexicon, Sought
from monitor.core.matching.phrases import Phrase
from monitor.core.profile import Case, PlaceList, PlaceRule
from monitor.core.source import Outlet


class PlaceJudge:
    """Judges one place rule of a section."""

    def __init__(self, rule: PlaceRule, lexicon: Lexicon) -> None:
        self.rule = rule
        self.words = lexicon.sought(_words(rule.place))
        """What proves the place."""
        self.blockers = lexicon.sought(_blockers(rule.place))
        """Longer phrases that take a word away."""

    def judge(self, article: Article, proof: Span | None, outlet: Outlet | None) -> tuple[bool, dict[str, Json]]:
        """Whether the place is proven, and by what: a word of the text, or the outlet's own area."""
        evidence: dict[str, Json] = {"place": self.rule.place.id}
        if proof:
            return True, {**evidence, "by": "content", **proof.to_json()}
        if self.rule.content_only:
            return False, {**evidence, "why": "the text names no such place, and only the text counts here"}
        return _by_outlet(self.rule.place, article, outlet, evidence)


def place_phrases(place: PlaceList) -> Iterator[Phrase]:
    """Everything the list asks for."""
    yield from _words(place)
    yield from _blockers(place)


def _words(place: PlaceList) -> Iterator[Phrase]:
    return (Phrase(word, Case.CAPITALISED) for word in (*place.words, *place.places))


def _blockers(place: PlaceList) -> Iterator[Phrase]:
    return (Phrase(blocker) for blocker in place.blockers)


def _by_outlet(
    place: PlaceList, article: Article, outlet: Outlet | None, evidence: dict[str, Json]
) -> tuple[bool, dict[str, Json]]:
    """Rule (b): the outlet's area, unless the address is a wire section of its site."""
    if outlet is None:
        return False, {**evidence, "why": "the text names no such place, and the outlet is not known"}
    evidence |= {"outlet": outlet.id, "area": outlet.area}
    if outlet.area != place.area:
        return False, {
            **evidence,
            "why": f"the text names no such place, and the outlet's area is {outlet.area}",
        }
    wire = wire_section(place, article.url)
    if wire:
        return False, {**evidence, "why": f"the text names no such place, and {wire} is syndicated copy"}
    return True, {**evidence, "by": "outlet"}


def wire_section(place: PlaceList, url: str) -> str:
    """The part of the address that makes it a wire section; '' when there is none."""
    try:
        path = urlsplit(url).path + "/"
    except ValueError:  # no address at all
        return ""
    return next((wire for wire in place.wire_paths if wire in path), "")


class PlaceJudges:
    """All place rules of a section together: all must hold."""

    def __init__(self, rules: Sequence[PlaceRule], lexicon: Lexicon) -> None:
        self.each = [PlaceJudge(rule, lexicon) for rule in rules]
        """The judge of each."""

    @property
    def sought(self) -> list[Sought]:
        """Everything they look for."""
        return [sought for judge in self.each for sought in (judge.words, judge.blockers)]

    def judge(self, article: Article, proofs: Sequence[Span | None], outlet: Outlet | None) -> Finding:
        """What they find in an article of an outlet; `proofs`: for each what the text proves it by."""
        found = [judge.judge(article, proof, outlet) for judge, proof in zip(self.each, proofs, strict=True)]
        holds, evidence = next((f for f in found if not f[0]), found[0])
        return Finding(Rule.PLACE, holds, evidence)
