"""Verdicts and their fate in sentences an editor understands: why an article is in, why not, how near it was.

Reading order: `words` · `areas` (outlets of a group and not of its area) · `rules` (a clause for each rule) ·
`sentences` (a verdict) · `passages` (hits in their sentences) · `nearby` (what else stands) · `suggested` (why a
section is) · `account` (every section) · `way` (into an edition) · `fate` (what became of it there) · `unseen`
(what is not stored).
"""

from monitor.core.explanation.account import Account, accounts
from monitor.core.explanation.fate import fate
from monitor.core.explanation.passages import Passage, passages
from monitor.core.explanation.sentences import explain, rule_sentences
from monitor.core.explanation.suggested import suggested
from monitor.core.explanation.unseen import not_fetched, outlet_said
from monitor.core.explanation.way import COUNTED, NAMED, Fate, Link, Shown, Way

__all__ = [
    "COUNTED",
    "NAMED",
    "Account",
    "Fate",
    "Link",
    "Passage",
    "Shown",
    "Way",
    "accounts",
    "explain",
    "fate",
    "not_fetched",
    "outlet_said",
    "passages",
    "rule_sentences",
    "suggested",
]
