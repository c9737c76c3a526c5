"""Drafts: an agreement as it was received becomes profiles that a person reads, corrects and publishes.

Sections, rules and sources are found by their wording (`parts`, `rules`, `outlets`); terms are cut apart by layout
where there is any (`pieces`), and else by what names look like (`signs`, `cutting`). A person
corrects them (`correcting`); meanwhile the draft is kept as `received`.
"""

from monitor.core.drafting.document import Document, Line, Role
from monitor.core.drafting.draft import Draft, DraftRules, DraftSection, draft
from monitor.core.drafting.lexicon import NOTHING_LEARNED, Dictionary, learn
from monitor.core.drafting.received import Received
from monitor.core.drafting.terms import DraftTerm

__all__ = [
    "NOTHING_LEARNED",
    "Dictionary",
    "Document",
    "Draft",
    "DraftRules",
    "DraftSection",
    "DraftTerm",
    "Line",
    "Received",
    "Role",
    "draft",
    "learn",
]
