"""See it before you save it: an editor's draft, or what the files say, beside what is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.adapters.cluster import Sieve, copies
from monitor.app.replaying import SOON, Draft, index_words
from monitor.app.workspace import Workspace
from monitor.core.article import LINE, Article
from monitor.core.edition import Window
from monitor.core.replay.by_section import Seen, seen_by_sections
from monitor.core.replay.outcome import Day, Difference, by_day
from monitor.core.replay.sweep import Sweep
from monitor.errors import InputError
from monitor.jobs.ports import Progress
from monitor.jobs.replay import ReplayReport, replay
from monitor.jobs.sweep import sweep


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft changes over a stretch of time. Holds no text of an article, however long it is kept."""

    draft: Draft
    report: ReplayReport
    seen: tuple[Seen, ...]
    """What each section sees otherwise."""
    at: datetime
    """When it was looked at."""


@dataclass(frozen=True, slots=True)
class SweepPreview:
    """What other thresholds of a section would let in by a draft; without texts, too."""

    draft: Draft
    sweep: Sweep
    at: datetime


def preview_draft(
    workspace: Workspace, draft: Draft, window: Window, progress: Progress, *, proofs: bool = False
) -> Preview:
    """What publishing the draft would have changed in the window; publishes nothing.

    Without `proofs` what only has another proof is looked for where few articles hold words of the changes.
    """
    index_words(workspace, progress)
    compared = (draft.old, draft.new, window, workspace.store, copies, progress)
    report = replay(*compared, sieve=Sieve(), proofs_up_to=None if proofs else SOON)
    bare = replace(report, differences=tuple(map(_without_texts, report.differences)))
    return Preview(draft, bare, seen_by_sections(bare.differences), workspace.clock())


def sweep_draft(
    workspace: Workspace, draft: Draft, section: str, window: Window, progress: Progress
) -> SweepPreview:
    """What other values of a section's thresholds would have let in over the window, by the draft.

    Raises:
        InputError: the draft has no such section.
    """
    if section not in draft.new.agreement.order:
        raise InputError(f"there is no section {section!r}: one of {', '.join(draft.new.agreement.order)}")
    index_words(workspace, progress)
    found = sweep(draft.new, section, window, workspace.store, copies, progress, Sieve())
    bare = tuple(replace(one, article=_without_text(one.article)) for one in found.articles)
    return SweepPreview(draft, replace(found, articles=bare), workspace.clock())


def days_of(
    workspace: Workspace, report: ReplayReport, agreement: str, sections: Iterable[str]
) -> tuple[Day, ...]:
    """How many articles match in these sections on each day, before and after; in any, when none are given."""
    asked = tuple(sections)
    if not asked:
        return report.days
    matched = workspace.store.matched(agreement, report.window.start, report.window.end, asked)
    return by_day(matched, (difference.again(asked) for difference in report.differences))


def _without_texts(difference: Difference) -> Difference:
    return replace(difference, article=_without_text(difference.article))


def _without_text(article: Article) -> Article:
    """The same article, by name alone: a text that is purged meanwhile is not kept here."""
    return replace(article, standfirst="", body="", kept_line=article.line, text_print=article.id[LINE:])
