"""The editors' desk: the edition that is made next as it will go, and what editors say of its stories.

Reading order: `laid` (what lies there) · `looking` · `acting`.
"""

from monitor.jobs.desk.acting import BRINGS, Request, Seen, act, include, log, must_be_askable, undo
from monitor.jobs.desk.laid import Desk, DeskItem, SuggestedSection, View
from monitor.jobs.desk.looking import is_laid_out, last_act, lay_out, must_be_laid_out

__all__ = [
    "BRINGS",
    "Desk",
    "DeskItem",
    "Request",
    "Seen",
    "SuggestedSection",
    "View",
    "act",
    "include",
    "is_laid_out",
    "last_act",
    "lay_out",
    "log",
    "must_be_askable",
    "must_be_laid_out",
    "undo",
]
