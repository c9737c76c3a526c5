"""A file for each noun. Whoever adds pages adds a router, and its line here."""

from fastapi import APIRouter

from monitor.web.routes import about, home

ROUTERS: tuple[APIRouter, ...] = (about.router, home.router)
