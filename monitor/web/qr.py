"""The square of dots that a phone reads an address from."""

from __future__ import annotations

import segno


def square(text: str, title: str) -> str:
    """The text as an SVG to stand in a page: no style, no script."""
    drawn = segno.make(text, error="m", micro=False)
    return drawn.svg_inline(scale=5, border=4, title=title, svgclass="mo_square", lineclass=None, light="#fff")
