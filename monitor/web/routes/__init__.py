"""A file for each noun. Whoever adds pages adds a router, and its line here."""

from fastapi import APIRouter

from monitor.web.routes import about, account, home, sign_in

ROUTERS: tuple[APIRouter, ...] = (about.router, sign_in.router, account.router, home.router)
