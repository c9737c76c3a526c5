"""The templates of one folder, and what may import what."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError

PLAIN = ".txt."
"""In the name of a template: its output is text, nothing is escaped."""
_NAMES_PLAIN = re.compile(r"""\{%[-+]?\s*(?:import|from|include|extends)\s+["']([^"']*\.txt\.[^"']*)["']""")


class Templates(FileSystemLoader):
    """The files of one folder; `words.j2` is shared and has two names.

    Imported as `words.html.j2` it is escaped, as `words.txt.j2` it is not. To Jinja, what a macro of a page gives
    back is safe, wherever the macro was written: a page that imports plain text would let anything through.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template; see Jinja's loaders."""
        try:
            found = super().get_source(environment, template)
        except TemplateNotFound:
            shared = re.sub(r"\.(html|txt)\.j2$", ".j2", template)
            if not (Path(self.searchpath[0]) / shared).is_file():
                raise
            found = super().get_source(environment, shared)
        if PLAIN not in template and (plain := _NAMES_PLAIN.search(found[0])):
            line = found[0].count("\n", 0, plain.start()) + 1
            raise TemplateSyntaxError(f"{plain.group(1)} is plain text and is not escaped here", line, template)
        return found
