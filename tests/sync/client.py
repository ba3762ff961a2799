"""A client of live servers: light, with a connection of its own to each of them."""

import json
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tests.sync.replica import Answer

ROOT = "/api/beta/me"

Refused = (HTTPException, OSError)
"""What a client meets where a server has gone."""


class Client:
    """Calls servers that share a store in turn, one after the other, for one user."""

    def __init__(self, urls: Sequence[str], begin: int = 0) -> None:
        order = [urls[(begin + number) % len(urls)] for number in range(len(urls))]
        self._connections = [HTTPConnection(urlsplit(url).netloc, timeout=30) for url in order]
        self._next = cycle(self._connections)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for connection in self._connections:
            connection.close()

    def get(self, link: str, headers: Mapping[str, str]) -> Answer:
        """Send a GET."""
        return self.send("GET", link, headers=headers)

    def send(
        self, method: str, link: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request below `/api/beta/me` unless the link is absolute."""
        connection = next(self._next)
        path = link if link.startswith("/") else f"{ROOT}/{link}"
        own = {"Authorization": "Bearer one-user", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, own | dict(headers or {}))
        response = connection.getresponse()
        text = response.read()
        found: dict[str, Any] = json.loads(text) if text else {}
        return Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, found
        )
