"""Agreements set in the layouts that clients and vendors use."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import docx
from chromium import started
from ruamel.yaml import YAML

CASES = Path(__file__).parents[1] / "cases/agreements"
RECEIVED = Path(__file__).parents[2] / "../shared/data/agreement"
"""An agreement as it was received, and a careful reading of it; others' words, which stay there."""


@dataclass(frozen=True)
class Section:
    title: str
    terms: tuple[str, ...]
    listed: tuple[str, ...] = ()
    """Of the terms, those that stand as items of a list below a label."""
    label: str = ""
    context: tuple[str, ...] = ()
    place: str = ""
    major: bool = False
    subject: bool = False
    recategorise: bool = False
    groups: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()

    @property
    def rules(self) -> list[str]:
        """As agreements word them, after the terms."""
        said = [f"All OICW {', '.join(self.context)}"] if self.context else []
        said += ["Major Significant Stories ONLY"] if self.major else []
        said += [f"OICW {self.place}"] if self.place else []
        return said + (["Coverage to be recategorized into the relevant section"] if self.recategorise else [])

    @property
    def lines(self) -> Iterator[tuple[str, str]]:
        """("rule", "item" or "line", text) of what stands under SEARCH TERMS."""
        yield from [("rule", "Subject of:")] * self.subject
        yield from [("line", self.label)] * bool(self.label)
        yield from (("line", term) for term in self.terms if term not in self.listed)
        yield from (("item", term) for term in self.listed)
        yield from (("rule", rule) for rule in self.rules)

    @property
    def sources(self) -> list[str]:
        return [*self.groups, *(["Plus:", *self.plus] if self.plus else [])]


@dataclass(frozen=True)
class Made:
    client: str
    name: str
    sections: tuple[Section, ...]

    @property
    def terms(self) -> list[str]:
        return [term for section in self.sections for term in section.terms]


def case(name: str) -> Made:
    """One of ours, `harbours`."""
    data = YAML(typ="safe").load((CASES / f"{name}.yaml").read_text("utf-8"))
    return Made(data["client"], data["name"], tuple(_section(**section) for section in data["sections"]))


def _section(**keys: Any) -> Section:
    return Section(**{key: tuple(value) if isinstance(value, list) else value for key, value in keys.items()})


def received() -> Made:
    """The careful reading of the one that was received."""
    data = YAML(typ="safe").load((RECEIVED / "segmented.yaml").read_text("utf-8"))
    return Made(data["client"], data["agreement"], tuple(_received(s, data) for s in data["sections"]))


def _received(section: dict[str, Any], data: dict[str, Any]) -> Section:
    rules, groups = section["rules"], section["sources"]["groups"]
    labels = section.get("labels", [])
    return Section(
        section["seed_title"],
        tuple(term["seed"] for term in section["terms"]),
        tuple(term["seed"] for term in section["terms"] if labels and term["kind"] == "person"),
        labels[0] if labels else "",
        tuple(rules.get("context", {}).get("any_of", ())),
        "Scotland" if "place" in rules else "",
        "significance" in rules,
        "aboutness" in rules,
        "recategorise" in rules,
        tuple(data["source_groups"][id_]["seed"] for id_ in data["group_sets"].get(groups, ())),
        tuple(data["plus_sources"][id_] for id_ in section["sources"]["plus"]),
    )


# --------------------------------------------------------------- layouts


def run_together(made: Made) -> bytes:
    """Text whose line breaks and lists are lost."""
    words = [f"CLIENT NAME {made.client} AGREEMENT NAME {made.name}"]
    for section in made.sections:
        words += [section.title, "SEARCH TERMS:", *(text for _, text in section.lines)]
        words += ["SOURCES:", *section.sources] if section.sources else []
    return " ".join(words).encode()


def bulleted_docx(made: Made) -> bytes:
    """Headings, bullets and italics in Word."""
    word = docx.Document()
    word.add_paragraph(f"Client: {made.client}")
    word.add_paragraph(f"Agreement: {made.name}")
    for section in made.sections:
        word.add_heading(section.title, 2)
        word.add_paragraph("Keywords:")
        for kind, text in section.lines:
            style = None if kind == "rule" or text.endswith(":") else "List Bullet"
            word.add_paragraph(style=style).add_run(text).italic = kind == "rule"
        word.add_paragraph("Sources:")
        for source in section.sources:
            word.add_paragraph(source, style=None if source.endswith(":") else "List Bullet")
    return _saved(word)


