"""Pages from the Jinja templates of `templates/web/`: everything escaped, nothing undefined passed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.config import shipped
from monitor.core.access import Right
from monitor.core.dates import LONDON

STATIC = Path(__file__).with_name("static")


def environment(own: Path | None) -> Environment:
    """The templates: those of a workspace's own folder first, then those we ship."""
    folders = [*([own / "web"] if own else []), shipped("templates") / "web"]
    env = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"day": day, "clock": clock, "moment": moment, "count": count}
    env.globals |= {"static": static, "pages_of": pages_of}
    return env


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The answer to a request, as a page."""
    env: Environment = request.app.state.templates
    visitor = getattr(request.state, "visitor", None)
    shared: Mapping[str, Any] = {"path": request.url.path, "visitor": visitor, "agreement": None}
    return HTMLResponse(env.get_template(template).render({**shared, **values}), status)


def static(name: str) -> str:
    """The address of a static file, another one whenever its content is another."""
    return f"/static/{name}?{FINGERPRINTS[name]}"


PAGES: tuple[tuple[str, str, Right], ...] = (("Today", "", Right.READ),)
"""What the bar at the top leads to: its title, its address below an agreement's, and the right it needs."""


def pages_of(agreement: str) -> list[tuple[str, str, Right]]:
    """The same with whole addresses."""
    return [(title, f"/a/{agreement}{below}", right) for title, below, right in PAGES]


def _fingerprints() -> dict[str, str]:
    files = (f for f in STATIC.rglob("*") if f.is_file())
    return {f.relative_to(STATIC).as_posix(): sha256(f.read_bytes()).hexdigest()[:12] for f in files}


FINGERPRINTS = _fingerprints()


# --------------------------------------------------------------- filters


def day(when: datetime) -> str:
    """`Monday 27 November 2023`, in London."""
    local = when.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y}"


def clock(when: datetime, *, seconds: bool = False) -> str:
    """`07:00`, in London; `07:00:30` with `seconds`."""
    return f"{when.astimezone(LONDON):{'%H:%M:%S' if seconds else '%H:%M'}}"


def moment(when: datetime) -> str:
    """`27 November 2023, 07:00`, in London."""
    local = when.astimezone(LONDON)
    return f"{local.day} {local:%B %Y}, {local:%H:%M}"


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 article`, `2,000 articles`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
