"""A workspace after the sample morning whose editor has a draft, and that draft judged the long way."""

from __future__ import annotations

from pathlib import Path

from browsing import AGREEMENT

from monitor import app
from monitor.app import Draft, Workspace
from monitor.core.draft import DraftFile
from monitor.core.edition import Window
from monitor.core.replay.by_section import Seen, seen_by_sections
from monitor.jobs.drafts import draft_of

DRAFT = f"/a/{AGREEMENT}/draft"
PREVIEW, THRESHOLD = f"{DRAFT}/preview", f"{DRAFT}/threshold"
EDITS = {
    "benefits.yaml": ("prominence: 2", "prominence: 3"),
    "ministerial.yaml": ("terms:\n", "terms:\n  - council\n"),
}


def draft(workspace: Workspace, author: str) -> None:
    """Keep a draft: one section takes only louder stories, another has one term more."""
    for revision in workspace.store.revisions_in_force():
        if revision.agreement == AGREEMENT and revision.file in EDITS:
            old, new = EDITS[revision.file]
            assert old in revision.content
            content = revision.content.replace(old, new, 1)
            kept = DraftFile(AGREEMENT, revision.file, author, revision.fingerprint, content, workspace.clock())
            assert workspace.store.save_draft(kept, "")


def compared(workspace: Workspace, author: str) -> Draft:
    """That draft beside what is in force."""
    return app.draft_of_texts(workspace, AGREEMENT, draft_of(workspace.store, AGREEMENT, author).texts)


def judged(home: Path, author: str, window: Window) -> tuple[Seen, ...]:
    """What sections see otherwise, every article judged by both states."""
    with app.open_workspace(home) as workspace:
        of = compared(workspace, author)
        report = app.replay_draft(workspace, of, window, app.Unseen(), everything=True)
    return seen_by_sections(report.differences)
