from collections.abc import Sequence

from monitor.core.matching.finder import Finder, Places

def places(finder: Finder, streams: Sequence[str]) -> Places: ...
