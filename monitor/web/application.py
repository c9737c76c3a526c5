"""What a request meets, from the outside in: host, headers, size, then its route."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.types import Scope

from monitor import __version__
from monitor.app import Workspace
from monitor.config import WebSettings
from monitor.web import routes
from monitor.web.background import Background
from monitor.web.described import PREFIX
from monitor.web.guards import Headers, Sizes
from monitor.web.pages import STATIC, environment
from monitor.web.problems import tell_problems, too_large
from monitor.web.shown_once import ShownOnce

A_YEAR = "public, max-age=31536000, immutable"
"""A static file's address is another one when its content is: `pages.static`."""


class _Static(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept by the browser."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = A_YEAR
        return response


def create(workspace: Workspace) -> FastAPI:
    """The web service of a workspace."""
    settings = workspace.settings
    app = FastAPI(title="Monitor", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.workspace = workspace
    app.state.background = Background()
    app.state.shown_once = ShownOnce()
    app.state.templates = environment(settings.templates, settings.web.oidc.issuer and settings.web.oidc.name)
    app.mount("/static", _Static(directory=STATIC), name="static")
    for router in routes.ROUTERS:
        app.include_router(router)
    app.state.api = [route for router in routes.ROUTERS if router.prefix == PREFIX for route in router.routes]
    tell_problems(app)
    app.add_middleware(Sizes, refuse=too_large)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts(settings.web), www_redirect=False)
    app.add_middleware(Headers, tls=settings.web.address.startswith("https://"))
    return app


def hosts(settings: WebSettings) -> list[str]:
    """Names we answer to: our address's, and this machine's own. Any other is somebody else's name for us."""
    named = urlsplit(settings.address).hostname
    return [*([named] if named else []), "127.0.0.1", "localhost", "[::1]"]
