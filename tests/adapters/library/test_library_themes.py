"""Themes: a logo, a line, a colour; refused with every reason at once."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from monitor.adapters.library.themes import read_theme, theme_files
from monitor.core.look import ON_DARK, ON_LIGHT

GOOD = """\
line: Media monitoring for the Harbour Board
logo_alt: Harbour Board
colours: {light: "#5b2a86", dark: "#cdb4f0"}
"""
STYLE = (Path(__file__).parents[3] / "templates/digest/style.css").read_text()


def png(wide: int, high: int, extra: int = 0) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * wide for _ in range(high)))
    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    more = chunk(b"tEXt", b"x" * extra) if extra else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def read(theme: str = GOOD, logo: bytes | None = None):
    return read_theme("board", {"theme.yaml": theme.encode(), **({"logo.png": logo} if logo is not None else {})})


def test_a_theme_is_read():
    theme, faults = read(logo=png(400, 100))
    assert faults == ()
    assert theme is not None
    assert (theme.line, theme.logo_alt) == ("Media monitoring for the Harbour Board", "Harbour Board")
    assert (theme.width, theme.height) == (224, 56)  # as high as is shown, its shape kept
    assert (theme.light, theme.dark) == ("#5b2a86", "#cdb4f0")


def test_a_line_alone_is_a_theme():
    theme, faults = read("line: The week in words\n")
    assert (faults, theme.line, theme.logo, theme.light) == ((), "The week in words", b"", "")


@pytest.mark.parametrize(
    ("theme", "logo", "line", "said"),
    [
        (GOOD, b"GIF89a", None, "it is not a whole PNG"),
        (GOOD, png(10, 10)[:-4], None, "it is not a whole PNG"),
        (GOOD, png(1200, 10), None, "it has 1200 by 10 pixels"),
        (GOOD, png(10, 10, extra=60_000), None, "bytes, and goes out with each mail"),
        ("line: x\n", png(10, 10), 1, "logo.png has no words for those who do not see it"),
        (GOOD.replace("#5b2a86", "#bbbbff"), None, 3, "text of #bbbbff cannot be read by everybody: 1."),
        (GOOD.replace("#cdb4f0", "#333366"), None, 3, "text of #333366 cannot be read by everybody: 1."),
        (GOOD.replace('"#5b2a86"', "blue"), None, 3, "'blue' is no colour"),
        ("line: x\nfont: Comic Sans\n", None, 2, "font"),
        ("line: [x\n", None, None, ""),
    ],
)
def test_what_is_wrong_is_said_with_its_line(theme, logo, line, said):
    found, faults = read(theme, logo)
    assert found is None
    assert any(said in fault.what or said in fault.field for fault in faults), faults
    assert line is None or line in {fault.line for fault in faults}
    assert all(fault.remedy for fault in faults)


def test_all_faults_are_told_at_once():
    _, faults = read('line: x\ncolours: {light: "#bbbbff", dark: "#333366"}\n', png(1200, 400, extra=60_000))
    assert len(faults) == 5


def test_a_folder_that_is_not_there_is_a_fault(tmp_path):
    assert theme_files(tmp_path / "nowhere") == {}
    theme, [fault] = read_theme("nowhere", {})
    assert (theme, str(fault)) == (
        None,
        "themes/nowhere/theme.yaml: there is no such file, or it cannot be read (write it)",
    )


def test_colours_are_measured_on_what_the_mail_has():
    light, dark = STYLE.split("(prefers-color-scheme: dark)")
    for grounds, css in ((ON_LIGHT, light), (ON_DARK, dark)):
        boxes = set(re.findall(r"\.(?:ok|late|note)[^{]*\{[^}]*background: (#\w{6})", css))
        page = re.search(r"body[^{]*\{[^}]*background: (#\w{6})", css)[1]
        assert boxes | {page} == set(grounds)
