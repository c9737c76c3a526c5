"""Renders an edition's content as a mail from the Jinja templates of `templates/digest/`; the styles go inline.

Wording and look live in the templates; `filters` is what they use, and `templates` what keeps a mail safe:
everything is escaped, only web links become links, nothing is loaded from anywhere. Images travel with the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import css_inline
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from monitor.adapters.render import chart
from monitor.adapters.render.filters import minutes_to_read
from monitor.adapters.render.templates import environment, read_folder
from monitor.core.agreement import Layout
from monitor.core.digest import EditionContent, shortened
from monitor.core.edition import Image, Mail
from monitor.core.look import Theme
from monitor.errors import RenderError

SUBJECT, TEXT, HTML = "subject.txt.j2", "text.txt.j2", "html.html.j2"
SHEET = "sheet.html.j2"
CHARSET = '<meta charset="utf-8">'
SUBJECT_CHARACTERS = 88
_INDENT = re.compile(r"\n\s+")
FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template can raise while it is rendered: all of them are the template's."""
CHART = "chart@digest.monitor"


LOGO = "logo@digest.monitor"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a template places it."""

    cid: str
    width: int
    height: int


class Renderer:
    """Renders contents with the templates of one folder, or by name; see `jobs.ports.Renderer`."""

    def __init__(self, templates: Path | Mapping[str, str], themes: Mapping[str, Theme] | None = None) -> None:
        self._themes = themes or {}
        texts = read_folder(templates) if isinstance(templates, Path) else templates
        self._environment = environment(tuple(texts.items()))
        self._inliner = css_inline.CSSInliner(
            keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False
        )

    def render(self, content: EditionContent) -> Mail:
        """Subject, text part and HTML part.

        Raises:
            RenderError: a template is at fault; names the template and the line.
        """
        subject = self.subject(content)
        images = {image.cid: image for image in self._images(content)}
        html = self.html(content, subject)
        return Mail(subject, self.text(content), html, tuple(i for i in images.values() if f"cid:{i.cid}" in html))

    def subject(self, content: EditionContent) -> str:
        """The subject, on one line."""
        return shortened(" ".join(self._fill(SUBJECT, content).split()), SUBJECT_CHARACTERS)

    def text(self, content: EditionContent) -> str:
        """The text part."""
        return re.sub(r"\n{4,}", "\n\n\n", self._fill(TEXT, content)).strip() + "\n"

    def html(self, content: EditionContent, subject: str) -> str:
        """The HTML part, its styles inline."""
        theme = self._theme(content)
        drawn = Picture(CHART, chart.WIDTH, chart.HEIGHT) if _has_chart(content) else None
        logo = Picture(LOGO, theme.width, theme.height) if theme.logo else None
        return self._inlined(self._fill(HTML, content, subject=subject, chart=drawn, logo=logo))

    def names(self) -> list[str]:
        """What can be compiled: every template, the shared one under both its names."""
        return self._environment.list_templates()

    def compile(self, name: str) -> None:
        """Nothing, when a template can be read.

        Raises:
            RenderError: it cannot.
        """
        try:
            self._environment.get_template(name)
        except FAULTS as error:
            raise RenderError(_said(error, name)) from error

    def _theme(self, content: EditionContent) -> Theme:
        return self._themes.get(content.theme, Theme())

    def _images(self, content: EditionContent) -> Iterator[Image]:
        if logo := self._theme(content).logo:
            yield Image(LOGO, logo)
        if _has_chart(content):
            yield Image(CHART, chart.bars([day.stories for day in content.days]))

    def sheet(self, content: EditionContent) -> str:
        """The edition as a page to print: A4, black on white, every address written out.

        Raises:
            RenderError: a template is at fault.
        """
        return self._fill(SHEET, content)

    def _fill(self, name: str, content: EditionContent, **more: object) -> str:
        try:
            template = self._environment.get_template(name)
            return template.render(
                edition=content, theme=self._theme(content), minutes=minutes_to_read(content), **more
            )
        except FAULTS as error:
            raise RenderError(_said(error, name)) from error

    def _inlined(self, html: str) -> str:
        try:
            return _charset_first(_INDENT.sub("\n", self._inliner.inline(html)))
        except css_inline.InlineError as error:
            raise RenderError(f"{HTML}: the styles cannot be put inline: {error}") from error


def _has_chart(content: EditionContent) -> bool:
    return content.layout is Layout.WEEKLY and bool(content.days)


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
