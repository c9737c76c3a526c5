"""Renders an edition's content as a mail from the Jinja templates of `templates/digest/`; the styles go inline.

Wording and look live in the templates; `filters` is what they use, and `templates` what keeps a mail safe:
everything is escaped, only web links become links, nothing is loaded from anywhere. Images travel with the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import css_inline
from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.adapters.render import chart
from monitor.adapters.render.filters import FILTERS, minutes_to_read
from monitor.adapters.render.templates import PLAIN, Templates
from monitor.core.agreement import Layout
from monitor.core.digest import EditionContent, shortened
from monitor.core.edition import Image, Mail
from monitor.errors import RenderError

SUBJECT, TEXT, HTML = "subject.txt.j2", "text.txt.j2", "html.html.j2"
CHARSET = '<meta charset="utf-8">'
SUBJECT_CHARACTERS = 88
_INDENT = re.compile(r"\n\s+")
FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template can raise while it is rendered: all of them are the template's."""
CHART = "chart@digest.monitor"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a template places it."""

    cid: str
    width: int
    height: int


class Renderer:
    """Renders contents with the templates of one folder; see `jobs.ports.Renderer`."""

    def __init__(self, templates: Path) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=Templates(templates),
            undefined=StrictUndefined,
            autoescape=lambda name: not (name and (PLAIN in name or name.endswith(".css"))),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= FILTERS
        self._inliner = css_inline.CSSInliner(
            keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False
        )

    def render(self, content: EditionContent) -> Mail:
        """Subject, text part and HTML part.

        Raises:
            RenderError: a template is at fault; names the template and the line.
        """
        subject = shortened(" ".join(self._fill(SUBJECT, content).split()), SUBJECT_CHARACTERS)
        text = re.sub(r"\n{4,}", "\n\n\n", self._fill(TEXT, content)).strip() + "\n"
        images = tuple(_drawn(content))
        picture = Picture(CHART, chart.WIDTH, chart.HEIGHT) if images else None
        html = self._inlined(self._fill(HTML, content, subject=subject, chart=picture))
        return Mail(subject, text, html, tuple(i for i in images if f"cid:{i.cid}" in html))

    def _fill(self, name: str, content: EditionContent, **more: object) -> str:
        try:
            template = self._environment.get_template(name)
            return template.render(edition=content, minutes=minutes_to_read(content), **more)
        except FAULTS as error:
            raise RenderError(_said(error, name)) from error

    def _inlined(self, html: str) -> str:
        try:
            return _charset_first(_INDENT.sub("\n", self._inliner.inline(html)))
        except css_inline.InlineError as error:
            raise RenderError(f"{HTML}: the styles cannot be put inline: {error}") from error


def _drawn(content: EditionContent) -> Iterator[Image]:
    """The pictures made of the content's own numbers."""
    if content.layout is Layout.WEEKLY and content.days:
        yield Image(CHART, chart.bars([day.stories for day in content.days]))


def _charset_first(html: str) -> str:
    """The charset before the kept styles: who opens the file looks for it in its first 1024 bytes alone."""
    return html.replace(CHARSET, "", 1).replace("<head>", f"<head>{CHARSET}", 1)


def _said(error: Exception, name: str) -> str:
    """`html.html.j2:12: 'edition' is undefined`."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or name}:{error.lineno}: {error.message}"
    if isinstance(error, TemplateNotFound):
        return f"{error.name or name}: there is no such template"
    return f"{_place(error.__traceback__) or name}: {error}"


def _place(trace: TracebackType | None) -> str:
    """Template and line of the innermost frame that is a template's; Jinja gives frames the template's lines."""
    place = ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".j2":
            place = f"{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
