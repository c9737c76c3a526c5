"""Boolean queries as editors write them: their form, how they are read, how they are written down.

What they mean for an article is in `core/matching/query.py`; what comes from other tools and goes to them, in
`core/exchange/`.

Operators are words in capitals. From the loosest to the tightest: OR; AND, and NOT between two parts; NOT before a
part; NEAR, ONEAR, SENTENCE, PARAGRAPH (from left to right). Brackets come first. So `a OR b AND NOT c NEAR/5 d` is
`a OR (b AND (NOT (c NEAR/5 d)))`.
"""

from monitor.core.query.form import (
    And,
    AtLeast,
    Cased,
    First,
    Headline,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Reach,
    Unit,
    Untranslated,
    has_places,
    phrases,
    written,
)
from monitor.core.query.grammar import QueryFault
from monitor.core.query.parse import Parsed, parse

__all__ = [
    "And",
    "AtLeast",
    "Cased",
    "First",
    "Headline",
    "Near",
    "Not",
    "Or",
    "Parsed",
    "Phrase",
    "Query",
    "QueryFault",
    "Reach",
    "Unit",
    "Untranslated",
    "has_places",
    "parse",
    "phrases",
    "written",
]
