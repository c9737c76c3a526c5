"""Settings of one workspace: `monitor.toml` in its folder, and MONITOR_* in the environment, which wins."""

from __future__ import annotations

import os
import re
import tomllib
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as UnreadableSettings

from monitor.core.recipient import mail_address
from monitor.core.webhook import SECRET_PREFIX
from monitor.errors import RecipientRefused, SettingsError

SETTINGS_FILE = "monitor.toml"
PREFIX = "MONITOR_"
SHORTEST_SECRET = 24
"""Characters: what can be guessed signs nothing."""
SUBMISSIONS = 465
"""The port on which mail servers speak TLS before anything else (RFC 8314)."""
ADDRESS = r"^[^@\s<>\"]+@[^@\s<>\"]+$"


def _can_be_written_to(value: str) -> str:
    try:
        mail_address(value)
    except RecipientRefused as error:
        raise ValueError(f"{error}: write name@your-body.example") from error
    return value


MailAddress = Annotated[str, AfterValidator(_can_be_written_to)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FetchSettings(_Table):
    """`[fetch]`: how addresses are read."""

    contact: str = Field("", description="How a publisher can reach you; part of the User-Agent.")
    connect_seconds: float = Field(20, gt=0, description="Longest wait for a connection, and between two reads.")
    total_seconds: float = Field(55, gt=0, description="Longest time for one address in all.")
    max_bytes: int = Field(15_000_000, gt=0, description="Largest body, decoded.")
    pause_seconds: float = Field(
        1, ge=0, description="Pause between an answer of a host and the next request to it."
    )
    robots: bool = Field(True, description="Whether robots.txt is kept to where article pages are read.")
    pages_at_once: int = Field(
        60, ge=1, description="Article pages asked for on behalf of one source in one round; the rest comes next."
    )
    read_again_hours: tuple[float, ...] = Field(
        (3, 24), description="Hours after which the page of a new article is looked at again; []: never."
    )
    allow_private: tuple[str, ...] = Field(
        (), description="Hosts (or host:port) that may be fetched although their address is private."
    )


class ParsingSettings(_Table):
    """`[parsing]`: what a feed or page may cost the worker that parses it."""

    workers: int = Field(0, ge=0, description="Processes that parse; 0: one for each core.")
    seconds: float = Field(20, gt=0, description="Processor time for one feed or page.")
    megabytes: int = Field(1000, ge=200, description="Memory of a worker, program included.")


class MailSettings(_Table):
    """`[mail]`: how editions leave. `outbox` writes files and sends nothing."""

    sending: Literal["outbox", "smtp"] = Field("outbox", description="`outbox` (files only) or `smtp`.")
    sender: str = Field("monitor@sender.invalid", pattern=ADDRESS, description="The From address.")
    sender_name: str = Field("Monitor", description="The name beside it.")
    reply_to: MailAddress | Literal[""] = Field("", description="Where answers go: somebody who reads them.")
    host: str = Field("localhost", description="The mail server.")
    port: int = Field(587, ge=1, le=65535, description="Its port.")
    tls: bool = Field(False, description="Encrypted from the first word, as on port 465; without STARTTLS.")
    starttls: bool = Field(True, description="Demand encryption; only a server on this machine may do without.")
    username: str = Field("", description="Login, where the server wants one.")
    password: str = Field("", description="Better in the environment: MONITOR_MAIL__PASSWORD.", repr=False)
    ca_file: Path | None = Field(None, description="Certificates to trust besides the system's.")
    allowed_domains: tuple[str, ...] = Field((), description="Only recipients at these domains are written to.")
    secret: str = Field(
        "", description="What links to unsubscribe are made with, 24 characters or more.", repr=False
    )
    bounces: Path | None = Field(
        None, description="Where bounces arrive: a Maildir, a folder of .eml files, an mbox."
    )
    bounce_secret: str = Field(
        "", description="What bounces posted to /bounces are signed with, 24 characters or more.", repr=False
    )
    per_minute: int = Field(300, ge=0, description="Messages a minute, evenly; 0: as many as the server takes.")
    per_connection: int = Field(100, ge=1, description="Messages over one connection before we connect anew.")

    @model_validator(mode="after")
    def _may_send(self) -> Self:
        if self.sending == "smtp" and self.port == SUBMISSIONS and not self.tls:
            raise ValueError(f"port {SUBMISSIONS} is encrypted from the first word: set mail.tls = true as well")
        if self.sending == "smtp" and not self.allowed_domains:
            raise ValueError("sending is smtp and nobody may be written to: list domains in mail.allowed_domains")
        if self.sending == "smtp" and self.sender.endswith(".invalid"):
            raise ValueError("sending is smtp and mail.sender is not set: give the From address")
        for name, secret in (("secret", self.secret), ("bounce_secret", self.bounce_secret)):
            if 0 < len(secret) < SHORTEST_SECRET:
                raise ValueError(f"{name} has fewer than {SHORTEST_SECRET} characters: give a longer one")
        return self


class WebhookSettings(_Table):
    """`[webhooks.NAME]`: an address that alerts are posted to."""

    url: str = Field(
        pattern=r"^https?://\S+$", description="Better in the environment: who knows it can post.", repr=False
    )
    kind: Literal["signed", "teams", "slack"] = Field(
        "signed", description="`signed` (Standard Webhooks), `teams` (a workflow), `slack` (an incoming webhook)."
    )
    secret: str = Field("", description="What `signed` signs with; `whsec_` and base64, or any text.", repr=False)

    @model_validator(mode="after")
    def _can_sign(self) -> Self:
        if self.kind == "signed" and len(self.secret) < SHORTEST_SECRET:
            raise ValueError(f"kind is signed and secret has fewer than {SHORTEST_SECRET} characters: give one")
        if self.secret.startswith(SECRET_PREFIX):
            try:
                b64decode(self.secret.removeprefix(SECRET_PREFIX) + "==", validate=False)
            except ValueError as error:
                raise ValueError("secret begins with whsec_ and is no base64") from error
        return self


class AlarmSettings(_Table):
    """`[alarms]`: who is told when something is wrong with us."""

    to: tuple[MailAddress, ...] = Field((), description="IT: sources that fall silent, mail that does not go.")
    editors: tuple[MailAddress, ...] = Field((), description="Editors: addresses that bounced or were refused.")
    webhooks: tuple[str, ...] = Field((), description="Names of webhooks that are told what `to` is told.")


class MetricsSettings(_Table):
    """`[metrics]`: what a monitoring system is told."""

    port: int = Field(
        0,
        ge=0,
        le=65535,
        description="Port of this machine's loopback where `monitor serve` answers /metrics; 0: none.",
    )


class OidcSettings(_Table):
    """`[web.oidc]`: signing in by your organisation's own accounts (OpenID Connect)."""

    issuer: str = Field("", pattern=r"^(?:https?://\S+)?$", description="Its address, as it calls itself.")
    client_id: str = Field("", description="What it calls us.")
    client_secret: str = Field("", description="Better in the environment.", repr=False)
    name: str = Field("your organisation", description="What the sign-in page calls it.")
    claim: str = Field("preferred_username", description="Which of its words on a person is the account's name.")


class WebSettings(_Table):
    """`[web]`: the pages that `monitor serve` answers with."""

    listen: str = Field(
        "127.0.0.1:8420",
        pattern=r"^(?:[^\s:\[\]]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5})?$",
        description="Address and port to listen on; empty: no pages.",
    )
    address: str = Field(
        "",
        pattern=r"^(?:https?://[^\s/]+)?$",
        description="The address that people open, where a proxy stands before it: https://...",
    )
    session_hours: float = Field(12, gt=0, le=168, description="How long somebody stays signed in at most.")
    idle_minutes: float = Field(60, gt=0, description="How long, when they ask for no page.")
    proxies: tuple[str, ...] = Field(
        (), description="Addresses of proxies whose word is taken for where a request comes from."
    )
    oidc: OidcSettings = OidcSettings()
    contact: str = Field("", description="Whom to tell of a page that somebody cannot use: an address or number.")


class Settings(BaseSettings):
    """Everything that can be set. Paths are relative to the workspace."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    database: str = Field("sqlite:///var/monitor.db", description="SQLite file or postgresql:// address.")
    outbox: Path = Field(Path("var/outbox"), description="Where mail goes while sending is off.")
    templates: Path | None = Field(None, description="Folder of your own templates; none: those we ship.")
    poll_minutes: int = Field(15, ge=1, le=1440, description="How often a source is asked at most.")
    processes: int = Field(
        1, ge=0, le=256, description="Processes that judge in `run`, `coverage`, `replay`; 0: one for each core."
    )
    fetch: FetchSettings = FetchSettings()
    parsing: ParsingSettings = ParsingSettings()
    mail: MailSettings = MailSettings()
    metrics: MetricsSettings = MetricsSettings()
    web: WebSettings = WebSettings()
    alarms: AlarmSettings = AlarmSettings()
    webhooks: Mapping[str, WebhookSettings] = Field(
        default_factory=dict, description="Names that digests and alarms use, each with its address."
    )
    pings: Mapping[str, str] = Field(
        default_factory=dict,
        description="By AGREEMENT/DIGEST: the address that hears of each edition.",
        repr=False,
    )
    recipients: Mapping[str, tuple[MailAddress, ...]] = Field(
        default_factory=dict, description="Names that digests use, each with its addresses."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file handed in by `load`; nothing else."""
        return env_settings, init_settings


def load(home: Path) -> Settings:
    """The settings of the workspace in a folder; all defaults when it has no `monitor.toml`.

    Raises:
        SettingsError: with every fault of the file and the environment.
    """
    path = home / SETTINGS_FILE
    try:
        table = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        return Settings(**table)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {_at_line(error, path)}: write it as TOML, key = value") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: it is not UTF-8 text: save it as UTF-8") from error
    except ValidationError as error:
        raise SettingsError("\n".join(f"{_where(e, path)}: {_said(e)}" for e in error.errors())) from error
    except UnreadableSettings as error:
        named = re.search(r'field "(\w+)"', str(error))
        variable = f"{PREFIX}{named[1].upper()}" if named else f"{PREFIX}*"
        raise SettingsError(
            f"{variable} in the environment: it is no JSON, which a table or list must be"
        ) from error


