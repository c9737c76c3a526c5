"""Queries that come from another tool, and sections as queries that can be put to one.

Reading order: words (what all tools have) · factiva, lexisnexis, meltwater, cision (the words of each, with the
addresses where they are published) · translate · export.
"""

from monitor.core.exchange.export import Exported, export
from monitor.core.exchange.translate import Dialect, Translated, translate

__all__ = ["Dialect", "Exported", "Translated", "export", "translate"]
