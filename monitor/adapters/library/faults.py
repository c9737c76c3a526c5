"""Pydantic's findings as faults in plain words: file, line, field, what is wrong, remedy."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from monitor.adapters.library import digests, forms
from monitor.adapters.library.page import Page, Steps
from monitor.adapters.library.texts import REFUSED
from monitor.core.fault import Fault

AnyForm = TypeVar("AnyForm", bound=BaseModel)

_TAGS: dict[str, type[BaseModel] | None] = {"text": None, "list": None} | {
    name: form
    for name, form in {**vars(forms), **vars(digests)}.items()
    if isinstance(form, type) and issubclass(form, BaseModel)
}
"""What pydantic puts into a path to say which form of a choice it tried."""


def fill(page: Page, form: type[AnyForm]) -> tuple[AnyForm | None, tuple[Fault, ...]]:
    """The form filled in, or None and everything that keeps it from being so."""
    try:
        return form.model_validate(page.data), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple(_faults(page, form, details))


def near(name: str, known: Iterable[str]) -> str:
    """The spelling that was probably meant; '' when none is close."""
    return next(iter(difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)), "")


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy for a name that is not known."""
    meant = near(name, known)
    return f"did you mean `{meant}`?" if meant else otherwise


def _faults(page: Page, form: type[BaseModel], details: Iterable[ErrorDetails]) -> Iterable[Fault]:
    for detail in details:
        path, holder = _place(form, detail["loc"], detail["type"])
        if not any(path[: len(spoilt)] == spoilt for spoilt in page.spoilt):
            what, remedy = _words(page, path, holder, detail)
            yield page.fault(path, what, remedy, _on_page(path, holder, detail))


def _place(form: type[BaseModel], loc: tuple[int | str, ...], kind: str) -> tuple[Steps, type[BaseModel]]:
    """The path as it stands in the file, and the form that its last step belongs to."""
    path: list[int | str] = []
    holder, inner = form, form
    for number, step in enumerate(loc, 1):
        a_key = kind == "extra_forbidden" and number == len(loc)  # it may be called as a choice is
        if step in _TAGS and step not in _fields(inner) and not a_key:
            inner = _TAGS[str(step)] or inner
            continue
        path.append(step)
        holder = inner
        keys = _fields(inner)
        inner = _form_of(keys.get(str(step), keys.get("root"))) or inner
    return tuple(path), holder


def _fields(form: type[BaseModel]) -> Mapping[str, Any]:
    """The annotations of a form's keys, as they stand in the file."""
    return {field.alias or name: field.annotation for name, field in form.model_fields.items()}


def _form_of(annotation: Any) -> type[BaseModel] | None:
    """The form inside an annotation such as `list[AliasForm]`; None where a tag will tell, or there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = {form for inner in get_args(annotation) if (form := _form_of(inner))}
    return found.pop() if len(found) == 1 else None


def _words(page: Page, path: Steps, holder: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, for one finding."""
    context = detail.get("ctx") or {}
    kind = detail["type"]
    if kind == REFUSED:
        return str(context["what"]), str(context["remedy"])
    if kind == "missing":
        return f"`{path[-1]}` is missing", f"add `{path[-1]}:` - {_about(holder, str(path[-1]))}"
    if kind == "extra_forbidden":
        return _unknown_key(holder, str(path[-1]))
    if kind == "literal_error":
        return _not_a_choice(detail["input"], str(context["expected"]))
    if kind in _WANTED:
        wanted, remedy = _WANTED[kind]
        return f"{wanted}, and this is {_is(page, path, detail['input'])}", remedy(page, path, detail)
    return _limit(kind, context, detail)


def _on_page(path: Steps, holder: type[BaseModel], detail: ErrorDetails) -> str:
    """The same for a page, where that is said in other words."""
    if detail["type"] == "missing":
        return f"this is missing: {_about(holder, str(path[-1]))}"
    if detail["type"] == "int_type":
        return (
            f"{detail['input']!r} is no whole number: write figures only" if detail["input"] else "write a number"
        )
    if detail["type"] == "too_short":
        return "nothing is chosen or written here: at least one is needed"
    return str((detail.get("ctx") or {}).get("on_page", ""))


def _about(holder: type[BaseModel], key: str) -> str:
    described = (field for name, field in holder.model_fields.items() if (field.alias or name) == key)
    return next((field.description or "" for field in described), "")


def _unknown_key(holder: type[BaseModel], key: str) -> tuple[str, str]:
    known = list(_fields(holder))
    return f"`{key}` is not known here", did_you_mean(key, known, f"known here: {', '.join(known)}")


def _not_a_choice(given: object, expected: str) -> tuple[str, str]:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    return f"{given!r} is not one of the choices", did_you_mean(str(given), choices, f"choose {expected}")


def _limit(kind: str, context: Mapping[str, Any], detail: ErrorDetails) -> tuple[str, str]:
    if kind == "too_short":
        return "the list is empty", "write at least one line, or take the list away"
    if kind == "greater_than_equal":
        return f"{detail['input']} is too small", f"write at least {context['ge']}"
    if kind == "less_than_equal":
        return f"{detail['input']} is too large", f"write at most {context['le']}"
    return detail["msg"], ""


def _is(page: Page, path: Steps, value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "lines of `key: value`"
    return (page.written or {}).get(path) or f"the text {str(value)!r}"


def _quote_it(page: Page, path: Steps, _: ErrorDetails) -> str:
    written = (page.written or {}).get(path)
    return "write one text" if written is None else f'put it in quotes: "{written}"'


def _say(remedy: str) -> Callable[[Page, Steps, ErrorDetails], str]:
    return lambda page, path, detail: remedy


_LINES = "lines of `key: value` are wanted here", _say("write each key on a line of its own, indented alike")
_WANTED: dict[str, tuple[str, Callable[[Page, Steps, ErrorDetails], str]]] = {
    "string_type": ("a text is wanted here", _quote_it),
    "list_type": ("a list is wanted here", _say("write [a, b], or each item on a line of its own after `- `")),
    "bool_type": ("true or false is wanted here", _say("write true or false, without quotes")),
    "int_type": ("a whole number is wanted here", _say("write figures only, without quotes")),
    "model_type": _LINES,
    "model_attributes_type": _LINES,
    "dict_type": _LINES,
}
