"""Compiled agreements, kept in files by fingerprint: starting up with an unchanged agreement compiles nothing.

A file is named for what went into it: the agreement, the engine, and the code that compiles. It begins with its
own SHA-256; one that is damaged is not believed, and made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from pathlib import Path

import monitor.core
from monitor.adapters.whole_file import put_whole
from monitor.core.agreement import Agreement
from monitor.core.article import fingerprint
from monitor.core.matching.automaton import ENGINES
from monitor.core.matching.compiled import Compiled
from monitor.core.matching.matcher import Matcher
from monitor.core.source import Sources

SUFFIX = ".compiled"
_SUM = hashlib.sha256().digest_size


class CompiledFiles:
    """The folder that keeps them: for each agreement the one in force."""

    def __init__(self, folder: Path, engine: str = ENGINES[0]) -> None:
        self._folder = folder
        self._engine = engine

    def matcher(self, agreement: Agreement, sources: Sources) -> Matcher:
        """The matcher of an agreement, from what is kept; else compiled, and kept if it has a fingerprint."""
        if not agreement.fingerprint:
            return Matcher(agreement, sources)
        path = self._folder / f"{agreement.id}-{self._key(agreement)}{SUFFIX}"
        compiled = _read(path)
        if compiled is None:
            compiled = Compiled.of([agreement], self._engine)
            self._keep(path, compiled.packed(), agreement.id)
        return Matcher(agreement, sources, compiled)

    def _key(self, agreement: Agreement) -> str:
        return fingerprint(agreement.fingerprint, self._engine, code_fingerprint())[:24]

    def _keep(self, path: Path, data: bytes, agreement: str) -> None:
        """Write a file whole or not at all, and let the agreement's earlier ones go."""
        with contextlib.suppress(OSError):  # a full or read-only disk costs the next start some time, no more
            self._folder.mkdir(parents=True, exist_ok=True)
            put_whole(path, hashlib.sha256(data).digest() + data, mode=0o600)
            key_length = len(path.stem) - len(agreement)
            for other in self._folder.glob(f"{agreement}-*{SUFFIX}"):
                if other != path and len(other.stem) - len(agreement) == key_length:
                    other.unlink(missing_ok=True)


def _read(path: Path) -> Compiled | None:
    try:
        data = path.read_bytes()
    except OSError:  # nothing kept
        return None
    if hashlib.sha256(data[_SUM:]).digest() != data[:_SUM]:
        return None
    return Compiled.unpacked(data[_SUM:])


@cache
def code_fingerprint() -> str:
    """SHA-256 over the code of the core, which says how agreements are compiled."""
    core = Path(next(iter(monitor.core.__path__)))
    return fingerprint(*(file.read_text("utf-8") for file in sorted(core.rglob("*.py"))))
