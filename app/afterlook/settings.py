"""Settings.

Owns what can be set, its defaults, and its reading: flags, then `AFTERLOOK_*`, then defaults. The
only reader of the environment.
"""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from afterlook.graph.quirks import read_quirks
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

_EXAMPLES = {
    "seed": "give a name such as demo, the path of a JSON file, or empty",
    "host": "give an address of this machine such as 127.0.0.1, or 0.0.0.0 for all",
    "culture": "give the name of a culture such as en-US or de-AT",
    "instance": "give a name of letters, digits, `.`, `_` and `-`",
    "admin_token": "give 8 to 1024 characters such as correct-horse, or leave it out",
    "database": "give postgresql://user:password@host/name or sqlite:///path",
    "ids": "give random, or seeded and any word, such as seeded:42",
    "rate_limit": "give off, documented, or requests/seconds such as 60/60",
    "quirks": "give documented, observed, or names such as select-refused,bare-upload-url",
    "cors_origins": "give origins such as https://app.example:8443, without a path, or `*` alone",
    "allowed_hosts": "give names or addresses such as tasks.example, or `*` for any",
    "trusted_proxies": "give addresses or networks such as 10.0.0.1 or 10.0.0.0/8",
}
"""What to give for a text; for all else it follows from what can be given."""

_OF_OTHERS = re.compile(r"URL|TEST_\w+|SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_\w+", re.ASCII)
"""Variables of our clients and tests, and those that Kubernetes sets for a service of our name."""

_DATA = Path("afterlook-data")
_STORE_SETTINGS: dict[str, object] = {"data": _DATA, "ephemeral": False, "database": None}
"""The settings that say where the store is, and what each is when another one does."""


class InvalidSettingError(Exception):
    """A setting has a value that it cannot have; the text names it."""


class Settings(BaseSettings):
    """Everything that can be set; each field is a flag of `afterlook serve` and a variable."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8025, ge=0, le=65535, description="Port; 0 picks a free one.")
    port_file: Path | None = Field(None, description="File to write the base URL to.")
    instance: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9._-]{1,128}$",
        description="Name that `ready --instance` expects of this server.",
    )
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
    tls: bool = Field(
        default=False,
        description="Answer HTTPS on the same port too, with a certificate from its own CA.",
    )
    tls_dir: Path | None = Field(
        None, description="Directory of that CA's files (default: `tls` in --data)."
    )
    tls_cert: Path | None = Field(
        None, description="Your own certificate and its chain, in PEM; instead of --tls."
    )
    tls_key: Path | None = Field(
        None, description="Its key, in PEM, unless it is in the same file."
    )
    access_log: Literal["off", "text", "json"] = Field(
        "off", description="Log each request to standard error; json: failures as JSON, too."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="Minimum level of other log messages."
    )
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
        50_000, ge=1, description="Most mailboxes that first uses of tokens may create."
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

    quirks: str = Field(
        "documented",
        description="Graph: documented (default); observed; or names of quirks, as a,b.",
    )

    control: Literal["auto", "on", "off"] = Field(
        "auto", description="Control surface at /_emulator/: on, off, or auto: on loopback."
    )
    journal: int = Field(
        500,
        ge=0,
        le=100_000,
        description="Latest exchanges that the journal keeps; 0 for none.",
    )
    metrics: Literal["on", "off"] = Field(
        "on", description="Counters for Prometheus at /metrics, without anybody's data."
    )
    admin_token: str | None = Field(
        None,
        min_length=8,
        max_length=1024,
        description="Token that the control surface asks for; without one it asks for none.",
    )
    ids: str = Field(
        "random",
        pattern=r"^(random|seeded:[A-Za-z0-9._-]{1,64})$",
        description="random; or seeded:42, the same identifiers in each run. Only for tests.",
    )
    culture: str = Field(
        "en-US",
        pattern=f"^{CULTURE}$",
        description="Culture for dates that SharePoint clients send as text.",
    )

    @model_validator(mode="after")
    def _only_one_seeded(self) -> Settings:
        if self.ids != "random" and self.workers > 1:
            reason = "--ids seeded needs --workers 1: two processes would hand out the same"
            raise ValueError(reason)
        return self

    @field_validator("culture")
    @classmethod
    def _only_cultures(cls, given: str) -> str:
        if is_known(given):
            return given
        reason = f"there is no such culture; {_EXAMPLES['culture']}"
        raise ValueError(reason)

    @field_validator("quirks")
    @classmethod
    def _only_quirks(cls, given: str) -> str:
        read_quirks(given)
        return given

    @field_validator("cors_origins")
    @classmethod
    def _only_origins(cls, given: str) -> str:
        origins = _listed(given)
        if origins == ["*"] or all(map(_ORIGIN.fullmatch, origins)):
            return given
        raise ValueError(_EXAMPLES["cors_origins"])

    @field_validator("allowed_hosts")
    @classmethod
    def _only_hosts(cls, given: str) -> str:
        for name in _listed(given):
            if name != ANY and _host(name) is None:
                raise ValueError(_EXAMPLES["allowed_hosts"])
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _only_networks(cls, given: str) -> str:
        try:
            for network in _listed(given):
                ip_network(network)
        except ValueError as error:
            raise ValueError(_EXAMPLES["trusted_proxies"]) from error
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
    def has_tls(self) -> bool:
        """Whether HTTPS is answered."""
        return self.tls or self.tls_cert is not None

    @property
    def has_authority(self) -> bool:
        """Whether HTTPS is answered by an authority of the server's own."""
        return self.tls and self.tls_cert is None

    @property
    def tls_directory(self) -> Path:
        """Where the files of the authority are."""
        return self.tls_dir or self.data / "tls"

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
    def names(self) -> frozenset[str]:
        """The names and addresses among the hosts."""
        return self.hosts - {ANY, ANY_ADDRESS, "0.0.0.0", "::"}  # noqa: S104

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
    def ids_seed(self) -> str | None:
        """What identifiers follow from, or None where they are random."""
        return self.ids.partition(":")[2] or None

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
    given_stores = [name for name in _STORE_SETTINGS if name in given]
    if len(given_stores) > 1:
        raise InvalidSettingError(f"--{given_stores[0]} and --{given_stores[1]} exclude each other")
    if given_stores:
        # A flag wins over a variable that names another place, too.
        given |= {name: _STORE_SETTINGS[name] for name in _STORE_SETTINGS if name not in given}
    try:
        loaded = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise InvalidSettingError("; ".join(map(_told, error.errors()))) from error
    if loaded.tls_key is not None and loaded.tls_cert is None:
        message = f"--tls-key {loaded.tls_key} needs --tls-cert, the certificate of this key"
        raise InvalidSettingError(message)
    return loaded


