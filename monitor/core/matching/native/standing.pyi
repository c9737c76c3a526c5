from typing import Any

from monitor.core.matching.tables import Column

def standing(tells: Any, sheet: Any, hits: Any, lexicon: Any, wanted: Any) -> tuple[Column, Column, Any]: ...
