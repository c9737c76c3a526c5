"""Articles handed in as JSON lines (`monitor match`, `monitor explain`): bytes in, articles and faults out."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.core.article import Article
from monitor.core.fault import Fault
from monitor.core.json import broken_at

TEXTS = ("outlet", "url", "headline", "standfirst", "body", "html", "byline")
KNOWN = (*TEXTS, "published_at", "carried_by")
_ONE_OF = ("headline", "body", "html")


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One line of the input."""

    number: int
    """From 1."""
    article: Article | None
    """None when the line is no article."""
    extracted: bool = False
    """The body was taken out of `html`."""
    faults: tuple[Fault, ...] = ()
    url: str = ""
    """The address it gives, also when it is no article."""


def read_lines(
    lines: Iterable[str | bytes], where: str, extract: Callable[[bytes, str], str]
) -> Iterator[ArticleLine]:
    """One `ArticleLine` for each line that is not blank; `extract(html, url)` gives the body of a page.

    Of a line of bytes what is not UTF-8 is replaced, and is a fault.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _Line(where, number, extract).read(line)


class _Line:
    """Reads one line, gathering its faults."""

    def __init__(self, where: str, number: int, extract: Callable[[bytes, str], str]) -> None:
        self.where, self.number, self.extract = where, number, extract
        self.faults: list[Fault] = []

    def read(self, line: str | bytes) -> ArticleLine:
        """The article, or what keeps the line from being one."""
        try:
            data = json.loads(line if isinstance(line, str) else self._decoded(line))
        except json.JSONDecodeError as error:
            what = f"it is not JSON: {broken_at(error)}"
            return self._none("", what, "write one JSON object on each line")
        except (ValueError, RecursionError):
            what = "it is not JSON that can be read: nested too deeply, or a number too long"
            return self._none("", what, "write one JSON object on each line")
        if not isinstance(data, dict):
            return self._none("", "it is no JSON object", 'write {"headline": "...", "body": "..."}')
        self._unknown_keys(data)
        texts = {key: self._text(data, key) for key in TEXTS}
        if not any(texts[key].strip() for key in _ONE_OF):
            return self._none("", "there is no text", f"give one of {', '.join(_ONE_OF)}", texts["url"])
        html = texts.pop("html")
        if html and not texts["body"]:
            texts["body"] = self.extract(html.encode("utf-8", "replace"), texts["url"])
            if not texts["body"].strip():
                self._fault("html", "no text of an article was found in it", "give the text as body")
        article = Article(
            url=texts["url"],
            headline=texts["headline"],
            standfirst=texts["standfirst"],
            body=texts["body"],
            byline=texts["byline"],
            outlet=texts["outlet"] or None,
            published_at=self._instant(data),
            carried_by=self._carried_by(data),
        )
        return ArticleLine(self.number, article, bool(html), tuple(self.faults), article.url)

    def _decoded(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            where = f"byte {error.start + 1} of the line"
            self._fault("", f"it is not UTF-8 from {where} on; what cannot be read is \ufffd", "save it as UTF-8")
            return line.decode("utf-8", "replace")

    def _none(self, field: str, what: str, remedy: str, url: str = "") -> ArticleLine:
        self._fault(field, what, remedy)
        return ArticleLine(self.number, None, faults=tuple(self.faults), url=url)

    def _fault(self, field: str, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.where, what, remedy, self.number, field))

    def _unknown_keys(self, data: dict[str, object]) -> None:
        """Keys of the sender's own are left alone; one that is nearly ours is a slip of the pen."""
        for key in data.keys() - set(KNOWN):
            near = difflib.get_close_matches(key, KNOWN, 1, 0.8)
            if near:
                self._fault(key, "there is no such field; it is left out", f"did you mean {near[0]}?")

    def _text(self, data: dict[str, object], key: str) -> str:
        value = data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._fault(key, f"it is no text but {type(value).__name__}; it is left out", "write it in quotes")
            return ""
        return value

    def _instant(self, data: dict[str, object]) -> datetime | None:
        value = self._text(data, "published_at")
        if not value:
            return None
        try:
            instant = datetime.fromisoformat(value)
            return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self._fault("published_at", f"{value!r} is no date; it is left out", "write 2026-11-23T07:00:00Z")
            return None

    def _carried_by(self, data: dict[str, object]) -> tuple[str, ...]:
        value = data.get("carried_by") or []
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self._fault("carried_by", "it is no list of outlet ids; it is left out", 'write ["bbc", "stv"]')
            return ()
        return tuple(value)