def table_docx(made: Made) -> bytes:
    """The table that agreements are: a row for the heading, one for the terms, one for the sources."""
    word = docx.Document()
    table = word.add_table(0, 2)
    table.style = "Table Grid"
    for label, text in (("CLIENT NAME", made.client), ("AGREEMENT NAME", made.name)):
        _fill(table.add_row().cells, label, [("line", text)])
    for section in made.sections:
        _fill(table.add_row().cells, section.title, [])
        _fill(table.add_row().cells, "SEARCH TERMS:", list(section.lines))
        if section.sources:
            _fill(table.add_row().cells, "SOURCES:", [("line", source) for source in section.sources])
    return _saved(word)


def _fill(cells: Any, label: str, lines: list[tuple[str, str]]) -> None:
    cells[0].text = label
    for kind, text in lines:
        paragraph = cells[1].add_paragraph(style="List Bullet" if kind == "item" else None)
        paragraph.add_run(text).italic = kind == "rule"


def _saved(word: Any) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def table_html(made: Made) -> bytes:
    """The same table as a page."""
    rows = [("CLIENT NAME", _lines([("line", made.client)])), ("AGREEMENT NAME", _lines([("line", made.name)]))]
    for section in made.sections:
        rows += [(section.title, ""), ("SEARCH TERMS:", _lines(section.lines))]
        rows += [("SOURCES:", _lines(("line", source) for source in section.sources))] if section.sources else []
    cells = "".join(f"<tr><td>{escape(label)}<td>{text}" for label, text in rows)
    return f'<!doctype html><meta charset="utf-8"><table>{cells}</table>'.encode()


def comma_html(made: Made) -> bytes:
    """A page of headings, each list in one sentence."""
    parts = [f"<h1>Monitoring</h1><p>Client: {escape(made.client)}<p>Agreement: {escape(made.name)}"]
    for section in made.sections:
        rules = "".join(f"<p><em>{escape(rule)}</em>" for rule in section.rules)
        lead = "<p><em>Subject of:</em>" if section.subject else ""
        plus = f" Plus: {', '.join(section.plus)}" if section.plus else ""
        parts.append(
            f"<h2>{escape(section.title)}</h2><p><b>Keywords:</b>{lead}"
            f"<p>{escape(', '.join(section.terms))}{rules}"
            f"<p><b>Sources:</b> {escape(', '.join(section.groups) + plus)}"
        )
    return f'<!doctype html><meta charset="utf-8">{"".join(parts)}'.encode()


def two_columns_html(made: Made) -> bytes:
    """Terms and sources in two columns each, to be printed."""
    parts = [f"<p>CLIENT NAME: {escape(made.client)}<p>AGREEMENT NAME: {escape(made.name)}"]
    for section in made.sections:
        rules = "".join(f"<p><i>{escape(rule)}</i>" for rule in section.rules)
        parts.append(f"<h2>{escape(section.title)}</h2><p>SEARCH TERMS:{_columns(section.terms)}{rules}")
        parts.append(f"<p>SOURCES:{_columns(section.sources)}")
    style = "<style>body{font:15px serif}td{width:9em;padding:2px 30px 2px 0;vertical-align:top}</style>"
    return f'<!doctype html><meta charset="utf-8">{style}{"".join(parts)}'.encode()


def _columns(texts: tuple[str, ...] | list[str]) -> str:
    half = (len(texts) + 1) // 2
    rows = [(texts[n], texts[n + half] if n + half < len(texts) else "") for n in range(half)]
    return f"<table>{''.join(f'<tr><td>{escape(a)}<td>{escape(b)}' for a, b in rows)}</table>"


def _lines(lines: Any) -> str:
    forms = {"rule": "<p><i>{}</i></p>", "item": "<ul><li>{}</li></ul>", "line": "<p>{}</p>"}
    return "".join(forms[kind].format(escape(text)) for kind, text in lines)


@contextmanager
def printer() -> Iterator[Any]:
    """Prints pages to PDF in Chromium."""
    with started() as browser:
        page = browser.new_page()

        def printed(html: bytes, style: str = "") -> bytes:
            page.set_content(html.decode() + f"<style>{style}</style>")
            return page.pdf(format="A4")

        yield printed


def without_breaks(text: str) -> bytes:
    """A marked-up text without its marks and line breaks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).encode()
