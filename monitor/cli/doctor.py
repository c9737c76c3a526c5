"""`monitor doctor`: is the calendar that editions go by up to date?"""

from __future__ import annotations

from monitor import app
from monitor.adapters.holidays import release
from monitor.cli.options import HERE, AsJson, Home
from monitor.cli.output import finish, print_json, table, tell


def doctor(home: Home = HERE, as_json: AsJson = False) -> None:
    """List the bank holidays to come, and tell what of them should be looked at (exit status 1)."""
    library = app.read_library(home)
    found = app.check_up_of(library)
    if as_json:
        print_json(
            {
                "calendar_of": f"holidays {release()}",
                "checked": library.holidays_checked.isoformat() if library.holidays_checked else None,
                "holidays": [
                    {"day": h.day.isoformat(), "name": h.name, "kept": h.kept, "reason": h.reason}
                    for h in found.holidays
                ],
                "faults": [fault.to_json() for fault in found.faults],
            }
        )
    else:
        rows = [
            (f"{h.day:%a} {h.day.day} {h.day:%b %Y}", h.name, "" if h.kept else "a working day here", h.reason)
            for h in found.holidays
        ]
        table(("weekday", "holiday", "", "holidays.yaml says"), rows)
        tell(f"As the library holidays {release()} and holidays.yaml know them, for Scotland.")
    finish([*library.faults, *found.faults])
