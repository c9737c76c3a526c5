from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.core.matching.tables import Column
from monitor.core.matching.trie import Trie

class Tables:
    def __init__(
        self,
        labels: Sequence[str],
        parents: NDArray[np.int32],
        steps: NDArray[np.int32],
        outputs: NDArray[np.int32],
    ) -> None: ...

def hits(trie: Trie, stream: str) -> tuple[Column, Column]: ...
