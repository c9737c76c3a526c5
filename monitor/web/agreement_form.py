"""What all sections of an agreement share, as forms: one for each subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from monitor.core.editing.values import Values, item_name
from monitor.core.json import Json
from monitor.web.forms import Posted, settle, texts
from monitor.web.term_form import CLASSES

PEOPLE = ("journalists", "private_persons")
PLACE = ("words", "places", "blockers", "wire_paths")
MINOR = ("paths", "headlines")
WORD: Values = {"plural": False, "case": "any", "also": [], "blockers": []}
"""What a key of a context word says that is not there."""
ORDER = (
    *("client", "name", "sections", "context_lists", "places", "blockers"),
    *("people", "second_person", "claims", "minor_forms"),
)
"""Of the file's keys: where one that is new stands."""


# --------------------------------------------------------------- name, sections, who decides


def head_fields(values: Values) -> dict[str, Any]:
    """What stands in the fields of the first form."""
    people = _dict(values.get("people"))
    return {
        "client": values.get("client", ""),
        "name": values.get("name", ""),
        "sections": [str(one) for one in _list(values.get("sections"))],
        "second_person": bool(values.get("second_person", False)),
        **{f"people.{key}": bool(people.get(key, False)) for key in PEOPLE},
    }


def head_of(form: Posted, had: Values) -> Values:
    """The agreement's values as the first form says, with all that it has no field for."""
    made_people: Values = {key: form.ticked(f"people.{key}") for key in PEOPLE}
    people = settle(_dict(had.get("people")), made_people, dict.fromkeys(PEOPLE, False))
    made: Values = {
        "client": form.text("client"),
        "name": form.text("name"),
        "sections": in_order(form, _list(had.get("sections"))),
        "people": people or None,
        "second_person": form.ticked("second_person"),
    }
    return in_file_order(had, settle(had, made, {"people": None, "second_person": False}))


def in_order(form: Posted, had: list[Json]) -> list[Json]:
    """The sections by the numbers that were typed; those that share one, or have none, as they stood.

    >>> in_order(Posted({"place:b": ("1",), "place:a": ("2",)}), ["a", "b"])
    ['b', 'a']
    """
    numbers = {name: form.number(f"place:{name}") for name in map(str, had)}
    places = [(number if isinstance(number, int) else at + 1) for at, number in enumerate(numbers.values())]
    moved = [place != at + 1 for at, place in enumerate(places)]
    return [had[at] for at in sorted(range(len(had)), key=lambda at: (places[at], not moved[at], at))]


# --------------------------------------------------------------- lists of context words


def word_fields(word: Json) -> dict[str, Any]:
    """What stands in the fields of a word."""
    of = _dict(word)
    return {
        "word": item_name(word),
        "plural": bool(of.get("plural", False)),
        "case": of.get("case", "any"),
        "also": texts(of.get("also")),
        "blockers": texts(of.get("blockers")),
    }


def words_of(form: Posted, had: list[Json]) -> list[Json]:
    """A list's words, changed or taken away, and those that were added."""
    found: list[Json] = []
    for number, word in enumerate(had):
        if form.ticked(f"[{number}].remove"):
            continue
        made: Values = {
            "word": form.text(f"[{number}].word"),
            "plural": form.ticked(f"[{number}].plural"),
            "case": form.text(f"[{number}].case") or "any",
            "also": form.lines(f"[{number}].also"),
            "blockers": form.lines(f"[{number}].blockers"),
        }
        found.append(as_written(settle(_dict(word) or {"word": word}, made, WORD)))
    return [*found, *form.lines("more")]


def as_written(word: Values) -> Json:
    """A word with no option is a line of text."""
    return word["word"] if word.keys() == {"word"} else word


# --------------------------------------------------------------- places, and what counts nowhere


def place_fields(place: Values) -> dict[str, Any]:
    """What stands in the fields of a place."""
    return {"area": place.get("area", ""), **{key: texts(place.get(key)) for key in PLACE}}


def place_of(form: Posted, had: Values) -> Values:
    """The place as the form says."""
    made: Values = {"area": form.text("area"), **{key: form.lines(key) for key in PLACE}}
    return settle(had, made, {key: [] for key in PLACE})


def left_out_fields(values: Values) -> dict[str, Any]:
    """What stands in the fields of what counts nowhere."""
    minor = _dict(values.get("minor_forms"))
    return {
        "blockers": texts(values.get("blockers")),
        **{f"minor_forms.{key}": texts(minor.get(key)) for key in MINOR},
    }


def left_out_of(form: Posted, had: Values) -> Values:
    """The agreement's values with what counts nowhere as the form says."""
    lines: Values = {key: form.lines(f"minor_forms.{key}") for key in MINOR}
    minor = settle(_dict(had.get("minor_forms")), lines, {key: [] for key in MINOR})
    made: Values = {"blockers": form.lines("blockers"), "minor_forms": minor or None}
    return in_file_order(had, settle(had, made, {"blockers": [], "minor_forms": None}))


# --------------------------------------------------------------- sentences that must stay true


def claim_fields(values: Values) -> list[dict[str, Any]]:
    """What stands in the fields of each sentence, and of one that may be added."""
    return [
        {
            "says": of.get("says", ""),
            "no_names_of": _list(of.get("no_names_of")),
            "terms_for": texts(of.get("terms_for")),
        }
        for of in [*map(_dict, _list(values.get("claims"))), {}]
    ]


def claims_of(form: Posted, had: Values) -> Values:
    """The agreement's values with the sentences that the form says; one without words is taken away."""
    before = _list(had.get("claims"))
    found: list[Json] = []
    for number in range(len(before) + 1):
        name = f"claims[{number}]"
        made: Values = {
            "says": form.text(f"{name}.says"),
            "no_names_of": [one for one, _ in CLASSES if one in form.all(f"{name}.no_names_of")],
            "terms_for": form.lines(f"{name}.terms_for"),
        }
        if any(made.values()) and not form.ticked(f"{name}.remove"):
            was = _dict(before[number]) if number < len(before) else {}
            found.append(settle(was, made, {"no_names_of": [], "terms_for": []}))
    return in_file_order(had, settle(had, {"claims": found}, {"claims": []}))


# --------------------------------------------------------------- what they share


def in_file_order(had: Values, found: Values) -> Values:
    """The keys in the order of the file; a new one behind the last that comes before it in ours."""
    order = [key for key in had if key in found]
    for key in (key for key in ORDER if key in found and key not in order):
        before = [one for one in order if one in ORDER and ORDER.index(one) < ORDER.index(key)]
        order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return {key: found[key] for key in order}


def named(values: Values, key: str) -> dict[str, Json]:
    """What stands below a key, by name."""
    return _dict(values.get(key))


def with_named(values: Values, key: str, name: str, said: Json) -> Values:
    """The values with one of these as it is said; None: without it."""
    kept = {other: one for other, one in named(values, key).items() if said is not None or other != name}
    made = kept if said is None else {**kept, name: said}
    return in_file_order(values, settle(values, {key: made}, {key: {}}))


def words_said(words: Iterable[Json]) -> str:
    """The words of a list on one line."""
    return ", ".join(map(item_name, words))


def _dict(value: Json) -> Values:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
