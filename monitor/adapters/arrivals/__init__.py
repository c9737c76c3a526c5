"""News that arrives as files: NewsML-G2, NITF, JSON lines; bytes in, entries out, and the folder they come in.

Reading order: texts · nitf · newsml · document (either of them, told by its root) · folder.
"""

from __future__ import annotations

from monitor.adapters.arrivals.document import parse
from monitor.adapters.arrivals.folder import Folders, ReadLines

__all__ = ["Folders", "ReadLines", "parse"]
