"""What changed between two states of a file, in sentences that an editor reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.core.editing.values import Values, item_name, same
from monitor.core.json import Json

LABELS: Mapping[str, str] = {
    "abbreviations": "short forms",
    "agreement_says": "the agreement's words",
    "aliases": "other names",
    "any": "words",
    "ask_client": "questions to the client",
    "blockers": "not inside",
    "bylines": "journalists followed",
    "case": "capitals",
    "kind": "what it is",
    "match": "searched as",
    "near": "two words near each other",
    "oicw": "only in connection with",
    "only_with": "only near",
    "plus": "outlets besides",
    "recategorise": "goes to the section it fits",
    "show": "printed",
    "significance": "major stories only",
    "sources": "sources",
    "subject_of": "must be about a term",
    "surname_alone": "surname alone counts",
}
"""Keys as they are called on pages, where the key itself is no word."""
LISTS = {"terms": "Term", "examples": "Example", "oicw": "Rule", "bylines": "Journalist"}
"""Lists whose items are told one by one, and what an item is called."""
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise."""

    what: str
    """What it is about: `Term “Universal Credit”: capitals`."""
    was: str
    """Empty: it was not there."""
    becomes: str
    """Empty: it is not there any more."""

    @property
    def sentence(self) -> str:
        """It in one line."""
        if self.was and self.becomes:
            return f"{self.what}: {self.becomes} (was {self.was})"
        return f"{self.what}: {self.becomes}" if self.becomes else f"{self.what}: taken away (was {self.was})"

    def to_json(self) -> dict[str, Json]:
        """It for a program."""
        return {"what": self.what, "was": self.was, "now": self.becomes}


def changes(before: Values, after: Values) -> tuple[Change, ...]:
    """What is otherwise, key by key, terms and rules one by one; comments do not count.

    >>> [c.sentence for c in changes({"terms": ["A"]}, {"terms": ["A", {"term": "B", "case": "exact"}]})]
    ['Term “B”: added; capitals: exact']
    """
    found: list[Change] = []
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if key in LISTS:
            found += _items(LISTS[key], _list(was), _list(now))
        elif not same(was, now):
            found += _values(_capital(label(key)), was, now)
    return tuple(found)


def label(key: str) -> str:
    """A key in plain words."""
    return LABELS.get(key, key.replace("_", " "))


def plain(value: Json) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "; ".join(f"{label(key)}: {plain(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _items(noun: str, before: list[Json], after: list[Json]) -> Iterator[Change]:
    was, now = ({item_name(item): item for item in state} for state in (before, after))
    for name in dict.fromkeys([*was, *now]):
        what = f"{noun} “{name}”" if len(name) <= LONGEST and not name.startswith("[(") else noun
        if name not in now:
            yield Change(what, _options(was[name], name) or "there", "")
        elif name not in was:
            yield Change(what, "", "; ".join(filter(None, ("added", _options(now[name], name)))))
        elif not same(was[name], now[name]):
            yield from _values(what, _without_name(was[name], name), _without_name(now[name], name))
    kept = [name for name in was if name in now]
    if kept != [name for name in now if name in was]:
        yield Change(f"{noun}s", "in another order", "in a new order")


def _options(item: Json, name: str) -> str:
    return plain(_without_name(item, name)) if isinstance(item, dict) else ""


def _without_name(item: Json, name: str) -> Json:
    if isinstance(item, dict):
        return {key: value for key, value in item.items() if value != name}
    return {}


def _values(what: str, was: Json, now: Json) -> Iterator[Change]:
    """Of keys one by one, of lists what came and went, else the value before and after."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*was, *now]):
            if not same(was.get(key), now.get(key)):
                yield from _values(f"{what}: {label(key)}", was.get(key), now.get(key))
    elif isinstance(was, list) and isinstance(now, list) and _differ_in_items(was, now):
        gone = [one for one in was if one not in now]
        new = [one for one in now if one not in was]
        yield Change(what, plain(gone) if gone else "", f"added {plain(new)}" if new else "")
    else:
        yield Change(what, _said(was), _said(now) if now is not None else "")


def _differ_in_items(was: list[Json], now: list[Json]) -> bool:
    return any(one not in now for one in was) or any(one not in was for one in now)


def _said(value: Json) -> str:
    return "" if value is None else plain(value) or "nothing"


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
