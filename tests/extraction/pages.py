"""Article pages of three public collections with what is right for each; in ../shared/data, never here."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from monitor.core.markup import plain

DATA = Path(__file__).parents[3] / "shared/data/pages"
SCRAPINGHUB = "scrapinghub__article-extraction-benchmark"
READABILITY = "mozilla__readability"
FUNDUS = "flairNLP__fundus_without_uk"


@dataclass(frozen=True)
class Answer:
    """What is right of a page."""

    text: str
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    """Naive where the collection names no zone."""


@dataclass(frozen=True)
class Page:
    """A page, and what its collection says of it."""

    name: str
    body: bytes
    url: str
    answers: tuple[Answer, ...]
    """One; of a publisher of whom several pages were kept, those of all: the one that fits best is its own."""


_FOLDERS = TemporaryDirectory(prefix="monitor-pages-")


@cache
def unpacked(collection: str) -> Path:
    """The folder of a collection, unpacked for as long as the process lives."""
    folder = Path(_FOLDERS.name) / collection
    with tarfile.open(DATA / f"{collection}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder


@cache
def evaluation() -> ModuleType:
    """The measure of article-extraction-benchmark: shingles of four words, as its authors wrote it."""
    path = unpacked(SCRAPINGHUB) / "evaluate.py"
    spec = importlib.util.spec_from_file_location("article_extraction_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def scrapinghub() -> Iterator[Page]:
    folder = unpacked(SCRAPINGHUB)
    for key, truth in json.loads((folder / "ground-truth.json").read_text()).items():
        body = gzip.decompress((folder / f"html/{key}.html.gz").read_bytes())
        yield Page(key, body, truth.get("url", ""), (Answer(truth["articleBody"]),))


def readability() -> Iterator[Page]:
    for folder in sorted((unpacked(READABILITY) / "test/test-pages").iterdir()):
        answer = Answer(plain((folder / "expected.html").read_text("utf-8")))
        body = (folder / "source.html").read_bytes()
        yield Page(folder.name, body, "https://fakehost.example/test/page.html", (answer,))


def fundus() -> Iterator[Page]:
    """Those of its pages that are in the archive: its lists name more."""
    for index in sorted((unpacked(FUNDUS) / "tests/resources/parser/test_data").glob("*/meta.info")):
        for file, about in json.loads(index.read_text()).items():
            path = index.parent / file
            if path.exists():
                truth = json.loads((index.parent / f"{file.split('_')[0]}.json").read_text("utf-8"))
                answers = tuple(_answer(version) for version in truth.values() if version.get("body"))
                yield Page(file, gzip.decompress(path.read_bytes()), about["url"], answers)


def _answer(version: Mapping[str, Any]) -> Answer:
    sections = [part for s in version["body"]["sections"] for part in (*s["headline"], *s["paragraphs"])]
    return Answer(
        "\n\n".join([*version["body"]["summary"], *sections]),
        tuple(version.get("authors") or ()),
        datetime.fromisoformat(version["publishing_date"]),
    )
