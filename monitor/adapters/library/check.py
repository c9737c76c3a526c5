"""What must agree between files, and what must not be said twice.

Checked on the page and not on the filled form, so that a file with other faults still tells these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeAlias

from monitor.adapters.library import people
from monitor.adapters.library.faults import did_you_mean
from monitor.adapters.library.page import Page, Steps
from monitor.core.fault import Fault
from monitor.core.matching.text import comparable
from monitor.core.query import Query, parse, phrases

Check: TypeAlias = Callable[[Page], Iterable[Fault]]
Found: TypeAlias = Iterable[tuple[Steps, str]]

_ID = re.compile(r"[a-z][a-z0-9_]*")
_TIME_OF_DAY = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Known:
    """Names that other files define. None: they could not be read, so nothing is said of them."""

    groups: frozenset[str] | None = None
    outlets: frozenset[str] | None = None
    lists: Mapping[str, frozenset[str]] | None = None
    """The words of each list of context words."""
    places: frozenset[str] | None = None
    sections: frozenset[str] | None = None
    people: frozenset[str] | None = None
    """Classes of individuals that may be named besides office-holders."""
    taken: Mapping[str, str] = field(default_factory=dict)
    """Outlet ids, source ids and addresses -> the file that has them."""


# --------------------------------------------------------------- sections


def section(known: Known) -> Check:
    """Checks of a section's file."""

    def check(page: Page) -> Iterator[Fault]:
        terms = _terms(page)
        query, wrong = _query(page)
        names = None if wrong else frozenset(name for _, name in terms) | _phrases(query)
        yield from _named_as_its_file(page)
        yield from _nothing_sought(page)
        yield from wrong
        yield from _unknown(page, "group", known.groups, "sources", "groups", "*")
        yield from _unknown(page, "outlet", known.outlets, "sources", "plus", "*")
        yield from _unknown(page, "place list", known.places, "oicw", "*", "place")
        yield from _unknown(page, "term of this section", names, "examples", "*", "hits", "*")
        yield from _shared_lists(page, known)
        yield from people.individuals(page, known.people)
        yield from _twice(page, terms, comparable)
        yield from _twice(page, page.texts("sources", "groups", "*"))
        yield from _twice(page, page.texts("sources", "plus", "*"))

    return check


def _named_as_its_file(page: Page) -> Iterator[Fault]:
    stem = PurePosixPath(page.name).stem
    for path, name in page.texts("section"):
        if name != stem:
            remedy = f"write `section: {stem}`, or call the file {name}.yaml"
            yield page.fault(path, f"the file is called {stem}.yaml and says it is the section `{name}`", remedy)


def _nothing_sought(page: Page) -> Iterator[Fault]:
    if isinstance(page.data, dict) and not page.data.keys() & {"terms", "query"}:
        yield page.fault(("terms",), "`terms` is missing", "add `terms:` - what to look for - or a `query:`")


def _query(page: Page) -> tuple[Query | None, list[Fault]]:
    """The section's query, if it has one that can be read, and the faults of it."""
    for path, text in page.each("query"):
        if isinstance(text, str):
            read = parse(text)
            told = [(f"in the query's line {f.line}, column {f.column}: {f.what}", f.remedy) for f in read.faults]
            return read.query, [page.fault(path, what, remedy or "mend those first") for what, remedy in told]
    return None, []


def _phrases(query: Query | None) -> frozenset[str]:
    return frozenset(phrase.text for phrase, *_ in phrases(query)) if query else frozenset()


def _terms(page: Page) -> list[tuple[Steps, str]]:
    """The names of the terms, in the order they are written."""
    found = [*page.texts("terms", "*"), *page.texts("terms", "*", "term")]
    return sorted(found, key=lambda term: page.line(term[0]) or 0)


def _shared_lists(page: Page, known: Known) -> Iterator[Fault]:
    if known.lists is None:
        return
    yield from _unknown(page, "context list", frozenset(known.lists), "oicw", "*", "any", "list")
    for path, name in page.texts("oicw", "*", "any", "list"):
        for word_path, word in page.texts("oicw", "*", "any", "without", "*"):
            if word_path[1] == path[1] and name in known.lists and word not in known.lists[name]:
                remedy = did_you_mean(word, known.lists[name], "take it away")
                yield page.fault(word_path, f"the list `{name}` has no word {word!r} to leave out", remedy)


# --------------------------------------------------------------- an agreement and its digests


def agreement(files: frozenset[str]) -> Check:
    """Checks of agreement.yaml; `files` are the section files beside it, without .yaml."""

    def check(page: Page) -> Iterator[Fault]:
        for path, name in page.texts("sections", "*"):
            if name not in files:
                remedy = did_you_mean(name, files, f"write {name}.yaml, or take the name away")
                yield page.fault(path, f"there is no file {name}.yaml", remedy)
        yield from _twice(page, page.texts("sections", "*"))
        for pattern in (("context_lists", "*"), ("places", "*")):
            yield from _bad_ids(page, pattern)
        for list_path, _ in page.each("context_lists", "*"):
            yield from _twice(page, _list_words(page, str(list_path[1])), comparable)

    return check


