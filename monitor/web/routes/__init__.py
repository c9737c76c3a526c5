"""A file for each noun. Whoever adds pages adds a router, and its line here."""

from fastapi import APIRouter

from monitor.web.routes import (
    about,
    account,
    api,
    coverage,
    desk,
    editions,
    feeds,
    home,
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
    sources.router,
    why.router,
    mail.router,
    feeds.router,
    api.router,
)
