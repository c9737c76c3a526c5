"""The web service: pages, beside the schedule. Thin: ask a job or the store, render.

Reading order: `server` (listening) · `application` (what a request meets, from the outside in) · `guards`
(headers, sizes) · `problems` (errors in plain words) · `pages` (templates) · `routes/` (a file for each noun).
"""

from monitor.web.application import create
from monitor.web.server import served

__all__ = ["create", "served"]
