"""One change of several put back: the values as they are, with what stood in one place before."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.core.editing.changes import IN_ORDER
from monitor.core.editing.merging import GONE, Gone, State
from monitor.core.editing.renaming import TERMS, renamed_terms, with_hits_of
from monitor.core.editing.values import Values, Way, item_name, joined_order
from monitor.core.json import Json


def put_back(before: Values, after: Values, way: Way) -> Values:
    """The values after, with what a change's way leads to as it was before.

    >>> put_back({"terms": ["A"], "title": "x"}, {"terms": ["A", "B"], "title": "y"}, ("terms", "B"))
    {'terms': ['A'], 'title': 'y'}
    """
    names = renamed_terms(before, after)
    new_to_old = {new: old for old, new in names.items() if way == (TERMS, old, new)}
    found = _back(before if new_to_old else with_hits_of(before, names), after, way)
    return with_hits_of(found, new_to_old) if isinstance(found, dict) else {}


def _back(before: State, after: State, way: Way) -> State:
    if not way:
        return before
    if isinstance(before, list) and isinstance(after, list):
        return _in_order(before, after) if way == (IN_ORDER,) else _items(before, after, way)
    if isinstance(before, list) or isinstance(after, list):
        was_list, now_list = (one if isinstance(one, list) else [] for one in (before, after))
        return _items(was_list, now_list, way) or (GONE if before is GONE else [])
    was, now = (_options(one, other) for one, other in ((before, after), (after, before)))
    made = _replaced(was, now, way)
    if isinstance(before, str) and made.keys() == was.keys():
        return before
    return made or (GONE if before is GONE else {})


def _options(item: State, other: State) -> Values:
    """A mapping; of a term that is only a name, one with that name under the key that the other has it under."""
    if isinstance(item, dict):
        return item
    named = other.items() if isinstance(other, dict) else ()
    return {key: value for key, value in named if isinstance(item, str) and value == item}


def _items(before: list[Json], after: list[Json], way: Way) -> list[Json]:
    was, now = ({item_name(one): one for one in state} for state in (before, after))
    if (
        len(way) == 2 and way[0] in was and way[0] not in now and way[1] in now
    ):  # a rule without a name, or a term that has another
        return [was[way[0]] if item_name(one) == way[1] else one for one in after]
    return list(_replaced(was, now, way).values())


def _replaced(before: Mapping[str, Json], after: Mapping[str, Json], way: Way) -> Values:
    """By names, one of them as it was; what comes back stands where it stood."""
    name, *below = way
    found = _back(before.get(name, GONE), after.get(name, GONE), tuple(below))
    state: dict[str, State] = {**after, name: found}
    kept = {key: value for key, value in state.items() if not isinstance(value, Gone)}
    order = joined_order([key for key in after if key in kept], [key for key in before if key in kept])
    return {key: kept[key] for key in order}


def _in_order(before: list[Json], after: list[Json]) -> list[Json]:
    """What is there, in the order of before; what is new behind what it stands behind."""
    now = {item_name(one): one for one in after}
    old = [name for name in map(item_name, before) if name in now]
    return [now[name] for name in joined_order(old, list(now))]
