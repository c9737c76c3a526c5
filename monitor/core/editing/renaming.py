"""A term that has another name and is otherwise as it was: known again, and told and merged as one change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from monitor.core.editing.values import Values, item_name, same
from monitor.core.json import Json

T = TypeVar("T")
Named: TypeAlias = "Sequence[tuple[str, T]]"
"""Names with what else there is to say of them, in order."""
TERMS = "terms"
TERM = "term"
"""The key under which a term has its name, where it has options."""


def renamed(before: Named[T], after: Named[T], alike: Callable[[T, T], bool]) -> dict[str, str]:
    """By its old name the new one of each that stands where it stood, and of which nothing else is otherwise.

    Nothing is guessed: where several went or came that are alike, they went and came.

    >>> renamed([("A", 1), ("B", 2)], [("A", 1), ("C", 2)], int.__eq__)
    {'B': 'C'}
    """
    gone, came = _alone(before, after), _alone(after, before)
    found = {}
    for place, names in gone.items():
        for name, options in names:
            others = [new for new, its in came.get(place, ()) if alike(options, its)]
            if len(others) == 1 and sum(alike(options, its) for _, its in names) == 1:
                found[name] = others[0]
    return found


def _alone(names: Named[T], others: Named[T]) -> dict[str, list[tuple[str, T]]]:
    """What only the one has, by the last name before it that both have; `''` where there is none."""
    both, behind = {name for name, _ in others}, ""
    found: defaultdict[str, list[tuple[str, T]]] = defaultdict(list)
    for name, options in names:
        if name in both:
            behind = name
        else:
            found[behind].append((name, options))
    return found


def renamed_terms(before: Values, after: Values) -> dict[str, str]:
    """The same of a section's terms, as its file lists them.

    >>> renamed_terms({"terms": [{"term": "A", "case": "exact"}]}, {"terms": [{"term": "B", "case": "exact"}]})
    {'A': 'B'}
    """
    return renamed(_terms(before), _terms(after), same)


def _terms(values: Values) -> list[tuple[str, Values]]:
    terms = values.get(TERMS)
    return [(item_name(item), options_of(item)) for item in terms] if isinstance(terms, list) else []


def options_of(item: Json) -> Values:
    """What a term says besides its name; nothing where it is only a name."""
    return {key: value for key, value in item.items() if key != TERM} if isinstance(item, dict) else {}


def with_hits_of(values: Values, names: Mapping[str, str]) -> Values:
    """A section with its terms' names in examples replaced: an example names the terms that it hits.

    >>> with_hits_of({"examples": [{"text": "t", "hits": ["A"]}]}, {"A": "B"})
    {'examples': [{'text': 't', 'hits': ['B']}]}
    """
    examples = values.get("examples")
    if not names or not isinstance(examples, list):
        return values
    return {**values, "examples": [_with_hits(one, names) for one in examples]}


def _with_hits(example: Json, names: Mapping[str, str]) -> Json:
    hits = example.get("hits") if isinstance(example, dict) else None
    if not isinstance(example, dict) or not isinstance(hits, list):
        return example
    return {**example, "hits": [names.get(hit, hit) if isinstance(hit, str) else hit for hit in hits]}


# --------------------------------------------------------------- three states together

NEW_NAME = "new name"
"""The key that a term which has another name has it under, while three states of it are put together."""


def renamed_on_both(base: Values, mine: Values, theirs: Values) -> tuple[dict[str, str], dict[str, str]]:
    """By its old name the new one of each term that mine, and theirs, call otherwise.

    None that would be two terms of one name in what comes of both.
    """
    my, their = renamed_terms(base, mine), renamed_terms(base, theirs)
    return _told_apart(my, their, theirs), _told_apart(their, my, mine)


def _told_apart(names: Mapping[str, str], others: Mapping[str, str], other: Values) -> dict[str, str]:
    taken = {name for name, _ in _terms(other)}
    return {old: new for old, new in names.items() if new not in taken or others.get(old) == new}


def under_old_names(values: Values, names: Mapping[str, str]) -> Values:
    """A section in which every renamed term has its old name, and the new one as an option."""
    old = {new: name for name, new in names.items()}
    return _with_terms(with_hits_of(values, old), lambda item: _under_old_name(item, old.get(item_name(item))))


def _under_old_name(item: Json, old: str | None) -> Json:
    return item if old is None else {TERM: old, **options_of(item), NEW_NAME: item_name(item)}


def under_new_names(values: Values) -> Values:
    """The same section with the new names in their place."""
    terms = values.get(TERMS)
    items = terms if isinstance(terms, list) else []
    names = {item_name(item): str(item[NEW_NAME]) for item in items if isinstance(item, dict) and NEW_NAME in item}
    return _with_terms(with_hits_of(values, names), lambda item: _under_new_name(item, names.get(item_name(item))))


def _under_new_name(item: Json, new: str | None) -> Json:
    if new is None:
        return item
    options = {key: value for key, value in options_of(item).items() if key != NEW_NAME}
    return {TERM: new, **options} if options else new


def _with_terms(values: Values, changed: Callable[[Json], Json]) -> Values:
    terms = values.get(TERMS)
    return {**values, TERMS: [changed(item) for item in terms]} if isinstance(terms, list) else values
