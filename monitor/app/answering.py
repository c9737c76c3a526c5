"""The answer to an FOI question, row by row as it leaves, and what is to be said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from monitor.adapters.exports import coverage_record
from monitor.app.workspace import Workspace
from monitor.core.agreement import Agreement
from monitor.core.coverage import CoverageQuestion, CoverageRow
from monitor.core.curation import history
from monitor.core.digest import exportable
from monitor.core.explanation import explain
from monitor.core.json import Json
from monitor.core.match import Outcome
from monitor.core.source import Sources
from monitor.core.story import StoryDecision

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def coverage_records(
    workspace: Workspace,
    question: CoverageQuestion,
    agreement: Agreement,
    sources: Sources,
    rows: Iterable[CoverageRow] | None = None,
) -> Iterator[dict[str, Json]]:
    """The rows of the answer, or these of them, each with its proof in words; no more text than rights allow."""
    as_of = question.as_of
    decisions = [d for d in workspace.store.story_decisions() if not as_of or d.at < as_of]
    curations = [c for c in workspace.store.curations(question.agreement) if not as_of or c.at < as_of]
    for row in workspace.store.coverage(question) if rows is None else rows:
        curated = "; ".join(history(curations, row.article.line, agreement.title))
        yield _record(row, decisions, curated, agreement, sources)


def _record(
    row: CoverageRow, decisions: Iterable[StoryDecision], curated: str, agreement: Agreement, sources: Sources
) -> dict[str, Json]:
    decided = "; ".join(d.sentence(row.article.line) for d in decisions if row.article.line in d.lines)
    profile = agreement.profile(row.verdict.section) if row.verdict.section in agreement.order else None
    said = explain(row.verdict, sources)
    if profile and profile.significance and row.verdict.outcome is Outcome.IN:
        said += " Whether its story was major was judged when the edition was made."
    title = profile.title if profile else row.verdict.section
    return coverage_record(row, title, said, exportable(row.article, row.verdict, sources), decided, curated)


def lossy_gaps(workspace: Workspace, question: CoverageQuestion, sources: Sources) -> int:
    """How many gaps of the outlets that were asked for reach into the period, and may have lost articles."""
    outlets = {s.id: o.id for o in sources.outlets.values() for s in o.sources}
    gaps = workspace.store.gaps(question.since or BEGINNING, question.until or workspace.clock())
    return sum(
        not gap.whole and (not question.outlets or outlets.get(gap.source) in question.outlets) for gap in gaps
    )