def _at_line(error: tomllib.TOMLDecodeError, path: Path) -> str:
    """What is wrong, with the line: a file that ends too soon is wrong in its last."""
    lines = len(path.read_text("utf-8").splitlines())
    return str(error).replace("at end of document", f"at line {lines}, the last")


def _where(error: Mapping[str, Any], path: Path) -> str:
    """The file, or the variable of the environment that stands in its place."""
    named = "__".join(str(part) for part in error["loc"] if not isinstance(part, int)).upper()
    there = {name.upper() for name in os.environ}
    parts = f"{PREFIX}{named}".split("__")
    tried = ["__".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next((f"{name} in the environment" for name in tried if name in there), str(path))


def _said(error: Mapping[str, Any]) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{key}: there is no such setting: see docs/for-it.md for all of them"
    if key == "web.listen":
        return f"{key}: {error['input']!r} is no address and port: write it as 127.0.0.1:8420"
    if key == "web.address":
        return f"{key}: {error['input']!r} is no address of a site: write it as https://monitor.your-body.example"
    if error["type"] == "string_pattern_mismatch":
        return f"{key}: {error['input']!r} is no mail address: write name@your-body.example"
    if error["type"] == "tuple_type":
        if key == "fetch.read_again_hours":
            return f"{key}: write a list in brackets, such as [3, 24]"
        return f'{key}: write a list in brackets, such as ["name@your-body.example"]'
    return f"{key}: {error['msg'].removeprefix('Value error, ')}"


def shipped(name: str) -> Path:
    """A folder that travels with the program: `profiles`, `sources`, `templates`, or one below them."""
    inside = Path(__file__).parent / "_shipped" / name
    return inside if inside.exists() else Path(__file__).parent.parent / name


def host_and_port(listen: str) -> tuple[str, int]:
    """The two parts of `127.0.0.1:8420` or `[::1]:8420`, as settings have checked them.

    >>> host_and_port("[::1]:8420")
    ('::1', 8420)
    """
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)
