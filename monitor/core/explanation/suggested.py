"""Why another section is suggested for a story, in sentences for the editor who may file it there."""

from __future__ import annotations

from monitor.core.agreement import Agreement
from monitor.core.digest import Suggestion
from monitor.core.digest.filing import terms_of
from monitor.core.explanation.sentences import reason
from monitor.core.explanation.words import NOBODY, counted, listed, sentence
from monitor.core.match import Verdict
from monitor.core.source import Sources

PLACES = ("in the headline", "in the lead", "further down")
"""Where the best hit stands, by its rank."""
MOST_NAMED = 2
"""Terms that are named before the rest are counted."""


def suggested(suggestion: Suggestion, agreement: Agreement, sources: Sources = NOBODY) -> str:
    """The reason in a sentence or two: how it stands there, and why it is not there."""
    there = agreement.profile(suggestion.section).title
    if suggestion.here is None:
        return sentence(f"{there} came nearest: {reason(suggestion.there, sources)}")
    here = agreement.profile(suggestion.here.section).title
    if suggestion.tied:
        return (
            f"{_stands(suggestion.there)}: as high as what {here} takes it for. "
            f"It is under {here} because the agreement names that first."
        )
    return (
        f"{_stands(suggestion.there)}, {counted(suggestion.there.standing.hits, 'time')} in all; "
        f"{here} takes it for what stands {PLACES[suggestion.here.standing.rank]}, "
        f"{counted(suggestion.here.standing.hits, 'time')} in all."
    )


def _stands(verdict: Verdict) -> str:
    return f"{listed(terms_of(verdict), most=MOST_NAMED)} stands {PLACES[verdict.standing.rank]}"
