"""LexisNexis (Nexis, Lexis): terms and connectors.

- https://help.lexisnexis.com/tabula-rasa/newlexis/connectorpriority_ref-reference?lbu=US&locale=en_US
  (priority: OR, then proximity from the smallest to the largest, AND, NOT)
- https://help.lexisnexis.com/tabula-rasa/newlexis/connectors_quickref_ref-reference?lbu=AU&locale=en_AU
  (all connectors)
- http://support.lexis-nexis.com/glossary/record.asp?ArticleID=GS_Connectors&ALid=GlossaryA_F
  (W/n has no order, PRE/n has; NOT W/n: at least one place without the other near it)
- http://www.lexis-nexis.com/clients/iip/eLearning/Precision%20Commands.htm
  (plurals are found of themselves; ATLEASTn, ALLCAPS, NOCAPS, CAPS, SINGULAR, PLURAL)
- http://www.lexisnexis.com/help/global/US/en_US/gh_terms.asp (! for any ending, * for one letter)
- http://help.lexisnexis.com/tabula-rasa/rosetta/connectors_group_ref-reference?lbu=GB&locale=en_GB
  (Lexis Library in the UK reads from left to right: told where a query has no brackets)

Not verified: whether W/n counts direct neighbours as 0 or 1 (we keep n); whether quotes turn the plurals off (we
take it that they do, and say so); that "and" inside an unquoted phrase is always the connector.
"""

from __future__ import annotations

from monitor.core.exchange.words import (
    AT_ONCE,
    Around,
    Tool,
    capitals,
    cased,
    head_and_lead,
    headline,
    join,
    near,
    rule,
    uncounted,
    unfinished,
    unknown_join,
    unknown_part,
    within,
)
from monitor.core.query import AtLeast, Unit
from monitor.core.query.grammar import Grammar, Join, Link, number

_AND_NOT, _AND, _NEAR, _OR = 1.0, 2.0, 3.0, 5.0
_PARAGRAPH, _SENTENCE = 2.5, 2.6

_OPERATORS = "w/5, pre/5, w/s or w/p"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_VALUE = (
    rf"""(?:\([^()]*\)|["“”][^"“”]*["“”]|{_MONTH}(?:,?\s+[0-9]+)*|[0-9]+\s+{_MONTH}(?:,?\s+[0-9]+)?|[^\s()"“”]+)"""
)
_COMPARISON = (
    rf"""(?:(?:[<>=]+|(?:aft|bef|geq|leq)\b)(?:\s*{_VALUE})?|(?:is|gtr?|lt|eq)\s+{_VALUE}"""
    rf"""|(?:after|before|from|since|until|on)\s*(?=["“(]?[0-9]){_VALUE})"""
)
_INSIDE = r"\((?:[^()]|\([^()]*\))*\)"
_CONDITION = rf"(?:[a-z]+-)?(?:length|date)\s*(?:{_INSIDE}|{_COMPARISON}(?:\s+(?:and|or|to)\s+{_COMPARISON})*)"
"""`date geq (1/1/2020)`, `date aft May 1, 2019 and bef 2020`, `date(geq (1/1/2020))`: one condition, whole."""


def _by_number(words: int) -> float:
    """The smallest first."""
    return _NEAR + 1 / (words + 1)


def _at_least(times: str) -> Around:
    return Around(lambda part: AtLeast(part, max(1, number(times))))


def _any_capital(_: str) -> Around:
    return Around(capitals("").make, "read as capitals exactly as written; there, one capital letter is enough")


LEXISNEXIS = Tool(
    "LexisNexis",
    Grammar(Join(Link.AND, _AND), _AND_NOT, beside=Join(Link.NEAR, _OR + 1, AT_ONCE), brackets=False),
    (
        rule(r"not\s+(?:w/|near/|/)([0-9]+)", near(_by_number, negated=True)),
        rule(r"not\s+(?:w/|/)(?:s|sent)", within(Unit.SENTENCE, _SENTENCE, negated=True)),
        rule(r"not\s+(?:w/|/)(?:p|para)", within(Unit.PARAGRAPH, _PARAGRAPH, negated=True)),
        rule(r"not\s+(?:w/|/)seg|(?:w/|/)seg|pre/(?:s|p|seg)", unknown_join(_NEAR)),
        rule(r"not\s+(?:(?:w|pre|o?near)/[\w-]*|[/+][a-z]\w*)", unfinished(_NEAR, "not w/5, not w/s or not w/p")),
        rule(r"(?:and|but)\s*not|not", join(Link.AND_NOT, _AND_NOT)),
        rule("and|&", join(Link.AND, _AND)),
        rule("or", join(Link.OR, _OR)),
        rule(r"(?:w/|near/|/)([0-9]+)", near(_by_number)),
        rule(r"(?:pre/|onear/|\+)([0-9]+)", near(_by_number, ordered=True)),
        rule(r"(?:w/|/)(?:sent|s)", within(Unit.SENTENCE, _SENTENCE)),
        rule(r"(?:w/|/)(?:para|p)", within(Unit.PARAGRAPH, _PARAGRAPH)),
        rule(r"[a-z]+/[0-9]+|xor", unknown_join(_NEAR)),
        rule(r"(?:w|pre|o?near)/[\w-]*|(?:o?near|pre)[0-9]{1,3}|[/+][a-z]\w*", unfinished(_NEAR, _OPERATORS)),
        rule(r"atleast\s+[0-9]+|atleast\w*(?!\()", uncounted),
        rule(_CONDITION, unknown_part),
    ),
    {
        "headline": headline,
        "hlead": head_and_lead,
        "lead": head_and_lead,
        r"atleast\s*([0-9]+)": _at_least,
        "allcaps": cased(str.upper),
        "nocaps": cased(str.lower),
        "caps": _any_capital,
    },
    truncation="!",
    phrases=True,
    order="OR before AND, as Nexis does (Lexis Library in the UK reads from left to right)",
    plurals=True,
)
"""Its words."""
