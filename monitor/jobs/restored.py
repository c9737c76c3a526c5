"""Restored: editions that were made and are not in the database, since that was restored from a backup.

None of them is made again: it was sent, and its deliveries are gone with it. The next edition has everything since
the last one that is known, and says that some of it may have been sent.
"""

from __future__ import annotations

from datetime import datetime

from monitor.core.dates import in_london
from monitor.core.edition import Edition, Window
from monitor.core.fault import Fault
from monitor.errors import StoreError
from monitor.jobs.ports import Memory


def made_before(memory: Memory, agreement: str, digest: str, window: Window) -> Fault | None:
    """What to tell of an edition that is owed and was made before; None when it was not."""
    known = memory.made_up_to(agreement, digest)
    if known is None or known < window.end:
        return None
    what = (
        f"the edition of {in_london(window.end)} was made and is not in the database: that was restored "
        "from a backup"
    )
    remedy = (
        f"it is not sent again, and the next edition has everything since {in_london(window.start)}; to "
        f"make it all the same, remove {memory.place(agreement, digest)}"
    )
    return Fault(f"{agreement}/{digest}", what, remedy)


def remembered(memory: Memory, edition: Edition | None) -> Fault | None:
    """Write down that an edition was made; what to tell when that is not possible."""
    if edition is None:
        return None
    try:
        memory.remember(edition.agreement, edition.digest, edition.window.end)
    except StoreError as error:
        remedy = "mend it: after a restore from a backup editions would be sent again"
        return Fault(f"{edition.agreement}/{edition.digest}", str(error), remedy)
    return None


def lost_since(memory: Memory, agreement: str, digest: str, last: Edition | None) -> datetime | None:
    """The end of the last edition that is known, where later ones were made that are not; else None."""
    known = memory.made_up_to(agreement, digest)
    return last.window.end if last and known and known > last.window.end else None
