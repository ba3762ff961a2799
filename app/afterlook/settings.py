"""Settings.

Owns what can be set, its defaults, and its reading: flags, then `AFTERLOOK_*`, then defaults. The
only reader of the environment.
"""

from __future__ import annotations

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from afterlook.http.hosts import ANY, ANY_ADDRESS
from afterlook.runtime.cultures import CULTURE, is_known
from afterlook.runtime.instants import TICKS_PER_DAY
from afterlook.runtime.problems import reason_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

AuthMode = Literal["open", "any", "signed"]
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_PREFIX = "AFTERLOOK_"
_DOCUMENTED = "10000/600"
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_DEFAULT_PORT = re.compile(r"^(http://.*):80$|^(https://.*):443$")
_PASSWORD = re.compile(r"(://[^:/@]*+):(?s:.*)")
_QUERY_PASSWORD = re.compile(r"(password=)[^&']*", re.IGNORECASE)
_HOST_NAME = re.compile(
    r"(?:(?P<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?|\[(?P<address>[0-9a-f:.]+)\])(?::\d{1,5})?"
)
NO_FLAG = frozenset(
    {
        "admin_token",
        "allowed_hosts",
        "max_body",
        "max_connections",
        "max_mailboxes",
        "trusted_proxies",
    }
)
"""What is set by a variable alone."""

_PATTERNS = {
    "culture": "give the name of a culture such as en-US or de-AT",
    "database": "give postgresql://user:password@host/name or sqlite:///path",
    "rate_limit": "give off, documented, or requests/seconds such as 60/60",
}
"""What to give, where pydantic would tell a pattern."""
_DATA = Path("afterlook-data")
_PLACES: dict[str, object] = {"data": _DATA, "ephemeral": False, "database": None}
"""The settings that say where the store is, and what each is when another one does."""


class InvalidSettingError(Exception):
    """A setting has a value that it cannot have; the text names it."""


class Settings(BaseSettings):
    """Everything that can be set; each field is a flag of `afterlook serve` and a variable."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8025, ge=0, le=65535, description="Port; 0 picks a free one.")
    port_file: Path | None = Field(None, description="File to write the base URL to.")
    data: Path = Field(_DATA, description="Directory of the SQLite file.")
    ephemeral: bool = Field(
        default=False, description="Use a temporary store; remove it at the end."
    )
    database: str | None = Field(
        None,
        pattern=r"^(sqlite:///[^:].*|postgresql(\+psycopg)?://.+)$",
        description="postgresql://… or sqlite:///… URL, instead of --data.",
    )
    seed: str = Field(
        "demo", description="Data for an empty store: a name, a JSON file, or `empty`."
    )
    workers: int = Field(1, ge=1, le=64, description="Server processes.")
    auth: AuthMode = Field(
        "open",
        description="open: bearer token optional; any: required, not verified; signed: verified.",
    )
    durability: Literal["full", "normal"] = Field(
        "full", description="full: writes survive power failures; normal: only crashes."
    )
    max_body: int = Field(
        36 * 1024 * 1024, ge=1024, le=150 * 1024 * 1024, description="Largest body, in bytes."
    )
    max_connections: int = Field(
        1000, ge=1, le=60_000, description="Connections that each process keeps at a time."
    )
    max_mailboxes: int = Field(
        50_000, ge=1, description="Mailboxes that tokens can open, each by being used first."
    )
    allowed_hosts: str = Field(
        "", description="Further Host names to answer for, comma-separated; or `*` for any."
    )
    trusted_proxies: str = Field(
        "127.0.0.0/8,::1",
        description="Addresses or networks whose X-Forwarded-Proto and X-Forwarded-Host count.",
    )
    cors_origins: str = Field("", description="Origins allowed by CORS, comma-separated, or `*`.")
    sync_horizon: float = Field(
        30,
        gt=0,
        le=36_500,
        allow_inf_nan=False,
        description="Days for which sync tokens stay valid.",
    )
    rate_limit: str = Field(
        "off",
        pattern=r"^(off|documented|[1-9][0-9]{0,8}/[1-9][0-9]{0,6})$",
        description="off (default); documented (10,000/600); or requests/seconds, as 60/60.",
    )

    control: Literal["auto", "on", "off"] = Field(
        "auto", description="Control surface at /_emulator/: on, off, or auto: on loopback."
    )
    admin_token: str | None = Field(
        None,
        min_length=8,
        max_length=1024,
        description="Token that the control surface asks for; without one it asks for none.",
    )
    culture: str = Field(
        "en-US",
        pattern=f"^{CULTURE}$",
        description="Culture for dates that SharePoint clients send as text.",
    )

    @field_validator("culture")
    @classmethod
    def _only_cultures(cls, given: str) -> str:
        if is_known(given):
            return given
        reason = "there is no such culture"
        raise ValueError(reason)

    @field_validator("cors_origins")
    @classmethod
    def _only_origins(cls, given: str) -> str:
        origins = _listed(given)
        if origins == ["*"] or all(map(_ORIGIN.fullmatch, origins)):
            return given
        reason = "give origins such as https://app.example:8443, without a path, or `*` alone"
        raise ValueError(reason)

    @field_validator("allowed_hosts")
    @classmethod
    def _only_hosts(cls, given: str) -> str:
        for name in _listed(given):
            if name != ANY and _host(name) is None:
                reason = "give names or addresses such as tasks.example, or `*` for any"
                raise ValueError(reason)
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _only_networks(cls, given: str) -> str:
        try:
            for network in _listed(given):
                ip_network(network)
        except ValueError as error:
            reason = "give addresses or networks such as 10.0.0.1 or 10.0.0.0/8"
            raise ValueError(reason) from error
        return given

    @property
    def location(self) -> Path | str:
        """The SQLite file of the store, or its SQLAlchemy URL."""
        if self.database is None:
            return self.data / "afterlook.db"
        return self.database.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def shown_location(self) -> str:
        """Where the store is, as it may be printed: without a password."""
        return _without_password(str(self.location)).removeprefix("sqlite:///")

    @property
    def local_url(self) -> str:
        """The base URL for a client on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def published_url(self) -> str:
        """The base URL that a running server has written into the port file, else `local_url`."""
        try:
            written = self.port_file.read_text("utf-8").strip() if self.port_file else ""
        except (OSError, ValueError):
            written = ""
        return written or self.local_url

    @property
    def hosts(self) -> frozenset[str]:
        """The Host names to answer for; `*` is any, `ANY_ADDRESS` whatever is an IP address.

        Off loopback nobody knows by which addresses a machine is reached. Names must be listed:
        any other may be one that a web page made to lead here.
        """
        allowed = {_host(name) or name for name in _listed(self.allowed_hosts)}
        reached = LOOPBACK if self.is_loopback else LOOPBACK | {ANY_ADDRESS}
        return reached | allowed | {self.host.lower()}

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Whose word on scheme and host counts more than that of a request."""
        return tuple(map(ip_network, _listed(self.trusted_proxies)))

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can call."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def has_control(self) -> bool:
        """Whether there is a control surface: off loopback only where it is asked for."""
        return self.control == "on" or (self.control == "auto" and self.is_loopback)

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may call, as browsers spell them; `*` is any."""
        named = _listed(self.cors_origins)
        return frozenset(_DEFAULT_PORT.sub(r"\1\2", origin) for origin in named)

    @property
    def horizon(self) -> int:
        """How long deleted entities are reported, in ticks of `Instant`."""
        return int(self.sync_horizon * TICKS_PER_DAY)

    @property
    def rate(self) -> tuple[int, int] | None:
        """The most requests within so many seconds, or None for no limit."""
        if self.rate_limit == "off":
            return None
        wanted = _DOCUMENTED if self.rate_limit == "documented" else self.rate_limit
        requests, _, seconds = wanted.partition("/")
        return int(requests), int(seconds)


