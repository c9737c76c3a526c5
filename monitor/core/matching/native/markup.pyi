from collections.abc import Callable, Iterable

from monitor.core.matching.markup import Decoded, Replacement

OddTag = Callable[[str, int], tuple[int, str] | None]
UnseenEnd = Callable[[str, int, set[str]], int]

def tags(means: dict[str, str], odd_tag: OddTag, unseen_end: UnseenEnd, text: str) -> list[Replacement]: ...
def replaced(make: type[Decoded], old: Decoded, replacements: Iterable[Replacement]) -> Decoded: ...
def spliced(make: type[Decoded], old: Decoded, parts: Iterable[tuple[int, int, Decoded]]) -> Decoded: ...
