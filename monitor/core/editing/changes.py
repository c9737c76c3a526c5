"""What changed between two states of a file, in sentences that an editor reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.core.editing.values import Values, Way, item_name, same
from monitor.core.json import Json

LABELS: Mapping[str, str] = {
    "abbreviations": "short forms",
    "agreement_says": "the agreement's words",
    "aliases": "other names",
    "alerts": "told at once of weighty stories",
    "also": "other forms",
    "any": "words",
    "ask_client": "questions to the client",
    "at": "goes out at",
    "blockers": "not inside",
    "bylines": "journalists followed",
    "case": "capitals",
    "early": "may go early",
    "headlines": "how headlines begin",
    "hits": "terms that must be found",
    "hold": "editors' hour",
    "holidays": "on a bank holiday",
    "kind": "what it is",
    "match": "searched as",
    "minor_forms": "letters, listings and the like",
    "near": "two words near each other",
    "no_names_of": "true when none of these is named",
    "oicw": "only in connection with",
    "only_with": "only near",
    "paths": "parts of an address",
    "people": "who may be named besides office-holders",
    "plus": "outlets besides",
    "quiet": "quiet hours",
    "recategorise": "goes to the section it fits",
    "second_person": "a second person confirms",
    "self_context": "a word inside the term counts",
    "show": "printed",
    "significance": "major stories only",
    "sources": "sources",
    "stale": "of no use after",
    "subject_of": "must be about a term",
    "surname_alone": "surname alone counts",
    "terms_for": "true when each of these is a term",
    "to": "goes to",
    "top": "stories named at the head",
    "wire_paths": "marks of agency copy",
}
"""Keys as they are called on pages, where the key itself is no word."""
WORDS = {
    "any_monitored": "every outlet that is monitored",
    "in_each": "here, too",
    "near_miss": "near miss",
    "office_holder": "holds a public office",
    "private_person": "a private person",
}
"""Values that are no words."""
LISTS = {"terms": "Term", "examples": "Example", "oicw": "Rule", "bylines": "Journalist", "claims": "Sentence"}
"""Lists whose items are told one by one, and what an item is called."""
NAMED = {"context_lists": "Word list", "places": "Place"}
"""Keys below which everything has a name of its own, and what it is called."""
FILES = {"digests.yaml": "Digest"}
"""Files that are such a key as a whole."""
IN_ORDER = "*"
"""The last step of the way to the order of a list; no term is called so."""
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise."""

    what: str
    """What it is about: `Term “Universal Credit”: capitals`."""
    was: str
    """Empty: it was not there, or there was nothing to say of it."""
    becomes: str
    """Empty: it is not there any more."""
    way: Way = ()
    """Where it is, by names: `("terms", "Universal Credit", "case")`."""

    @property
    def sentence(self) -> str:
        """It in one line.

        >>> Change("Term “A”", "", "").sentence
        'Term “A”: taken away'
        """
        now = self.becomes or "taken away"
        return f"{self.what}: {now} (was {self.was})" if self.was else f"{self.what}: {now}"

    def to_json(self) -> dict[str, Json]:
        """It for a program."""
        return {"what": self.what, "was": self.was, "now": self.becomes}


def changes(before: Values, after: Values, file: str = "") -> tuple[Change, ...]:
    """What is otherwise, key by key, terms and rules one by one; comments do not count.

    `file` says what the keys are, where they are names: `digests.yaml`.

    >>> [c.sentence for c in changes({"terms": ["A"]}, {"terms": ["A", {"term": "B", "case": "exact"}]})]
    ['Term “B”: added; capitals: exact']
    """
    if file in FILES:
        return tuple(_named(FILES[file], (), before, after))
    found: list[Change] = []
    for key in dict.fromkeys([*before, *after]):
        was, now = before.get(key), after.get(key)
        if key in LISTS:
            found += _items(LISTS[key], (key,), _list(was), _list(now))
        elif key in NAMED and all(isinstance(one, dict | None) for one in (was, now)):
            found += _named(NAMED[key], (key,), _dict(was), _dict(now))
        elif not same(was, now):
            found += _values(_capital(label(key)), (key,), was, now)
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
    text = "" if value is None else WORDS.get(str(value), str(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


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
            yield from _items(f"{what}: word", (*way, name), was, now)
        elif not same(was, now):
            yield from _values(what, (*way, name), was, now)


def _untitled(value: Json) -> str:
    """What there is to say of it besides its title."""
    return plain({key: one for key, one in value.items() if key != "title"} if isinstance(value, dict) else value)


def _items(noun: str, way: Way, before: list[Json], after: list[Json]) -> Iterator[Change]:
    was, now = ({item_name(item): item for item in state} for state in (before, after))
    for name in dict.fromkeys([*was, *now]):
        what = f"{noun} “{name}”" if len(name) <= LONGEST and not name.startswith("[(") else noun
        if name not in now:
            yield Change(what, _options(was[name], name), "", (*way, name))
        elif name not in was:
            yield Change(what, "", "; ".join(filter(None, ("added", _options(now[name], name)))), (*way, name))
        elif not same(was[name], now[name]):
            yield from _values(what, (*way, name), _without_name(was[name], name), _without_name(now[name], name))
    kept = [name for name in was if name in now]
    if kept != [name for name in now if name in was]:
        yield Change(f"{noun}s", "", "in another order", (*way, IN_ORDER))


def _options(item: Json, name: str) -> str:
    return plain(_without_name(item, name)) if isinstance(item, dict) else ""


def _without_name(item: Json, name: str) -> Json:
    if isinstance(item, dict):
        return {key: value for key, value in item.items() if value != name}
    return {}


def _values(what: str, way: Way, was: Json, now: Json) -> Iterator[Change]:
    """Of keys one by one, of lists what came and went, else the value before and after."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*was, *now]):
            if not same(was.get(key), now.get(key)):
                yield from _values(f"{what}: {label(key)}", (*way, key), was.get(key), now.get(key))
    elif isinstance(was, list) and isinstance(now, list) and _differ_in_items(was, now):
        gone = [one for one in was if one not in now]
        new = [one for one in now if one not in was]
        yield Change(what, plain(gone) if gone else "", f"added {plain(new)}" if new else "", way)
    else:
        yield Change(what, _said(was), _said(now) if now is not None else "", way)


def _differ_in_items(was: list[Json], now: list[Json]) -> bool:
    return any(one not in now for one in was) or any(one not in was for one in now)


def _said(value: Json) -> str:
    return "" if value is None else plain(value) or "nothing"


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _dict(value: Json) -> Values:
    return value if isinstance(value, dict) else {}


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
