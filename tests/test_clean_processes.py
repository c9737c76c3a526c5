"""The fork server of the tests has loaded everything: else each of hundreds of processes would, for seconds."""

from __future__ import annotations

import sys

from clean_processes import CLEAN


def ask_what_is_loaded() -> None:
    sys.exit(0 if "tests.preloaded" in sys.modules else 1)


def test_a_process_finds_everything_loaded():
    process = CLEAN.Process(target=ask_what_is_loaded)
    process.start()
    process.join(120)
    assert process.exitcode == 0, "tests/preloaded.py failed to load, or another list of modules took its place"
