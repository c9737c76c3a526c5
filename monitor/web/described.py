"""What every route of the API has in common, as its description tells it: whose key, and how it refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Security
from fastapi.security import HTTPBearer

from monitor.core.fault import Fault
from monitor.errors import InputError

PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """What is wrong (RFC 9457)."""

    title: str
    detail: str
    status: int


REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"description": said, "content": {"application/problem+json": {}}, "model": ProblemDocument}
    for status, said in (
        (400, "It could not be read"),
        (401, "No key, or none that is good"),
        (403, "The key's user may not"),
        (404, "There is no such thing"),
        (409, "It was changed since you looked"),
        (422, "A parameter is not of its form"),
        (503, "The database cannot be reached; try again"),
    )
}


def api_router() -> APIRouter:
    """A router for a file of the API."""
    bearer = HTTPBearer(auto_error=False, description="monitor users key NAME --label PROGRAM")
    return APIRouter(prefix=PREFIX, responses=REFUSALS, dependencies=[Security(bearer)])


def must_be_sound(faults: Iterable[Fault]) -> None:
    """Nothing, without a fault.

    Raises:
        InputError: with all there are.
    """
    if said := "; ".join(f"{fault.field}: {fault.what}" for fault in faults):
        raise InputError(said)
