"""A change in a sentence that an editor reads: what keys and values are called, what came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.core.editing.values import Way, same
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
    "client": "who is served",
    "early": "may go early",
    "headlines": "how headlines begin",
    "hits": "terms that must be found",
    "hold": "editors' hour",
    "holidays": "on a bank holiday",
    "kind": "kind of term",
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


def of_values(what: str, way: Way, was: Json, now: Json) -> Iterator[Change]:
    """What is otherwise of a value: keys one by one, of lists what came and went, else before and after."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*was, *now]):
            if not same(was.get(key), now.get(key)):
                yield from of_values(f"{what}: {label(key)}", (*way, key), was.get(key), now.get(key))
    elif isinstance(was, list) and isinstance(now, list) and _differ_in_items(was, now):
        gone = [one for one in was if one not in now]
        new = [one for one in now if one not in was]
        yield Change(what, "", came_and_went(plain(new) if new else "", plain(gone) if gone else ""), way)
    else:
        yield Change(what, _said(was), _said(now) if now is not None else "", way)


def came_and_went(came: str, went: str) -> str:
    """What a list has now, and has no longer.

    >>> came_and_went("levy", "tax")
    'now also levy, no longer tax'
    """
    return ", ".join([*([f"now also {came}"] if came else []), *([f"no longer {went}"] if went else [])])


def _differ_in_items(was: list[Json], now: list[Json]) -> bool:
    return any(one not in now for one in was) or any(one not in was for one in now)


def _said(value: Json) -> str:
    return "" if value is None else plain(value) or "nothing"
