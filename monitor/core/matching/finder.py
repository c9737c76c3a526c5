"""Every place of every pattern in the streams of many articles.

The automaton can read all of it, and in Python does. The twin lets it read little: a table says which word
is a pattern by itself, and where a pattern of several words may begin; only what stands there is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np

from monitor.core.matching import native
from monitor.core.matching.automaton import Automaton
from monitor.core.matching.tables import Column, column

Places: TypeAlias = tuple[Column, Column, Column]
"""For each place the article, where in its stream it ends, and the pattern; those of a pattern in order."""


class Finder:
    """Finds patterns, each under its place in the list. They are words, each with a space before it."""

    def __init__(self, patterns: Sequence[str], automaton: Automaton) -> None:
        """`automaton`: of these very patterns."""
        self.automaton = automaton
        self.words: Any = native.words.Words(patterns) if native.BUILT else None
        """The twin's table of their words."""

    def places(self, streams: Sequence[str]) -> Places:
        """Where the patterns stand in each stream."""
        return _places(self, streams)


@native.twin(native.finder)
def _places(finder: Finder, streams: Sequence[str]) -> Places:
    """All read in one go: a space ends each stream and one begins the next, and no pattern has two together."""
    ends, patterns = finder.automaton.hits("".join(streams))
    starts = column(accumulate(map(len, streams), initial=0))
    articles = np.searchsorted(starts, ends) - 1
    return articles, ends - starts[articles], patterns
