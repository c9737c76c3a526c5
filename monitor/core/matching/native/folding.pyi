from collections.abc import Callable, Sequence

from monitor.core.matching.folding import Folded
from monitor.core.matching.markup import Decoded

def folded(
    codes: dict[int, int],
    decode: Callable[[str], Decoded],
    plain: Callable[[str], Decoded],
    make: Callable[..., Folded],
    mended: Callable[[tuple[Decoded, ...], Sequence[int]], tuple[Decoded, ...]],
    groups: Sequence[Sequence[str]],
) -> list[Folded]: ...
