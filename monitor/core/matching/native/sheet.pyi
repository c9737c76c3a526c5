from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

def latin(texts: Sequence[str]) -> NDArray[np.uint8]: ...
