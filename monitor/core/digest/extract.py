"""The extract of an item: a sentence or two around the best hit, matched words marked by their spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.core.article import Article, Field
from monitor.core.digest.content import Mark, Piece
from monitor.core.digest.words import shown
from monitor.core.json import Json
from monitor.core.match import Finding, Verdict
from monitor.core.matching.text import Text, read
from monitor.core.source import Sources


@dataclass(frozen=True, slots=True, order=True)
class Marked:
    """A stretch `[start, end)` of a field that is to be marked."""

    field: Field
    start: int
    end: int
    mark: Mark
    leads: bool = True
    """Whether an extract may be built around it: a direct hit."""


def extract(article: Article, verdict: Verdict | None, limit: int) -> tuple[Piece, ...]:
    """At most `limit` characters of the article around its best hit; nothing when the limit is 0.

    The standfirst is taken where a term stands in it, else a sentence of the body with a term (and its context
    word, if one has both), else the beginning of the standfirst or the body.
    """
    marks = marks_of(article, verdict)
    focus = _focus(article, marks)
    text = article.text_of(focus.field)
    if limit <= 0 or not text.strip():
        return ()
    start, end = _stretch(text, focus, limit)
    return tuple(_pieces(text, start, end, [m for m in marks if m.field is focus.field]))


def exportable(article: Article, verdict: Verdict, sources: Sources) -> str:
    """The extract that may leave in an export, in plain text; empty where the outlet's rights allow none.

    Also where its text is gone. Without a known outlet nobody has allowed anything.
    """
    outlet = sources.outlets.get(article.outlet or "")
    if outlet is None or not outlet.rights.export:
        return ""
    return "".join(piece.text for piece in extract(article, verdict, outlet.rights.extract_chars))


def marks_of(article: Article, verdict: Verdict | None) -> list[Marked]:
    """Where the terms of the verdict stand, and what proved their context and place, in reading order.

    Spans that do not cut the article's text to what they say are left out: better no mark than a wrong one.
    """
    if verdict is None:
        return []
    marks = [
        Marked(h.span.field, h.span.start, h.span.end, Mark.TERM, not h.derived)
        for h in verdict.hits
        if article.text_of(h.span.field)[h.span.start : h.span.end] == h.span.text
    ]
    proofs = (proof_of(article, e) for f in verdict.findings if f.holds for e in parts_of(f))
    return sorted(marks + [p for p in proofs if p])


def parts_of(finding: Finding) -> Iterator[Mapping[str, Json]]:
    """The evidence of each rule of its kind that a section has; most have one."""
    several = finding.evidence.get("all")
    if isinstance(several, list):
        yield from (part for part in several if isinstance(part, dict))
    else:
        yield finding.evidence


def proof_of(article: Article, evidence: Mapping[str, Json]) -> Marked | None:
    """The context word or place that a rule's evidence points at; None when it points at none in this text."""
    field, start, end, text = (evidence.get(key) for key in ("field", "start", "end", "text"))
    if not isinstance(start, int) or not isinstance(end, int) or field not in set(Field):
        return None
    where = Field(str(field))
    if not 0 <= start < end or (text and article.text_of(where)[start:end] != text):
        return None
    return Marked(where, start, end, Mark.CONTEXT, leads=False)


def _focus(article: Article, marks: list[Marked]) -> Marked:
    """The hit to build the extract around; of no length where it starts with the text."""
    direct = [m for m in marks if m.leads]
    for mark in direct:
        if mark.field is Field.STANDFIRST:
            return mark
    in_body = [m for m in direct if m.field is Field.BODY]
    if in_body:
        return _with_context(article.body, in_body, [m for m in marks if m.mark is Mark.CONTEXT])
    field = Field.STANDFIRST if article.standfirst.strip() else Field.BODY
    return Marked(field, 0, 0, Mark.NONE)


def _with_context(body: str, hits: list[Marked], contexts: Iterable[Marked]) -> Marked:
    text = read(body)
    sentences = {_sentence(text, c.start) for c in contexts if c.field is Field.BODY}
    return next((h for h in hits if _sentence(text, h.start) in sentences), hits[0])


def _sentence(text: Text, offset: int) -> int:
    """The number of the sentence that the character at an offset stands in."""
    words = range(len(text.words))
    word = bisect_right(words, offset, key=text.start) - 1
    return text.sentence_of[word] if word >= 0 else 0


def _stretch(text: str, focus: Marked, limit: int) -> tuple[int, int]:
    """Where the extract starts and ends: sentences from that of the focus on, as far as the limit goes."""
    bounds = sentences(text)
    number = next((n for n, (_, end) in enumerate(bounds) if focus.start < end), len(bounds) - 1)
    start, end = bounds[number]
    if focus.end - start > limit:
        start = word_start(text, max(start, focus.end - limit, focus.start - limit // 3))
    for _, further in bounds[number + 1 :]:
        if further - start > limit:
            break
        end = further
    return start, min(end, word_end(text, start, limit))


def sentences(original: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of a text, closing punctuation included."""
    text = read(original)
    starts: list[int] = []
    last = -1
    for word, sentence in enumerate(text.sentence_of):
        if sentence != last:
            starts.append(text.start(word))
            last = sentence
    starts = [_opening(original, s) for s in starts] or [0]
    ends = [*starts[1:], len(original)]
    return [(s, s + len(original[s:e].rstrip())) for s, e in zip(starts, ends, strict=True)]


def _opening(text: str, start: int) -> int:
    """Back over the quotation mark or bracket that opens a sentence."""
    while start and not text[start - 1].isspace() and not text[start - 1].isalnum():
        start -= 1
    return start


def word_start(text: str, offset: int) -> int:
    """The first start of a word at or after an offset."""
    while 0 < offset < len(text) and not text[offset - 1].isspace():
        offset += 1
    return offset


def word_end(text: str, start: int, limit: int) -> int:
    """The last end of a word that keeps within the limit."""
    end = start + limit
    if end >= len(text):
        return len(text)
    while end > start and not text[end].isspace():
        end -= 1
    return start + len(text[start:end].rstrip())


def _pieces(text: str, start: int, end: int, marks: list[Marked]) -> Iterator[Piece]:
    """The stretch in pieces, with an ellipsis where a sentence is broken off."""
    if end <= start:
        return
    if start and not _ends_sentence(text[:start]):
        yield Piece("… ")
    at = start
    for first, last, mark in apart(marks, start, end):
        if first > at:
            yield Piece(shown(text[at:first]))
        yield Piece(shown(text[first:last]), mark)
        at = last
    if at < end:
        yield Piece(shown(text[at:end]))
    if text[end:].strip() and not _ends_sentence(text[:end]):
        yield Piece(" …")


def _ends_sentence(text: str) -> bool:
    return text.rstrip().rstrip("\"'’”)]").endswith((".", "!", "?"))


def apart(marks: Iterable[Marked], start: int, end: int) -> Iterator[tuple[int, int, Mark]]:
    """The marks clipped to the stretch, none over another; a term goes before a context word inside it."""
    taken: list[tuple[int, int, Mark]] = []
    for mark in sorted(marks, key=lambda m: (m.mark is not Mark.TERM, m.start, -m.end)):
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last and all(last <= a or b <= first for a, b, _ in taken):
            taken.append((first, last, mark.mark))
    yield from sorted(taken)
