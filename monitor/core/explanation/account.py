"""What every section says of an article, those that saw nothing included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.core.agreement import Agreement
from monitor.core.article import Article, Evidence
from monitor.core.digest.completeness import taken_from
from monitor.core.explanation.areas import groups_elsewhere, not_of_area, with_groups
from monitor.core.explanation.nearby import Nearby, guards, nearby, places_refused
from monitor.core.explanation.passages import Passage, passage_of, passages
from monitor.core.explanation.rules import clause
from monitor.core.explanation.sentences import reason, rejection, told_in
from monitor.core.explanation.words import outlet_name, sentence
from monitor.core.fault import JUDGEMENT
from monitor.core.json import Json
from monitor.core.match import Judgement, Outcome, Rejected, Rule, Verdict
from monitor.core.profile import Profile
from monitor.core.source import Sources

NO_TERM = "no_term"
"""What decided where no term of the section stands in the article."""
NO_BYLINE = "no_byline"
"""What decided in a section of bylines alone."""
NOT_JUDGED = "not_judged"
"""What decided where the section's file has faults and no state of it was ever published."""
OF_HITS = (Rule.CONTEXT, Rule.ABOUTNESS, Rule.SIGNIFICANCE)
"""Rules that say nothing where no hit is left."""
_LOOKED_AT = {Evidence.FULL: "the article", Evidence.SUMMARY: "the summary", Evidence.HEADLINE: "the headline"}


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What one rule found, in words."""

    rule: str
    holds: bool
    said: str
    """A clause."""
    in_sentence: bool
    """Whether the account's sentence has it already."""

    def to_json(self) -> dict[str, Json]:
        """`{"rule", "holds", "sentence"}`."""
        return {"rule": self.rule, "holds": self.holds, "sentence": sentence(self.said)}


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """Where a term stands and is no hit, or a word of a place that proves nothing."""

    said: str
    """A clause."""
    passage: Passage | None

    def to_json(self) -> dict[str, Json]:
        """`{"sentence", "passage"}`."""
        return {"sentence": sentence(self.said), "passage": self.passage.to_json() if self.passage else None}


@dataclass(frozen=True, slots=True)
class Account:
    """What one section says of an article, as people read it."""

    section: str
    title: str
    outcome: Outcome
    decided_by: str
    """As the verdict says, or `no_term`, `no_byline`, `not_judged` where there is none."""
    sentence: str
    takes: bool | None
    """Whether the section takes articles of this outlet; None when the outlet is not known."""
    rules: tuple[RuleTold, ...] = ()
    passages: tuple[Passage, ...] = ()
    turned_down: tuple[TurnedDown, ...] = ()
    nearby: tuple[Nearby, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """The account, with its rules, passages, what was turned down and what stands nearby."""
        return {
            "section": self.section,
            "title": self.title,
            "verdict": str(self.outcome),
            "decided_by": self.decided_by,
            "sentence": self.sentence,
            "takes_outlet": self.takes,
            "rules": [r.to_json() for r in self.rules],
            "passages": [p.to_json() for p in self.passages],
            "rejected": [t.to_json() for t in self.turned_down],
            "nearby": [n.to_json() for n in self.nearby],
        }


def accounts(
    article: Article, judgement: Judgement, agreement: Agreement, sources: Sources
) -> tuple[Account, ...]:
    """The account of every section of the agreement in its order; then those the judgement alone still knows.

    None, where the article could not be judged.
    """
    if any(fault.field == JUDGEMENT for fault in judgement.faults):
        return ()
    near = nearby(article, judgement, agreement, sources)
    told = []
    for profile in agreement.profiles:
        verdict = judgement.verdict(profile.section)
        if verdict:
            told.append(_of_verdict(article, verdict, profile, agreement, sources))
        else:
            stood = near.get(profile.section, ())
            told.append(_of_silence(article, judgement.evidence, profile, sources, stood))
    told += [_never_published(section) for section in agreement.left_out]
    gone = (v for v in judgement.verdicts if v.section not in agreement.order)
    return (*told, *(_of_verdict(article, v, None, agreement, sources) for v in gone))


def _of_verdict(
    article: Article, verdict: Verdict, profile: Profile | None, agreement: Agreement, sources: Sources
) -> Account:
    verdict = with_groups(verdict, profile, sources)
    how_near = guards(article, verdict, agreement, sources) if profile else {}
    refused = places_refused(article, verdict, agreement, sources) if profile else ()
    said = told_in(verdict)
    rules = [
        RuleTold(str(f.rule), f.holds, clause(f, sources), f.rule in said)
        for f in verdict.findings
        if verdict.hits or f.rule not in OF_HITS
    ]
    return Account(
        verdict.section,
        profile.title if profile else verdict.section,
        verdict.outcome,
        str(verdict.decided_by),
        sentence(reason(verdict, sources, how_near)),
        _takes(article, profile, sources),
        tuple(rules),
        passages(article, verdict),
        (*_turned_down(article, verdict, how_near), *_no_proof(article, refused)),
    )


def _turned_down(article: Article, verdict: Verdict, how_near: Mapping[str, str]) -> tuple[TurnedDown, ...]:
    return tuple(
        TurnedDown(rejection(r, how_near.get(r.hit.term, "")), passage_of(article, r)) for r in verdict.rejected
    )


def _no_proof(article: Article, refused: Sequence[Rejected]) -> Iterator[TurnedDown]:
    """Words of a place that prove nothing where they stand."""
    for place in refused:
        yield TurnedDown(f"as a place {rejection(place)}", passage_of(article, place))


def _of_silence(
    article: Article, evidence: Evidence, profile: Profile, sources: Sources, near: Sequence[Nearby]
) -> Account:
    """A section none of whose terms stands in the article."""
    takes = _takes(article, profile, sources)
    by_name = bool(profile.bylines) or profile.recategorise
    if by_name and not profile.sought:
        decided_by = NO_BYLINE
        said = (
            "the byline names no journalist of its list" if profile.bylines else "its list of journalists is empty"
        )
    else:
        decided_by = NO_TERM
        said = f"no term stands in {_LOOKED_AT[evidence]}"
        if takes is False:
            said += f", and {_not_taken(article.outlet, profile, sources)}"
    return Account(
        profile.section, profile.title, Outcome.OUT, decided_by, sentence(said), takes, nearby=tuple(near)
    )


def _not_taken(outlet: str | None, profile: Profile, sources: Sources) -> str:
    groups = groups_elsewhere(outlet, profile, sources)
    if groups:
        return not_of_area(outlet, groups, sources)
    return f"{outlet_name(outlet, sources)} is not among its sources"


def _never_published(section: str) -> Account:
    said = (
        "its file has faults and was never published, so nothing is looked for; monitor profiles lint tells them"
    )
    return Account(section, section, Outcome.OUT, NOT_JUDGED, sentence(said), None)


def _takes(article: Article, profile: Profile | None, sources: Sources) -> bool | None:
    outlet = sources.outlets.get(article.outlet or "")
    if outlet is None or profile is None:
        return None
    return outlet in taken_from([profile], sources)
