"""Renders an edition's content as a mail from the Jinja templates of `templates/digest/`; the styles go inline.

Wording and look live in the templates; here are the filters they use and what keeps a mail safe: everything is
escaped, only web links become links, nothing is loaded from anywhere.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import css_inline
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.core.dates import LONDON
from monitor.core.digest import EditionContent, Piece, shortened
from monitor.core.edition import Mail, Window
from monitor.errors import RenderError

SUBJECT, TEXT, HTML = "subject.txt.j2", "text.txt.j2", "html.html.j2"
WIDTH = 72
"""Columns of the text part (RFC 5322 asks for 78 at most; quoted once it still fits)."""
CHARSET = '<meta charset="utf-8">'
SUBJECT_CHARACTERS = 88
WORDS_A_MINUTE = 220
PLAIN = ".txt."
"""In the name of a template: its output is text, nothing is escaped."""
_NAMES_PLAIN = re.compile(r"""\{%[-+]?\s*(?:import|from|include|extends)\s+["']([^"']*\.txt\.[^"']*)["']""")
_INDENT = re.compile(r"\n\s+")
FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template can raise while it is rendered: all of them are the template's."""


# --------------------------------------------------------------- filters: times


def day(when: date) -> str:
    """`Mon 27 Nov`; of an instant in London."""
    local = when.astimezone(LONDON) if isinstance(when, datetime) else when
    return f"{local:%a} {local.day} {local:%b}"


def weekday(when: datetime) -> str:
    """`Sunday`, in London."""
    return f"{when.astimezone(LONDON):%A}"


def clock(when: datetime) -> str:
    """`06:12`, in London."""
    return f"{when.astimezone(LONDON):%H:%M}"


def long_day(when: datetime) -> str:
    """`Monday 27 November 2023`, in London."""
    local = when.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}"


def moment(when: datetime) -> str:
    """`Mon 27 Nov 07:00`, in London."""
    return f"{day(when)} {when.astimezone(LONDON):%H:%M}"


def near(when: datetime, other: datetime) -> str:
    """The moment as a reader at another moment says it: `Sun 21:03` in the same week, else `Mon 6 Nov 21:03`."""
    days = (other.astimezone(LONDON).date() - when.astimezone(LONDON).date()).days
    return f"{when.astimezone(LONDON):%a %H:%M}" if 0 <= days < 7 else moment(when)


def day_ago(when: datetime, other: datetime) -> str:
    """The day as a reader at another moment says it: `today`, `yesterday`, `on Tuesday`, `on Tue 7 Nov`."""
    days = (other.astimezone(LONDON).date() - when.astimezone(LONDON).date()).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    return f"on {weekday(when)}" if 0 < days < 7 else f"on {day(when)}"


def with_weekend(window: Window) -> bool:
    """Whether a whole weekend lies in the window."""
    start, end = window.start.astimezone(LONDON), window.end.astimezone(LONDON)
    return (end.date() - start.date()).days > end.weekday() + 2 if end.weekday() < 5 else False


# --------------------------------------------------------------- filters: texts


def count(number: int, one: str, many: str = "") -> str:
    """`1 story`, `14 stories`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def web_link(url: str) -> str:
    """The address when it is one of the web, else nothing: no `javascript:`, no `data:`, no half an address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    plain = (
        parts.scheme in ("http", "https")
        and parts.netloc
        and not re.search(r"[\s\x00-\x1f\x7f<>\"\ud800-\udfff]", url.strip())
    )
    return url.strip() if plain else ""


def anchor(name: str) -> str:
    """A name that can stand in an `id` attribute."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def starred(pieces: Iterable[Piece]) -> str:
    """Pieces as plain text, what is marked between stars."""
    return "".join(f"*{p.text}*" if p.mark and p.text.strip() else p.text for p in pieces)


def joined(pieces: Iterable[Piece]) -> str:
    """Pieces as plain text."""
    return "".join(p.text for p in pieces)


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """The text in lines of 72 columns; words longer than that (addresses) stay whole."""
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def apart(left: str, right: str, fill: str = " ") -> str:
    """Two texts at the two ends of a line."""
    room = WIDTH - len(left) - len(right) - 2
    return f"{left} {fill * max(1, room)} {right}"


def minutes_to_read(content: EditionContent) -> int:
    """How long the stories in full take, in minutes, 1 at least."""
    words = sum(len(f"{i.headline} {joined(i.extract)} {joined(i.why)}".split()) for i in content.items)
    return max(1, round(words / WORDS_A_MINUTE))


FILTERS: dict[str, Callable[..., object]] = {
    f.__name__: f
    for f in (
        anchor,
        apart,
        clock,
        count,
        day,
        day_ago,
        joined,
        long_day,
        moment,
        near,
        shortened,
        starred,
        web_link,
        weekday,
        with_weekend,
        wrapped,
    )
}
"""What templates may use beside Jinja's own."""


class _Templates(FileSystemLoader):
    """The files of one folder; `words.j2` is shared and has two names.

    Imported as `words.html.j2` it is escaped, as `words.txt.j2` it is not. To Jinja, what a macro of a page gives
    back is safe, wherever the macro was written: a page that imports plain text would let anything through.
    """

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
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


class Renderer:
    """Renders contents with the templates of one folder; see `jobs.ports.Renderer`."""

    def __init__(self, templates: Path) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=_Templates(templates),
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
        return Mail(subject, text, self._inlined(self._fill(HTML, content, subject=subject)))

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
