"""How well pages are read: text, byline, date, and what is taken for less than the full text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from monitor.adapters.pages import extract
from monitor.jobs.ports import PageText

from .pages import Answer, Page, evaluation, fundus, readability, scrapinghub

COLLECTIONS: Mapping[str, Callable[[], Iterable[Page]]] = {
    "scrapinghub": scrapinghub,
    "readability": readability,
    "fundus": fundus,
}
ZONES = timedelta(hours=14)
"""How far a clock without a zone may be from another."""


@dataclass(frozen=True)
class Measured:
    """Figures by name (`scrapinghub f1`), and the pages that were not taken for the full text."""

    pages: Mapping[str, int]
    figures: Mapping[str, float]
    doubted: Mapping[str, str]
    """`fundus <name>` -> what its text was taken for."""


def measure() -> Measured:
    """Every page of the three collections, read as ingest reads it."""
    figures: dict[str, float] = {}
    doubted: dict[str, str] = {}
    counts: dict[str, int] = {}
    for collection, pages in COLLECTIONS.items():
        read = [_read(page) for page in pages()]
        counts[collection] = len(read)
        scores = evaluation().metrics_from_tp_fp_fns([one.shared for one in read])
        figures |= {f"{collection} {name}": value for name, value in scores.items()}
        doubted |= {f"{collection} {r.page.name}": str(r.found.quality) for r in read if not r.found.quality.full}
        if collection == "fundus":
            signed = [one for one in read if one.answer.authors]
            figures["fundus byline"] = sum(byline_is_right(r.answer, r.found) for r in signed) / len(signed)
            figures["fundus date"] = sum(date_is_right(r.answer, r.found) for r in read) / len(read)
    return Measured(counts, figures, doubted)


@dataclass(frozen=True)
class _Read:
    page: Page
    found: PageText
    answer: Answer
    shared: tuple[float, float, float]
    """Shares of shingles right, too many, missing."""


def _read(page: Page) -> _Read:
    found = extract(page.body, url=page.url)
    text = "\n\n".join([found.body, *(f"{part.heading}\n\n{part.body}" for part in found.parts)])
    shared = {answer: evaluation().string_shingle_matching(answer.text, text) for answer in page.answers}
    answer = max(shared, key=lambda a: shared[a][0])
    return _Read(page, found, answer, shared[answer])


def byline_is_right(answer: Answer, found: PageText) -> bool:
    """Whether it names every author, and nobody takes more than the names do to be named."""
    byline = _plain(found.byline)
    names = [_plain(author) for author in answer.authors]
    return all(name in byline for name in names) and len(byline) <= sum(map(len, names)) + 8 * len(names)


def date_is_right(answer: Answer, found: PageText) -> bool:
    """Whether it is the same instant; where the collection names no zone, the same minute of some zone's hour."""
    said, read = answer.published_at, found.published_at
    if said is None or read is None:
        return False
    if said.tzinfo is not None:
        return said == read
    apart = said - read.replace(tzinfo=None)
    return abs(apart) <= ZONES and (said.minute, said.second) == (read.minute, read.second)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def table(measured: Measured) -> str:
    """The figures as a table for people."""
    return "\n".join(_rows(measured))


def _rows(measured: Measured) -> Iterator[str]:
    for collection, pages in measured.pages.items():
        own = [(name, value) for name, value in measured.figures.items() if name.split()[0] == collection]
        yield f"{collection:12} {pages:4} pages  " + "  ".join(
            f"{name.split()[1]} {value:.3f}" for name, value in own
        )
    for name, why in measured.doubted.items():
        yield f"  not the full text: {name}: {why}"
