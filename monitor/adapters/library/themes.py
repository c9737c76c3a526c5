"""Themes: `themes/<name>/theme.yaml` and `logo.png`, read with all their faults at once."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from monitor.adapters.library.desk import judge
from monitor.adapters.library.forms import Form
from monitor.adapters.library.page import Page, read_page
from monitor.adapters.library.texts import Text
from monitor.core.fault import Fault
from monitor.core.look import ON_DARK, ON_LIGHT, Files, Theme, too_faint

THEME, LOGO = "theme.yaml", "logo.png"
MOST_BYTES = 50_000
"""Of a logo: it goes out with each mail."""
MOST_WIDE, MOST_HIGH = 1104, 320
"""Pixels of a logo: twice the width of the mail."""
SHOWN_WIDE, SHOWN_HIGH = 260, 56
"""Pixels it is shown in at most; a larger one is sharp on a fine screen."""
_SIGNATURE, _END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class ColoursForm(Form):
    """One colour for headings, links and rules, on a light page and on a dark one."""

    light: Text = Field(description='On white: "#5b2a86". In quotes, or YAML takes it for a remark.')
    dark: Text = Field(description='On nearly black: "#cdb4f0".')


class ThemeForm(Form):
    """A look of your own for the mail."""

    line: Text | None = Field(None, description="A line of your own at the head of the mail.", max_length=120)
    logo_alt: Text | None = Field(
        None, description="What logo.png says, for those who do not see it; must be there with it.", max_length=120
    )
    colours: ColoursForm | None = Field(None, description="A colour of your own, for light and dark.")


def theme_files(folder: Path) -> Files:
    """The files of a theme's folder; none when there is no such folder, or it cannot be read."""
    try:
        return {name: (folder / name).read_bytes() for name in (THEME, LOGO) if (folder / name).is_file()}
    except OSError:
        return {}


def read_theme(name: str, files: Files) -> tuple[Theme | None, tuple[Fault, ...]]:
    """The theme, or None and everything that is wrong with it."""
    where = f"themes/{name}"
    if THEME not in files:
        return None, (Fault(f"{where}/{THEME}", "there is no such file, or it cannot be read", "write it"),)
    page = read_page(f"{where}/{THEME}", files[THEME])
    form, faults = judge(page, ThemeForm, lambda page: _checks(page, with_logo=LOGO in files))
    faults += [Fault(f"{where}/{LOGO}", *fault) for fault in _logo_faults(files.get(LOGO))]
    if form is None or faults:
        return None, tuple(faults)
    width, height = _shown(files[LOGO]) if LOGO in files else (0, 0)
    colours = (form.colours.light.lower(), form.colours.dark.lower()) if form.colours else ("", "")
    return Theme(form.line or "", files.get(LOGO, b""), form.logo_alt or "", width, height, *colours), ()


def _checks(page: Page, *, with_logo: bool) -> Iterator[Fault]:
    if with_logo and not list(page.texts("logo_alt")):
        remedy = "write `logo_alt:` with the words of the logo"
        yield page.fault((), "logo.png has no words for those who do not see it", remedy)
    for key, grounds in (("light", ON_LIGHT), ("dark", ON_DARK)):
        for path, colour in page.texts("colours", key):
            if not _COLOUR.fullmatch(colour):
                yield page.fault(path, f"{colour!r} is no colour", 'write it as "#5b2a86"')
            elif faint := too_faint(colour, grounds):
                remedy = f"take a {'darker' if key == 'light' else 'lighter'} one: 4.5 to 1 is the least"
                yield page.fault(path, f"text of {colour} cannot be read by everybody: {faint}", remedy)


def _logo_faults(png: bytes | None) -> Iterator[tuple[str, str]]:
    if png is None:
        return
    if not png.startswith(_SIGNATURE) or png[12:16] != b"IHDR" or not png.endswith(_END):
        yield "it is not a whole PNG", "save it as PNG; nothing else is shown by every mail reader"
        return
    wide, high = _size(png)
    if wide > MOST_WIDE or high > MOST_HIGH or not wide or not high:
        yield f"it has {wide} by {high} pixels", f"make it {MOST_WIDE} by {MOST_HIGH} at most"
    if len(png) > MOST_BYTES:
        yield f"it has {len(png):,} bytes, and goes out with each mail", f"make it {MOST_BYTES:,} at most"


def _size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return int(wide), int(high)


def _shown(png: bytes) -> tuple[int, int]:
    """Its size in the mail, its shape kept."""
    wide, high = _size(png)
    scale = min(SHOWN_WIDE / wide, SHOWN_HIGH / high, 1)
    return max(round(wide * scale), 1), max(round(high * scale), 1)
