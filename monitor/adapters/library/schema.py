"""The JSON Schema of each file, so that an editor's YAML plug-in completes and checks while one writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from monitor.adapters.library import digests, forms, outlets, recipients

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FORMS: dict[str, type[BaseModel]] = {
    "agreement": forms.AgreementForm,
    "digests": digests.DigestsForm,
    "groups": outlets.GroupsForm,
    "holidays": digests.HolidaysForm,
    "outlets": outlets.OutletsForm,
    "recipients": recipients.RecipientsForm,
    "section": forms.SectionForm,
}


class _Plain(GenerateJsonSchema):
    """Leaves out titles that only repeat the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never."""
        return False

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        """A key that may be absent may not be empty: page.py refuses it."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> dict[str, Any]:
        """None is no default worth naming."""
        made = super().default_schema(schema)
        return {key: value for key, value in made.items() if key != "default" or value is not None}


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file, by its name: `section`, `outlets` ..."""
    return {name: _schema(form) for name, form in FORMS.items()}


def _schema(form: type[BaseModel]) -> dict[str, Any]:
    made = form.model_json_schema(by_alias=True, schema_generator=_Plain)
    made["title"] = (form.__doc__ or "").strip().rstrip(".")
    return {"$schema": DIALECT, **made}


def publish_schemas(folder: Path) -> tuple[Path, ...]:
    """Writes `agreement.json`, `section.json` ... into a folder (`profiles/schema`); what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return tuple(written)
