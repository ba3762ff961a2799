"""A server as tests hold it: its operations, and mailboxes for them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from afterlook.testing.control import Control
from afterlook.testing.operations import AsyncOperations, Operations


@dataclass(frozen=True)
class Mailbox:
    """A mailbox that `token` opens; `server` is the base URL."""

    server: str
    upn: str
    token: str

    @property
    def url(self) -> str:
        """Where a client that was made for the service's v2.0 finds this mailbox."""
        return f"{self.server}/api/v2.0/me"

    @property
    def graph_url(self) -> str:
        """Where a client of Microsoft Graph's v1.0 finds the service."""
        return f"{self.server}/v1.0"

    @property
    def headers(self) -> dict[str, str]:
        """What a request needs for this mailbox to be meant."""
        return {"Authorization": f"Bearer {self.token}"}


class Server(Operations):
    """The server at `url`, else the one that `AFTERLOOK_URL` names; `aio` has awaitable twins."""

    def __init__(self, url: str | None = None, admin_token: str | None = None) -> None:
        control = Control(url, admin_token)
        super().__init__(control.call)
        self.url = control.url

        async def call(method: str, path: str, given: Mapping[str, object]) -> dict[str, Any]:
            return await asyncio.to_thread(control.call, method, path, given)

        self.aio = AsyncOperations(call)

    def new_mailbox(self, upn: str | None = None) -> Mailbox:
        """Make a mailbox. Raises `ControlFailedError`, where that user has one."""
        made = self.mailbox.create(upn=upn)
        return Mailbox(self.url, made["upn"], made["token"])
