"""Tasks on the service, and the copy of them that is tested."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from taskcopy import TaskCopy

Call = Callable[..., Any]


@pytest.fixture
def call(afterlook: Any) -> Call:
    """Return a function that changes the tasks on the service, as another program does."""

    def call(method: str, address: str, content: object = None) -> Any:
        headers = {**afterlook.headers, "Content-Type": "application/json"}
        body = None if content is None else json.dumps(content).encode()
        request = Request(f"{afterlook.url}/{address}", body, headers, method=method)
        with urlopen(request, timeout=30) as answer:
            raw = answer.read()
        return json.loads(raw) if raw else None

    return call


@pytest.fixture
def logins() -> list[str]:
    """Return the tokens that the copy has been given, in their order."""
    return []


@pytest.fixture
def copy(afterlook: Any, logins: list[str]) -> TaskCopy:
    """Return a copy that logs in for one hour, and sleeps by turning the server's clock."""

    def login() -> str:
        issued = afterlook.server.token(user=afterlook.mailbox.upn, expires_in=3600)
        logins.append(issued["access_token"])
        return logins[-1]

    def sleep(seconds: float) -> None:
        afterlook.clock.advance(f"{seconds:g}s")

    return TaskCopy(afterlook.url, login, sleep)
