"""Processes for tests: each is a fork of one server, which has loaded everything before (`preloaded`).

Python has one fork server for all of a process, and it heeds the last list of what to load that was given before
it started: so there is one list, and it stands here. A test module with a list of its own would take it from all.
"""

from __future__ import annotations

import multiprocessing

CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["pytest", "tests.preloaded"])
