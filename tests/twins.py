"""The core in Python, and where it is built the compiled one: what must hold of both is asked of both."""

from contextlib import nullcontext

import pytest

from monitor.core.matching import native

TWINS = [native.in_python, nullcontext] if native.BUILT else [native.in_python]

both_twins = pytest.mark.parametrize("twin", TWINS, ids=["python", "compiled"][: len(TWINS)])
"""Runs a test with `twin`, a context in which one of the two does the work."""
