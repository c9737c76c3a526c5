"""The JSON Schemas: the shipped ones are current, take what we ship, and refuse what the reader refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from library_samples import FILES, ROOT
from test_library_faults import CASES, Case

from monitor.adapters.library import publish_schemas, schemas
from monitor.adapters.library.page import read_page

SHIPPED = sorted(ROOT.glob("profiles/social-security-scotland/*.yaml")) + sorted(ROOT.glob("sources/*.yaml"))

ONLY_THE_READER = (
    "stands in line",
    "is also in",
    "the editor's hour runs",
    "it may go early",
    "there is no",
    "has no word",
    "the file is called",
    "is given twice",
    "is not read as text",
    "such marks are not read",
    "cannot be seen",
    "nothing is written",
    "starts with 0",
    "has no letter",
    "would match too much",
    "has no selector",
    "a folder has no path",
    "is not a folder",
    "has a selector",
    "is no CSS selector",
    "the * does not stand",
    "is only for persons",
    "the example",
    "no source is named",
    "is not an id",
    "nothing is polled",
    "a feed has no address",
    "polls nothing",
    "is not before at",
    "is not a date",
    "it is stale at",
)
"""What needs other files, or more than one key, or the text as written."""


def schema_of(path: str) -> str:
    name = Path(path).name
    if path.startswith("sources/"):
        return "groups" if name == "groups.yaml" else "outlets"
    known = {"agreement.yaml": "agreement", "digests.yaml": "digests", "holidays.yaml": "holidays"}
    return known.get(name, "section")


def errors(path: str, content: str) -> list[Any]:
    page = read_page(path, content.encode())
    return list(Draft202012Validator(schemas()[schema_of(path)]).iter_errors(page.data))


def test_what_is_shipped_is_current(tmp_path: Path) -> None:
    """`python -c "from ... import publish_schemas"` was run after the last change of the forms."""
    for made in publish_schemas(tmp_path / "schema"):
        assert made.read_text() == (ROOT / "profiles" / "schema" / made.name).read_text(), made.name
    assert len(list((ROOT / "profiles" / "schema").iterdir())) == len(schemas())


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_one_and_every_key_is_described(name: str) -> None:
    schema = json.loads((ROOT / "profiles" / "schema" / f"{name}.json").read_text())
    Draft202012Validator.check_schema(schema)
    holders = [schema, *schema.get("$defs", {}).values()]
    keys = [(key, value) for holder in holders for key, value in holder.get("properties", {}).items()]
    assert [key for key, value in keys if not value.get("description")] == []
    assert [holder.get("title") for holder in holders if holder.get("additionalProperties") is None] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_files_fit(path: Path) -> None:
    assert errors(str(path.relative_to(ROOT)), path.read_text()) == []


@pytest.mark.parametrize("path", sorted(FILES))
def test_sample_files_fit(path: str) -> None:
    assert errors(path, FILES[path]) == []


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if not any(sign in case.what for sign in ONLY_THE_READER)],
    ids=lambda case: f"{case.field}-{case.what[:30]}",
)
def test_broken_files_do_not(case: Case) -> None:
    assert errors(case.file, FILES[case.file].replace(case.old, case.new, 1))
