"""What processes cost, from /proc: CPU seconds and memory. Linux only."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import time
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_here() -> float:
    """CPU seconds of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def cpu_of(process: int) -> float:
    """CPU seconds of another process, exactly, and of its children that have ended; 0 when it is gone."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
        own = time.clock_gettime(~process << 3 | 2)  # as clock_getcpuclockid(3) gives it
    except OSError:
        return 0.0
    of_children = stat.rpartition(")")[2].split()[13:15]  # cutime, cstime
    return own + sum(map(int, of_children)) / TICKS


def busy() -> float:
    """Seconds that all processors have worked so far, for whomever; for other machines, too."""
    user, nice, system, _, _, irq, softirq, steal = Path("/proc/stat").read_text().split()[1:9]
    return sum(map(int, (user, nice, system, irq, softirq, steal))) / TICKS


def peak_of(process: int | str = "self") -> int:
    """Bytes of memory that a process held at its peak; 0 when it is gone."""
    return _status(process, "VmHWM")


def memory_of(process: int | str = "self") -> int:
    """Bytes that it holds now."""
    return _status(process, "VmRSS")


def forget_peak() -> None:
    """From here on this process's peak is counted anew; memory that it has freed already is given back first."""
    gc.collect()
    with suppress(AttributeError):  # a C library without it
        ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")


def descendants(process: int) -> list[int]:
    """The process and all that come of it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _status(process: int | str, key: str) -> int:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(key)), 0)
