"""A term as a form: its name, and behind one disclosure every option that it may have."""

from __future__ import annotations

from typing import Any

from monitor.core.editing.values import Values
from monitor.core.json import Json
from monitor.web.forms import Posted, settle, split_reach, texts

KINDS = (
    ("phrase", "a phrase"),
    ("person", "a person"),
    ("organisation", "an organisation"),
    ("role", "an office or role"),
    ("benefit", "a benefit"),
    ("committee", "a committee"),
    ("law", "a law"),
    ("topic", "a topic"),
)
CASES = (
    ("any", "Capitals do not matter"),
    ("capitalised", "Each word begins with a capital"),
    ("lower", "Small letters only"),
    ("exact", "Exactly as it is written"),
)
CLASSES = (
    ("office_holder", "holds a public office"),
    ("journalist", "a journalist"),
    ("private_person", "a private person"),
)
LISTS = ("match", "abbreviations", "blockers")
PERSON = ("class", "role", "purpose", "approved_by", "second_approval", "review_by")
DEFAULTS: Values = {
    "kind": "phrase",
    "match": [],
    "case": "any",
    "person": None,
    "surname_alone": False,
    "abbreviations": [],
    "aliases": [],
    "only_with": None,
    "near": None,
    "blockers": [],
    "note": "",
}
"""What a key says that is not there."""
GROUPS: dict[str, tuple[str, ...]] = {
    "written": ("case", "match", "abbreviations"),
    "where": ("blockers", "only_with", "near"),
    "names": ("aliases",),
    "person": ("person", "surname_alone"),
}
"""Options that stand together."""
MOST_ALIASES = 50


def fields_of(term: Json) -> dict[str, Any]:
    """What stands in the form's fields."""
    of = term if isinstance(term, dict) else {"term": term}
    person, guard, near = (_dict(of.get(key)) for key in ("person", "only_with", "near"))
    reach, number = split_reach(guard.get("within"), "30 words")
    aliases = [one for one in _list(of.get("aliases")) if isinstance(one, dict)]
    return {
        "term": of.get("term", ""),
        "kind": of.get("kind", "phrase"),
        "case": of.get("case", "any"),
        "surname_alone": bool(of.get("surname_alone", False)),
        "note": of.get("note", ""),
        **{key: texts(of.get(key)) for key in LISTS},
        **{f"person.{key}": person.get(key) or "" for key in PERSON},
        "only_with.any": texts(guard.get("any")),
        "only_with.within": reach,
        "only_with.within.number": number,
        "near.one_of": texts(near.get("one_of")),
        "near.with_one_of": texts(near.get("with_one_of")),
        "near.within": str(near.get("within", 10)),
        "aliases": [
            {"text": one.get("text", ""), "approved": one.get("approved", False), "why": one.get("why", "")}
            for one in [*aliases, {}]
        ],
    }


def options_of(term: Json) -> list[str]:
    """What is special about a term, in a few words."""
    if not isinstance(term, dict):
        return []
    kinds = dict(KINDS)
    said = [kinds.get(str(term["kind"]), "")] if term.get("kind") not in (None, "phrase") else []
    if term.get("case", "any") != "any":
        said.append(dict(CASES).get(str(term["case"]), "").lower())
    words = {
        "match": "searched in other forms",
        "abbreviations": "with short forms",
        "aliases": "with other names",
        "only_with": "only near certain words",
        "near": "two words near each other",
        "blockers": "not inside some phrases",
        "surname_alone": "the surname alone, too",
        "note": "with a note",
    }
    return [*said, *(said_so for key, said_so in words.items() if term.get(key))]


def sent(form: Posted) -> dict[str, Any]:
    """The same of a form that was not taken: what was typed stands there again."""
    return fields_of({**term_of(form, {}, keep_all=True)})


def names(term: dict[str, Any]) -> list[str]:
    """The fields of the form by their ids, the first of them for what concerns the whole."""
    aliases = [f"aliases[{n}].{key}" for n in range(len(term["aliases"])) for key in ("text", "why")]
    return [*(name for name in term if name != "aliases"), *aliases]


def term_of(form: Posted, had: Json, *, keep_all: bool = False) -> Values:
    """The term that a form says, with all that the term had and no field is for."""
    guard: Values = {"any": form.lines("only_with.any"), "within": form.reach("only_with.within")}
    near: Values = {
        "one_of": form.lines("near.one_of"),
        "with_one_of": form.lines("near.with_one_of"),
        "within": form.number("near.within"),
    }
    before: Values = had if isinstance(had, dict) else {"term": had}
    made: Values = {
        "term": form.text("term"),
        "kind": form.text("kind") or "phrase",
        "match": form.lines("match"),
        "case": form.text("case") or "any",
        "person": _person(form, before),
        "surname_alone": form.ticked("surname_alone") and not _no_more_a_person(form, before),
        "abbreviations": form.lines("abbreviations"),
        "aliases": _aliases(form, _list(before.get("aliases"))),
        "only_with": _settled(before.get("only_with"), guard, {"within": "30 words"}) if guard["any"] else None,
        "near": _settled(before.get("near"), near, {"within": 10})
        if near["one_of"] or near["with_one_of"]
        else None,
        "blockers": form.lines("blockers"),
        "note": form.text("note"),
    }
    return made if keep_all else settle(before, made, DEFAULTS)


def _person(form: Posted, had: Values) -> Json:
    """Who it is, as far as something is said; nothing where the term named a person and does no more."""
    said: Values = {key: form.text(f"person.{key}") for key in PERSON if form.text(f"person.{key}")}
    told = bool(said.keys() - {"class"}) and not _no_more_a_person(form, had)
    return said if told or form.text("kind") == "person" else None


def _no_more_a_person(form: Posted, had: Values) -> bool:
    return had.get("kind") == "person" and form.text("kind") != "person"


def as_written(term: Values) -> Json:
    """A term with no option is a line of text."""
    return term["term"] if term.keys() == {"term"} else term


def _settled(had: Json, made: Values, defaults: Values) -> Json:
    return settle(_dict(had), made, defaults)


def _aliases(form: Posted, had: list[Json]) -> list[Json]:
    found: list[Json] = []
    for number in range(MOST_ALIASES):
        name = f"aliases[{number}]"
        if text := form.text(f"{name}.text"):
            before = _dict(had[number]) if number < len(had) else {}
            made: Values = {
                "text": text,
                "approved": form.ticked(f"{name}.approved"),
                "why": form.text(f"{name}.why"),
            }
            found.append(settle(before, made, {"approved": False, "why": ""}))
    return found


def _dict(value: Json) -> Values:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
