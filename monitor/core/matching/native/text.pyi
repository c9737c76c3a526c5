from collections.abc import Container, Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.core.matching.folding import Folded
from monitor.core.matching.text import WordPlaces

def words_of(texts: Sequence[Folded]) -> WordPlaces: ...
def paragraph_ends(joined: str, heads: NDArray[np.int64], edges: Container[int]) -> list[int]: ...
def possible_stops(joined: str, heads: NDArray[np.int64], edges: Container[int]) -> list[int]: ...
