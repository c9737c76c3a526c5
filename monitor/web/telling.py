"""An explanation as it is shown: with no more of the article's text than its outlet's rights allow."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.app import explain_address, explain_article
from monitor.core.article import Field
from monitor.core.explanation import Account, Passage
from monitor.core.match import Outcome
from monitor.jobs.explain import Asked, Explanation
from monitor.jobs.find_articles import Found
from monitor.web.agreements import Room

OUTCOMES = {Outcome.IN: "In", Outcome.NEAR_MISS: "Near miss", Outcome.OUT: "Out"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one section says, no more of the article's text than its outlet's rights allow."""

    account: Account
    outcome: str
    passages: tuple[Passage, ...]
    left: int
    """Passages that rights do not let us show."""
    turned_down: tuple[tuple[str, tuple[Passage, ...]], ...]
    """Why a place is no hit, and such places."""


def explanation_of(room: Room, found: Found, said: str) -> Explanation:
    """The chain of the article that was found, or of an address that is not stored."""
    if found.article is None:
        return explain_address(room.workspace, room.library, room.agreement, said, Asked())
    return explain_article(room.workspace, room.library, room.agreement, found.article, Asked())


def told_by(
    explanation: Explanation, room: Room, *, own_text: bool = False
) -> tuple[list[Said], dict[str, list[str]]]:
    """What sections say that saw a term; and of the others, by what there is to say, their titles.

    `own_text`: whoever looks at it has typed it, and it is no outlet's.
    """
    rights = Allowance(sys.maxsize) if own_text else Allowance.of(explanation.article.outlet, room)
    loud, silent = [], dict[str, list[str]]()
    accounts = sorted(explanation.text.accounts, key=lambda one: list(OUTCOMES).index(one.outcome))
    for account in accounts:
        if account.passages or account.rules or account.turned_down:
            shown = rights.take(account.passages)
            left = len(account.passages) - len(shown)
            loud.append(Said(account, OUTCOMES[account.outcome], shown, left, _turned_down(account, rights)))
        else:
            silent.setdefault(account.sentence, []).append(account.title)
    return loud, silent


def _turned_down(account: Account, rights: Allowance) -> tuple[tuple[str, tuple[Passage, ...]], ...]:
    """Places that are no hit, by the reason; one that the sentence gives already is not said again."""
    by_reason: dict[str, list[Passage]] = {}
    for place in account.turned_down:
        by_reason.setdefault(place.said, []).extend([place.passage] if place.passage else [])
    told = ((said, rights.take(places)) for said, places in by_reason.items())
    return tuple((said, shown) for said, shown in told if shown or said.lower() not in account.sentence.lower())


@dataclass
class Allowance:
    """How much of an article's text may still be shown on a page, by its outlet's rights."""

    left: int
    shown: set[str] = field(default_factory=set)
    """What was shown already: it costs nothing more."""

    @classmethod
    def of(cls, outlet: str | None, room: Room) -> Allowance:
        """All that may be shown of an article of this outlet."""
        known = room.sources.outlets.get(outlet or "")
        return cls(known.rights.extract_chars if known else 0)

    def take(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """Those that may be shown, in their order."""
        return tuple(passage for passage in passages if self._takes(passage))

    def _takes(self, passage: Passage) -> bool:
        text = "".join(piece.text for piece in passage.pieces)
        if passage.field is Field.HEADLINE or text in self.shown:
            return True
        if len(text) > self.left:
            return False
        self.left -= len(text)
        self.shown.add(text)
        return True


def explanation_json(explanation: Explanation, room: Room, *, own_text: bool = False) -> dict[str, Any]:
    """The same for a program."""
    article, (loud, silent) = explanation.article, told_by(explanation, room, own_text=own_text)
    said = [
        {
            "section": one.account.section,
            "title": one.account.title,
            "verdict": str(one.account.outcome),
            "sentence": one.account.sentence,
            "rules": [rule.to_json() for rule in one.account.rules],
            "passages": [passage.to_json() for passage in one.passages],
            "passages_not_shown": one.left,
            "no_hit": [{"why": why, "passages": [p.to_json() for p in places]} for why, places in one.turned_down],
        }
        for one in loud
    ]
    return {
        "article": article.id if explanation.stored else None,
        "headline": article.headline,
        "url": article.url,
        "outlet": article.outlet,
        "first_seen": article.first_seen.isoformat() if article.first_seen else None,
        "unseen": explanation.unseen.to_json() if explanation.unseen else None,
        "digests": [fate.to_json() for fate in explanation.fates],
        "sections": said,
        "other_sections": [{"titles": titles, "sentence": sentence} for sentence, titles in silent.items()],
        "copies": [copy.id for copy in explanation.copies],
        "texts": [other.article.id for other in explanation.others],
    }
