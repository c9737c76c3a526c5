"""Factiva (Dow Jones), the "traditional" search language.

- http://factiva.com/CP_Developer/ProductHelp/FDK/FDK38/search_factiva/query_expressions/search_statement_operators.htm
  (adjN, w/N, nearN, /nN/: within N terms of each other, direct neighbours being 1; adj and w in the order written)
- .../query_expressions/precedence_rules.htm (proximity, then atleast, /fN/ and fields, then not, and, or)
- .../query_expressions/search_statement_examples.htm (words side by side are a phrase: adj is implied)
- https://studylib.net/doc/8117013/factiva-help-tips-using-connectors-and-operators (same, /Fn/, atleastn)
- https://docest.com/doc/182784 (wild cards; a librarian's sheet)

So `near5` leaves 0 to 4 words between, and is our NEAR/4. Not verified: what hlp= and lp= hold exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.exchange.words import (
    AT_ONCE,
    Around,
    Found,
    Told,
    Tool,
    head_and_lead,
    headline,
    join,
    near,
    opposite,
    rule,
    uncounted,
    unfinished,
    unknown_join,
    unknown_part,
    within,
)
from monitor.core.query import AtLeast, First, Unit
from monitor.core.query.grammar import Grammar, Join, Link, Sort, Token, number

_OR, _AND, _NOT, _NEAR = 1.0, 2.0, 3.0, 4.0
_OPERATORS = "near5, w/5, adj5, /N5/ or /F50/"


def _near(_: int) -> float:
    return _NEAR


def _first(found: Found, _: Told) -> Sequence[Token]:
    """`toyota/F50/`: among the first 50 words."""
    words = max(1, number(found[1]))
    return [Token(Sort.AFTER, found.group(), found.start(), around=lambda part: First(part, words))]


def _at_least(found: Found, _: Told) -> Sequence[Token]:
    """`atleast5 tax`, with or without brackets."""
    times = max(1, number(found[1]))
    return [Token(Sort.AROUND, found.group(), found.start(), around=lambda part: AtLeast(part, times))]


def _lead(_: str) -> Around:
    return head_and_lead("")


FACTIVA = Tool(
    "Factiva",
    Grammar(Join(Link.AND, _AND), _NOT, beside=Join(Link.NEAR, _NEAR, AT_ONCE), brackets=False, around=_NEAR),
    (
        rule("and", join(Link.AND, _AND)),
        rule("or", join(Link.OR, _OR)),
        rule("not", opposite),
        rule("same", within(Unit.PARAGRAPH, _NEAR)),
        rule(r"(?:adj|w/)([0-9]+)", near(_near, ordered=True, less=1)),
        rule(r"near([0-9]+)", near(_near, less=1)),
        rule(r"(?:w|pre|o?near|adj)/[\w-]*", unfinished(_NEAR, _OPERATORS)),
        rule(r"(?:near|adj)(?:[-_]?[0-9]\w*|(?!s)[a-z])", unfinished(_NEAR, _OPERATORS)),
        rule(r"adj()", near(_near, ordered=True, less=1)),
        rule(r"near()", near(_near, less=1)),
        rule(r"/n([0-9]+)/", near(_near, less=1)),
        rule(r"/f([0-9]+)/", _first),
        rule(r"/[a-z]\w*/?", unfinished(_NEAR, _OPERATORS)),
        rule(r"atleast([0-9]+)", _at_least),
        rule(r"atleast\w*", uncounted),
        rule(r"wc\s*[<>]\s*[0-9]+", unknown_part),
        rule(r"date\s+(?:from|after|before|on)\s+[^\s()]+(?:\s+to\s+[^\s()]+)?|%", unknown_part),
        rule(r"[a-z]*/[0-9]+", unknown_join(_NEAR)),
    ),
    {"hd": headline, "hlp": head_and_lead, "lp": _lead},
    phrases=True,
    order="AND before OR, as Factiva does",
)
"""Its words."""
