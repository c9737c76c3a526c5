from collections.abc import Sequence

class Words:
    def __init__(self, patterns: Sequence[str]) -> None: ...
