"""The floors of `tests.extraction`, kept as those of `tests.relevance` are.

python -m tests.extraction.floors                                        # the table, and the floors
python -m tests.extraction.floors --raise                                # floors up to what is reached now
python -m tests.extraction.floors --lower fundus --reason "..."          # down to what is reached now
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.relevance.floors import change

from .measure import Measured, measure, table
from .pages import DATA

FLOORS = Path(__file__).parent / "floors.yaml"
FLOORED = ("f1", "byline", "date")
"""Precision and recall are told, F1 is held."""


def reached(measured: Measured) -> Mapping[str, float]:
    """What is measured and held, rounded down to three digits."""
    held = {name: value for name, value in measured.figures.items() if name.split()[1] in FLOORED}
    return {name: math.floor(value * 1000 + 1e-9) / 1000 for name, value in held.items()}


def main(arguments: Sequence[str] | None = None, *, path: Path = FLOORS) -> int:
    return change(arguments, path, _reached_now, "tests.extraction.floors")


def _reached_now() -> Mapping[str, float]:
    if not DATA.exists():
        return {}
    measured = measure()
    print(table(measured))
    return reached(measured)


if __name__ == "__main__":
    sys.exit(main())
