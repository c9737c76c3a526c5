"""Meltwater.

- https://support.meltwater.com/hc/en-us/articles/360023166073-How-to-Master-Boolean-Search-2-3-
  (NEAR: no more than 4 words between; NEAR/n; ONEAR, ONEAR/n in the order written)
- https://support.meltwater.com/hc/en-gb/articles/236016747-Boolean (title, ingress, the asterisk)
- https://help.meltwater.com/en/articles/4064566-how-to-master-boolean-search-3-3 (^9 prefers a hit sentence)
- https://help.meltwater.com/en/articles/11465451-explore-search-performance-and-best-practices (wild cards)

Not verified: in which order AND, OR and NOT are read without brackets (we take our own), how word frequency is
written, and how long an ingress is.
"""

from __future__ import annotations

from monitor.core.exchange.words import (
    Tool,
    fixed,
    head_and_lead,
    headline,
    join,
    near,
    noted,
    opposite,
    rule,
    unfinished,
    unknown_join,
)
from monitor.core.query import Reach, Unit
from monitor.core.query.grammar import Grammar, Join, Link

_OR, _AND, _NOT, _NEAR = 1.0, 2.0, 3.0, 4.0
PLAIN_NEAR = 4
"""Words that NEAR without a number allows between."""


def _near(_: int) -> float:
    return _NEAR


MELTWATER = Tool(
    "Meltwater",
    Grammar(Join(Link.AND, _AND), _NOT, brackets=False),
    (
        rule("and", join(Link.AND, _AND)),
        rule("or", join(Link.OR, _OR)),
        rule("not", opposite),
        rule(r"near/([0-9]+)", near(_near)),
        rule(r"onear/([0-9]+)", near(_near, ordered=True)),
        rule(r"near(?!/)", fixed(Reach(Unit.WORDS, PLAIN_NEAR), _NEAR)),
        rule(r"onear(?!/)", fixed(Reach(Unit.WORDS, PLAIN_NEAR, ordered=True), _NEAR)),
        rule(r"[a-z]*/[0-9]+|xor", unknown_join(_NEAR)),
        rule(r"(?:w|pre|o?near)/[\w-]*|o?near[0-9]\w*", unfinished(_NEAR, "NEAR/5 or ONEAR/5")),
        rule(r"\^[0-9.]+", noted("it prefers hit sentences and changes nothing in what is found")),
    ),
    {"title": headline, "ingress": head_and_lead},
)
"""Its words."""
