"""A content made smaller until its mail fits; what goes is named, then counted, never silent."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from monitor.core.digest.content import CutLine, EditionContent, Item, SectionPart


def trimmed(content: EditionContent, shown: int, named: int) -> EditionContent:
    """The content with `shown` stories in full and the next `named` as a line; the others are counted.

    Sections take turns, each giving its weightiest story first, so that none disappears for another.
    """
    turns = _turns(content.sections)
    full, lines = set(turns[:shown]), set(turns[shown : shown + named])
    return replace(content, sections=tuple(_trimmed(p, full, lines) for p in content.sections))


def _turns(sections: tuple[SectionPart, ...]) -> list[tuple[str, str]]:
    """(section, story) of every item, in the order in which they are kept."""
    waiting = [[(part.id, item.story) for item in part.told] for part in sections]
    return [turn for turns in zip_longest(*waiting) for turn in turns if turn is not None]


def _trimmed(part: SectionPart, full: set[tuple[str, str]], lines: set[tuple[str, str]]) -> SectionPart:
    kept = tuple(i for i in part.items if (part.id, i.story) in full)
    grown = tuple(i for i in part.developments if (part.id, i.story) in full)
    cut = tuple(_line(i) for i in part.told if (part.id, i.story) in lines)
    unnamed = part.unnamed + len(part.told) - len(kept) - len(grown) - len(cut)
    return replace(part, items=kept, developments=grown, cut=part.cut + cut, unnamed=unnamed)


def _line(item: Item) -> CutLine:
    return CutLine(item.headline, item.url, item.outlet, item.article)
