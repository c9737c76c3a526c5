"""Steps are counted, the same every time, and told by function."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.bench_steps import main, steps_of


def _twice(text: str) -> str:
    return text + text


def _sum_of(numbers: range) -> int:
    found = 0
    for number in numbers:
        found += number
    return found


def _by_name(*works: int) -> Counter[str]:
    steps = steps_of(lambda: [_twice("a"), *(_sum_of(range(n)) for n in works)])
    return Counter({code.co_name: count for code, count in steps.items()})


def test_steps_follow_the_work_and_are_the_same_again() -> None:
    short, long, again = _by_name(10), _by_name(1000), _by_name(1000)
    assert long == again
    assert short["_twice"] == long["_twice"] > 0
    assert long["_sum_of"] > 50 * short["_sum_of"]


def test_the_table_has_each_set_and_the_functions_of_the_core(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Universal Credit was paid in Glasgow. The minister spoke of poverty in the Scottish Parliament. "
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(f"Number {number} of the day\n{words * (number + 1)}")
    main([str(tmp_path), "--sets", "S", "--articles", "4", "--most", "400"])
    said = {
        line.split("|")[1].strip(): line.split("|")[2:4]
        for line in capsys.readouterr().out.splitlines()
        if "|" in line
    }
    assert [cell.strip() for cell in said["steps"]] == ["S, first pass", "S"]
    first, later = (float(cell.replace(",", "")) for cell in said["all"])
    assert first > later > 0
    assert "folding.folded" in said
    assert "standing._Looker.looked_at" in said
