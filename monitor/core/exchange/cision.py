"""Cision: Communications Cloud and CisionOne.

- https://c3help.cision.com/en/articles/10714964-which-boolean-operators-can-i-use and
  https://support.cision.com/en/support/solutions/articles/101000453793-boolean-syntax-for-advanced-diy-keyword-searches
  (AND, OR, AND NOT, brackets, w/X, cs(), headline(), the asterisk)
- https://help.cision.one/en/articles/10555533-how-do-boolean-operators-work (CisionOne: AND, OR, NOT, NEAR)
- https://help.cision.com/help/simple-boolean-operators (a search is literal: no plurals)

Not verified: how w/X counts direct neighbours (we keep X) and that it has no order; what NEAR means without a
number; in which order AND, OR and NOT are read without brackets (we take our own; the guides always bracket).
"""

from __future__ import annotations

from monitor.core.exchange.words import (
    Tool,
    capitals,
    headline,
    join,
    near,
    opposite,
    rule,
    unfinished,
    unknown_join,
)
from monitor.core.query.grammar import Grammar, Join, Link

_OR, _AND, _NOT, _NEAR = 1.0, 2.0, 3.0, 4.0


def _near(_: int) -> float:
    return _NEAR


CISION = Tool(
    "Cision",
    Grammar(Join(Link.AND, _AND), _NOT, brackets=False),
    (
        rule("and", join(Link.AND, _AND)),
        rule("or", join(Link.OR, _OR)),
        rule(r"(?:w/|near/)([0-9]+)", near(_near)),
        rule(r"onear/([0-9]+)", near(_near, ordered=True)),
        rule(r"o?near(?!/)|[a-z]*/[0-9]+|xor", unknown_join(_NEAR)),
        rule(r"(?:w|pre|o?near)/[\w-]*|o?near[0-9]\w*", unfinished(_NEAR, "w/5")),
        rule("not", opposite),
    ),
    {"headline": headline, "title": headline, "cs": capitals},
)
"""Its words."""
