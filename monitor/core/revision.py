"""One published, immutable state of a file of the library: what was monitored, with which words, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """A file's content as published. The database keeps every one; files are the working copy."""

    agreement: str
    """Agreement id."""
    file: str
    """Path below the agreement's folder: `benefits.yaml`, `agreement.yaml`, `digests.yaml`."""
    fingerprint: str
    """SHA-256 of the content."""
    content: str
    author: str
    reason: str
    at: datetime
