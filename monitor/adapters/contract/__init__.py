"""Agreements on paper: the table of one in force, as HTML or DOCX, and a draft beside its document."""

from __future__ import annotations

import re

NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no document may hold."""
