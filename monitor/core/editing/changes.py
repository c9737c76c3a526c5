"""What changed between two states of a file, in sentences that an editor reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitor.core.editing.renaming import TERMS, renamed_terms, with_hits_of
from monitor.core.editing.rules import changed_rules
from monitor.core.editing.saying import LONGEST, Change, label, of_values, plain
from monitor.core.editing.values import Values, Way, item_name, same
from monitor.core.json import Json

LISTS = {
    "terms": "Term",
    "examples": "Example",
    "oicw": "Rule",
    "bylines": "Journalist",
    "claims": "Sentence",
    "sections": "Section",
}
"""Lists whose items are told one by one, and what an item is called."""
NAMED = {"context_lists": "Word list", "places": "Place"}
"""Keys below which everything has a name of its own, and what it is called."""
FILES = {"digests.yaml": "Digest"}
"""Files that are such a key as a whole."""
RULES = "oicw"
IN_ORDER = "*"
"""The last step of the way to the order of a list; no term is called so."""


def changes(before: Values, after: Values, file: str = "") -> tuple[Change, ...]:
    """What is otherwise, key by key, terms and rules one by one; comments do not count.

    `file` says what the keys are, where they are names: `digests.yaml`. A term that has another name, and nothing
    else, is one change: that examples name it so, too, is not told again.

    >>> [c.sentence for c in changes({"terms": ["A"]}, {"terms": ["A", {"term": "B", "case": "exact"}]})]
    ['Term “B”: added; capitals: exact']
    """
    if file in FILES:
        return tuple(_named(FILES[file], (), before, after))
    names = renamed_terms(before, after)
    before = with_hits_of(before, names)
    found: list[Change] = []
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if key == RULES:
            told, now = changed_rules((key,), _list(was), _list(now))
            found += told
        if key in LISTS:
            found += _items(LISTS[key], (key,), _list(was), _list(now), names if key == TERMS else {})
        elif key in NAMED and all(isinstance(one, dict | None) for one in (was, now)):
            found += _named(NAMED[key], (key,), _dict(was), _dict(now))
        elif not same(was, now):
            found += of_values(_capital(label(key)), (key,), was, now)
    return tuple(found)


def _named(noun: str, way: Way, before: Values, after: Values) -> Iterator[Change]:
    """Of things by their names; one that has a title is called by that."""
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        what = f"{noun} “{_dict(now).get('title') or _dict(was).get('title') or name}”"
        if name not in after:
            yield Change(what, _untitled(was), "", (*way, name))
        elif name not in before:
            yield Change(what, "", f"added; {_untitled(now)}", (*way, name))
        elif isinstance(was, list) and isinstance(now, list):
            yield from _items(f"{what}: word", (*way, name), was, now, {})
        elif not same(was, now):
            yield from of_values(what, (*way, name), was, now)


def _untitled(value: Json) -> str:
    """What there is to say of it besides its title."""
    return plain({key: one for key, one in value.items() if key != "title"} if isinstance(value, dict) else value)


def _items(
    noun: str, way: Way, before: list[Json], after: list[Json], names: Mapping[str, str]
) -> Iterator[Change]:
    """Of a list item by item; `names` are the new ones of what has only another name, by the old."""
    was, now = ({item_name(item): item for item in state} for state in (before, after))
    for name in dict.fromkeys([*was, *(name for name in now if name not in names.values())]):
        what = f"{noun} “{name}”" if len(name) <= LONGEST and not name.startswith("[(") else noun
        if name in names:
            yield Change(what, "", f"now “{names[name]}”", (*way, name, names[name]))
        elif name not in now:
            yield Change(what, _options(was[name], name), "", (*way, name))
        elif name not in was:
            yield Change(what, "", "; ".join(filter(None, ("added", _options(now[name], name)))), (*way, name))
        elif not same(was[name], now[name]):
            yield from of_values(
                what, (*way, name), _without_name(was[name], name), _without_name(now[name], name)
            )
    kept = [names.get(name, name) for name in was if name in now or name in names]
    if kept != [name for name in now if name in was or name in names.values()]:
        yield Change(f"{noun}s", "", "in another order", (*way, IN_ORDER))


def _options(item: Json, name: str) -> str:
    return plain(_without_name(item, name)) if isinstance(item, dict) else ""


def _without_name(item: Json, name: str) -> Json:
    if isinstance(item, dict):
        return {key: value for key, value in item.items() if value != name}
    return {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _dict(value: Json) -> Values:
    return value if isinstance(value, dict) else {}


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