def tell_unknown() -> list[str]:
    """Return a sentence for each variable that looks like a setting, and is none."""
    known = {name.upper() for name in Settings.model_fields}
    told = []
    for variable in sorted(os.environ):
        name = variable.upper().removeprefix(_PREFIX)
        if name == variable.upper() or name in known or _OF_OTHERS.fullmatch(name):
            continue
        near = get_close_matches(name, known, 1)
        hint = f"; is it {_PREFIX}{near[0]}?" if near else ""
        told.append(f"{variable} is no setting{hint}")
    return told


def _told(problem: ErrorDetails) -> str:
    match problem["loc"]:
        case (str(name), *_):
            flag, variable = name.replace("_", "-"), f"{_PREFIX}{name.upper()}"
            known_as = variable if name in NO_FLAG else f"--{flag} ({variable})"
            is_ours = problem["type"] == "value_error"
            reason = reason_of(problem) if is_ours else give_instead(name)
            is_secret = name == "admin_token"
            value = "this" if is_secret else _without_password(repr(problem["input"]))
            return f"{known_as} cannot be {value}: {reason}"
    return reason_of(problem)


def give_instead(name: str) -> str:
    """Return what can be given for a setting, with an example."""
    field = Settings.model_fields[name]
    if name in _EXAMPLES:
        return _EXAMPLES[name]
    if get_origin(field.annotation) is Literal:
        *others, last = get_args(field.annotation)
        return f"give {', '.join(others)} or {last}"
    if field.annotation is bool:
        return "give true or false"
    if field.annotation in (int, float):
        whole = "a whole number" if field.annotation is int else "a number"
        bounds = {
            at: getattr(bound, at)
            for bound in field.metadata
            for at in ("gt", "ge", "le")
            if hasattr(bound, at)
        }
        least = f"above {bounds['gt']}" if "gt" in bounds else f"from {bounds['ge']}"
        most = f" to {bounds['le']}" if "le" in bounds else ""
        return f"give {whole} {least}{most}, such as {field.default}"
    return f"give the path of a file or directory such as ./{name.replace('_', '-')}"


def _without_password(text: str) -> str:
    # Up to the last `@`: a password may hold others.
    before, at, host = text.rpartition("@")
    return _QUERY_PASSWORD.sub(r"\1***", _PASSWORD.sub(r"\1:***", before) + at + host)


def hand_down(settings: Settings) -> None:
    """Put the settings into the environment, for worker processes to read."""
    for name, value in settings.model_dump(mode="json", exclude_none=True).items():
        os.environ[f"{_PREFIX}{name.upper()}"] = str(value)
