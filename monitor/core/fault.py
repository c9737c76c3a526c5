"""A fault: something wrong in a file or a feed that is reported, with its remedy, while the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.json import Json

JUDGEMENT = "judgement"
"""The field of a fault that kept an article from being judged at all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where, and what to do about it."""

    where: str
    """File, address or part of the input: `profiles/x/benefits.yaml`."""
    what: str
    """What is wrong, in a sentence without a full stop."""
    remedy: str = ""
    """What to do about it; empty when there is nothing to do."""
    line: int | None = None
    """Line in the file, from 1."""
    field: str = ""
    """Path of the field: `terms[3].only_with.within`."""
    on_page: str = ""
    """All of it in a sentence for a page, where there are no keys and no lines; empty: what and remedy will do."""

    @property
    def plainly(self) -> str:
        """What is wrong and what to do, beside the field that it is about.

        >>> Fault("x.yaml", "`at` is missing", "add `at:`", on_page="say when").plainly
        'say when'
        """
        return self.on_page or f"{self.what}: {self.remedy}".removesuffix(": ")

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        parts = [place, *([self.field] if self.field else []), self.what]
        return ": ".join(parts) + (f" ({self.remedy})" if self.remedy else "")

    def to_json(self) -> dict[str, Json]:
        """The fault as a JSON object, with `line` null where there is none."""
        return {
            "where": self.where,
            "line": self.line,
            "field": self.field,
            "what": self.what,
            "remedy": self.remedy,
        }
