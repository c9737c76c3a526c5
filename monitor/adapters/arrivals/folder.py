"""Folders that files arrive in: which files are complete, what they hold, where they go afterwards.

A file that was taken is moved to `taken/`, one with faults to `set-aside/` with a report beside it. One that was
read and not moved, because we were killed, is read again, and its entries are known.
"""

from __future__ import annotations

import gzip
import io
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, cast

from monitor.adapters.arrivals.document import parse
from monitor.core.article import Article, Entry
from monitor.core.charset import decode
from monitor.core.dates import in_london
from monitor.core.fault import Fault
from monitor.core.source import Source
from monitor.errors import InputError, ParseError
from monitor.jobs.ports import Arrived

TAKEN, SET_ASIDE = "taken", "set-aside"
REPORT = ".report.txt"
REPORTS_KEPT = timedelta(days=30)
"""So much longer than the files that they are on."""
QUIET = timedelta(seconds=10)
"""A file that was written to so recently may not be complete."""
PATIENCE = timedelta(minutes=10)
"""So long we wait for the end of a file that breaks off."""
MAX_BYTES = 50_000_000
"""Of an XML document, unpacked; JSON lines may be longer."""
MAX_LINE = 10_000_000
LINES = 200
"""Lines that are read at a time."""
_PASSING = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".swp", ".lock")
"""Endings that programs give to files they have not finished writing."""
_GZIP = b"\x1f\x8b"

ParseXml = Callable[[bytes], Arrived]
ReadLines = Callable[[Iterable[bytes], str], Iterator[tuple[Article | None, Sequence[Fault]]]]
"""Lines of JSON and the file's name -> for each the article, or what is wrong with it."""


AGAIN = "ask its sender for it again"


