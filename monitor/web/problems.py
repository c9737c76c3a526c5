"""Errors in plain words: what happened, what it means, what to do next. Never a trace, never a statement."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from monitor.errors import (
    InputError,
    LibraryError,
    MonitorError,
    ParseError,
    RevisionConflict,
    StoreError,
    UnknownRecord,
    VouchError,
)
from monitor.web.access import PASSWORD_PAGE, SAFE, STALE, ChooseFirst, SignInFirst, StaleForm, sign_in_page
from monitor.web.guards import MOST_OF_A_DOCUMENT
from monitor.web.kept import kept_of
from monitor.web.pages import CONFLICT, page
from monitor.web.words import capital

log = logging.getLogger(__name__)
RETRY_SECONDS = "30"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a person reads it."""

    status: int
    title: str
    said: tuple[str, ...]
    """Paragraphs."""


NOT_FOUND = Problem(
    404,
    "There is no such page",
    ("If you typed the address, check it. If you followed a link, what it led to may have been removed.",),
)
NOT_SO = Problem(405, "That cannot be done here", ("The address is right, but not what was asked of it.",))
NOT_ALLOWED = Problem(
    403,
    "You may not see this page",
    ("Your account has no right to it. Whoever looks after Monitor at your organisation can give you one.",),
)
NOT_KNOWN = Problem(401, "Who are you?", ("Send a key: Authorization: Bearer KEY, made with monitor users key.",))
BUSY = Problem(
    503,
    "Monitor cannot reach its database just now",
    ("Nothing you sent was stored. Try again in half a minute.",),
)
MISREAD = {
    "missing": "is missing",
    "string_too_long": "may have at most {max_length} characters",
    "string_too_short": "needs at least {min_length} characters",
    "too_long": "may be given at most {max_length} times",
    "int_parsing": "is to be a whole number",
    "bool_parsing": "is to be true or false",
    "greater_than_equal": "is to be {ge} or more",
    "less_than_equal": "is to be {le} or less",
}
"""What is wrong with a field, by the name that pydantic has for it."""
BEGIN_AGAIN = "Go back to the page that it belongs to, and begin there."
BROKEN = "Something went wrong that is our mistake"
TOO_OLD = Problem(403, "Nothing was done", (STALE,))
KNOWN = {problem.status: problem for problem in (NOT_FOUND, NOT_SO, NOT_ALLOWED)}


def problem_of(error: MonitorError) -> Problem:
    """The problem that an error of ours is to the person who asked."""
    if isinstance(error, UnknownRecord):
        return Problem(404, "That is not in the archive", (f"{_sentence(error)}",))
    if isinstance(error, StoreError):
        return BUSY
    if isinstance(error, LibraryError):
        return Problem(503, "No agreement can be used", (f"{_sentence(error)}", "An editor must mend its files."))
    if isinstance(error, RevisionConflict):
        return Problem(409, "It was changed since you looked", (_sentence(error),))
    if isinstance(error, InputError | ParseError):
        return Problem(400, "That could not be read", (_sentence(error),))
    if isinstance(error, VouchError):
        return Problem(502, "Your organisation's sign-in does not answer", (_sentence(error), "Try again later."))
    return Problem(500, BROKEN, (_sentence(error),))


def tell_problems(app: FastAPI) -> None:
    """Have every error answered by a page or, below `/api`, by a JSON document."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(SignInFirst, _sign_in_first)
    app.add_exception_handler(StaleForm, _stale)
    app.add_exception_handler(ChooseFirst, _choose_first)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(MonitorError, _ours)
    app.add_exception_handler(Exception, _mistake)


def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The problem, as whoever asked can read it."""
    if _asks_as_program(request):
        body = {"title": problem.title, "detail": " ".join(problem.said), "status": problem.status}
        return JSONResponse(body, problem.status, headers, media_type="application/problem+json")
    told = page(request, "problem.html.j2", problem.status, problem=problem)
    told.headers.update(headers or {})
    return told


def _asks_as_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def too_large(request: Request, most: int) -> Response:
    """What is answered to a body of more than so many bytes."""
    said = f"At most {most // 1_000_000} MB can be handed in here. Nothing was stored."
    document = "An agreement with pictures may be larger: save it without them, or as a text, and hand that in."
    said_here = (said, document) if most == MOST_OF_A_DOCUMENT else (said,)
    return answer(request, Problem(413, "This is too large", said_here))


async def _sign_in_first(request: Request, error: Exception) -> Response:
    if _asks_as_program(request):
        return answer(request, NOT_KNOWN, {"WWW-Authenticate": "Bearer"})
    if request.method not in SAFE and (kept := await kept_of(request)):
        return page(request, "kept.html.j2", NOT_KNOWN.status, kept=kept)
    return RedirectResponse(sign_in_page(request), 303)


async def _stale(request: Request, error: Exception) -> Response:
    """The form again, to be sent once more by somebody who has looked at it, with the key of their session."""
    if kept := await kept_of(request):
        return page(request, "kept.html.j2", CONFLICT, kept=kept)
    return answer(request, TOO_OLD)


def _choose_first(request: Request, error: Exception) -> Response:
    if _asks_as_program(request):
        return answer(request, NOT_ALLOWED)
    return RedirectResponse(PASSWORD_PAGE, 303)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    usual = Problem(error.status_code, phrase, (str(error.detail),))
    known = KNOWN.get(error.status_code, usual) if error.detail == phrase else usual
    return answer(request, known, dict(error.headers or {}))


def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = [*map(_fault, error.errors())]
    if any(one["type"] == "missing" for one in error.errors()) and not _asks_as_program(request):
        said.append(BEGIN_AGAIN)
    return answer(request, Problem(422, "That could not be read", tuple(said)))


def _fault(error: Mapping[str, Any]) -> str:
    """What is wrong with one field of a request, in a sentence."""
    field = ".".join(str(part) for part in error["loc"][1:])
    said = MISREAD.get(error["type"])
    return f"“{field}” {said.format(**error.get('ctx', {}))}." if said else f"{field}: {error['msg']}"


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MonitorError)
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s %s: %s", request.method, _route(request), error)
    retry = {"Retry-After": RETRY_SECONDS} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return answer(request, problem, retry)


def _mistake(request: Request, error: Exception) -> Response:
    """A mistake of ours: the log has all of it, the page a number to find it by."""
    number = secrets.token_hex(4)
    log.error("%s %s: mistake %s", request.method, _route(request), number, exc_info=error)
    said = (
        "It was written into the log of this service.",
        f"If you tell whoever looks after Monitor, give them this number: {number}.",
    )
    return answer(request, Problem(500, BROKEN, said))


def _sentence(error: MonitorError) -> str:
    text = capital(error)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _route(request: Request) -> str:
    """The route as it is written, such as `/feeds/{token}/{name}`: addresses may hold what no log should."""
    return str(getattr(request.scope.get("route"), "path", "no route"))
