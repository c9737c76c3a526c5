"""Places cut out of the original texts: where they start and end there, and the words that matched (section 2)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from monitor.core.article import Article
from monitor.core.match import quoted
from monitor.core.matching.columns.sheet import PARTS, Sheet
from monitor.core.matching.columns.stands import Places
from monitor.core.matching.found import FIELDS
from monitor.core.matching.tables import Column

_FIELDS = tuple(str(field) for field in FIELDS)


class Cuts(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Stretches of the original texts."""

    parts: Column
    """The field of an article that each is of: three for each article."""
    starts: Column
    ends: Column

    @classmethod
    def of(cls, places: Places, sheet: Sheet) -> Cuts:
        """Where places stand in the originals."""
        parts = sheet.parts_of(places.firsts)
        offsets = sheet.offsets[parts]
        starts, ends = sheet.heads[places.firsts] - offsets, sheet.tails[places.lasts] - offsets
        moved = sheet.moved(parts).nonzero()[0]
        starts[moved], ends[moved] = sheet.originals(parts[moved], starts[moved], ends[moved])
        for row in (places.opening | places.closing).nonzero()[0].tolist():
            first, last, *_, opening, closing = places.rows[row].item()
            words = first if opening else None, last if closing else None
            stretch = int(starts[row]), int(ends[row])
            starts[row], ends[row] = _to_signs(sheet, int(parts[row]) // PARTS, stretch, *words)
        return cls(parts, starts, ends)

    def written(self, batch: Sequence[Article]) -> list[str]:
        """Each as JSON, without the braces around it; `batch`: the articles."""
        numbers = self.parts.tolist()
        originals = {part: batch[part // PARTS].texts[part % PARTS] for part in set(numbers)}
        rows = list(zip(numbers, self.starts.tolist(), self.ends.tolist(), strict=True))
        texts = quoted([originals[part][start:end] for part, start, end in rows])
        return [
            f'"field":"{_FIELDS[part % PARTS]}","start":{start},"end":{end},"text":{text}'
            for (part, start, end), text in zip(rows, texts, strict=True)
        ]


def _to_signs(
    sheet: Sheet, article: int, stretch: tuple[int, int], before: int | None, behind: int | None
) -> tuple[int, int]:
    """A stretch with the phrase's own punctuation before one word and behind another, where that belongs to it."""
    text, first = sheet.text(article), sheet.first(article)
    start = stretch[0] if before is None else text.sign_start(before - first)
    return start, stretch[1] if behind is None else text.sign_end(behind - first)