class NoDelivery(ParseError):
    """A file of another kind: the same again would not help."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


class Folders:
    """All folders below a workspace; fits `jobs.ports.ArrivalFolders`."""

    def __init__(self, home: Path, read_lines: ReadLines, parse_xml: ParseXml = parse) -> None:
        self._home, self._read_lines, self._parse_xml = home, read_lines, parse_xml

    def waiting(self, source: Source, now: datetime) -> list[ArrivedFile]:
        """The files that are complete, the oldest first.

        Raises:
            InputError: there is no such folder, or it cannot be looked into.
        """
        folder = self._home / source.folder
        if not folder.is_dir():
            raise InputError(f"there is no folder {folder}: make it, and have files sent there")
        with _told(folder, "be looked into"):
            found = [(path, path.lstat()) for path in folder.iterdir() if _meant(path.name)]
        aged = [
            (path, now - datetime.fromtimestamp(s.st_mtime, UTC))
            for path, s in found
            if _is_given(path.name, s.st_mode)
        ]
        # a clock that is ahead is no reason to wait for ever
        complete = [(age, path) for path, age in aged if abs(age) >= QUIET]
        complete.sort(key=lambda pair: (-pair[0], pair[1].name))
        return [ArrivedFile(path, self._read_lines, self._parse_xml, age, now) for age, path in complete]

    def purge(self, source: Source, before: datetime, *, only_look: bool = False) -> int:
        """Delete what was moved to `taken/` and `set-aside/` before then; how many files they are.

        The reports on what was set aside hold no text of it, and are kept for a month at least.

        Raises:
            InputError: a file cannot be deleted.
        """
        old = [path for where in (TAKEN, SET_ASIDE) for path in self._moved(source, where, before)]
        for path in () if only_look else old:
            with _told(path, "be deleted, which is old"):
                path.unlink(missing_ok=True)
        return len(old)

    def _moved(self, source: Source, where: str, before: datetime) -> Iterator[Path]:
        """What was moved there before then."""
        folder = self._home / source.folder / where
        with _told(folder, "be looked into"):
            for path in folder.iterdir() if folder.is_dir() else ():
                kept = REPORTS_KEPT if path.name.endswith(REPORT) else timedelta()
                if datetime.fromtimestamp(path.lstat().st_ctime, UTC) < before - kept:
                    yield path


def _is_given(name: str, mode: int) -> bool:
    """Whether it is a file, or a link, which is told of; our own folders may be links, too."""
    return stat.S_ISREG(mode) or (stat.S_ISLNK(mode) and name not in (TAKEN, SET_ASIDE))


class ArrivedFile:
    """One file; fits `jobs.ports.Arrival`."""

    def __init__(
        self, path: Path, read_lines: ReadLines, parse_xml: ParseXml, age: timedelta, now: datetime
    ) -> None:
        self.path = path
        self._read_lines, self._parse_xml = read_lines, parse_xml
        self._patient = timedelta() <= age < PATIENCE
        self._now = now
        self._waits = False
        self._given = 0

    def parts(self) -> Iterator[Arrived]:
        """What it holds; nothing while its end is waited for, or under an embargo.

        A link is a fault and not followed: it may lead to any file of the machine.
        """
        if self.path.is_symlink():
            yield Arrived(
                faults=[Fault(self.path.name, "it is a link and not followed", "put the file itself there")]
            )
            return
        try:
            with self.path.open("rb") as raw:
                for part in self._read(_unpacked(raw)):
                    self._given += len(part.entries)
                    yield part
        except FileNotFoundError:  # another run has taken it meanwhile
            return
        except (ParseError, OSError, EOFError, zlib.error) as error:
            if self._patient:
                self._waits = True
                return
            remedy = error.remedy if isinstance(error, NoDelivery) else AGAIN
            yield Arrived(faults=[Fault(self.path.name, _what(error), remedy)])

    def taken(self) -> None:
        """Move it to `taken/`, unless it is waited for.

        Raises:
            InputError: it cannot be moved.
        """
        if not self._waits:
            self._move(TAKEN)

    def set_aside(self, faults: Sequence[Fault]) -> None:
        """Move it to `set-aside/`, with a report of its faults.

        Raises:
            InputError: it cannot be moved.
        """
        moved = self._move(SET_ASIDE)
        if moved is None:
            return
        what = "What is right in it was taken." if self._given else "Nothing of it was taken."
        head = f"{self.path.name} was set aside at {in_london(self._now)}. {what}\n"
        tail = f"Mend it and put it back into {self.path.parent}: nothing is taken twice.\n"
        told = "".join(f"- {fault}\n" for fault in faults)
        with _told(moved, "be reported on"):
            moved.with_name(f"{moved.name}{REPORT}").write_text(f"{head}\n{told}\n{tail}", "utf-8")

    def _read(self, data: IO[bytes]) -> Iterator[Arrived]:
        start = decode(cast("io.BufferedReader", data).peek(4096)[:4096]).lstrip("\ufeff \t\r\n")
        if start.startswith("<"):
            yield self._document(data)
        elif start.startswith("{"):
            yield from self._lines(data)
        elif not start:
            raise ParseError("it is empty")
        else:
            raise NoDelivery(*_what_it_is(start))

    def _document(self, data: IO[bytes]) -> Arrived:
        body = data.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise ParseError(f"it has more than {MAX_BYTES:,} bytes: have it sent in parts")
        arrived = self._parse_xml(body)
        if arrived.embargo is not None and arrived.embargo > self._now:
            self._waits = True
            return Arrived(
                left_out=[f"{self.path.name} is under embargo until {in_london(arrived.embargo, '%d %b %H:%M')}"]
            )
        return arrived

    def _lines(self, data: IO[bytes]) -> Iterator[Arrived]:
        read = self._read_lines(_lines_of(data, patient=self._patient), self.path.name)
        while batch := list(islice(read, LINES)):
            yield Arrived(
                [_entry(article) for article, _ in batch if article is not None],
                [fault for _, faults in batch for fault in faults],
            )

    def _move(self, where: str) -> Path | None:
        """Where it is now; None when another run has moved it meanwhile."""
        folder = self.path.parent / where
        with _told(self.path, f"be moved into {where}/"):
            folder.mkdir(exist_ok=True)
            target = _free(folder / self.path.name)
            try:
                self.path.rename(target)
            except FileNotFoundError:
                return None
        return target


def _what_it_is(start: str) -> tuple[str, str]:
    """What a file is that is no delivery, and what to do about it."""
    if start.startswith("PK\x03\x04"):
        return "it is a zip archive", "unpack it, and put the files that are in it here"
    if start.startswith("["):
        return (
            "it is one list in JSON, and no JSON lines",
            "write one JSON object on each line, without [ ] around",
        )
    neither = "it is neither NewsML-G2, NITF nor JSON lines"
    return neither, "ask its sender for one of these; what people read (PDF, Word) is not read here"


def _what(error: Exception) -> str:
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return f"its gzip is damaged or cut off: {error}"
    return (error.strerror if isinstance(error, OSError) else "") or str(error)


@contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{path} cannot {what}: {error.strerror or error}: let us write there") from error


def _meant(name: str) -> bool:
    """Whether a file is for us: not hidden, and not by its name still on its way."""
    return not name.startswith((".", "~")) and not name.lower().endswith(_PASSING)


def _free(path: Path) -> Path:
    """The path, or the next of its like that nobody has: `a.xml`, `a.2.xml` ..."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}.{number}{path.suffix}")
    return found


def _unpacked(raw: io.BufferedReader) -> IO[bytes]:
    if raw.peek(2)[:2] != _GZIP:
        return raw
    return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=raw)))


def _lines_of(data: IO[bytes], *, patient: bool) -> Iterator[bytes]:
    """The lines, none longer than a limit: what is longer is broken there, and is no JSON then.

    Raises:
        ParseError: `patient`, and the last line is not all there.
    """
    while line := data.readline(MAX_LINE):
        if patient and not line.endswith((b"\n", b"}")) and not data.peek(1):  # type: ignore[attr-defined]
            raise ParseError("its last line is cut off")
        yield line


def _entry(article: Article) -> Entry:
    """An article line as an entry that is whole."""
    return Entry(
        url=article.url or f"urn:sha256:{article.id}",
        headline=article.headline,
        guid=article.id,
        standfirst=article.standfirst,
        body=article.body,
        byline=article.byline,
        published_at=article.published_at,
        whole=bool(article.body),
    )
