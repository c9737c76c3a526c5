"""The templates of a mail, and what may import what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.adapters.render.filters import FILTERS

PLAIN = ".txt."
"""In the name of a template: its output is text, nothing is escaped."""
_NAMES_PLAIN = re.compile(r"""\{%[-+]?\s*(?:import|from|include|extends)\s+["']([^"']*\.txt\.[^"']*)["']""")


def read_folder(folder: Path) -> dict[str, str]:
    """The templates and style sheets of a folder, by name; none when there is no such folder."""
    files = (path for path in folder.glob("*") if path.suffix in (".j2", ".css") and path.is_file())
    return {path.name: path.read_text("utf-8", "replace") for path in sorted(files)}


@lru_cache(maxsize=8)
def environment(texts: tuple[tuple[str, str], ...]) -> Environment:
    """What compiles these templates (name and text), each once a process however often an edition is rendered."""
    made = ImmutableSandboxedEnvironment(
        loader=Templates(dict(texts)),
        undefined=StrictUndefined,
        autoescape=lambda name: not (name and (PLAIN in name or name.endswith(".css"))),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= FILTERS
    return made


class Templates(BaseLoader):
    """Templates by name; `words.j2` is shared and has two names.

    Imported as `words.html.j2` it is escaped, as `words.txt.j2` it is not. To Jinja, what a macro of a page gives
    back is safe, wherever the macro was written: a page that imports plain text would let anything through.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, and the name it is called by in faults."""
        shared = re.sub(r"\.(html|txt)\.j2$", ".j2", template)
        name = template if template in self._texts else shared
        text = self._texts.get(name)
        if text is None:
            raise TemplateNotFound(template)
        if PLAIN not in template and (plain := _NAMES_PLAIN.search(text)):
            line = text.count("\n", 0, plain.start()) + 1
            raise TemplateSyntaxError(f"{plain.group(1)} is plain text and is not escaped here", line, template)
        return text, name, lambda: True

    def list_templates(self) -> list[str]:
        """All that can be compiled, the shared one under both its names."""
        names = [name for name in self._texts if name.endswith(".j2")]
        return sorted(own for name in names for own in _names(name))


def _names(name: str) -> tuple[str, ...]:
    if re.search(r"\.(html|txt)\.j2$", name):
        return (name,)
    stem = name.removesuffix(".j2")
    return (f"{stem}.html.j2", f"{stem}.txt.j2")
