"""Finds what can be polled of a site, and shows what it would bring; stores nothing.

Where to look, in what order, is in `finding`; what the entries would have come to, in `tasting`.
"""

from monitor.jobs.add_source.finding import Finder, Found, NothingFound, Tried
from monitor.jobs.add_source.tasting import Taste, taste

__all__ = ["Finder", "Found", "NothingFound", "Taste", "Tried", "taste"]
