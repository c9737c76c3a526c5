"""A file for each noun. Whoever adds pages adds a router, and its line here."""

from fastapi import APIRouter

from monitor.web.routes import (
    about,
    account,
    api,
    api_imports,
    coverage,
    desk,
    drafts,
    editions,
    feeds,
    history,
    home,
    imports,
    mail,
    organisation,
    people,
    profiles,
    sign_in,
    sources,
    trying,
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
    profiles.router,
    trying.router,
    drafts.router,
    history.router,
    sources.router,
    why.router,
    mail.router,
    feeds.router,
    api.router,
    api_imports.router,
)
