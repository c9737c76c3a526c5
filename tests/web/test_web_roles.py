"""Every route x every role: who may, and nobody else. A route without an entry here fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browsing import AGREEMENT, PASSWORD, Answer, Visitor
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from monitor import app, web
from monitor.core.access import Granted, Role
from monitor.web.access import Needs

EVERYBODY, SIGNED_IN = "everybody", "whoever is signed in"
READERS = {Role.READER, Role.ANSWERER, Role.EDITOR, Role.ADMINISTRATOR}
ANSWERERS = READERS - {Role.READER}
EDITORS = {Role.EDITOR, Role.ADMINISTRATOR}
ADMINISTRATORS = {Role.ADMINISTRATOR}
MAY: dict[str, str | set[Role]] = {
    "GET /healthz": EVERYBODY,
    "GET /readyz": EVERYBODY,
    "GET /accessibility": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "GET /sign-in/code": EVERYBODY,
    "POST /sign-in/code": EVERYBODY,
    "GET /sign-in/organisation": EVERYBODY,
    "GET /sign-in/organisation/back": EVERYBODY,
    "GET /signed-out": EVERYBODY,
    "GET /unsubscribe/{agreement}/{digest}/{token}": EVERYBODY,
    "POST /unsubscribe/{agreement}/{digest}/{token}": EVERYBODY,
    "POST /unsubscribe/{agreement}/{digest}/{token}/pause": EVERYBODY,
    "POST /unsubscribe/{agreement}/{digest}/{token}/resume": EVERYBODY,
    "POST /bounces": EVERYBODY,
    "GET /feeds/{token}/{name:path}": EVERYBODY,
    "POST /sign-out": SIGNED_IN,
    "GET /account": SIGNED_IN,
    "POST /account/sessions/end": SIGNED_IN,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /account/codes": SIGNED_IN,
    "POST /account/codes": SIGNED_IN,
    "GET /account/codes/recovery": SIGNED_IN,
    "GET /": SIGNED_IN,
    "GET /why": SIGNED_IN,
    "GET /users": ADMINISTRATORS,
    "POST /users": ADMINISTRATORS,
    "GET /log": ADMINISTRATORS,
    "GET /users/{name}": ADMINISTRATORS,
    "POST /users/{name}": ADMINISTRATORS,
    "POST /users/{name}/roles": ADMINISTRATORS,
    "POST /users/{name}/keys": ADMINISTRATORS,
    "POST /users/{name}/keys/end": ADMINISTRATORS,
    "GET /api/v1/users": ADMINISTRATORS,
    "GET /api/v1/acts": ADMINISTRATORS,
    "GET /import": EDITORS,
    "POST /import": EDITORS,
    "GET /import/{ident}": EDITORS,
    "GET /import/{ident}/files.zip": EDITORS,
    "POST /import/{ident}/terms": EDITORS,
    "POST /import/{ident}/sources": EDITORS,
    "POST /import/{ident}/people": EDITORS,
    "POST /import/{ident}/save": EDITORS,
    "POST /import/{ident}/drop": EDITORS,
    "GET /a/{agreement}": READERS,
    "GET /a/{agreement}/editions": READERS,
    "GET /a/{agreement}/editions/{digest}/{stamp}": READERS,
    "GET /a/{agreement}/editions/{digest}/{stamp}/mail": READERS,
    "GET /a/{agreement}/editions/{digest}/{stamp}/text": READERS,
    "GET /a/{agreement}/sources": READERS,
    "GET /a/{agreement}/why": READERS,
    "GET /a/{agreement}/people": ANSWERERS,
    "GET /a/{agreement}/people.csv": ANSWERERS,
    "GET /a/{agreement}/coverage": ANSWERERS,
    "GET /a/{agreement}/draft/preview": EDITORS,
    "GET /a/{agreement}/draft/preview/progress": EDITORS,
    "GET /a/{agreement}/draft/threshold": EDITORS,
    "GET /a/{agreement}/desk": EDITORS,
    "GET /a/{agreement}/desk/mail": EDITORS,
    "POST /a/{agreement}/desk": EDITORS,
    "GET /a/{agreement}/desk/story": EDITORS,
    "POST /a/{agreement}/desk/story": EDITORS,
    "GET /a/{agreement}/profiles": EDITORS,
    "GET /a/{agreement}/profiles/{section}": EDITORS,
    "POST /a/{agreement}/profiles/{section}": EDITORS,
    "GET /a/{agreement}/profiles/{section}/term": EDITORS,
    "POST /a/{agreement}/profiles/{section}/term": EDITORS,
    "GET /a/{agreement}/profiles/{section}/rules": EDITORS,
    "POST /a/{agreement}/profiles/{section}/rules": EDITORS,
    "GET /a/{agreement}/profiles/{section}/sources": EDITORS,
    "POST /a/{agreement}/profiles/{section}/sources": EDITORS,
    "GET /a/{agreement}/profiles/{section}/examples": EDITORS,
    "POST /a/{agreement}/profiles/{section}/examples": EDITORS,
    "GET /a/{agreement}/profiles/{section}/journalists": EDITORS,
    "POST /a/{agreement}/profiles/{section}/journalists": EDITORS,
    "GET /a/{agreement}/profiles/{section}/try": EDITORS,
    "POST /a/{agreement}/profiles/{section}/try": EDITORS,
    "GET /a/{agreement}/draft": EDITORS,
    "GET /a/{agreement}/yield": EDITORS,
    "GET /api/v1/agreements/{agreement}/yield": EDITORS,
    "POST /a/{agreement}/draft/publish": EDITORS,
    "POST /a/{agreement}/draft/confirm": EDITORS,
    "POST /a/{agreement}/draft/refuse": EDITORS,
    "POST /a/{agreement}/draft/drop": EDITORS,
    "POST /a/{agreement}/draft/put-back": EDITORS,
    "POST /a/{agreement}/draft/merge": EDITORS,
    "GET /a/{agreement}/agreement": EDITORS,
    "POST /a/{agreement}/agreement": EDITORS,
    "GET /a/{agreement}/agreement/lists": EDITORS,
    "POST /a/{agreement}/agreement/lists": EDITORS,
    "GET /a/{agreement}/agreement/list": EDITORS,
    "POST /a/{agreement}/agreement/list": EDITORS,
    "GET /a/{agreement}/agreement/places": EDITORS,
    "GET /a/{agreement}/agreement/place": EDITORS,
    "POST /a/{agreement}/agreement/place": EDITORS,
    "GET /a/{agreement}/agreement/left-out": EDITORS,
    "POST /a/{agreement}/agreement/left-out": EDITORS,
    "GET /a/{agreement}/agreement/sentences": EDITORS,
    "POST /a/{agreement}/agreement/sentences": EDITORS,
    "GET /a/{agreement}/digests": EDITORS,
    "GET /a/{agreement}/digests/digest": EDITORS,
    "POST /a/{agreement}/digests/digest": EDITORS,
    "POST /a/{agreement}/draft/from-disk": EDITORS,
    "GET /a/{agreement}/sections/new": EDITORS,
    "POST /a/{agreement}/sections": EDITORS,
    "POST /a/{agreement}/profiles/{section}/away": EDITORS,
    "POST /a/{agreement}/sections/back": EDITORS,
    "GET /a/{agreement}/history": EDITORS,
    "GET /a/{agreement}/history/{file}": EDITORS,
    "POST /a/{agreement}/history/{file}": EDITORS,
    "GET /a/{agreement}/coverage.csv": ANSWERERS,
    "GET /a/{agreement}/coverage.xlsx": ANSWERERS,
    "GET /a/{agreement}/coverage.json": ANSWERERS,
    "GET /api/v1/openapi.json": EVERYBODY,
    "GET /api/v1/imports": EDITORS,
    "POST /api/v1/imports": EDITORS,
    "GET /api/v1/imports/{ident}": EDITORS,
    "POST /api/v1/imports/{ident}/corrections": EDITORS,
    "POST /api/v1/imports/{ident}/agreement": EDITORS,
    "GET /api/v1/agreements": SIGNED_IN,
    "GET /api/v1/agreements/{agreement}/due": READERS,
    "GET /api/v1/agreements/{agreement}/editions": READERS,
    "GET /api/v1/agreements/{agreement}/editions/{digest}/{stamp}": READERS,
    "GET /api/v1/agreements/{agreement}/sources": READERS,
    "GET /api/v1/agreements/{agreement}/why": READERS,
    "POST /api/v1/agreements/{agreement}/profiles": EDITORS,
    "DELETE /api/v1/agreements/{agreement}/profiles/{section}": EDITORS,
    "POST /api/v1/agreements/{agreement}/profiles/{section}/back": EDITORS,
    "GET /api/v1/agreements/{agreement}/profiles/{section}": EDITORS,
    "PUT /api/v1/agreements/{agreement}/profiles/{section}": EDITORS,
    "POST /api/v1/agreements/{agreement}/profiles/{section}/try": EDITORS,
    "GET /api/v1/agreements/{agreement}/draft": EDITORS,
    "DELETE /api/v1/agreements/{agreement}/draft": EDITORS,
    "POST /api/v1/agreements/{agreement}/draft/merge": EDITORS,
    "POST /api/v1/agreements/{agreement}/draft/publish": EDITORS,
    "GET /api/v1/agreements/{agreement}/askings": EDITORS,
    "POST /api/v1/agreements/{agreement}/askings": EDITORS,
    "DELETE /api/v1/agreements/{agreement}/askings": EDITORS,
    "POST /api/v1/agreements/{agreement}/askings/confirm": EDITORS,
    "POST /api/v1/agreements/{agreement}/askings/refuse": EDITORS,
    "GET /api/v1/agreements/{agreement}/history/{file}": EDITORS,
    "POST /api/v1/agreements/{agreement}/history/{file}": EDITORS,
    "GET /api/v1/agreements/{agreement}/desk": EDITORS,
    "POST /api/v1/agreements/{agreement}/desk": EDITORS,
    "GET /api/v1/agreements/{agreement}/desk/story": EDITORS,
    "POST /api/v1/agreements/{agreement}/desk/story": EDITORS,
    "GET /api/v1/agreements/{agreement}/coverage": ANSWERERS,
    "GET /api/v1/agreements/{agreement}/coverage/counts": ANSWERERS,
    "GET /api/v1/agreements/{agreement}/draft/preview": EDITORS,
    "GET /api/v1/agreements/{agreement}/draft/threshold": EDITORS,
}
ROLES: list[Granted | None] = [None, *(Granted(role) for role in Role)]


def routes_of(service: FastAPI) -> Iterator[APIRoute]:
    """Every route, those of routers that were taken in among them."""
    found = list(service.routes)
    while found:
        route = found.pop(0)
        if isinstance(route, APIRoute):
            yield route
        elif inner := getattr(route, "original_router", None):
            found = [*inner.routes, *found]


@pytest.fixture(scope="module")
def routes(made) -> dict[str, APIRoute]:
    with app.open_workspace(made) as workspace:
        service = web.create(workspace)
    return {f"{method} {r.path}": r for r in routes_of(service) for method in r.methods if method != "HEAD"}


def test_every_route_has_an_entry_and_no_entry_lacks_one(routes):
    assert set(routes) == set(MAY)


def needs(dependant: Dependant) -> Iterator[Needs]:
    for one in dependant.dependencies:
        if isinstance(one.call, Needs):
            yield one.call
        yield from needs(one)


@pytest.mark.parametrize("name", MAY)
def test_what_is_not_for_everybody_asks_who_is_there(routes, name):
    assert bool(list(needs(routes[name].dependant))) is (MAY[name] != EVERYBODY)


@pytest.fixture(scope="module")
def visitors(member) -> dict[Granted | None, Visitor]:
    return {
        granted: member(granted) if granted else member(Granted(Role.ADMINISTRATOR, "another"))
        for granted in ROLES
    }


def asked(someone: Visitor, name: str) -> Answer:
    method, _, path = name.partition(" ")
    path = path.replace(":path}", "}")
    named = dict.fromkeys(("stamp", "token", "name", "section", "file", "ident"), "none")
    path = path.format(agreement=AGREEMENT, digest="morning", **named)
    if method in ("PUT", "DELETE"):
        return someone.ask(method, path, headers={"X-Form-Key": someone.form_key})
    return someone.get(path) if method == "GET" else someone.post(path)


@pytest.mark.parametrize("name", MAY)
def test_nobody_else_gets_in(visitor, visitors, name):
    may = MAY[name]
    stranger = asked(Visitor(visitor.address), name)
    led_away = stranger.headers.get("location", "").startswith("/sign-in") and "/sign-in" not in name
    kept_out = stranger.status == 401 if "/api/" in name else led_away
    assert kept_out is (may != EVERYBODY), "a stranger"
    for granted, someone in visitors.items():
        answer = asked(someone, name)
        let_in = may in (EVERYBODY, SIGNED_IN) or (granted is not None and granted.role in may)
        assert (answer.status == 403) is not let_in, f"{granted}: {answer.status}"
        assert answer.status < 500
        if name == "POST /sign-out":
            someone.sign_in(someone.name, PASSWORD)


def test_no_role_reaches_an_agreement_that_is_not_there(member: Callable[..., Visitor]):
    assert member(Granted(Role.ADMINISTRATOR, AGREEMENT)).get("/a/nowhere").status == 403, (
        "it does not say which are"
    )
    assert member(Granted(Role.READER)).get("/a/nowhere").status == 404


def test_a_right_in_one_agreement_is_no_right_in_all(member):
    someone = member(Granted(Role.READER, AGREEMENT))
    assert someone.get(f"/a/{AGREEMENT}").status == 200
    assert "Coverage" not in someone.get(f"/a/{AGREEMENT}").text, "what they may not open is not offered"
