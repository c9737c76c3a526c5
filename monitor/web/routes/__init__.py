"""A file for each noun. Whoever adds pages adds a router, and its line here."""

from fastapi import APIRouter

from monitor.web.routes import (
    about,
    account,
    api,
    api_imports,
    coverage,
    desk,
    editions,
    feeds,
    home,
    imports,
    mail,
    organisation,
    people,
    sign_in,
    sources,
    why,
)

ROUTERS: tuple[APIRouter, ...] = (
    about.router,
    sign_in.router,
    organisation.router,
    account.router,
    home.router,
    editions.router,
    coverage.router,
    desk.router,
    people.router,
    imports.router,
    sources.router,
    why.router,
    mail.router,
    feeds.router,
    api.router,
    api_imports.router,
)
