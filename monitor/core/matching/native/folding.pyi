from collections.abc import Sequence

from monitor.core.matching.folding import Stream

def streams(codes: dict[int, int], groups: Sequence[Sequence[str]]) -> list[Stream]: ...
