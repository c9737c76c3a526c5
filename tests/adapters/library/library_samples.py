"""A small library of our own, written to disk; each test spoils what it wants to see told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.core.revision import Revision

ROOT = Path(__file__).parents[3]
AT = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)

AGREEMENT = "profiles/parks/agreement.yaml"
TREES = "profiles/parks/trees.yaml"
PONDS = "profiles/parks/ponds.yaml"
DIGESTS = "profiles/parks/digests.yaml"
GROUPS = "sources/groups.yaml"
LOCAL = "sources/local.yaml"
NATIONAL = "sources/national.yaml"
HOLIDAYS = "holidays.yaml"

FILES = {
    AGREEMENT: """\
client: Parks Trust
name: Parks and Gardens
sections: [trees, ponds]
context_lists:
  main: [planting, {word: park, plural: true, blockers: [car park]}]
places:
  fife: {area: Scotland, words: [Fife], places: [Cupar, Leven]}
blockers: [family tree]
people: {journalists: true}
minor_forms: {paths: [/sport/], headlines: ["Letters:"]}
""",
    TREES: """\
section: trees
title: TREES
agreement_says: Trees OICW planting, parks
terms:
  - Scots pine
  - term: Tree Council
    kind: organisation
    aliases:
      - {text: Council of Trees, approved: false, why: an older name}
    only_with: {any: [report], within: 20 words}
oicw:
  - any: {list: main, without: [planting]}
  - place: fife
    place_evidence: content
subject_of: {points: 30}
significance: {major: true, prominence: 1, impact: 3}
sources:
  groups: [local]
  plus: [daily]
show: in_each
ask_client:
  - Which pines?
examples:
  - {text: Scots pines grow in the parks of Fife., outlet: daily, hits: [Scots pine], verdict: in}
""",
    PONDS: """\
section: ponds
title: PONDS
terms:
  - term: pond economy
    kind: topic
    near: {one_of: [pond], with_one_of: [economy], within: 5}
oicw:
  - any: [frog, {word: Newt, case: capitalised}]
    within: sentence
    self_context: false
sources: any_monitored
bylines:
  - {name: A. N. Other, purpose: trial, approved_by: Head of Parks, second_approval: Clerk, review_by: 2027-03-31}
recategorise: true
""",
    DIGESTS: """\
weekly:
  title: Weekly
  sections: [trees]
  days: [fri, mon]
  at: "07:30"
  to: [parks-team]
  holidays: move
  early: {at: "06:30", publishers: 3}
  stale: "12:00"
""",
    HOLIDAYS: """\
checked: 2026-11-02
holidays:
  - {day: 2026-06-15, name: Cup Day, reason: Proclaimed in spring.}
working_days:
  - {day: 2026-11-30, name: Saint Andrew's Day, reason: The parks are open.}
""",
    GROUPS: """\
groups:
  - {id: local, name: Local – Scotland Only, area: Scotland}
  - {id: trade, name: Trade}
""",
    LOCAL: """\
outlets:
  - id: gazette
    name: The Gazette
    owner: Gazette Ltd
    area: Scotland
    tier: 3
    groups: [local, trade]
    sources:
      - {id: gazette_all, url: "https://gazette.example/feed"}
""",
    NATIONAL: """\
outlets:
  - id: daily
    name: The Daily
    owner: Daily Ltd
    area: UK
    tier: 1
    medium: print
    homepage: https://daily.example
    groups: [local]
    rights: {store_text: false, keep_days: 7, extract_chars: 0, export: true}
    sources:
      - {id: daily_none, kind: none, note: No feed.}
""",
}


def write_library(root: Path) -> Path:
    """The library above, below `root`; gives `root` back."""
    for path in FILES:
        rewrite(root, path, FILES[path])
    return root


def rewrite(root: Path, path: str, content: str | bytes) -> None:
    """One file with other content."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def replace(root: Path, path: str, old: str, new: str) -> str:
    """One file with one passage changed; gives its new content back."""
    assert old in FILES[path], f"{path} does not hold {old!r}"
    content = FILES[path].replace(old, new, 1)
    rewrite(root, path, content)
    return content


def revision(path: str, content: str | None = None) -> Revision:
    """A file as published."""
    folder, _, file = path.removeprefix("profiles/").rpartition("/")
    return Revision(
        folder or "calendar", file, "f" * 64, FILES[path] if content is None else content, "an editor", "why", AT
    )