def _list_words(page: Page, name: str) -> list[tuple[Steps, str]]:
    found = [*page.texts("context_lists", name, "*"), *page.texts("context_lists", name, "*", "word")]
    return sorted(found, key=lambda word: page.line(word[0]) or 0)


def digests(known: Known) -> Check:
    """Checks of digests.yaml."""

    def check(page: Page) -> Iterator[Fault]:
        yield from _bad_ids(page, ("*",))
        yield from _unknown(page, "section", known.sections, "*", "sections", "*")
        for path, _ in page.each("*"):
            for key in ("sections", "days", "to"):
                yield from _twice(page, page.texts(str(path[0]), key, "*"))
            yield from _hours(page, str(path[0]))

    return check


def holidays(page: Page) -> Iterator[Fault]:
    """Checks of holidays.yaml: of one day one thing is said."""
    days = [*page.texts("holidays", "*", "day"), *page.texts("working_days", "*", "day")]
    yield from _twice(page, sorted(days, key=lambda day: page.line(day[0]) or 0))


def _hours(page: Page, digest: str) -> Iterator[Fault]:
    """A fault where the editor's hour is not before the edition, or the edition may go while they look."""
    keys = (("hold", "from"), ("hold", "until"), ("at",))
    found = [next(page.texts(digest, *key), None) for key in keys]
    if not all(one and _TIME_OF_DAY.fullmatch(one[1]) for one in found):
        return
    (_, opens), (path, closes), (_, goes) = (one for one in found if one)
    if not opens < closes <= goes:
        what = f"the editor's hour runs from {opens} to {closes}, and the edition goes out at {goes}"
        yield page.fault(path, what, "write times of one day in this order: from, until, at")
        return
    for early, at in (*page.texts(digest, "early"), *page.texts(digest, "early", "at")):
        if _TIME_OF_DAY.fullmatch(at) and at < closes:
            what = f"it may go early from {at} on, while editors may change it until {closes}"
            remedy = f"write {closes} or later, end the hour before, or take one of them away"
            yield page.fault(early, what, remedy)


# --------------------------------------------------------------- sources


def groups(page: Page) -> Iterator[Fault]:
    """Checks of groups.yaml."""
    yield from _twice(page, page.texts("groups", "*", "id"))


def outlets(known: Known) -> Check:
    """Checks of a file of outlets."""

    def check(page: Page) -> Iterator[Fault]:
        yield from _unknown(page, "group", known.groups, "outlets", "*", "groups", "*")
        for pattern in OUTLET_KEYS:
            yield from _twice(page, page.texts(*pattern), str, known.taken)
        for path, _ in page.each("outlets", "*"):
            yield from _twice(page, (f for f in page.texts("outlets", "*", "groups", "*") if f[0][:2] == path))

    return check


OUTLET_KEYS = (
    ("outlets", "*", "id"),
    ("outlets", "*", "sources", "*", "id"),
    ("outlets", "*", "sources", "*", "url"),
    ("outlets", "*", "sources", "*", "folder"),
)
"""What no two outlets, or sources, may share."""


def taken_by(page: Page) -> dict[str, str]:
    """What a file of outlets takes, for the files after it."""
    return {_slot(path, name): page.name for pattern in OUTLET_KEYS for path, name in page.texts(*pattern)}


# --------------------------------------------------------------- what they share


def _unknown(page: Page, what: str, known: frozenset[str] | None, *pattern: str) -> Iterator[Fault]:
    """A fault for each name that nothing defines."""
    for path, name in page.texts(*pattern) if known is not None else ():
        if name not in (known or ()):
            remedy = did_you_mean(name, known or (), f"known are: {_some(known or ())}")
            yield page.fault(path, f"there is no {what} `{name}`", remedy)


def _some(known: Iterable[str]) -> str:
    names = sorted(known)
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "") or "none"


def _slot(path: Steps, name: str) -> str:
    """Outlet ids, source ids and addresses each have a space of their own."""
    return f"{'.'.join(step for step in path if isinstance(step, str))}={name}"


def _twice(
    page: Page,
    found: Found,
    same: Callable[[str], str] = str,
    taken: Mapping[str, str] | None = None,
) -> Iterator[Fault]:
    """A fault for each name that stands in this file, or in one read before it, already."""
    first: dict[str, Steps] = {}
    for path, name in found:
        key = same(name)
        if elsewhere := (taken or {}).get(_slot(path, key)):
            yield page.fault(path, f"`{name}` is also in {elsewhere}", "keep one of them")
        elif key in first:
            what = f"`{name}` stands in line {page.line(first[key])} already"
            yield page.fault(path, what, "keep one of them", f"“{name}” is there already: keep one of them")
        first.setdefault(key, path)


def _bad_ids(page: Page, pattern: tuple[str, ...]) -> Iterator[Fault]:
    for path, _ in page.each(*pattern):
        if not _ID.fullmatch(str(path[-1])):
            remedy = "use small letters, figures and _ only: `my_list`"
            yield page.fault(path, f"{str(path[-1])!r} is not an id", remedy)
