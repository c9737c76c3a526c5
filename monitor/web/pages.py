"""Pages from the Jinja templates of `templates/web/`: everything escaped, nothing undefined passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.config import shipped
from monitor.core.access import Right
from monitor.core.agreement import Digest
from monitor.core.dates import LONDON
from monitor.core.explanation.words import listed
from monitor.core.links import web_link
from monitor.core.profile import Profile
from monitor.core.source import Outlet
from monitor.errors import RevisionConflict
from monitor.jobs.health import SourceHealth
from monitor.web.kept import labels_in
from monitor.web.words import capital

STATIC = Path(__file__).with_name("static")
WRONG, CONFLICT = 422, 409
"""Of a page that shows a form again: what was sent cannot be done, or is not of what is there any more."""


def environment(own: Path | None, organisation: str = "") -> Environment:
    """The templates: those of a workspace's own folder first, then those we ship.

    `organisation` is whose own sign-in there is, '' for none.
    """
    folders = [*([own / "web"] if own else []), shipped("templates") / "web"]
    env = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= FILTERS
    env.globals |= {"static": static, "pages_of": pages_of, "organisation": organisation}
    env.globals["labels"] = cache(lambda: _labels(env))
    return env


def _labels(env: Environment) -> dict[str, str]:
    """What the fields of all forms are called; read from the templates when somebody asks, which is seldom."""
    assert env.loader
    sources = (env.loader.get_source(env, name)[0] for name in env.list_templates())
    return labels_in(sources)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The answer to a request, as a page."""
    env: Environment = request.app.state.templates
    visitor = getattr(request.state, "visitor", None)
    shared: Mapping[str, Any] = {"path": request.url.path, "visitor": visitor, "agreement": None}
    return HTMLResponse(env.get_template(template).render({**shared, **values}), status)


def status_of(fault: Exception | None) -> int:
    """The status of a page that shows what came of a form: 200 without a fault."""
    if fault is None:
        return 200
    return CONFLICT if isinstance(fault, RevisionConflict) else WRONG


def static(name: str) -> str:
    """The address of a static file, another one whenever its content is another."""
    return f"/static/{name}?{FINGERPRINTS[name]}"


PAGES: tuple[tuple[str, str, Right], ...] = (
    ("Today", "", Right.READ),
    ("Desk", "/desk", Right.EDIT),
    ("Profiles", "/profiles", Right.EDIT),
    ("Editions", "/editions", Right.READ),
    ("Coverage", "/coverage", Right.ANSWER),
    ("People", "/people", Right.ANSWER),
    ("Sources", "/sources", Right.READ),
)
"""What the bar at the top leads to: its title, its address below an agreement's, and the right it needs."""


BESIDE = {"/profiles": ("/agreement", "/digests", "/draft", "/history", "/sections", "/yield")}
"""Pages that are found under one of these, though their address is not below it."""


def is_at(path: str, agreement: str, below: str) -> bool:
    """Whether a page belongs under that entry of the bar: it is marked there."""
    home = f"/a/{agreement}"
    return path == home + below or any(path.startswith(home + at) for at in (below, *BESIDE.get(below, ())) if at)


def pages_of(agreement: str, path: str) -> list[tuple[str, str, Right, bool]]:
    """The same with whole addresses, and which of them the page at `path` belongs under."""
    return [(title, f"/a/{agreement}{at}", right, is_at(path, agreement, at)) for title, at, right in PAGES]


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


def date_day(when: date) -> str:
    """`31 March 2027`."""
    return f"{when.day} {when:%B %Y}"


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 article`, `2,000 articles`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def iso_moment(when: str) -> str:
    """`27 November 2023, 07:00`, in London, of an ISO instant; `at no known time` of none."""
    return moment(datetime.fromisoformat(when)) if when else "at no known time"


def tail(edition: str) -> str:
    """The part of an edition's id below its agreement: `morning/20231127T070000Z`.

    >>> tail("sss/morning/20231127T070000Z")
    'morning/20231127T070000Z'
    """
    return edition.partition("/")[2]


def pairs(digests: Iterable[Digest]) -> list[tuple[str, str]]:
    """Id and title of digests, for a choice."""
    return [(digest.id, digest.title) for digest in digests]


def titles(profiles: Iterable[Profile]) -> list[tuple[str, str]]:
    """Id and title of sections, for a choice."""
    return [(profile.section, profile.title) for profile in profiles]


def terms(profiles: Iterable[Profile]) -> list[tuple[str, str]]:
    """Every term of these sections, once, for a choice."""
    found = {name for profile in profiles for name in profile.sought}
    return [(name, name) for name in sorted(found, key=str.casefold)]


def names(outlets: Iterable[Outlet]) -> list[tuple[str, str]]:
    """Id and name of outlets, for a choice."""
    return sorted(((outlet.id, outlet.name) for outlet in outlets), key=lambda pair: pair[1].casefold())


def source_state(row: SourceHealth) -> str:
    """What there is to say of a source, in a sentence or two."""
    if row.state.last_tried is None:
        return "It was never asked."
    said = [f"{alarm.why}: {alarm.remedy}." if alarm.remedy else f"{alarm.why}." for alarm in row.alarms]
    if row.gap:
        said.append(f"Not heard since {moment(row.gap.start)}: {row.gap.why}.")
    elif row.state.error and row.state.failing_since:
        said.append(f"It has failed since {moment(row.state.failing_since)}: {row.state.error}.")
    return " ".join(map(capital, said)) or "Heard as usual."


_FILTERS = (
    *(capital, clock, count, date_day, day, iso_moment, listed, moment, source_state, tail, web_link),
    *(names, pairs, terms, titles),
)
FILTERS: Mapping[str, Callable[..., Any]] = {f.__name__: f for f in _FILTERS}
