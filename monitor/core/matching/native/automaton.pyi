from collections.abc import Iterable

from monitor.core.matching.tables import Column

def columns(found: Iterable[tuple[int, ...]], count: int) -> tuple[Column, ...]: ...
