"""The small chart of a round-up: bars as a PNG that we make, for mail readers show no SVG and fetch nothing.

It has no letters: the numbers stand in a table below it and in its alternative text. Its blue can be told from
white and from black (3:1 at least, WCAG 1.4.11), and it has no background: it fits a light and a dark page.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 552, 96
"""As shown, in pixels; drawn at twice the size for fine screens."""
SCALE = 2
BAR = (0x3F, 0x78, 0xCF)
LINE = (0x8A, 0x90, 0x96)
CLEAR, BLUE, GREY = 0, 1, 2
"""Places in the palette."""
SHARE = 0.55
"""Of its column that a bar fills."""


def bars(numbers: Sequence[int]) -> bytes:
    """A PNG with a bar for each number above a line, evenly spread as the columns of a table are.

    The same numbers give the same bytes. The largest number is as high as the picture; 0 has no bar.
    """
    width, height = WIDTH * SCALE, HEIGHT * SCALE
    ground = height - SCALE
    spans = _spans(numbers, width)
    heights = [round(number / max([*numbers, 1]) * (ground - SCALE)) for number in numbers]
    columns = list(zip(spans, heights, strict=True))
    rows = (_row(width, [span for span, tall in columns if y >= ground - tall]) for y in range(ground))
    lines = [*rows, *[bytes([GREY]) * width] * SCALE]
    return _png(width, height, lines)


def _spans(numbers: Sequence[int], width: int) -> list[tuple[int, int]]:
    column = width / max(len(numbers), 1)
    margin = column * (1 - SHARE) / 2
    return [(round(n * column + margin), round((n + 1) * column - margin)) for n in range(len(numbers))]


def _row(width: int, filled: Sequence[tuple[int, int]]) -> bytes:
    row = bytearray(width)
    for start, end in filled:
        row[start:end] = bytes([BLUE]) * (end - start)
    return bytes(row)


def _png(width: int, height: int, rows: Sequence[bytes]) -> bytes:
    """A PNG of eight bits with a palette whose first colour is see-through (ISO/IEC 15948)."""
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = [
        (b"IHDR", header),
        (b"PLTE", bytes((0, 0, 0, *BAR, *LINE))),
        (b"tRNS", b"\0"),
        (b"IDAT", pixels),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
