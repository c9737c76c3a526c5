"""Verdicts and their fate in sentences an editor understands: why an article is in, why not, how near it was.

Reading order: `words` · `rules` (a clause for each rule) · `sentences` (a verdict) · `passages` (hits in their
sentences) · `nearby` (what else stands) · `account` (every section) · `fate` (what a digest made of it) · `unseen`
(what is not stored).
"""

from monitor.core.explanation.account import Account, accounts
from monitor.core.explanation.fate import Fate, Link, Way, fate
from monitor.core.explanation.passages import Passage, passages
from monitor.core.explanation.sentences import explain, rule_sentences
from monitor.core.explanation.unseen import not_fetched

__all__ = [
    "Account",
    "Fate",
    "Link",
    "Passage",
    "Way",
    "accounts",
    "explain",
    "fate",
    "not_fetched",
    "passages",
    "rule_sentences",
]
