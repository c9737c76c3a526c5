"""Listening: the web service in a thread of its own, until the block that asked for it ends."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from monitor.app import Workspace
from monitor.config import WebSettings, host_and_port
from monitor.errors import SettingsError
from monitor.web.application import create

BACKLOG = 128
GRACE_SECONDS = 3
"""How long a stop waits for answers that are on their way."""
IDLE_SECONDS = 15
"""How long an open connection may say nothing."""


@contextmanager
def served(workspace: Workspace, listen: str | None = None) -> Iterator[str | None]:
    """Answer requests while the block runs, where settings or `listen` say so; the address to open.

    None: nobody listens.

    Raises:
        SettingsError: the address cannot be listened on, or would carry passwords unencrypted over a network.
    """
    settings = workspace.settings.web
    if listen is not None:
        settings = settings.model_copy(update={"listen": listen})
    if not settings.listen:
        yield None
        return
    with _listening(settings) as listening:
        host, port = listening.getsockname()[:2]
        application = create(workspace)
        server = uvicorn.Server(_config(application))
        thread = threading.Thread(target=server.run, args=([listening],), name="web", daemon=True)
        thread.start()
        try:
            yield settings.address or f"http://{_in_url(host)}:{port}"
        finally:
            server.should_exit = True
            thread.join()
            application.state.background.close()


def _config(application: object) -> uvicorn.Config:
    return uvicorn.Config(
        application,  # type: ignore[arg-type]
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom to believe, settings say: `access.origin_of`
        lifespan="off",
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


@contextmanager
def _listening(settings: WebSettings) -> Iterator[socket.socket]:
    host, port = host_and_port(settings.listen)
    if not is_loopback(host) and not settings.address.startswith("https://"):
        raise SettingsError(
            f"web.listen: {settings.listen} is not this machine's loopback: passwords would cross the network "
            "unencrypted; listen on 127.0.0.1 behind a proxy that speaks TLS, and give web.address as https://..."
        )
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        why = error.strerror or str(error)
        raise SettingsError(f"web.listen: {settings.listen} cannot be listened on: {why}: give another") from error
    with opened:
        yield opened


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches that address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
