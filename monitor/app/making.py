"""New workspaces: one to start from, and the demo's."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from monitor.adapters.library.addresses import silence
from monitor.adapters.workspace import make_workspace
from monitor.app.library import read_agreement
from monitor.app.workspace import DEMO_MARK, holidays_of, now
from monitor.config import SETTINGS_FILE, shipped
from monitor.core.calendar import previous_slot
from monitor.errors import InputError
from monitor.sample.morning import Morning, load_morning, outlets_text
from monitor.sample.press import SentFile, sent_files

OURS = ("var", "arrivals")
"""Folders of a demo that are made again."""


def new_workspace(folder: Path, *, agreement: bool = True) -> list[Path]:
    """Make a workspace of what we ship; the files made. Without the `agreement` there is none in it yet."""
    profiles = "profiles" if agreement else "profiles/schema"
    trees = {profiles: shipped(profiles), "sources": shipped("sources"), ".": shipped("templates") / "workspace"}
    return make_workspace(folder, trees)


def demo_workspace(folder: Path, site: str, morning: Morning | None = None) -> None:
    """A workspace whose sources are the sample site's; a demo that is there starts again, its profiles kept.

    What outlets of the morning send as files has arrived in it; without a morning, that of today.

    Raises:
        InputError: the folder is a workspace of somebody's own.
    """
    mark = folder / DEMO_MARK
    if not mark.exists():
        new_workspace(folder)
        mark.write_text(
            "Made by `monitor demo`, which may make it again: var/ and arrivals/ are removed then.\n", "utf-8"
        )
    for old in OURS:
        shutil.rmtree(folder / old, ignore_errors=True)
    for file in (folder / "sources").glob("*.yaml"):
        if file.name != "groups.yaml":
            silence(file)
    (folder / "sources" / "sample.yaml").write_text(outlets_text(site), "utf-8")
    for sent in sent_files(morning or load_morning(now()), site):
        _arrived(folder / sent.path, sent)
    host = site.removeprefix("http://")
    (folder / SETTINGS_FILE).write_text(f'[fetch]\nallow_private = ["{host}"]\npause_seconds = 0\n', "utf-8")


def _arrived(path: Path, sent: SentFile) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sent.content)
    os.utime(path, (sent.at.timestamp(), sent.at.timestamp()))


def shipped_slot(agreement: str, digest: str, when: datetime) -> datetime:
    """The latest slot of a digest as we ship it, not after `when`; holidays are those of the library alone.

    Raises:
        InputError: it goes out on no day.
    """
    library = read_agreement(shipped("profiles") / agreement)
    shipped_digest = next(d for d in library.agreements[0].digests if d.id == digest)
    slot = previous_slot(shipped_digest, holidays_of(library), when)
    if slot is None:
        raise InputError(f"the digest {digest} goes out on no day: give it one in digests.yaml")
    return slot
