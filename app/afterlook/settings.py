"""Settings.

Owns what can be set, its defaults, and its reading: flags, then `AFTERLOOK_*`, then defaults. The
only reader of the environment.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

AuthMode = Literal["open", "any"]
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_PREFIX = "AFTERLOOK_"
_PASSWORD = re.compile(r"(://[^:/@]*):[^@]*@")


class InvalidSettingError(Exception):
    """A setting has a value that it cannot have; the text names it."""


class Settings(BaseSettings):
    """Everything that can be set; each field is a flag of `afterlook serve` and a variable."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8025, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    port_file: Path | None = Field(None, description="File that receives the base URL.")
    data: Path = Field(Path("afterlook-data"), description="Directory of the SQLite file.")
    ephemeral: bool = Field(
        default=False, description="Keep nothing: a data directory for this run."
    )
    database: str | None = Field(
        None,
        pattern=r"^(sqlite:///[^:].*|postgresql(\+psycopg)?://.+)$",
        description="postgresql://… or sqlite:///…, instead of a data directory.",
    )
    seed: str = Field(
        "demo", description="Seed for an empty store: a name, a JSON file, or `empty`."
    )
    workers: int = Field(1, ge=1, le=64, description="Processes that serve.")
    auth: AuthMode = Field("open", description="open: a token is optional; any: it is required.")
    durability: Literal["full", "normal"] = Field(
        "full", description="full: an acknowledged write survives a power failure."
    )
    max_body: int = Field(
        4 * 1024 * 1024, ge=1024, le=150 * 1024 * 1024, description="Largest body, in bytes."
    )
    allowed_hosts: str = Field(
        "", description="Further Host names to answer for on loopback, comma-separated."
    )

    @model_validator(mode="after")
    def _one_store(self) -> Settings:
        if self.ephemeral and self.database is not None:
            reason = "ephemeral and database exclude each other"
            raise ValueError(reason)
        return self

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL of the store."""
        if self.database is None:
            return f"sqlite:///{self.data / 'afterlook.db'}"
        return self.database.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def local_url(self) -> str:
        """The base URL for a client on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def hosts(self) -> frozenset[str] | None:
        """The Host names to answer for, or None for any: only loopback can be rebound to."""
        if self.host not in LOOPBACK:
            return None
        extra = (name.strip().lower() for name in self.allowed_hosts.split(","))
        return LOOPBACK | {name for name in extra if name}


def load(**flags: object) -> Settings:
    """Read the settings; a flag that is None was not given. Raises `InvalidSettingError`."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise InvalidSettingError("; ".join(map(_told, error.errors()))) from error


def _told(problem: object) -> str:
    match problem:
        case {"loc": (str(name), *_), "msg": message, "input": value}:
            flag, variable = name.replace("_", "-"), f"{_PREFIX}{name.upper()}"
            shown = _PASSWORD.sub(r"\1:***@", repr(value))
            return f"--{flag} ({variable}) cannot be {shown}: {message}"
        case {"msg": message}:
            return str(message)
    return str(problem)


def hand_down(settings: Settings) -> None:
    """Put the settings into the environment, for worker processes to read."""
    for name, value in settings.model_dump(mode="json", exclude_none=True).items():
        os.environ[f"{_PREFIX}{name.upper()}"] = str(value)
