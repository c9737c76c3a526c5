"""Hits in their sentences, as the contract cuts sentences (section 4): terms and context words marked apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.core.article import Article, Field
from monitor.core.digest.content import Mark, Piece
from monitor.core.digest.extract import (
    Marked,
    apart,
    marks_of,
    parts_of,
    proof_of,
    sentences,
    word_end,
    word_start,
)
from monitor.core.digest.words import shown
from monitor.core.json import Json
from monitor.core.match import Rejected, Verdict

LONGEST = 260
"""Characters of a sentence that is shown whole; of a longer one the stretches around what is marked."""
AROUND = 90
"""Characters on either side that such a stretch has."""
SIGNS = {Mark.TERM: "»{}«", Mark.CONTEXT: "›{}‹", Mark.NONE: "{}"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article, or what is left of a long one, with what is marked in it."""

    field: Field
    start: int
    """Where the sentence starts in the field's original text."""
    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(SIGNS[p.mark].format(p.text) for p in self.pieces)

    def to_json(self) -> dict[str, Json]:
        """`{"field", "start", "pieces": [{"text", "mark"}]}`; a mark is `term`, `context` or empty."""
        pieces: list[Json] = [{"text": p.text, "mark": str(p.mark)} for p in self.pieces]
        return {"field": str(self.field), "start": self.start, "pieces": pieces}


def passages(article: Article, verdict: Verdict) -> tuple[Passage, ...]:
    """Every sentence with a hit of the verdict, or with the context word or place it was judged by.

    Of a text that was purged the words of the proof alone.
    """
    if article.purged:
        return tuple(_of_proof(verdict))
    nearest = (proof_of(article, e) for f in verdict.findings if not f.holds for e in parts_of(f))
    return _marked(article, [*marks_of(article, verdict), *(n for n in nearest if n)])


def _of_proof(verdict: Verdict) -> Iterator[Passage]:
    for hit in verdict.hits:
        yield _alone(hit.span.field, hit.span.start, hit.span.text, Mark.TERM)
    for evidence in (e for f in verdict.findings for e in parts_of(f)):
        field, start, text = (evidence.get(key) for key in ("field", "start", "text"))
        if field in set(Field) and isinstance(start, int) and text:
            yield _alone(Field(str(field)), start, str(text), Mark.CONTEXT)


def _alone(field: Field, start: int, text: str, mark: Mark) -> Passage:
    return Passage(field, start, (Piece("… "), Piece(shown(text), mark), Piece(" …")))


def passage_of(article: Article, rejected: Rejected) -> Passage | None:
    """The sentence of a place that is no hit; None when the text does not stand there (any more)."""
    span = rejected.hit.span
    if article.text_of(span.field)[span.start : span.end] != span.text:
        return None
    found = _marked(article, [Marked(span.field, span.start, span.end, Mark.TERM)])
    return found[0] if found else None


def _marked(article: Article, marks: Iterable[Marked]) -> tuple[Passage, ...]:
    """A passage for each sentence with a mark, in reading order."""
    by_field: dict[Field, list[Marked]] = {}
    for mark in marks:
        by_field.setdefault(mark.field, []).append(mark)
    return tuple(p for field in Field if field in by_field for p in _of_field(article, field, by_field[field]))


def _of_field(article: Article, field: Field, marks: list[Marked]) -> Iterator[Passage]:
    text = article.text_of(field)
    bounds = sentences(text)
    starts = [start for start, _ in bounds]
    by_sentence: dict[int, list[Marked]] = {}
    for mark in marks:
        by_sentence.setdefault(max(0, bisect_right(starts, mark.start) - 1), []).append(mark)
    for number in sorted(by_sentence):
        start, end = bounds[number]
        end = max(end, *(m.end for m in by_sentence[number]))
        yield Passage(field, start, tuple(_pieces(text, start, end, by_sentence[number])))


def _pieces(text: str, start: int, end: int, marks: list[Marked]) -> Iterator[Piece]:
    at = start
    for first, last in _stretches(text, start, end, marks):
        if first > at:
            yield Piece("… " if at == start else " … ")
        at = first
        for left, right, mark in apart(marks, first, last):
            if left > at:
                yield Piece(shown(text[at:left]))
            yield Piece(shown(text[left:right]), mark)
            at = right
        if at < last:
            yield Piece(shown(text[at:last]))
        at = last
    if at < end:
        yield Piece(" …")


def _stretches(text: str, start: int, end: int, marks: list[Marked]) -> list[tuple[int, int]]:
    """The sentence or, where it is long, what stands around each mark, cut between words."""
    if end - start <= LONGEST:
        return [(start, end)]
    kept: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda m: m.start):
        first = start if mark.start - start <= AROUND else min(mark.start, word_start(text, mark.start - AROUND))
        last = end if end - mark.end <= AROUND else max(mark.end, word_end(text, mark.end, AROUND))
        if kept and first <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(last, kept[-1][1]))
        else:
            kept.append((first, last))
    return kept
