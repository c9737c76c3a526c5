"""Compiled twins of some narrow stretches of the core: the same answers, sooner.

The Python is complete, and the reference. Beside it, where `make native` could build them, stand twins written in
Cython, in a file of the same name and under the same name; tests hold the two to the same answers. What they share
has files of its own: buffers (columns as C sees them) · letters (eight at a time) · keys, index (what words are
looked up by, and where) · marks (sets of numbers) · scopes (numbers that Python has names for) · places, terms,
rules (rows of tables) · sight (what letters tell at a glance) · stands (where all stands) · gaps (what stands
between words) · reach (whether a word is within a scope) · spots (lists of places, what they cover) · outgoing
(what became of places) · wordlists (where words of a list stand) · out (JSON being made) · ready (pieces of it) ·
spans (places in the original texts) · evidence (what a verdict rests on). What lies far apart in memory is sent
for (`prefetch`) before it is come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any, TypeVar, cast

from monitor.core.matching.native.seal import SOURCES

try:
    from monitor.core.matching.native.built import OF
except ImportError:  # not built here: no compiler, or a wheel for every machine
    OF = ""
if OF == SOURCES:
    try:
        from monitor.core.matching.native import (
            automaton,
            context,
            folding,
            hits,
            markup,
            sheet,
            sitting,
            standing,
            text,
            trie,
            weighing,
            written,
        )
    except ImportError:  # built, but for another Python than this
        OF = ""

BUILT = OF == SOURCES
"""Whether the twins are there, all of them, and made of the sources beside them: others might say otherwise."""
if not BUILT:
    automaton = context = folding = hits = markup = sheet = sitting = None  # type: ignore[assignment]
    standing = text = trie = weighing = written = None  # type: ignore[assignment]

Function = TypeVar("Function", bound=Callable[..., Any])
_python: ContextVar[bool] = ContextVar("python", default=False)


def twin(kernel: Any, *tables: Any) -> Callable[[Function], Function]:
    """The function whose compiled twin, of the same name in that module, does its work where there is one.

    `tables` the twin gets besides, before all else: what Python works out, and C has to look up.
    """

    def chosen(function: Function) -> Function:
        if kernel is None:
            return function
        compiled = partial(getattr(kernel, function.__name__.lstrip("_")), *tables)

        @wraps(function)
        def either(*values: Any) -> Any:
            return function(*values) if _python.get() else compiled(*values)

        return cast("Function", either)

    return chosen


def serves() -> bool:
    """Whether the twins do the work just now."""
    return BUILT and not _python.get()


@contextmanager
def in_python() -> Iterator[None]:
    """Within it Python does all the work: for tests and benchmarks, which compare the two."""
    before = _python.set(True)
    try:
        yield
    finally:
        _python.reset(before)
