"""What a mail looks like besides its words: a logo, a line and colours of one's own, which everybody can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.core.article import fingerprint

Files = Mapping[str, bytes]
"""Contents by file name."""
ON_LIGHT = ("#ffffff", "#eef7f1", "#fff5e3", "#eef3fb")
"""What text stands on in the light: the page and its boxes, as in `templates/digest/style.css`."""
ON_DARK = ("#1b1b1b", "#12291b", "#2f210e", "#16233a")
"""The same in the dark."""
LEAST_CONTRAST = 4.5
"""Of text to what it stands on (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Look:
    """The files of a theme or of the templates, as they were when they had no fault; kept to fall back on."""

    name: str
    """`templates`, or `themes/<name>`."""
    files: Files

    @property
    def fingerprint(self) -> str:
        """Of all its files."""
        return fingerprint(*(text for name in sorted(self.files) for text in (name, self.files[name].hex())))


@dataclass(frozen=True, slots=True)
class Theme:
    """What a body makes its own in the mail, without touching a template."""

    line: str = ""
    """Words of its own below the logo; one line."""
    logo: bytes = b""
    """A PNG; empty: none."""
    logo_alt: str = ""
    """What the logo says, for those who do not see it."""
    width: int = 0
    height: int = 0
    """As it is shown, in pixels."""
    light: str = ""
    """Colour of headings, links and rules, `#rrggbb`; empty: ours."""
    dark: str = ""
    """The same in the dark."""


def too_faint(colour: str, grounds: tuple[str, ...]) -> str:
    """The ground on which text of the colour cannot be read, and how little it stands out; '' when it can be read.

    >>> too_faint("#777777", ("#ffffff",)), too_faint("#0b3d91", ON_LIGHT)
    ('4.4 to 1 on #ffffff', '')
    """
    worst = min(grounds, key=lambda ground: contrast(colour, ground))
    ratio = contrast(colour, worst)
    return "" if ratio >= LEAST_CONTRAST else f"{int(ratio * 10) / 10} to 1 on {worst}"


def contrast(one: str, other: str) -> float:
    """How much two colours stand out against each other, 1 to 21 (WCAG 2.2, contrast ratio).

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