def _host(name: str) -> str | None:
    """Return a name or an address without its port, or None for what is neither."""
    try:
        return str(ip_address(name.strip("[]")))
    except ValueError:
        match = _HOST_NAME.fullmatch(name)
        return match["name"] or match["address"] if match else None


def _listed(text: str) -> list[str]:
    """Split a list of names at its commas."""
    return [name for part in text.split(",") if (name := part.strip().lower())]


def load(**flags: object) -> Settings:
    """Read the settings; a flag that is None was not given. Raises `InvalidSettingError`."""
    given = {name: value for name, value in flags.items() if value is not None}
    places = [name for name in _PLACES if name in given]
    if len(places) > 1:
        raise InvalidSettingError(f"--{places[0]} and --{places[1]} exclude each other")
    if places:
        # A flag wins over a variable that names another place, too.
        given |= {name: _PLACES[name] for name in _PLACES if name not in given}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise InvalidSettingError("; ".join(map(_told, error.errors()))) from error


def _told(problem: ErrorDetails) -> str:
    match problem["loc"]:
        case (str(name), *_):
            flag, variable = name.replace("_", "-"), f"{_PREFIX}{name.upper()}"
            known_as = variable if name in NO_FLAG else f"--{flag} ({variable})"
            reason = _PATTERNS.get(name) if problem["type"] == "string_pattern_mismatch" else None
            value = _without_password(repr(problem["input"]))
            return f"{known_as} cannot be {value}: {reason or reason_of(problem)}"
    return problem["msg"]


def _without_password(text: str) -> str:
    # Up to the last `@`: a password may hold others.
    before, at, host = text.rpartition("@")
    return _QUERY_PASSWORD.sub(r"\1***", _PASSWORD.sub(r"\1:***", before) + at + host)


def hand_down(settings: Settings) -> None:
    """Put the settings into the environment, for worker processes to read."""
    for name, value in settings.model_dump(mode="json", exclude_none=True).items():
        os.environ[f"{_PREFIX}{name.upper()}"] = str(value)
