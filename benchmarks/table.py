"""Tables of figures, aligned for a terminal and ready for a page: Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The table as lines; the first column to the left, the others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:]))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]) + " |"


def number(value: float) -> str:
    """Three digits that count, thousands apart.

    >>> number(12345.6), number(431.25), number(3.14159), number(0.01234)
    ('12,346', '431', '3.14', '0.0123')
    """
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:#.3g}"


def times(value: float, target: float | None = None, *, at_most: bool = False) -> str:
    """A ratio, with its target and whether it is met when there is one.

    >>> times(2.5), times(2.5, 3.0), times(2.5, 3.0, at_most=True)
    ('2.50x', '2.50x (want 3x: short)', '2.50x (at most 3x)')
    """
    if target is None:
        return f"{number(value)}x"
    met = value <= target if at_most else value >= target
    wanted = f"{'at most' if at_most else 'want'} {target:g}x"
    return f"{number(value)}x ({wanted}{'' if met else ': short'})"


def megabytes(value: float) -> str:
    """Bytes as MB."""
    return f"{value / 1e6:,.0f} MB"
