"""Places cut out of the original texts: where they start and end there, and the words that matched (section 2)."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.article import Article
from monitor.core.match import Span
from monitor.core.matching.columns.sheet import PARTS, Sheet
from monitor.core.matching.columns.stands import Places
from monitor.core.matching.found import FIELDS


def spans(places: Places, batch: Sequence[Article], sheet: Sheet) -> list[Span]:
    """The span of each place; `batch` are the articles of the sheet."""
    parts = sheet.parts_of(places.firsts)
    offsets = sheet.offsets[parts]
    starts, ends = sheet.heads[places.firsts] - offsets, sheet.tails[places.lasts] - offsets
    originals: dict[int, tuple[str, bool]] = {}
    cut = []
    for part, start, end in zip(parts.tolist(), starts.tolist(), ends.tolist(), strict=True):
        known = originals.get(part)
        if known is None:
            article, field = divmod(part, PARTS)
            original = batch[article].text_of(FIELDS[field])
            known = originals[part] = original, sheet.decoded(part).is_whole
        if not known[1]:
            start, end = sheet.decoded(part).stretch(start, end)
        cut.append(Span(FIELDS[part % PARTS], start, end, known[0][start:end]))
    for row in (places.opening | places.closing).nonzero()[0].tolist():
        article = int(parts[row]) // PARTS
        start, end = _to_signs(places, row, article, cut[row], sheet)
        field = cut[row].field
        cut[row] = Span(field, start, end, batch[article].text_of(field)[start:end])
    return cut


def _to_signs(places: Places, row: int, article: int, span: Span, sheet: Sheet) -> tuple[int, int]:
    """Start and end with the phrase's own punctuation before and behind it, where that belongs to the place."""
    text, first = sheet.text(article), sheet.first(article)
    start, end = span.start, span.end
    if places.opening[row]:
        start = text.sign_start(int(places.firsts[row]) - first)
    if places.closing[row]:
        end = text.sign_end(int(places.lasts[row]) - first)
    return start, end
