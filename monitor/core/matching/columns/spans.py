"""Places cut out of the original texts: where they start and end there, and the words that matched (section 2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from monitor.core.article import Article
from monitor.core.match import quoted
from monitor.core.matching.columns.sheet import PARTS, Sheet
from monitor.core.matching.columns.stands import Places
from monitor.core.matching.found import FIELDS

_FIELDS = tuple(str(field) for field in FIELDS)


def spans(places: Places, batch: Sequence[Article], sheet: Sheet) -> list[str]:
    """The span of each place as JSON, without the braces around it; `batch` are the articles of the sheet."""
    parts = sheet.parts_of(places.firsts)
    offsets = sheet.offsets[parts]
    starts = (sheet.heads[places.firsts] - offsets).tolist()
    ends = (sheet.tails[places.lasts] - offsets).tolist()
    numbers = parts.tolist()
    originals = {part: batch[part // PARTS].text_of(FIELDS[part % PARTS]) for part in set(numbers)}
    moved = [part for part in originals if not sheet.decoded(part).is_whole]
    for row in np.isin(parts, moved).nonzero()[0].tolist() if moved else ():
        starts[row], ends[row] = sheet.decoded(numbers[row]).stretch(starts[row], ends[row])
    for row in (places.opening | places.closing).nonzero()[0].tolist():
        starts[row], ends[row] = _to_signs(places, row, numbers[row] // PARTS, starts[row], ends[row], sheet)
    rows = zip(numbers, starts, ends, strict=True)
    texts = quoted([originals[part][start:end] for part, start, end in rows])
    fields = [_FIELDS[field] for field in (parts % PARTS).tolist()]
    return [
        f'"field":"{field}","start":{start},"end":{end},"text":{text}'
        for field, start, end, text in zip(fields, starts, ends, texts, strict=True)
    ]


def _to_signs(places: Places, row: int, article: int, start: int, end: int, sheet: Sheet) -> tuple[int, int]:
    """Start and end with the phrase's own punctuation before and behind it, where that belongs to the place."""
    text, first = sheet.text(article), sheet.first(article)
    if places.opening[row]:
        start = text.sign_start(int(places.firsts[row]) - first)
    if places.closing[row]:
        end = text.sign_end(int(places.lasts[row]) - first)
    return start, end
