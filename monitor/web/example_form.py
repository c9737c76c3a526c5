"""Examples of a section, and the journalists it follows, as forms."""

from __future__ import annotations

from typing import Any

from monitor.core.editing.values import Values
from monitor.core.json import Json
from monitor.web.forms import Posted, settle, texts

VERDICTS = (
    ("", "is not asked"),
    ("in", "is in"),
    ("near_miss", "is a near miss"),
    ("out", "is out"),
)
KEYS = ("headline", "text", "outlet", "url", "hits", "verdict", "why")
BYLINE = ("name", "purpose", "approved_by", "second_approval", "review_by")


def example_fields(example: Json) -> dict[str, Any]:
    """What stands in the fields of an example."""
    of = _dict(example)
    hits = of.get("hits")
    return {
        **{key: of.get(key) or "" for key in KEYS if key != "hits"},
        "hits": texts(hits),
        "hits.asked": hits is not None,
    }


def example_of(form: Posted, name: str, had: Values) -> Values:
    """The example as the form says; `name` is that of its fields."""
    asked = form.ticked(f"{name}.hits.asked")
    made: Values = {
        "headline": form.text(f"{name}.headline"),
        "text": _text(form.whole(f"{name}.text"), had.get("text")),
        "outlet": form.text(f"{name}.outlet") or None,
        "url": form.text(f"{name}.url"),
        "hits": form.lines(f"{name}.hits") if asked else None,
        "verdict": form.text(f"{name}.verdict") or None,
        "why": form.text(f"{name}.why"),
    }
    empty: Values = {
        "headline": "",
        "text": "",
        "outlet": None,
        "url": "",
        "hits": None,
        "verdict": None,
        "why": "",
    }
    return settle(had, made, empty)


def with_example(values: Values, number: int, example: Values | None) -> Values:
    """The section's values with one example as it is said, behind the last where there is none of that number."""
    examples = _list(values.get("examples"))
    made = [*examples[:number], *([example] if example else []), *examples[number + 1 :]]
    kept = {key: value for key, value in values.items() if key != "examples"}
    return {**values, "examples": made} if made else kept


def byline_fields(values: Values) -> list[dict[str, str]]:
    """What stands in the fields of each journalist, and of one who may be added."""
    said: list[Values] = [_dict(one) or {"name": one} for one in _list(values.get("bylines"))]
    return [{key: str(one.get(key) or "") for key in BYLINE} for one in [*said, {}]]


def bylines_of(form: Posted, had: Values) -> Values:
    """The section's values with the journalists that the form says; one without a word is taken away."""
    before = _list(had.get("bylines"))
    found: list[Json] = []
    for number in range(len(before) + 1):
        name = f"bylines[{number}]"
        made: Values = {key: form.text(f"{name}.{key}") for key in BYLINE}
        if any(made.values()) and not form.ticked(f"{name}.remove"):
            was = _dict(before[number]) if number < len(before) else {}
            found.append(settle(was, made, {"second_approval": ""}))
    kept = {key: value for key, value in had.items() if key != "bylines"}
    return {**had, "bylines": found} if found else kept


def _text(typed: str, had: Json) -> str:
    """What was typed; as it stood, where nothing but the end of its last line differs."""
    return had if isinstance(had, str) and had.rstrip("\n") == typed else typed


def _dict(value: Json) -> Values:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
