"""What editors say, laid over where the rules file a story; no verdict is changed by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.core.curation import Act, Curations, Said
from monitor.core.digest.content import Piece
from monitor.core.digest.filing import Filed, tier_of
from monitor.core.profile import Profile
from monitor.core.source import Sources
from monitor.core.story import Story

LOW = 2
"""How high the best hit stands of a story that has none: further down."""


def overlaid(
    filed: Filed | None, story: Story, curations: Curations, profiles: Sequence[Profile], sources: Sources
) -> Filed | None:
    """Where the story stands among these sections, by the editors' last word; None when nowhere.

    Added, it is in whatever the rules say: in the section that was named, else where they would file it. Moved, it
    leaves the section it was filed in; where the digest has no such section, it leaves the digest. What was held
    back as not major is in where it was moved to, unless major stories alone are asked for there, too.
    """
    said = curations.on(story)
    if not said.acts:
        return filed
    if filed is None:
        return _added(story, said, tuple(p.section for p in profiles), sources) if said.act is Act.ADD else None
    if said.act is Act.ADD and not filed.sections:
        filed = replace(filed, sections=filed.held_in[:1], held_in=filed.held_in[1:])
    return _moved(replace(filed, said=said), profiles)


def _added(story: Story, said: Said, order: tuple[str, ...], sources: Sources) -> Filed | None:
    """A story that no section takes."""
    section = said.filed.section if said.filed else ""
    if section not in order:
        return None
    line = said.decided.line if said.decided else ""
    found = next((a for a in story.articles if a.line == line), story.articles[0])
    shown = min(story.articles, key=lambda a: (tier_of(a, sources), a.line != line, story.articles.index(a)))
    return Filed(story, (found,), (section,), (), found, shown, LOW, said)


def _moved(filed: Filed, profiles: Sequence[Profile]) -> Filed:
    target, there = filed.said.filed, filed.section
    if target is None or target.section == there:
        return filed
    into = next((p for p in profiles if p.section == target.section), None)
    here = (into.section,) if into else ()
    rest = tuple(s for s in filed.sections if s not in (target.section, there))
    held = tuple(s for s in filed.held_in if s not in (target.section, there))
    if not here and not rest:
        return replace(filed, moved_out=True)
    if not filed.sections and into and into.significance:  # still held back, and would be filed there
        return replace(filed, held_in=(*here, *held), found_in=there)
    return replace(filed, sections=(*here, *rest), held_in=held, found_in=there)


def told_by_editor(filed: Filed) -> tuple[Piece, ...]:
    """What the line that says why adds for a story that an editor brought where it stands."""
    if filed.said.act is Act.ADD:
        return (Piece("added by an editor"),)
    return (Piece("moved here by an editor"),) if filed.found_in else ()


def order_pinned(filed: Filed) -> tuple[int, int]:
    """What pinned stories go by: before all others, the first pinned first."""
    pinned = filed.said.pinned
    return (0, pinned.no) if pinned else (1, 0)
