"""What was reached once, and must not be lost: `python -m tests.relevance.floors`.

    python -m tests.relevance.floors                                     # the table, and the floors
    python -m tests.relevance.floors --raise                             # floors up to what is reached now
    python -m tests.relevance.floors --lower benefits --reason "..."     # down to what is reached now

Every change is kept in `floors.yaml`: when, why, from what to what. A floor is never changed by hand: it must be
what its history says (`faults`).
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from ruamel.yaml import YAML

from .articles import HERE
from .measure import COLUMNS, MEASURES, Scores, measure, table

FLOORS = HERE / "floors.yaml"
PROGRAM = "tests.relevance.floors"
RAISED = "raised"
"""The reason of a change upwards."""
FEWEST_LETTERS = 15
"""A shorter reason is none."""


@dataclass(frozen=True)
class Change:
    """One change of one floor."""

    date: str
    floor: str
    """`benefits strict recall`."""
    old: float | None
    new: float
    reason: str


@dataclass(frozen=True)
class Floors:
    floors: Mapping[str, float]
    """`benefits strict recall` -> the least it may be."""
    history: Sequence[Change] = ()


def read_floors(path: Path = FLOORS) -> Floors:
    held = YAML(typ="safe").load(path.read_text("utf-8")) if path.exists() else {"floors": {}, "history": []}
    return Floors(held["floors"], tuple(Change(**change) for change in held["history"]))


def write_floors(floors: Floors, path: Path = FLOORS, program: str = PROGRAM) -> None:
    yaml = YAML()
    yaml.width = 400
    held = {"floors": dict(floors.floors), "history": [asdict(change) for change in floors.history]}
    with path.open("w", encoding="utf-8") as file:
        file.write(f"# Changed by `python -m {program}` only; see docs/relevance.md.\n")
        yaml.dump(held, file)


def reached(scores: Scores) -> dict[str, float]:
    """What is measured, by the names of floors, rounded down to three digits."""
    return {
        f"{section} {column} {name}": math.floor(value * 1000 + 1e-9) / 1000
        for section, by_column in scores.items()
        for column in COLUMNS
        for name in MEASURES
        if (value := getattr(by_column[column], name)) is not None
    }


def below(floors: Floors, now: Mapping[str, float]) -> list[str]:
    """The floors that are not reached; one that can no longer be measured is not reached."""
    return [
        f"{name}: {now.get(name, 'nothing to measure')}, the floor is {floor}"
        for name, floor in floors.floors.items()
        if now.get(name, -1) < floor
    ]


def raised(floors: Floors, now: Mapping[str, float], day: str) -> Floors:
    """Every floor up to what is reached; none goes down."""
    up = {name: value for name, value in now.items() if value > floors.floors.get(name, -1)}
    return _changed(floors, up, day, RAISED)


def lowered(floors: Floors, now: Mapping[str, float], section: str, reason: str, day: str) -> Floors:
    """The section's floors that are not reached, down to what is.

    Raises:
        ValueError: no reason, or nothing of the section lies below its floor.
    """
    if len(reason.strip()) < FEWEST_LETTERS or reason.strip() == RAISED:
        raise ValueError("lowering a floor takes a reason that another person can judge")
    own = [name for name in floors.floors if name.split()[0] == section]
    down = {name: now[name] for name in own if name in now and now[name] < floors.floors[name]}
    if not down:
        raise ValueError(f"nothing of {section!r} lies below its floor")
    return _changed(floors, down, day, reason.strip())


def faults(floors: Floors) -> Iterator[str]:
    """Floors that are not what their history says, and falls without a reason."""
    last: dict[str, float] = {}
    for change in floors.history:
        if last.get(change.floor) != change.old:
            yield f"{change.floor}: the history jumps from {last.get(change.floor)} to {change.old}"
        fell = change.old is not None and change.new < change.old
        if fell and (change.reason == RAISED or len(change.reason) < FEWEST_LETTERS):
            yield f"{change.floor}: lowered on {change.date} without a reason"
        last[change.floor] = change.new
    for name in {*last, *floors.floors}:
        if floors.floors.get(name) != last.get(name):
            yield f"{name}: the floor is {floors.floors.get(name)}, its history ends at {last.get(name)}"


def _changed(floors: Floors, new: Mapping[str, float], day: str, reason: str) -> Floors:
    changes = [Change(day, name, floors.floors.get(name), value, reason) for name, value in new.items()]
    return Floors({**floors.floors, **new}, (*floors.history, *changes))


def main(arguments: Sequence[str] | None = None, *, path: Path = FLOORS) -> int:
    return change(arguments, path, _reached_now, PROGRAM)


def _reached_now() -> Mapping[str, float]:
    measured = measure()
    print(table(measured))
    return reached(measured.scores) if measured.articles else {}


def change(
    arguments: Sequence[str] | None, path: Path, reached_now: Callable[[], Mapping[str, float]], program: str
) -> int:
    """What the command line asks of the floors in a file; the exit status.

    `reached_now` measures, and gives nothing where there is nothing to measure on.
    """
    said = _parser(program).parse_args(arguments)
    if said.lower and not said.reason:
        print("lowering a floor takes --reason", file=sys.stderr)
        return 2
    now = reached_now()
    if not now:
        print("what is measured is not here (../shared/data)", file=sys.stderr)
        return 1
    floors, day = read_floors(path), datetime.now(UTC).date().isoformat()
    try:
        if said.lower:
            floors = lowered(floors, now, said.lower, said.reason, day)
        elif said.up:
            floors = raised(floors, now, day)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if said.lower or said.up:
        write_floors(floors, path, program)
    missing = below(floors, now)
    print("\n".join(["", "below the floor:", *missing] if missing else ["", "every floor is reached"]))
    return 1 if missing else 0


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description="What was reached once.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--raise", dest="up", action="store_true", help="floors up to what is reached now")
    which.add_argument("--lower", metavar="FIRST_WORD", help="its floors down to what is reached now")
    parser.add_argument("--reason", default="", help="why a floor may be lowered; kept in floors.yaml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
